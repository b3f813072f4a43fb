"""The libraries behind the front end, each only imported when a stage needs it.

livekit is WebRTC's whole audio processing: high-pass, echo cancellation, noise
suppression and gain. webrtc-noise-gain is a small part of it, without echo cancellation
and with a gain that is no more than a switch: the light way for noise and hum.
"""

import importlib.util
from typing import Any, Protocol, override

import numpy as np

from ..wire.stages import ECHO, GAIN, HIGH_PASS, NOISE
from .convert import MODEL_RATE
from .ring import FRAME, Pcm

ENGINES = {"auto": None, "livekit": "livekit", "light": "webrtc_noise_gain"}
"""What can be chosen, and the package that it needs."""

_LIGHT = frozenset({HIGH_PASS, NOISE})
_LIGHT_NOISE_LEVEL = 2
"""Of 0 to 4; above 2 more speech is lost than noise."""


class Stages(Protocol):
    """Some stages in a row, for one stream: they learn its noise and its room."""

    def process(self, near: Pcm, far: Pcm | None) -> None:
        """Change 10 ms of the microphone in place; `far` is what was played meanwhile."""


def make_stages(wanted: frozenset[str], engine: str = "auto") -> Stages:
    """Return stages that do what is wanted, by the lightest library that can.

    Raises ValueError when the chosen engine cannot, or its package is not installed.
    """
    if engine not in ENGINES:
        raise ValueError(f"the audio engine is one of {', '.join(ENGINES)}")
    if engine == "light" and not wanted <= _LIGHT:
        raise ValueError("the light audio engine knows high-pass and noise only")
    light = wanted <= _LIGHT and engine != "livekit" and _is_here("light")
    if not light and not _is_here("livekit"):
        raise ValueError(
            "the package livekit is not installed; it comes with the extra `audio`"
        )
    return LightStages(wanted) if light else FullStages(wanted)


def _is_here(engine: str) -> bool:
    package = ENGINES[engine]
    return package is not None and importlib.util.find_spec(package) is not None


class FullStages(Stages):
    """livekit's stages."""

    def __init__(self, wanted: frozenset[str]) -> None:
        from livekit.rtc import AudioFrame  # noqa: PLC0415 - a second and 30 MB
        from livekit.rtc.apm import AudioProcessingModule  # noqa: PLC0415

        self._frame: Any = AudioFrame
        self._echo = ECHO in wanted
        self._gain = GAIN in wanted
        self._module = AudioProcessingModule(
            echo_cancellation=self._echo,
            noise_suppression=NOISE in wanted,
            high_pass_filter=HIGH_PASS in wanted,
            auto_gain_control=GAIN in wanted,
        )

    @override
    def process(self, near: Pcm, far: Pcm | None) -> None:
        if self._gain:
            # The library's gain only ever makes speech louder: from 6 dB lower it
            # brings loud speech to its level as well.
            np.right_shift(near, 1, out=near)
        if self._echo and far is not None:
            self._module.process_reverse_stream(self._wrap(far))
            # The canceller finds the true delay itself, but wants to be told one.
            self._module.set_stream_delay_ms(0)
        self._module.process_stream(self._wrap(near))

    def _wrap(self, frame: Pcm) -> Any:
        # The library works in place on this very memory. It copies any view whose owner
        # does not count in bytes, and the work would be lost with the copy.
        return self._frame(memoryview(frame.view(np.uint8)), MODEL_RATE, 1, FRAME)


class LightStages(Stages):
    """webrtc-noise-gain's noise suppression; its high-pass is always on."""

    def __init__(self, wanted: frozenset[str]) -> None:
        from webrtc_noise_gain import (  # type: ignore[import-untyped] # noqa: PLC0415
            AudioProcessor,
        )

        level = _LIGHT_NOISE_LEVEL if NOISE in wanted else 0
        self._processor: Any = AudioProcessor(0, level)

    @override
    def process(self, near: Pcm, far: Pcm | None) -> None:
        done = self._processor.Process10ms(near.tobytes())
        near[:] = np.frombuffer(done.audio, np.int16)
