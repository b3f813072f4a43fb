"""What the embedding worker can be told; standard library only, the gateway reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class EmbedOptions:
    """Options of the sentence model."""

    model: str = "paraphrase-multilingual-MiniLM-L12-v2"
    """Name (of sentence-transformers), hub repository or local folder.

    The default knows 50 languages, French among them. A folder holds tokenizer.json and
    model.onnx, that one perhaps in a folder `onnx`.
    """

    pooling: str = "mean"
    """mean of the tokens, or cls: the first one."""

    max_tokens: int = 256
    """Longer texts are cut here; what is left out does not count in `usage`."""

    threads: int = 0
    """Threads of one inference; 0 means all cores."""

    at_once: int = 1
    """Batches at the same time."""

    data_dir: str = "data"
    """Folder for downloaded models."""
