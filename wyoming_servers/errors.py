"""The one error tree: what a client can be told, each with its fixed code."""

from typing import ClassVar

from wyoming.event import Event

type Details = dict[str, str | int | float | list[str] | None]


_MOST_CHARS = 1000


def _short(text: str) -> str:
    """Return a text that quotes what a client sent, bounded."""
    return text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"


class VoiceError(Exception):
    """Root of every error that reaches a client as an `error` event."""

    code: ClassVar[str] = "internal"
    by_code: ClassVar[dict[str, type["VoiceError"]]] = {}

    def __init__(self, text: str, **details: str | float | list[str] | None) -> None:
        self.text = _short(text)
        super().__init__(self.text)
        self.details: Details = {
            key: _short(value) if isinstance(value, str) else value
            for key, value in details.items()
        }

    def __init_subclass__(cls) -> None:
        # A class without a code of its own is a finer name for its parent's code.
        if "code" in cls.__dict__:
            VoiceError.by_code[cls.code] = cls

    def event(self, request_id: str | None = None) -> Event:
        """Return the Wyoming `error` event; unknown keys are ignored by clients."""
        data: dict[str, object] = {"text": self.text, "code": self.code}
        if request_id is not None:
            data["request_id"] = request_id
        if self.details:
            data["details"] = self.details
        return Event("error", data)

    @classmethod
    def from_event(cls, event: Event) -> "VoiceError":
        """Rebuild the error that a worker sent; an unknown code means `internal`."""
        data = event.data
        code, text, details = data.get("code"), data.get("text"), data.get("details")
        kind = cls.by_code.get(code, InternalError) if isinstance(code, str) else None
        known = details if isinstance(details, dict) else {}
        return (kind or InternalError)(str(text or "Unknown error."), **known)


class BusyError(VoiceError):
    """The queue in front of a model is full, or the wait in it was too long."""

    code = "busy"


class ModelMissingError(VoiceError):
    """A model or voice is not on this machine and cannot be had now."""

    code = "model-missing"


class UnsupportedLanguageError(VoiceError):
    """The model does not know the language that the request asks for."""

    code = "unsupported-language"


class UnsupportedVoiceError(VoiceError):
    """No such voice, speaker, model or program on this server."""

    code = "unsupported-voice"


class UnsupportedAudioError(VoiceError):
    """The declared sample rate, width or channel count cannot be converted."""

    code = "unsupported-audio"


class UtteranceTooLongError(VoiceError):
    """The utterance holds more seconds than the limit."""

    code = "utterance-too-long"


class TextTooLongError(VoiceError):
    """The text to speak holds more characters than the limit."""

    code = "text-too-long"


class EventTooLargeError(VoiceError):
    """One event's header, data or payload is larger than the limit."""

    code = "event-too-large"


class TooManyClientsError(VoiceError):
    """Every connection slot is taken."""

    code = "too-many-clients"


class IdleTimeoutError(VoiceError):
    """A connection without a request was silent for too long."""

    code = "idle-timeout"


class SlowClientError(VoiceError):
    """A client sends or reads too slowly in the middle of a request."""

    code = "slow-client"


class DeadlineError(VoiceError):
    """The work took longer than allowed, also on a fresh worker."""

    code = "deadline"


class WorkerFailedError(VoiceError):
    """The worker died again and again, or could not be started."""

    code = "worker-failed"


class WorkerLostError(WorkerFailedError):
    """The connection to a worker broke in mid-request; the request can be replayed."""


class ShuttingDownError(VoiceError):
    """The server is stopping."""

    code = "shutting-down"


class ProtocolError(VoiceError):
    """The bytes are not Wyoming, or a field has the wrong type."""

    code = "protocol"


class InternalError(VoiceError):
    """A fault of this server; its log has the details."""

    code = "internal"
