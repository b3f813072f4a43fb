"""What a client asks of the hearing worker, checked and put in the model's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wyoming.event import Event

from ...errors import UnsupportedLanguageError
from ...protocol import OrderContext
from ...wire import fields
from ...wire.stages import wished_stages
from .languages import whisper_language

_NO_WORD = re.compile(r"<\|.*?\|>|[\x00-\x1f\x7f]|[\ud800-\udfff]")
"""Whisper's control tokens, and characters that nobody can say."""
_SHOWN = 40
"""Characters of a wrong language that are repeated to who sent it."""


@dataclass(frozen=True, kw_only=True)
class TranscribeOrder:
    """One transcription as asked for."""

    name: str | None = None
    language: str | None = None
    """Whisper's code; None means detect."""
    names: tuple[str, ...] = ()
    """Words to expect, most important first: names before terms."""
    vad_sensitivity: str | None = None
    """Asks the server to find the end of speech; default, relaxed or aggressive."""
    context: OrderContext = field(default_factory=OrderContext)
    stages: frozenset[str] | None = None
    """Stages of the audio front end, None for those of the options."""


def read_order(event: Event) -> TranscribeOrder:
    """Read a `transcribe` event; raise ProtocolError for fields of a wrong type."""
    language = fields.optional_text(event, "language")
    hints = (
        *fields.texts(event, "transcript_names"),
        *fields.texts(event, "transcript_terms"),
    )
    words = (" ".join(_NO_WORD.sub(" ", hint).split()) for hint in hints)
    return TranscribeOrder(
        name=fields.optional_text(event, "name"),
        language=whisper_language(language),
        names=tuple(dict.fromkeys(word for word in words if word)),
        vad_sensitivity=fields.optional_text(event, "vad_sensitivity"),
        context=OrderContext.read(event),
        stages=wished_stages(event),
    )


def check_language(language: str | None, offered: Sequence[str]) -> None:
    """Raise UnsupportedLanguageError when the language is not offered."""
    if language is not None and language not in offered:
        shown = ", ".join(offered[:20]) + (" …" if len(offered) > 20 else "")
        wrong = language if len(language) <= _SHOWN else f"{language[:_SHOWN]}…"
        raise UnsupportedLanguageError(
            f"The language {wrong!r} is not offered by this model; use one of {shown}.",
            language=wrong,
            languages=list(offered),
        )
