"""What a client asks of the speaking worker, checked against the voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wyoming.event import Event

from ...errors import ModelMissingError, UnsupportedLanguageError, UnsupportedVoiceError
from ...wire import fields


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The voice asked for, and what a replay needs to know."""

    name: str | None = None
    language: str | None = None
    speaker: str | None = None
    skip: int = 0
    """Pieces that the client already heard, before the worker was lost."""
    marks: bool = False
    """Tell the end of each piece by a `synthesized` event."""
    request_id: str | None = None
    probe: bool = False
    """A check of the supervisor's."""


def read_wish(event: Event) -> Wish:
    """Read the voice of a `synthesize` or `synthesize-start`; raise ProtocolError."""
    voice = Event(event.type, fields.table(event, "voice"))
    context = fields.table(event, "context")
    request, skip = context.get("request_id"), context.get("skip", 0)
    return Wish(
        name=fields.optional_text(voice, "name"),
        language=fields.optional_text(voice, "language"),
        speaker=fields.optional_text(voice, "speaker"),
        skip=skip if isinstance(skip, int) else 0,
        marks=context.get("marks") is True,
        request_id=request if isinstance(request, str) else None,
        probe=context.get("probe") is True,
    )


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one configured voice."""

    languages: Sequence[str]
    speakers: Sequence[str]
    missing: str = ""
    """Why it cannot be had; empty when it is here."""


def choose(wish: Wish, voices: Mapping[str, Known]) -> str:
    """Return the name of the voice to use: by name, else by language, else the first.

    Raises UnsupportedVoiceError, UnsupportedLanguageError, ModelMissingError.
    """
    if wish.name is not None:
        if wish.name not in voices:
            raise UnsupportedVoiceError(
                f"There is no voice {wish.name!r}; use one of {', '.join(voices)}.",
                voice=wish.name,
                voices=list(voices),
            )
        name = wish.name
    elif wish.language is not None:
        name = _by_language(wish.language, voices)
    else:
        name = next((n for n, v in voices.items() if not v.missing), next(iter(voices)))
    voice = voices[name]
    if voice.missing:
        raise ModelMissingError(voice.missing, model=name)
    if wish.speaker and wish.speaker not in voice.speakers:
        raise UnsupportedVoiceError(
            f"The voice {name!r} has no speaker {wish.speaker!r}.",
            voice=name,
            speaker=wish.speaker,
            speakers=list(voice.speakers),
        )
    return name


def _by_language(language: str, voices: Mapping[str, Known]) -> str:
    wanted = language.replace("-", "_").lower()
    family = wanted.split("_")[0]
    exact: list[str] = []
    close: list[str] = []
    for name, voice in voices.items():
        codes = [code.replace("-", "_").lower() for code in voice.languages]
        if wanted in codes:
            exact.append(name)
        elif any(code.split("_")[0] == family for code in codes):
            close.append(name)
    found = exact + close
    if not found:
        offered = sorted({code for v in voices.values() for code in v.languages})
        raise UnsupportedLanguageError(
            f"No voice speaks {language!r}; the voices speak {', '.join(offered)}.",
            language=language,
            languages=offered,
        )
    return next((name for name in found if not voices[name].missing), found[0])
