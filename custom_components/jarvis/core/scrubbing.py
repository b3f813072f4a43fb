"""Takes secrets out of texts that others see: by their value and by their shape.

What another machine says is not to be trusted with what it was told: a proxy repeats
the key that it refused, a server the address with the password in it. Every pattern
here is linear in the length of a text, and no text is read past `LONGEST`.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

REDACTED: Final = "**REDACTED**"
LONGEST: Final = 2000
"""Characters of a text that are read; the rest is left out."""
SHORTEST: Final = 4
"""Characters from which on a value can be told from ordinary words."""

_URL: Final = re.compile(r"\b([a-zA-Z][\w+.-]{0,20})://([^\s\"'<>]{1,2000})")
_PLAIN_PATHS: Final = frozenset(
    {"", "api", "v1", "api/v1", "ollama", "ollama/api", "ollama/v1", "api/chat"}
    | {"api/tags", "api/show", "api/generate", "v1/chat/completions", "v1/models"}
)
_WORD: Final = (
    r"(?:api[-_ ]?key|access[-_ ]?key|secret(?:[-_ ]?key)?|(?:[a-z]{1,12}[-_ ])?token|"
    r"password|passwd|passphrase|passcode|mot de passe|pwd|pass|pin|credentials?|"
    r"authorization|bearer|basic|cookie|set-cookie|session(?:[-_ ]?id)?|sid|signature|"
    r"sig|private[-_ ]?key|key|auth|jwt|otp|code)"
)
_NAMED: Final = re.compile(
    rf"(?i)(?<![a-z0-9]){_WORD}\b[\"']?\s{{0,3}}"
    r"(?:(?:is|was|est|[:=]|=>)\s{0,3})?[\"']?(?:(?:bearer|basic|token)\s{1,3})?"
    r"([^\s\"',;&<>]{3,})"
)
_ASSIGNED: Final = re.compile(r"[?&;]([\w.~-]{1,60})=([^\s&#\"'<>;]{1,500})")
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}")
_USER_PATH: Final = re.compile(
    r"(?i)(?:~|\b[a-z]:|(?<![\w.]))[\\/](?:home|users|root|mnt|media|srv|var|opt|etc|tmp|"
    r"data|config|ssl|share|backup)\b(?:[\\/][^\s\"':;,<>|]{0,200})?"
)
_HARDWARE: Final = re.compile(r"\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\b")
_PREFIXED: Final = re.compile(
    r"\b(?:sk|pk|rk|hf|gh[opusr]|github_pat|glpat|xox[abprs]|AKIA|ASIA|AIza|ya29|eyJ|"
    r"npm|pypi|dop_v1|shpat|SG)[-_.]?[\w.-]{6,}"
)
_RUN: Final = re.compile(r"[\w+/=-]{12,}")
_DIGITS: Final = re.compile(r"\d(?:[ -]?\d){11,}")


def scrub(text: str, secrets: Collection[str] = ()) -> str:
    """Return a text without secrets; `secrets` are those that are known by value."""
    text = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    # The longest first: one may be a part of another.
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = _replace(text, secret)
    text = _URL.sub(lambda found: _address(found[1], found[2]), text)
    text = _ASSIGNED.sub(lambda found: f"{found[0][0]}{found[1]}={REDACTED}", text)
    text = _NAMED.sub(_named, text)
    for pattern in (_USER_PATH, _EMAIL, _HARDWARE, _PREFIXED, _DIGITS):
        text = pattern.sub(REDACTED, text)
    return _RUN.sub(lambda found: REDACTED if _random(found[0]) else found[0], text)


def scrub_url(url: str) -> str:
    """Return an address without what could let anybody in: scheme, host and port."""
    scheme, mark, rest = url.partition("://")
    return _address(scheme, rest) if mark else scrub(url)


def secrets_of(value: Any, keys: Collection[str], *, inside: bool = False) -> set[str]:
    """Return the secrets that settings hold, in all the forms that they may take.

    What stands under one of `keys` is one, and what an address holds besides its host.
    """
    match value:
        case Mapping():
            items = ((str(key), item) for key, item in value.items())
            parts = (secrets_of(v, keys, inside=inside or k in keys) for k, v in items)
            return set[str]().union(*parts)
        case list() | tuple() | set() | frozenset():
            return set[str]().union(
                *(secrets_of(v, keys, inside=inside) for v in value)
            )
        case str() if inside:
            return _forms(value.strip())
        case int() if inside:
            return {str(value)}
        case str() if "://" in value:
            return set[str]().union(*map(_forms, _url_secrets(value)))
    return set()


def _url_secrets(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        user, password = parts.username or "", parts.password or ""
    except ValueError:
        return
    yield from filter(None, (user, password, parts.fragment))
    if password:
        yield f"{user}:{password}"
    for pair in parts.query.split("&"):
        yield from filter(None, pair.split("=")[1:] or [pair])
    if parts.path.strip("/") not in _PLAIN_PATHS:
        yield from (part for part in parts.path.split("/") if len(part) > 3)


def _forms(secret: str) -> set[str]:
    if len(secret) < SHORTEST:
        return set()
    encoded = b64encode(secret.encode()).decode()
    forms = {
        secret,
        quote(secret, safe=""),
        unquote(secret),
        encoded,
        secret.casefold(),
    }
    return {form for form in forms if len(form) >= SHORTEST}


def _replace(text: str, secret: str) -> str:
    # A short code is a code only where it stands alone.
    edge = r"(?<![\w])", r"(?![\w])"
    before, after = edge if len(secret) < 6 else ("", "")
    return re.sub(f"(?i){before}{re.escape(secret)}{after}", REDACTED, text)


def _address(scheme: str, rest: str) -> str:
    """Return scheme, host and port, and whether there was more."""
    authority, slash, path = rest.partition("/")
    authority, mark, query = re.split(r"([?#])", authority, maxsplit=1) if (
        "?" in authority or "#" in authority
    ) else (authority, "", "")  # fmt: skip
    _, at, host = authority.rpartition("@")
    path, asks, more = path.partition("?")
    path, anchor, last = path.partition("#")
    known = path.strip("/.,;:)]") in _PLAIN_PATHS
    shown = f"{scheme}://{REDACTED + '@' if at else ''}{host}"
    shown += slash + (path if known else REDACTED)
    if query or more or last or mark or asks or anchor:
        shown += f"?{REDACTED}"
    return shown


def _named(found: re.Match[str]) -> str:
    """Redact what follows "token:", but not the words of an ordinary sentence."""
    value = found[1]
    start, end = found.start(1) - found.start(), found.end(1) - found.start()
    before = found[0][:start]
    plain = value.strip(".:!?()").isalpha() and not re.search(r"[:=\"']\s*$", before)
    if value.startswith(REDACTED) or (plain and value.islower() and len(value) < 16):
        return found[0]
    return f"{before}{REDACTED}{found[0][end:]}"


def _random(run: str) -> bool:
    """Return whether a run of characters is no word, path or name of a model."""
    for part in re.split(r"[/_=+-]|\*\*", run):
        digits = sum(map(str.isdigit, part))
        letters = len(part) - digits
        hexadecimal = len(part) >= 16 and not re.search(r"[^0-9a-fA-F]", part)
        mixed = len(part) >= 12 and digits >= 2 and letters >= 4
        changes = sum(a.islower() and b.isupper() for a, b in pairwise(part))
        jumbled = len(part) >= 16 and changes * 4 >= len(part)
        if hexadecimal or mixed or jumbled:
            return True
    return False
