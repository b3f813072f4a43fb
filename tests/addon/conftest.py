"""Fixtures of the voice servers' tests, for tests of what the image adds to them."""

from tests.wyoming_servers.conftest import (  # noqa: F401 - fixtures are used by name
    client,
    house,
    sockets,
    tiny_voices,
    tiny_whisper,
)
