"""Checks the audio format that a client declares."""

from wyoming.event import Event

from ..errors import UnsupportedAudioError
from . import fields
from .pcm import AudioFormat

MIN_RATE, MAX_RATE = 8_000, 48_000


def read_format(event: Event) -> AudioFormat:
    """Read rate, width and channels; raise UnsupportedAudioError, ProtocolError."""
    found = AudioFormat(
        rate=fields.integer(event, "rate"),
        width=fields.integer(event, "width"),
        channels=fields.integer(event, "channels"),
    )
    if (
        not MIN_RATE <= found.rate <= MAX_RATE
        or found.width not in {1, 2, 3, 4}
        or found.channels not in {1, 2}
    ):
        raise UnsupportedAudioError(
            f"{found.rate} Hz, {found.width} bytes, {found.channels} channels cannot be "
            "used; send 8 to 48 kHz PCM of 8, 16, 24 or 32 bit, mono or stereo.",
            rate=found.rate,
            width=found.width,
            channels=found.channels,
        )
    return found


def check_chunk(event: Event, declared: AudioFormat) -> None:
    """Raise UnsupportedAudioError when a chunk declares another format than the start."""
    for key in ("rate", "width", "channels"):
        if key in event.data and fields.integer(event, key) != getattr(declared, key):
            raise UnsupportedAudioError(
                f"An audio-chunk declares another {key} than audio-start did; "
                "keep one format for an utterance."
            )
