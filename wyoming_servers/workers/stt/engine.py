"""Whisper itself: loads the model and turns sound into text. Blocking."""

import os
import platform
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ...audio import MODEL_RATE, Samples
from .activity import locate, probabilities
from .ahead import Ahead
from .decode import FULL_FRAMES, Decoded, Decoder, short_frames
from .options import SttOptions

_PROMPT_TOKENS = 223
"""Whisper's decoder takes 448 positions; half of them, less one, may be a prompt.

The initial prompt and the hints share them: more would leave no room for the text.
"""
_HINT_TOKENS = 111
"""Hints take no more than half of the prompt: under the weight of many names the test model
leaves out words that were said, and each utterance pays for reading them.
"""

_LEAST_SAMPLES = MODEL_RATE // 10
"""Shorter sound is padded to this: the features need some room."""


@dataclass(frozen=True, kw_only=True)
class Transcription:
    """The outcome of one transcription."""

    text: str
    language: str | None
    seconds: dict[str, float]
    """Time spent, by stage."""
    window: str = "none"
    """none (nobody spoke), short, full, short+full or long."""
    ahead: bool = False
    """The work was begun at a pause, before the end was known."""


@contextmanager
def without_file_decoder() -> Iterator[None]:
    """Keep faster-whisper from loading PyAV, which only decodes files.

    Sound comes as numbers here. It saves 15 MB and a fifth of the time that a killed
    worker takes to come back, and no version of PyAV can break the server.
    """
    if "av" in sys.modules or "faster_whisper" in sys.modules:
        yield
        return
    sys.modules["av"] = ModuleType("av")
    try:
        yield
    finally:
        del sys.modules["av"]


class Engine:
    """One loaded Whisper model; `hear` may be called from several threads."""

    def __init__(self, folder: Path, options: SttOptions) -> None:
        # Heavy imports happen only when there is a model to load.
        with without_file_decoder():
            from faster_whisper import WhisperModel  # noqa: PLC0415
        from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415

        # Its default lock is shared between processes and leaks when one is killed.
        tqdm.set_lock(threading.RLock())
        tqdm.monitor_interval = 0
        self._options = options
        cores = os.process_cpu_count() or 1
        self._model: Any = WhisperModel(
            str(folder),
            device=options.device,
            compute_type=options.compute_type,
            cpu_threads=options.threads or cores,
            num_workers=options.at_once,
        )
        on_arm = platform.machine().startswith(("arm", "aarch"))
        self._decoder = Decoder(
            model=self._model,
            beam_size=options.beam_size or (1 if on_arm else 5),
            task=options.task,
            initial_prompt=options.initial_prompt,
        )
        known = self._model.supported_languages
        wanted = options.languages
        self.languages = [code for code in known if not wanted or code in wanted]
        """Whisper's codes of the languages to offer."""

    def hear(
        self,
        audio: Samples,
        *,
        language: str | None,
        hints: tuple[str, ...] = (),
        gate: bool = True,
        on_segment: Callable[[str, str], bool] | None = None,
        ahead: Ahead[Transcription] | None = None,
    ) -> Transcription:
        """Transcribe float32 samples at 16 kHz; the text is empty where nobody speaks.

        `on_segment(text, language)` is called as segments are decoded; when it returns
        False nobody listens any more and the rest is left out. `ahead` is what was made
        of the same utterance, for the same language and hints, at its pauses.
        """
        seconds: dict[str, float] = {}
        if not len(audio):
            return Transcription(text="", language=language, seconds=seconds)
        began = time.perf_counter()
        if gate and (self._options.voice_gate or self._options.trim):
            speech = locate(audio)
            seconds["voice"] = time.perf_counter() - began
            if speech is None and self._options.voice_gate:
                return Transcription(text="", language=language, seconds=seconds)
            if speech is not None and self._options.trim:
                if ahead is not None and (work := ahead.take(speech)) is not None:
                    return _known(work, seconds, on_segment)
                audio = speech.cut(audio)
        heard = self.transcribe(
            audio, language=language, hints=hints, gate=gate, on_segment=on_segment
        )
        return replace(heard, seconds={**seconds, **heard.seconds})

    def transcribe(
        self,
        audio: Samples,
        *,
        language: str | None,
        hints: tuple[str, ...] = (),
        gate: bool = True,
        on_segment: Callable[[str, str], bool] | None = None,
    ) -> Transcription:
        """Transcribe sound that is known to be speech, as `hear` does."""
        audio = np.pad(audio, (0, max(0, _LEAST_SAMPLES - len(audio))))
        began = time.perf_counter()
        hotwords = self._hotwords(hints) or None
        if len(audio) < FULL_FRAMES * 160:
            found, window = self._one_window(audio, language, hotwords)
            if gate and self._is_invention(found):
                found = Decoded(**{**found.__dict__, "text": ""})
            if found.text and on_segment is not None:
                on_segment(found.text, found.language)
            text, language = found.text, found.language
        else:
            window = "long"
            text, language = self._many_windows(audio, language, hotwords, on_segment)
        seconds = {"inference": time.perf_counter() - began}
        return Transcription(
            text=text, language=language, seconds=seconds, window=window
        )

    def warm_up(self) -> None:
        """Run one inference on a second of near silence, so that the first is fast."""
        # As good as noise; NumPy's random numbers would stay in memory, 2 MB.
        noise = 1e-4 * np.sin(np.arange(MODEL_RATE) ** 2.0)
        self.hear(noise.astype(np.float32), language=self.languages[0], gate=False)
        # The detector is not asked about steady sound: it has to be woken by itself.
        if self._options.voice_gate or self._options.trim:
            probabilities(noise.astype(np.float32))

    def trial(self) -> float:
        """Run one inference as a short command needs it; return its seconds."""
        noise = np.random.default_rng(0).normal(0.0, 1e-2, 3 * MODEL_RATE)
        features = self._model.feature_extractor(noise.astype(np.float32))
        short = self._options.short_window
        size = short_frames(features.shape[-1]) if short else FULL_FRAMES
        began = time.perf_counter()
        self._decoder.write(features, size, self.languages[0])
        return time.perf_counter() - began

    def _one_window(
        self, audio: Samples, language: str | None, hotwords: str | None
    ) -> tuple[Decoded, str]:
        features = self._model.feature_extractor(audio)
        sizes = [FULL_FRAMES]
        if self._options.short_window:
            short = short_frames(features.shape[-1])
            sizes = [short, FULL_FRAMES] if short < FULL_FRAMES else [FULL_FRAMES]
        found = None
        for size in sizes:
            found = self._decoder.decode(
                features,
                size,
                language=language,
                among=self.languages,
                hotwords=hotwords,
            )
            if not found.doubtful:
                break
        assert found is not None
        if len(sizes) == 1:
            return found, "full"
        return found, "short" if size == sizes[0] else "short+full"

    def _many_windows(
        self,
        audio: Samples,
        language: str | None,
        hotwords: str | None,
        on_segment: Callable[[str, str], bool] | None,
    ) -> tuple[str, str]:
        if language is None and self._options.languages:
            features = self._model.feature_extractor(audio[: FULL_FRAMES * 160])
            language = self._decoder.find_language(features, self.languages)
        segments, info = self._model.transcribe(
            audio,
            language=language,
            task=self._options.task,
            beam_size=self._decoder.beam_size,
            temperature=0.0,
            initial_prompt=self._options.initial_prompt,
            hotwords=hotwords,
            # Earlier text as a prompt is what sends Whisper into loops.
            condition_on_previous_text=False,
        )
        texts: list[str] = []
        for segment in segments:
            if segment.avg_logprob < self._options.min_log_prob:
                continue
            # Whisper puts a space before each word: the pieces together are the text.
            text = segment.text.rstrip() if texts else segment.text.strip()
            if not text:
                continue
            texts.append(text)
            if on_segment is not None and not on_segment(text, info.language):
                break
        return "".join(texts), info.language

    def _is_invention(self, found: Decoded) -> bool:
        return found.silent or found.log_prob < self._options.min_log_prob

    def _hotwords(self, hints: tuple[str, ...]) -> str:
        """Join hints until the prompt is full; the first ones matter most."""
        chosen: list[str] = []
        room = _PROMPT_TOKENS - self._cost(self._options.initial_prompt or "")
        room = min(room, _HINT_TOKENS)
        for hint in hints:
            cost = self._cost(f" {hint},")
            if room <= 0:
                break
            if cost > room:
                continue
            room -= cost
            chosen.append(hint)
        return ", ".join(chosen)

    def _cost(self, text: str) -> int:
        return len(self._model.hf_tokenizer.encode(text, add_special_tokens=False).ids)


def _known(
    work: Future[Transcription],
    seconds: dict[str, float],
    on_segment: Callable[[str, str], bool] | None,
) -> Transcription:
    """Return what was heard ahead; `inference` is the time that it still took."""
    began = time.perf_counter()
    heard = work.result()
    if heard.text and on_segment is not None:
        on_segment(heard.text, heard.language or "")
    waited = time.perf_counter() - began
    return replace(heard, seconds={**seconds, "inference": waited}, ahead=True)
