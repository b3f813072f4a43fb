"""Free TCP ports on the loopback address."""

import socket
from contextlib import closing
from typing import Final

LOOPBACK: Final = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen at `port` now."""
    with closing(socket.socket()) as probe:
        # As servers do: a port whose last connections are still fading away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port that nothing listens at."""
    with closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def keep_or_free(port: int | None) -> int:
    """Return `port` when it is still free, otherwise another one."""
    return port if port is not None and is_free(port) else free_port()
