"""The sentence model itself: texts in, vectors of length 1 out. Blocking."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .options import EmbedOptions

type Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Embedded:
    """Vectors of shape (texts, dimensions), and how many tokens were read for them."""

    vectors: Vectors
    tokens: int


class Engine:
    """One ONNX sentence model with its tokenizer."""

    def __init__(self, model: Path, options: EmbedOptions) -> None:
        import onnxruntime  # noqa: PLC0415 - heavy
        from tokenizers import Tokenizer  # noqa: PLC0415

        if options.pooling not in {"mean", "cls"}:
            raise ValueError(f"pooling is mean or cls, not {options.pooling!r}")
        self._cls = options.pooling == "cls"
        folder = model.parent
        if not (folder / "tokenizer.json").is_file():
            folder = folder.parent
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(options.max_tokens)
        self._pad_with_own_token()
        choices = onnxruntime.SessionOptions()
        choices.intra_op_num_threads = options.threads
        # Spinning threads would burn a core between two sentences.
        choices.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(
            str(model), choices, providers=["CPUExecutionProvider"]
        )
        self._inputs = [given.name for given in self._session.get_inputs()]
        self.dimensions = self.embed(["a"]).vectors.shape[1]

    def embed(self, texts: Sequence[str]) -> Embedded:
        """Return one unit vector a text.

        The mean runs over the tokens that are no padding: sum(h * mask) / sum(mask), as
        in https://arxiv.org/abs/1908.10084, section 3.
        """
        rows = self._tokenizer.encode_batch(list(texts))
        mask = np.array([row.attention_mask for row in rows], np.int64)
        known = {
            "input_ids": np.array([row.ids for row in rows], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([row.type_ids for row in rows], np.int64),
        }
        [hidden, *_] = self._session.run(
            None, {name: known[name] for name in self._inputs}
        )
        pooled = hidden.astype(np.float32)
        if pooled.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            pooled = (
                pooled[:, 0]
                if self._cls
                else (pooled * weights).sum(axis=1) / weights.sum(axis=1)
            )
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return Embedded(
            vectors=pooled / np.maximum(lengths, 1e-12), tokens=int(mask.sum())
        )

    def _pad_with_own_token(self) -> None:
        """Pad to the longest text of a batch, with the token that the model knows."""
        given = self._tokenizer.padding or {}
        token = given.get("pad_token")
        if token is None:
            token = "<pad>" if self._tokenizer.token_to_id("<pad>") else "[PAD]"
        self._tokenizer.enable_padding(
            pad_id=self._tokenizer.token_to_id(token) or 0, pad_token=token
        )
