"""How much one client may send, hold and take."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of one server; crossing one gives an `error` with its own code."""

    header_bytes: int = 64 * 1024
    """The JSON line that opens an event."""

    data_bytes: int = 256 * 1024
    """The JSON data that follows the line."""

    payload_bytes: int = 1024 * 1024
    """The audio that follows the data."""

    utterance_seconds: float = 60.0
    """Sound in one utterance."""

    text_chars: int = 4096
    """Characters to speak in one request, streamed or not."""

    stream_seconds: float = 300.0
    """Time that a streamed text may take to arrive."""

    audio_bytes: int = 256 * 1024 * 1024
    """Audio kept for replay, all clients together."""

    clients: int = 64
    """Connections at one time."""

    idle_seconds: float = 60.0
    """Silence of a connection that is not in the middle of anything; longest event."""

    slow_seconds: float = 10.0
    """Silence in the middle of an event or utterance, and of a client that does not read."""

    drain_seconds: float = 10.0
    """Time for the work at hand after SIGTERM."""
