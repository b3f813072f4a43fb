"""Whisper itself: loads the model and turns sound into text. Blocking."""

import os
import platform
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...audio import MODEL_RATE, Samples
from .options import SttOptions

_HINT_TOKENS = 223
"""Whisper's decoder takes 448 positions; half of them, less one, may be a prompt."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """The outcome of one transcription."""

    text: str
    language: str | None
    seconds: dict[str, float]
    """Time spent, by stage."""


class Engine:
    """One loaded Whisper model; `hear` may be called from several threads."""

    def __init__(self, folder: Path, options: SttOptions) -> None:
        # Heavy imports happen only when there is a model to load.
        from faster_whisper import WhisperModel  # noqa: PLC0415
        from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415

        # Its default lock is shared between processes and leaks when one is killed.
        tqdm.set_lock(threading.RLock())

        self._options = options
        cores = os.process_cpu_count() or 1
        self._model: Any = WhisperModel(
            str(folder),
            device=options.device,
            compute_type=options.compute_type,
            cpu_threads=options.threads or max(1, cores // options.at_once),
            num_workers=options.at_once,
        )
        on_arm = platform.machine().startswith(("arm", "aarch"))
        self._beam = options.beam_size or (1 if on_arm else 5)

    @property
    def languages(self) -> list[str]:
        """Whisper's codes of the languages that the model knows."""
        return list(self._model.supported_languages)

    def hear(
        self,
        audio: Samples,
        *,
        language: str | None,
        hints: tuple[str, ...] = (),
        on_segment: Callable[[str, str], bool] | None = None,
    ) -> Heard:
        """Transcribe float32 samples at 16 kHz.

        `on_segment(text, language)` is called as segments are decoded; when it returns
        False nobody listens any more and the rest is left out.
        """
        began = time.perf_counter()
        segments, info = self._model.transcribe(
            audio,
            language=language,
            task=self._options.task,
            beam_size=self._beam,
            initial_prompt=self._options.initial_prompt,
            hotwords=self._hotwords(hints) or None,
            temperature=self._options.temperatures,
            # Earlier text as a prompt is what sends Whisper into loops.
            condition_on_previous_text=False,
        )
        texts: list[str] = []
        for segment in segments:
            texts.append(segment.text)
            if on_segment is not None and not on_segment(segment.text, info.language):
                break
        return Heard(
            text="".join(texts).strip(),
            language=info.language,
            seconds={"inference": time.perf_counter() - began},
        )

    def warm_up(self) -> None:
        """Run one inference on a second of near silence, so that the first is fast."""
        noise = np.random.default_rng(0).normal(0.0, 1e-4, MODEL_RATE)
        self.hear(noise.astype(np.float32), language=self.languages[0])

    def _hotwords(self, hints: tuple[str, ...]) -> str:
        """Join hints until the prompt is full; the first ones matter most."""
        chosen: list[str] = []
        room = _HINT_TOKENS
        for hint in hints:
            cost = len(self._model.hf_tokenizer.encode(f" {hint},").ids)
            if cost > room:
                break
            room -= cost
            chosen.append(hint)
        return ", ".join(chosen)
