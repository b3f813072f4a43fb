"""What the hearing worker can be told; standard library only, the gateway reads it."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from ...reading import Bound
from .languages import Known, whisper_language


@dataclass(frozen=True, kw_only=True)
class SttOptions:
    """Options of one Whisper model."""

    model: str = "base"
    """Name (base, small …), hub repository (owner/name) or local CTranslate2 folder."""

    device: Literal["cpu", "cuda", "auto"] = "cpu"
    """Where to compute; auto takes a GPU that is there."""

    compute_type: Literal[
        "default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16",
        "int16", "float16", "bfloat16", "float32",
    ] = "int8"  # fmt: skip
    """CTranslate2's name of the numbers to compute with; a device may not have all."""

    beam_size: Annotated[int, Bound(0, 20)] = 0
    """Hypotheses kept while decoding; 0 means 5, on ARM 1."""

    threads: Annotated[int, Bound(0, 256)] = 0
    """Threads of one inference; 0 means as many as are fastest, found at first start."""

    at_once: Annotated[int, Bound(1, 64)] = 2
    """Inferences at the same time; they share the model's memory."""

    languages: Annotated[list[str], Known()] = field(default_factory=list)
    """Languages to offer; empty means all that the model knows."""

    language: Annotated[str, Known()] | None = None
    """Language taken when a request names none; None or auto means detect it."""

    task: Literal["transcribe", "translate"] = "transcribe"
    """Write what is said, or translate it into English."""

    initial_prompt: str | None = None
    """Text that the model is told came before the utterance."""

    short_window: bool = False
    """Give the encoder the utterance and one second more, instead of 30 seconds.

    Several times faster on short commands. The model was trained on full windows: a
    result that looks doubtful is decoded once more with the full one.
    """

    voice_gate: bool = True
    """Give an empty transcript, without asking the model, where nobody speaks."""

    trim: bool = True
    """Cut silence before and after the speech."""

    ahead: bool = True
    """Transcribe at each pause what may be the whole utterance, if nobody else waits.

    The transcript is there as soon as the end of speech is known, and the same as
    without. What is said after a pause makes the work on what came before it vain.
    """

    endpoint: bool = False
    """Always find the end of speech here, and tell clients that they need not."""

    min_log_prob: float = -1.5
    """Mean log probability of the tokens under which a transcript is not believed."""

    front_end: list[str] = field(default_factory=list)
    """Stages of the audio front end before the model: high-pass, echo, noise, gain.

    A request can choose others. None by default: Whisper was trained on plain sound.
    """

    front_end_engine: Literal["auto", "livekit", "light"] = "auto"
    """livekit, light (webrtc-noise-gain: high-pass and noise only) or auto."""

    data_dir: str = "data"
    """Folder for downloaded models."""

    def __post_init__(self) -> None:
        """Take languages as people write them."""
        found = (whisper_language(tag) for tag in self.languages)
        object.__setattr__(self, "languages", [code for code in found if code])
        object.__setattr__(self, "language", whisper_language(self.language))
