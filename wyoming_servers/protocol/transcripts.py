"""What a worker tells with a transcript about how it was made."""

from dataclasses import asdict, dataclass, field

from wyoming.event import Event


@dataclass(frozen=True, kw_only=True)
class TranscriptContext:
    """The `context` of a `transcript`."""

    request_id: str = ""
    seconds: dict[str, float] = field(default_factory=dict)
    """Time that each stage took."""
    window: str = ""
    """What the model was shown: full, short, or none where nobody spoke."""
    ahead: bool = False
    """Whether it was made before the end of speech."""
    front_end: list[str] = field(default_factory=list)
    """Stages of the audio front end that were at work."""

    def as_dict(self) -> dict[str, object]:
        """Return it as the event carries it."""
        return asdict(self)

    @staticmethod
    def seconds_of(transcript: Event) -> dict[str, float]:
        """Return the stages' times; empty where another project's worker tells none."""
        context = transcript.data.get("context")
        stages = context.get("seconds") if isinstance(context, dict) else None
        if not isinstance(stages, dict):
            return {}
        return {
            str(stage): float(seconds)
            for stage, seconds in stages.items()
            if isinstance(seconds, int | float)
        }
