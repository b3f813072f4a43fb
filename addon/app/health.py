"""Asks the server for its description, as Home Assistant does; exits with 0 if it answers.

python -m addon.app.health [HOST PORT]
"""

import json
import socket
import sys

from .options import PORT

_SECONDS = 5.0
_LARGEST = 1 << 20


def answers(host: str = "127.0.0.1", port: int = PORT) -> bool:
    """Return True when the server describes itself and offers anything."""
    try:
        with socket.create_connection((host, port), timeout=_SECONDS) as link:
            link.sendall(b'{"type": "describe"}\n')
            with link.makefile("rb") as stream:
                header = json.loads(stream.readline(_LARGEST))
                size = int(header.get("data_length", 0))
                data = json.loads(stream.read(size)) if 0 < size < _LARGEST else {}
    except (OSError, ValueError, AttributeError):
        return False
    offered = {**(header.get("data") or {}), **data}
    return header.get("type") == "info" and any(
        offered.get(domain) for domain in ("asr", "tts", "wake")
    )


if __name__ == "__main__":
    where = sys.argv[1:3]
    healthy = answers(where[0], int(where[1])) if len(where) == 2 else answers()
    sys.exit(0 if healthy else 1)
