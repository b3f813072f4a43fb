"""The words for the stages of the audio front end, as settings and clients say them.

high-pass  takes away hum and rumble below speech
echo       takes away what the device's own loudspeaker plays; needs a reference
noise      lowers steady noise
gain       brings speech to one level
"""

from collections.abc import Iterable

from wyoming.event import Event

from ..errors import ProtocolError
from . import fields

HIGH_PASS = "high-pass"  # noqa: S105 - a filter
ECHO = "echo"
NOISE = "noise"
GAIN = "gain"
STAGES = (HIGH_PASS, ECHO, NOISE, GAIN)

REFERENCE = "audio-reference"
"""Name of the `user-event` whose payload is what the loudspeaker played."""


def check_stages(names: Iterable[str]) -> frozenset[str]:
    """Return the names as a set; raise ValueError for a word that is none of them."""
    wanted = frozenset(names)
    if unknown := sorted(wanted - set(STAGES)):
        raise ValueError(
            f"the audio front end has no {', '.join(unknown)}; it has {', '.join(STAGES)}"
        )
    return wanted


def wished_stages(event: Event) -> frozenset[str] | None:
    """Return what `context.front_end` of a `transcribe` asks for, None when nothing.

    An empty list switches off what the server does by default. Raises ProtocolError.
    """
    context = fields.table(event, "context")
    if context.get("front_end") is None:
        return None
    try:
        return check_stages(fields.texts(Event(event.type, context), "front_end"))
    except ValueError as err:
        raise ProtocolError(f"In the context of {event.type}: {err}.") from err


def is_reference(event: Event) -> bool:
    """Return True for a `user-event` that carries what the loudspeaker played."""
    return event.type == "user-event" and event.data.get("name") == REFERENCE
