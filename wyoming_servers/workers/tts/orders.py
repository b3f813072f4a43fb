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
    part: float = 0.0
    """Share of the next piece that the client already heard."""
    marks: bool = False
    """Tell the start of each piece by `synthesizing` and its end by `synthesized`."""
    request_id: str | None = None
    probe: bool = False
    """A check of the supervisor's."""


def read_wish(event: Event) -> Wish:
    """Read the voice of a `synthesize` or `synthesize-start`; raise ProtocolError."""
    voice = Event(event.type, fields.table(event, "voice"))
    context = fields.table(event, "context")
    request, skip = context.get("request_id"), context.get("skip", 0)
    part = context.get("part", 0.0)
    return Wish(
        name=fields.optional_text(voice, "name"),
        language=fields.optional_text(voice, "language"),
        speaker=fields.optional_text(voice, "speaker"),
        skip=skip if isinstance(skip, int) else 0,
        part=part if isinstance(part, int | float) and 0 <= part <= 1 else 0.0,
        marks=context.get("marks") is True,
        request_id=request if isinstance(request, str) else None,
        probe=context.get("probe") is True,
    )


def synthesizing(index: int, samples: int) -> Event:
    """Return the mark before a piece's sound: its whole length in samples."""
    return Event("synthesizing", {"index": index, "samples": samples})


def synthesized(index: int) -> Event:
    """Return the mark after a piece's sound."""
    return Event("synthesized", {"index": index})


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one configured voice."""

    languages: Sequence[str]
    speakers: Sequence[str]
    missing: str = ""
    """Why it cannot be had; empty when it is here."""


def choose(wish: Wish, voices: Mapping[str, Known]) -> str:
    """Return the name of the voice to use: the first that is all that was asked for.

    Raises UnsupportedVoiceError, UnsupportedLanguageError, ModelMissingError.
    """
    if wish.name is not None:
        names = _by_name(wish.name, voices)
    elif wish.language is not None:
        names = _by_language(wish.language, voices)
    else:
        names = list(voices)
    if wish.speaker:
        names = _by_speaker(wish.speaker, names, voices)
    name = next((name for name in names if not voices[name].missing), names[0])
    if why := voices[name].missing:
        raise ModelMissingError(why, model=name)
    return name


def _by_name(name: str, voices: Mapping[str, Known]) -> list[str]:
    if name not in voices:
        raise UnsupportedVoiceError(
            f"There is no voice {name!r}; use one of {', '.join(voices)}.",
            voice=name,
            voices=list(voices),
        )
    return [name]


def _by_speaker(
    speaker: str, names: Sequence[str], voices: Mapping[str, Known]
) -> list[str]:
    found = [name for name in names if speaker in voices[name].speakers]
    # Of a voice that is not here nobody knows the speakers.
    found += [name for name in names if voices[name].missing and name not in found]
    if not found:
        offered = [each for name in names for each in voices[name].speakers]
        raise UnsupportedVoiceError(
            f"The voice {names[0]!r} has no speaker {speaker!r}."
            if len(names) == 1
            else f"None of the voices {', '.join(names)} has a speaker {speaker!r}.",
            voice=names[0],
            speaker=speaker,
            speakers=offered,
        )
    return found


def _by_language(language: str, voices: Mapping[str, Known]) -> list[str]:
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
    if not exact and not close:
        offered = sorted({code for v in voices.values() for code in v.languages})
        raise UnsupportedLanguageError(
            f"No voice speaks {language!r}; the voices speak {', '.join(offered)}.",
            language=language,
            languages=offered,
        )
    return exact + close
