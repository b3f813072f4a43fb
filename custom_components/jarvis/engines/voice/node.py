"""A voice node: one Wyoming server and what it says that it can do."""

from dataclasses import dataclass, field

from wyoming.info import Artifact, Describe, Info

from .connection import connected

DESCRIBE_TIMEOUT = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeVoice:
    """A voice that a node speaks with."""

    name: str
    title: str
    languages: tuple[str, ...]
    """Language tags in Home Assistant's form, "fr-FR"."""
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeInfo:
    """What a node offers, as far as Jarvis uses it."""

    hears: tuple[str, ...] = ()
    """Languages of its speech-to-text models."""
    voices: tuple[NodeVoice, ...] = ()
    requires_external_vad: bool = True
    """False when the server finds the end of speech itself."""
    prefers_auto_gain: bool = True
    prefers_noise_reduction: bool = True

    @property
    def empty(self) -> bool:
        """True when the server neither hears nor speaks."""
        return not self.hears and not self.voices

    def speaks(self, language: str) -> bool:
        """Return whether there is a voice for a language, of whatever country."""
        wanted = language.partition("-")[0]
        return any(
            tag.partition("-")[0] == wanted
            for voice in self.voices
            for tag in voice.languages
        )

    @classmethod
    def of(cls, info: Info) -> NodeInfo:
        """Take what Jarvis uses out of a Wyoming `info` message."""
        models = _ready([m for program in info.asr for m in program.models])
        voices = _ready([v for program in info.tts for v in program.voices])
        first = info.asr[0] if info.asr else None
        return cls(
            hears=tuple(sorted({_tag(x) for model in models for x in model.languages})),
            voices=tuple(
                NodeVoice(
                    name=voice.name,
                    title=voice.description or voice.name,
                    languages=tuple(_tag(x) for x in voice.languages),
                    speakers=tuple(s.name for s in voice.speakers or ()),
                )
                for voice in voices
            ),
            requires_external_vad=first.requires_external_vad if first else True,
            prefers_auto_gain=first.prefers_auto_gain_enabled if first else True,
            prefers_noise_reduction=(
                first.prefers_noise_reduction_enabled if first else True
            ),
        )


@dataclass(slots=True, kw_only=True, eq=False)
class VoiceNode:
    """A server at `host`:`port`; `info` is what it said last, None before."""

    name: str
    host: str
    port: int
    info: NodeInfo | None = field(default=None)

    def __str__(self) -> str:
        """Name it as the logs should."""
        return f"voice node {self.name} ({self.host}:{self.port})"

    async def describe(self) -> NodeInfo:
        """Ask the server what it offers and keep the answer.

        Raises VoiceError.
        """
        async with connected(self) as connection:
            await connection.write(Describe().event())
            while True:
                event = await connection.read(DESCRIBE_TIMEOUT)
                if Info.is_type(event.type):
                    self.info = NodeInfo.of(Info.from_event(event))
                    return self.info


def _ready[A: Artifact](artifacts: list[A]) -> list[A]:
    """Return what is installed; all of it while nothing is, for it may be on its way."""
    return [a for a in artifacts if a.installed] or artifacts


def _tag(language: str) -> str:
    """Write a language as Home Assistant does: Piper says fr_FR."""
    return language.replace("_", "-")
