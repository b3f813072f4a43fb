"""The marks around the sound of each piece of a text, a sentence or clause."""

from wyoming.event import Event

from ..wire import fields

PIECE_STARTED, PIECE_ENDED = "synthesizing", "synthesized"


def piece_started(index: int, samples: int) -> Event:
    """Return the mark before a piece's sound: its number and whole length in samples."""
    return Event(PIECE_STARTED, {"index": index, "samples": samples})


def samples_of(event: Event) -> int:
    """Return the length that a mark before a piece tells; raise ProtocolError."""
    return fields.integer(event, "samples")


def piece_ended(index: int) -> Event:
    """Return the mark after a piece's sound."""
    return Event(PIECE_ENDED, {"index": index})
