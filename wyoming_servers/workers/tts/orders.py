"""What a client asks of the speaking worker, checked against the voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wyoming.event import Event

from ...errors import ModelMissingError, UnsupportedLanguageError, UnsupportedVoiceError
from ...protocol import OrderContext
from ...wire import fields


@dataclass(frozen=True, kw_only=True)
class SynthesizeOrder:
    """The voice asked for, and what a replay needs to know."""

    name: str | None = None
    language: str | None = None
    speaker: str | None = None
    context: OrderContext = field(default_factory=OrderContext)


def read_order(event: Event) -> SynthesizeOrder:
    """Read the voice of a `synthesize` or `synthesize-start`; raise ProtocolError."""
    voice = Event(event.type, fields.table(event, "voice"))
    return SynthesizeOrder(
        name=fields.optional_text(voice, "name"),
        language=fields.optional_text(voice, "language"),
        speaker=fields.optional_text(voice, "speaker"),
        context=OrderContext.read(event),
    )


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one configured voice."""

    languages: Sequence[str]
    speakers: Sequence[str]
    missing: str = ""
    """Why it cannot be had; empty when it is here."""


def choose(order: SynthesizeOrder, voices: Mapping[str, Known]) -> str:
    """Return the name of the voice to use: the first that is all that was asked for.

    Raises UnsupportedVoiceError, UnsupportedLanguageError, ModelMissingError.
    """
    if order.name is not None:
        names = _by_name(order.name, voices)
    elif order.language is not None:
        names = _by_language(order.language, voices)
    else:
        names = list(voices)
    if order.speaker:
        names = _by_speaker(order.speaker, names, voices)
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
