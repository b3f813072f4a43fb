"""What the wake worker can be told; standard library only, the gateway reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class WakeOptions:
    """Options of the wake word models."""

    model: str = "hey_jarvis"
    """Listened for when a client names no model."""

    model_dir: str | None = None
    """Folder of own models, each a NAME.json beside its .tflite; None: DATA_DIR/wake."""

    threshold: float | None = None
    """Probability above which a word counts as said; None takes each model's own."""

    refractory_seconds: float = 2.0
    """Time after a detection in which the same word is not reported again."""

    at_once: int = 2
    """Threads that listen; a thread follows many streams in turn."""

    data_dir: str = "data"
    """Folder whose `wake` part is searched when `model_dir` is not given."""
