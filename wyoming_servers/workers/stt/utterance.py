"""The sound of one request as it comes in, ready for the model."""

import asyncio
from concurrent.futures import Executor

import numpy as np
from wyoming.event import Event
from wyoming.vad import VoiceStarted, VoiceStopped

from ...audio import FrontEnd, Samples
from ...errors import UtteranceTooLongError
from ...wire import Limits
from .endpoint import Endpointer


class Utterance:
    """Converted sound, and the place where its speech ends if that is asked for."""

    def __init__(
        self, front_end: FrontEnd, limits: Limits, silence: float | None
    ) -> None:
        self.format = front_end.source
        self.front_end = front_end
        self._limits = limits
        self._samples: list[Samples] = []
        self._count = 0
        self._bytes = 0
        self._endpointer = None if silence is None else Endpointer(silence)
        self._unheard = 0
        """Pieces of _samples that the endpointer has seen."""

    def add(self, pcm: bytes) -> None:
        """Take more sound; raise UtteranceTooLongError."""
        # Before it is converted: a wrong length must not cost the work of a right one.
        self._bytes += len(pcm)
        if self.format.seconds(self._bytes) > self._limits.utterance_seconds:
            raise UtteranceTooLongError(
                f"An utterance may last {self._limits.utterance_seconds:g} seconds; "
                "speak in shorter pieces.",
                limit=self._limits.utterance_seconds,
            )
        self._keep(self.front_end.feed(pcm))

    def finish(self) -> Samples:
        """Return all sound as float32 at 16 kHz, shape (samples,)."""
        self._keep(self.front_end.finish())
        return np.concatenate(self._samples)

    @property
    def samples(self) -> int:
        """How much sound there is so far."""
        return self._count

    def so_far(self) -> Samples:
        """Return the sound so far as float32 at 16 kHz, shape (samples,)."""
        return np.concatenate(self._samples)

    async def notice(self, executor: Executor) -> list[Event]:
        """Return `voice-started` and `voice-stopped` as the latest sound has them."""
        if self._endpointer is None or self._endpointer.stopped:
            return []
        new = np.concatenate(self._samples[self._unheard :])
        self._unheard = len(self._samples)
        loop = asyncio.get_running_loop()
        heard = await loop.run_in_executor(executor, self._endpointer.feed, new)
        events: list[Event] = []
        if heard.started:
            events.append(VoiceStarted(timestamp=heard.milliseconds).event())
        if heard.stopped:
            events.append(VoiceStopped(timestamp=heard.milliseconds).event())
        return events

    def _keep(self, samples: Samples) -> None:
        self._count += len(samples)
        self._samples.append(samples)
