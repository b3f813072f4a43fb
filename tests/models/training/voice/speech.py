"""Speech of espeak-ng with the time of every phoneme.

Talks to the system's ``libespeak-ng.so.1`` through ctypes, because only the
library reports phoneme events together with the samples.
"""

import ctypes
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.signal import resample_poly

RATE = 16_000

_SYNCHRONOUS = 2
_PHONEME_EVENTS_IPA = 1 | 2
_UTF8 = 1
_PHONEMES = 0x100
_PHONEME_EVENT = 7
_END_EVENT = 6
_PARAMETERS = {"rate": 1, "volume": 2, "pitch": 3, "range": 4}


class _Id(ctypes.Union):
    _fields_ = [
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    ]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_short),
    ctypes.c_int,
    ctypes.POINTER(_Event),
)


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One phoneme of an utterance: its IPA name and its samples' range."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """Mono samples in [-1, 1] at 16 kHz and the phonemes spoken in them."""

    samples: np.ndarray
    segments: tuple[Segment, ...]


class Speaker:
    """One espeak-ng voice that speaks at one pitch, without any intonation."""

    def __init__(self, voice: str, *, rate: int, pitch: int) -> None:
        self._library, self._source_rate = _library()
        self._voice = voice
        self._settings = {"rate": rate, "volume": 70, "pitch": pitch, "range": 0}

    def say(self, text: str) -> Utterance:
        """Speak `text`; phonemes in espeak's own notation stand in [[ ]]."""
        blocks: list[np.ndarray] = []
        marks: list[tuple[str, int]] = []

        def receive(wav, count, events):  # type: ignore[no-untyped-def]
            if wav and count > 0:
                blocks.append(np.ctypeslib.as_array(wav, (count,)).copy())
            index = 0
            while events[index].type != 0:
                event = events[index]
                if event.type == _PHONEME_EVENT:
                    name = event.id.string.decode("utf-8", "replace")
                    marks.append((name, event.sample))
                index += 1
            return 0

        callback = _Callback(receive)
        library = self._library
        library.espeak_SetSynthCallback(callback)
        library.espeak_SetVoiceByName(self._voice.encode())
        for name, value in self._settings.items():
            library.espeak_SetParameter(_PARAMETERS[name], value, 0)
        data = text.encode()
        library.espeak_Synth(
            data, len(data) + 1, 0, 0, 0, _UTF8 | _PHONEMES, None, None
        )
        library.espeak_Synchronize()
        samples = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
        return self._utterance(samples, marks)

    def _utterance(
        self, samples: np.ndarray, marks: list[tuple[str, int]]
    ) -> Utterance:
        ratio = RATE / self._source_rate
        divisor = np.gcd(RATE, self._source_rate)
        resampled = resample_poly(
            samples / 32768.0, RATE // divisor, self._source_rate // divisor
        )
        ends = [sample for _, sample in marks[1:]] + [len(samples)]
        segments = tuple(
            Segment(name=name, start=round(start * ratio), end=round(end * ratio))
            for (name, start), end in zip(marks, ends, strict=True)
        )
        return Utterance(samples=resampled, segments=segments)


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    library = ctypes.CDLL("libespeak-ng.so.1")
    library.espeak_SetSynthCallback.argtypes = [_Callback]
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    rate = library.espeak_Initialize(_SYNCHRONOUS, 100, None, _PHONEME_EVENTS_IPA)
    if rate <= 0:
        raise RuntimeError("espeak-ng's data was not found")
    return library, rate
