"""One tree for everything that can go wrong in a room.

Rooms raise these; doors translate them once. `key` names the sentence in
`translations/*.json` (`exceptions`) and in the spoken sentences; `placeholders` fill it.
"""

from typing import ClassVar

from .scrubbing import scrub


class JarvisError(Exception):
    """Root of the tree.

    `detail` may be what another machine said: it gets into logs, so without secrets.
    """

    key: ClassVar[str] = "internal"

    def __init__(self, detail: str = "", **placeholders: str) -> None:
        self.detail = scrub(detail)
        super().__init__(self.detail or self.key)
        self.placeholders = placeholders


class PoolEmptyError(JarvisError):
    """A pool has no member, so nothing could be tried."""

    key = "pool_empty"


class TextTooLongError(JarvisError):
    """A message is longer than Jarvis accepts; placeholder `limit` (characters)."""

    key = "text_too_long"


class TooManyTurnsError(JarvisError):
    """One speaker asked more often in a minute than the user allows."""

    key = "too_many_turns"


class TurnTooLongError(JarvisError):
    """A turn took longer than a user should have to wait, and was ended."""

    key = "turn_too_long"


class NotAllowedError(JarvisError):
    """The user may not do this, by Home Assistant's own permissions."""

    key = "not_allowed"


class RestrictedUserError(NotAllowedError):
    """A rule of access keeps the user from these; placeholder `what`."""

    key = "restricted_user"


class RestrictedAreaError(NotAllowedError):
    """A rule keeps an area from these; placeholders `area`, `what`."""

    key = "restricted_area"


class RestrictedDeviceError(NotAllowedError):
    """A rule keeps a satellite from these; placeholder `what`."""

    key = "restricted_device"


class NotPutOffError(JarvisError):
    """What was asked for later, or on a condition, would have been done at once."""

    key = "not_put_off"


class OutOfRangeError(JarvisError):
    """A thing cannot have such a value; placeholders `value`, `least`, `most`."""

    key = "out_of_range"


class ThingOffError(JarvisError):
    """What is off cannot do this; placeholder `what`: that it is off, as a clause."""

    key = "thing_off"


class PinPausedError(JarvisError):
    """Too many wrong codes: critical actions rest for five minutes."""

    key = "pin_paused"


class VoiceError(JarvisError):
    """Root of what a voice node can do wrong."""

    key = "voice_failed"


class NodeUnreachableError(VoiceError):
    """No connection to the node, or it broke off; placeholder `node`."""

    key = "node_unreachable"


class NodeSilentError(VoiceError):
    """The node took the request and did not answer in time; placeholder `node`."""

    key = "node_silent"


class NodeBusyError(VoiceError):
    """The node's queue is full; placeholder `node`."""

    key = "node_busy"


class NodeFailedError(VoiceError):
    """The node reported an error of its own; placeholder `node`."""

    key = "node_failed"


class VoiceModelMissingError(VoiceError):
    """The node has no such model and cannot get it; placeholder `node`."""

    key = "voice_model_missing"


class NoSpeechError(VoiceError):
    """The audio was empty or held no speech."""

    key = "no_speech"


class UtteranceTooLongError(VoiceError):
    """The utterance is longer than the node accepts."""

    key = "utterance_too_long"


class UnsupportedLanguageError(VoiceError):
    """No node speaks or understands this language; placeholder `language`."""

    key = "unsupported_language"


class UnsupportedAudioError(VoiceError):
    """The sample format cannot be converted."""

    key = "unsupported_audio"


class ModelServerError(JarvisError):
    """Root of what a language model server can do wrong."""

    key = "model_failed"


class ModelStuckError(ModelServerError):
    """The model goes round in circles: it calls what fails, or never comes to an end."""

    key = "model_stuck"


class ModelServerUnreachableError(ModelServerError):
    """No connection to the server, or it broke off; placeholder `server`."""

    key = "model_server_unreachable"


class ModelServerCertificateError(ModelServerUnreachableError):
    """The server's certificate is not one to trust; placeholder `server`."""


class ModelServerPlainError(ModelServerUnreachableError):
    """The server does not encrypt, and was asked to; placeholder `server`."""


class ModelServerAuthError(ModelServerError):
    """The server refused the credentials; placeholder `server`."""

    key = "model_server_auth"


class ModelNotFoundError(ModelServerError):
    """The model is not pulled on the server; placeholders `server`, `model`."""

    key = "model_not_found"


class ModelNotServedError(ModelNotFoundError):
    """The server, which pulls no models, has not this one; placeholders `server`, `model`."""

    key = "model_not_served"


class ModelServerBusyError(ModelServerError):
    """The server is overloaded or still loading the model; placeholder `server`."""

    key = "model_server_busy"


class ModelServerSilentError(ModelServerError):
    """The server did not answer in time; placeholder `server`."""

    key = "model_server_silent"


class PromptTooLongError(ModelServerError):
    """The model's context is too short; placeholders `server`, `limit` (tokens)."""

    key = "prompt_too_long"


class ModelSeesNothingError(ModelServerError):
    """No model takes pictures; placeholders `server`, `model` name the preferred one."""

    key = "model_sees_nothing"


class StructureError(JarvisError):
    """A model's data does not fulfil the structure asked for; placeholder `reason`."""

    key = "structure_not_met"
