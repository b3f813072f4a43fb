"""Reads addresses as people type and paste them."""

from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from homeassistant.const import CONF_HOST, CONF_PORT, CONF_URL

from ..engines.llm import ServerKind

OLLAMA_PORT = 11434
USUAL_PORTS = (OLLAMA_PORT, 80, 8080, 1234, 8000, 4000)
"""Ollama, a proxy, llama.cpp and LocalAI, LM Studio, vLLM, LiteLLM."""
LAST_PORT = 65535

_VOICE_SCHEMES = {"", "http", "tcp", "wyoming"}
_MODEL_PORTS = {"http": 80, "https": 443}
# Where Ollama's own and OpenAI's interface begin: what follows is a method of theirs.
_INTERFACES = ("/api", "/v1")
_OPENAI_METHODS = ("/chat/completions", "/completions", "/models", "/responses")
_LOOPBACK = {"127.0.0.1", "::1", "localhost", "localhost.localdomain"}


class FormError(Exception):
    """Something that was typed is of no use: the form's `field`, the error's `key`."""

    def __init__(self, field: str, key: str) -> None:
        super().__init__(f"{field}: {key}")
        self.field = field
        self.key = key


def voice_address(text: str, port: float) -> tuple[str, int]:
    """Return host and port of a voice server; a port in the text is the one meant.

    Raises FormError.
    """
    parts, scheme = _split(text, CONF_HOST)
    if scheme not in _VOICE_SCHEMES:
        raise FormError(CONF_HOST, "voice_scheme")
    if parts.username or parts.password:
        raise FormError(CONF_HOST, "voice_password")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise FormError(CONF_HOST, "voice_path")
    port = check_port(port)
    return _host(parts, CONF_HOST), parts.port or port


def check_port(port: float) -> int:
    """Return a port as a number; raises FormError for what can be none."""
    if port != int(port) or not 1 <= port <= LAST_PORT:
        raise FormError(CONF_PORT, "port_range")
    return int(port)


def model_addresses(text: str) -> list[list[tuple[ServerKind, str]]]:
    """Return under which URLs a model server may be meant, as which kind.

    One list a port, the likeliest first: without a port it is that of one of the usual
    servers, or of a proxy in front of it. Raises FormError.
    """
    parts, scheme = _split(text, CONF_URL)
    scheme = scheme or "http"
    if scheme not in _MODEL_PORTS:
        raise FormError(CONF_URL, "model_scheme")
    if parts.query or parts.fragment:
        raise FormError(CONF_URL, "invalid_address")
    host = _host(parts, CONF_URL)
    host = f"[{host}]" if ":" in host else host
    login = ""
    if parts.username:
        user, password = (x or "" for x in (parts.username, parts.password))
        login = ":".join(quote(x, safe="%") for x in (user, password)) + "@"
    ports = (parts.port,) if parts.port else USUAL_PORTS
    if scheme == "https" and not parts.port:
        ports = (443,)
    found = []
    for port in ports:
        where = "" if port == _MODEL_PORTS[scheme] else f":{port}"
        base = f"{scheme}://{login}{host}{where}"
        found.append(
            [
                (ServerKind.OLLAMA, base + _path(parts.path)),
                *((ServerKind.OPENAI, base + p) for p in _openai_paths(parts.path)),
            ]
        )
    return found


def server_key(address: str | tuple[str, int]) -> tuple[str, int, str]:
    """Return what two spellings of the address of one server have in common."""
    if isinstance(address, tuple):
        host, port = address
        path = ""
    else:
        parts = urlsplit(address)
        host, path = parts.hostname or "", parts.path.rstrip("/")
        port = parts.port or _MODEL_PORTS.get(parts.scheme, OLLAMA_PORT)
    host = host.lower().rstrip(".")
    return "localhost" if host in _LOOPBACK else host, port, path


def short_address(address: str) -> str:
    """Return what tells a model server from others: its host, its port if unusual."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    usual = parts.port in {None, OLLAMA_PORT}
    return host if usual else f"{host}:{parts.port}"


def _split(text: str, field: str) -> tuple[SplitResult, str]:
    """Return the parts of an address and its scheme, "" for none."""
    scheme, _, rest = text.strip().rpartition("://")
    rest = rest.rstrip("/")
    if not rest or any(c.isspace() or not c.isprintable() for c in rest):
        raise FormError(field, "invalid_address")
    # An IPv6 address without brackets: its colons are no port's.
    with suppress(ValueError):
        rest = f"[{IPv6Address(rest)}]"
    try:
        parts = urlsplit(f"//{rest}")
    except ValueError as err:
        raise FormError(field, "invalid_address") from err
    try:
        zero = parts.port == 0
    except ValueError as err:
        raise FormError(field, "port_range") from err
    if zero:
        raise FormError(field, "port_range")
    return parts, scheme.strip().lower()


def _host(parts: SplitResult, field: str) -> str:
    host = (parts.hostname or "").rstrip(".")
    with suppress(ValueError):
        return str(ip_address(host))
    labels = host.split(".")
    try:
        ascii_labels = [label.encode("idna") for label in labels]
    except UnicodeError as err:
        raise FormError(field, "invalid_address") from err
    digits = all(label.isdigit() for label in labels)
    allowed = b"-_"
    if digits or not all(
        label and all(chr(c).isalnum() or c in allowed for c in label)
        for label in ascii_labels
    ):
        raise FormError(field, "invalid_address")
    return host


def _path(path: str) -> str:
    """Return where behind a proxy the server is, without what clients add to it."""
    path = path.rstrip("/")
    for interface in _INTERFACES:
        before, found, after = path.rpartition(interface)
        if found and (not after or after.startswith("/")):
            path = before
    return path


def _openai_paths(path: str) -> list[str]:
    """Return where OpenAI's interface may begin, the likeliest first."""
    path = path.rstrip("/")
    for method in _OPENAI_METHODS:
        path = path.removesuffix(method)
    before, found, _ = path.rpartition("/v1/")
    if found:
        path = f"{before}/v1"
    if path.endswith("/v1"):
        return [path]
    return [f"{path}/v1", *([path] if path else [])]
