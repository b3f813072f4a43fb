"""The Piper voices in memory: loaded on demand, least recently used dropped. Blocking.

The only module that imports piper, which is under the GPL.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .options import TtsOptions


@dataclass(frozen=True, kw_only=True)
class Speech:
    """One piece of spoken sound: 16-bit mono PCM."""

    rate: int
    pcm: bytes


class Voice:
    """One loaded Piper voice; `speak` may be called from several threads."""

    def __init__(self, model: Path, options: TtsOptions) -> None:
        import onnxruntime  # noqa: PLC0415
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415
        from piper.config import PiperConfig  # noqa: PLC0415

        session = onnxruntime.SessionOptions()
        session.intra_op_num_threads = options.threads
        # Freed after each sentence: a long one must not raise the memory for ever.
        session.enable_cpu_mem_arena = False
        session.log_severity_level = 3
        config = json.loads(model.with_name(f"{model.name}.json").read_bytes())
        self._voice: Any = PiperVoice(
            config=PiperConfig.from_dict(config),
            session=onnxruntime.InferenceSession(
                str(model), sess_options=session, providers=["CPUExecutionProvider"]
            ),
        )
        self._make_config = SynthesisConfig
        self._options = options

    @property
    def rate(self) -> int:
        """Samples a second."""
        return int(self._voice.config.sample_rate)

    @property
    def speakers(self) -> dict[str, int]:
        """Names of the speakers, empty for a voice with one."""
        return dict(self._voice.config.speaker_id_map)

    def speak(self, text: str, speaker: str | None = None) -> bytes:
        """Return 16-bit mono PCM of the text."""
        options = self._options
        length = self._voice.config.length_scale / options.speed
        config = self._make_config(
            speaker_id=self.speakers.get(speaker) if speaker else None,
            length_scale=length,
            noise_scale=options.noise,
            noise_w_scale=options.noise_width,
            volume=options.volume,
        )
        parts = [c.audio_int16_bytes for c in self._voice.synthesize(text, config)]
        return b"".join(parts)

    def silence(self, seconds: float) -> bytes:
        """Return that much silence."""
        return np.zeros(int(seconds * self.rate), np.int16).tobytes()


class Voices:
    """The voices whose files are here, `keep` of them in memory."""

    def __init__(self, options: TtsOptions) -> None:
        self._options = options
        self._files: dict[str, Path] = {}
        self._loaded: OrderedDict[str, Voice] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, name: str, model: Path) -> None:
        """Make a voice known by its client-side name."""
        self._files[name] = model

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    @property
    def loaded(self) -> tuple[str, ...]:
        """Names of the voices in memory, the least recently used first."""
        return tuple(self._loaded)

    def ready(self, name: str) -> Voice | None:
        """Return the voice if it is in memory; never waits, unlike `get`."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            if (voice := self._loaded.get(name)) is not None:
                self._loaded.move_to_end(name)
            return voice
        finally:
            self._lock.release()

    def get(self, name: str) -> Voice:
        """Return the voice, loaded when it is not in memory."""
        with self._lock:
            voice = self._loaded.pop(name, None)
            if voice is None:
                while len(self._loaded) >= max(1, self._options.keep):
                    self._loaded.popitem(last=False)
                voice = Voice(self._files[name], self._options)
            self._loaded[name] = voice
            return voice
