"""Tells servers in the home network from those elsewhere."""

import asyncio
from contextlib import suppress
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_HOME: Final = ("local", "lan", "home", "internal", "home.arpa")
_RELAYED: Final = ("-cloud", ":cloud")
"""How Ollama's models end that it does not run itself, but in its cloud."""


async def is_local(url: str, model: str) -> bool:
    """Return whether what a model is asked stays at home, as far as names tell.

    A server that has an address in the home network, beside others, stands there.
    """
    if model.endswith(_RELAYED):
        return False
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    with suppress(ValueError):
        return _is_home(host)
    if "." not in host or host.endswith(tuple(f".{name}" for name in _HOME)):
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError:
        return False
    return any(_is_home(str(address[0])) for *_, address in found)


def _is_home(address: str) -> bool:
    # Private networks, and those over the internet that have a network of their own.
    return not ip_address(address.partition("%")[0]).is_global
