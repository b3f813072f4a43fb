"""What the speaking worker can be told; standard library only, the gateway reads it."""

from dataclasses import dataclass, field
from typing import Annotated

from ...reading import Bound


@dataclass(frozen=True, kw_only=True)
class TtsOptions:
    """Options of the Piper voices."""

    voices: list[str] = field(
        default_factory=lambda: ["fr_FR-siwis-medium", "en_US-lessac-medium"]
    )
    """Names of Piper's hub, or local .onnx files; the first one is the default."""

    keep: Annotated[int, Bound(1)] = 3
    """Voices kept in memory; the least recently used one is dropped."""

    threads: Annotated[int, Bound(0, 256)] = 0
    """Threads of one inference; 0 means all cores."""

    at_once: Annotated[int, Bound(1, 64)] = 1
    """Sentences synthesised at the same time."""

    speed: Annotated[float, Bound(0.1, 10)] = 1.0
    """Speaking rate; 2 is twice as fast."""

    noise: Annotated[float, Bound(0, 5)] | None = None
    """Variation of the sound; None takes the voice's own."""

    noise_width: Annotated[float, Bound(0, 5)] | None = None
    """Variation of the phoneme lengths; None takes the voice's own."""

    volume: Annotated[float, Bound(0, 100)] = 1.0
    """Factor on the samples."""

    sentence_silence: Annotated[float, Bound(0, 10)] = 0.0
    """Seconds of silence after each sentence."""

    lead_silence: Annotated[float, Bound(0, 10)] = 0.0
    """Seconds of silence before the first sentence, for players that clip the start."""

    max_clause_chars: Annotated[int, Bound(20, 1000)] = 160
    """A longer sentence is cut at a clause, so that its first sound comes soon."""

    stream_decoder: bool = True
    """Make sound in chunks, for voices whose model can be cut; see `split`."""

    text_chars: int = 4096
    """Characters to speak in one request, streamed or not."""

    data_dir: str = "data"
    """Folder for downloaded voices."""
