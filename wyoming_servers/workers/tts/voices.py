"""The Piper voices in memory: loaded on demand, least recently used dropped. Blocking.

The only module that imports piper, which is under the GPL.
"""

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from .level import Gain, Levels
from .options import TtsOptions
from .parts import Parts, Step, parts_of
from .sound import Decoder, Model, Part, Ready, Sentence, Sound, pcm

_LOGGER = logging.getLogger(__name__)
_ENDS = frozenset(".?!。？！")
"""What the last phoneme of a whole sentence is."""
_EVERY_LANGUAGE = "1, 2, 3, 4, 5, 6."
"""Speech whatever language the voice has."""


class Voice:
    """One loaded Piper voice; `sound` may be called from several threads."""

    def __init__(self, model: Path, options: TtsOptions) -> None:
        from piper import PiperVoice, espeakbridge  # noqa: PLC0415
        from piper.config import PiperConfig  # noqa: PLC0415

        _set_voices_once(espeakbridge)
        config = json.loads(model.with_name(f"{model.name}.json").read_bytes())
        self._config: Any = PiperConfig.from_dict(config)
        self._options = options
        self._encoder: Any = None
        self._decoder: Decoder | None = None
        self._open(model)
        self._voice: Any = PiperVoice(config=self._config, session=self._encoder)

    @property
    def rate(self) -> int:
        """Samples a second."""
        return int(self._config.sample_rate)

    @property
    def speakers(self) -> dict[str, int]:
        """Names of the speakers, empty for a voice with one."""
        return dict(self._config.speaker_id_map)

    @property
    def streams(self) -> bool:
        """True when sound comes in chunks, while the sentence is still decoded."""
        return self._decoder is not None

    def sound(
        self, text: str, speaker: str | None = None, *, lead: float = 0.0
    ) -> Sound:
        """Return the sound of the text, with `lead` seconds of silence before it."""
        who = self.speakers.get(speaker) if speaker else None
        if who is None:
            who = self._config.default_speaker_id
        parts: list[Part] = [self._silence(lead)]
        for phonemes in filter(None, self._voice.phonemize(text)):
            parts.append(self._sentence(self._voice.phonemes_to_ids(phonemes), who))
            # A clause that was cut off a long sentence has no end of its own.
            if phonemes[-1] in _ENDS:
                parts.append(self._silence(self._options.sentence_silence))
        return Sound(parts)

    def warm_up(self) -> None:
        """Speak to nobody, once so much that the voice's level is known."""
        text = "a"
        if self._decoder is not None and self._decoder.levels.usual(0) is None:
            text = _EVERY_LANGUAGE
        sound = self.sound(text)
        while sound.read(self.rate):
            pass

    def _open(self, model: Path) -> None:
        """Load the parts of the model, or else the whole of it."""
        folder = Path(self._options.data_dir)
        for fresh in (False, True):
            parts = (
                parts_of(model, folder, fresh=fresh)
                if self._options.stream_decoder
                else None
            )
            if parts is None:
                break
            try:
                self._encoder = self._session(parts.encoder)
                self._decoder = self._decoder_of(parts)
            except Exception as err:  # noqa: BLE001 - onnxruntime's have no common base
                _LOGGER.warning("The parts of %s are broken: %s", model.stem, err)
            else:
                return
        self._encoder = self._session(model)

    def _decoder_of(self, parts: Parts) -> Decoder:
        levels = Levels(parts.folder / "levels.json")
        upper, lower = self._step(parts.upper), self._step(parts.lower)
        return Decoder(
            upper, lower, levels, rate=self.rate, volume=self._options.volume
        )

    def _step(self, step: Step) -> Model:
        return Model(self._session(step.file), step.hop, step.margin)

    def _session(self, model: Path) -> Any:
        import onnxruntime  # noqa: PLC0415

        session = onnxruntime.SessionOptions()
        session.intra_op_num_threads = self._options.threads
        # Freed after each chunk: a long one must not raise the memory for ever.
        session.enable_cpu_mem_arena = False
        session.log_severity_level = 3
        # Threads that wait for more work in a busy loop would keep the processor from
        # the other parts, and from whoever sends the sound.
        session.add_session_config_entry("session.force_spinning_stop", "1")
        return onnxruntime.InferenceSession(
            str(model), sess_options=session, providers=["CPUExecutionProvider"]
        )

    def _scales(self) -> tuple[float, float, float]:
        """Return noise, length and noise of the lengths."""
        config, options = self._config, self._options
        noise = config.noise_scale if options.noise is None else options.noise
        width = config.noise_w_scale
        if options.noise_width is not None:
            width = options.noise_width
        return noise, config.length_scale / options.speed, width

    def _sentence(self, ids: list[int], speaker: int) -> Part:
        given = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array(self._scales(), np.float32),
        }
        if self._config.num_speakers > 1:
            given["sid"] = np.array([speaker], np.int64)
        outputs = self._encoder.run(None, given)
        if self._decoder is not None:
            return Sentence(self._decoder, outputs, speaker)
        sound = outputs[0].reshape(-1).astype(np.float32, copy=False)
        return Ready(pcm(Gain(0.0).scale(sound), self._options.volume))

    def _silence(self, seconds: float) -> Ready:
        return Ready(bytes(2 * int(seconds * self.rate)))


def _set_voices_once(espeakbridge: Any) -> None:
    """Let espeak-ng keep its voice from one text to the next.

    Piper sets it before each, which reads its files anew: 0.1 to 0.2 ms of the listener's
    time. Piper's lock is held whenever it is set.
    """
    if not hasattr(espeakbridge.set_voice, "cache_info"):
        espeakbridge.set_voice = lru_cache(maxsize=1)(espeakbridge.set_voice)


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
