"""The sound of one utterance on its way in: checked, counted and kept."""

import asyncio

from wyoming.event import Event

from ..errors import SlowClientError
from ..wire import Limits
from ..wire.audio import check_chunk
from .budget import AudioBudget
from .hearing import Hearing

_WALL_FACTOR = 2.0
"""An utterance may take this many times its longest sound to arrive."""


class HearingIntake:
    """Takes what a client sends of one utterance."""

    def __init__(self, hearing: Hearing, audio: AudioBudget, limits: Limits) -> None:
        self.hearing = hearing
        self._audio = audio
        self._limits = limits
        self._held = 0
        self._began = asyncio.get_running_loop().time()
        self._closed = False

    @property
    def over(self) -> bool:
        """True when no more is used: what the client still sends is late."""
        return self._closed or self.hearing.complete

    def add(self, event: Event) -> None:
        """Take an `audio-chunk`; one that is late is passed over.

        Raises UnsupportedAudioError, UtteranceTooLongError, BusyError, SlowClientError.
        """
        if self.over:
            return
        check_chunk(event, self.hearing.utterance.format)
        pcm = event.payload or b""
        self._hold(pcm)
        self.hearing.add(pcm)
        lasted = asyncio.get_running_loop().time() - self._began
        if lasted > self._limits.utterance_seconds * _WALL_FACTOR:
            raise SlowClientError(
                f"The utterance was not complete after {lasted:.0f} seconds; "
                "check the network between client and server."
            )

    def add_reference(self, event: Event) -> None:
        """Take what the client's loudspeaker plays beside what its microphone hears."""
        utterance = self.hearing.utterance
        if utterance.reference is not None and not self.over:
            played = event.payload or b""
            self._hold(played)
            utterance.add_reference(played)

    def finish(self) -> None:
        """Take the client's end of the utterance."""
        if not self.over:
            self.hearing.finish()

    def close(self) -> None:
        """Let go of the sound: the utterance was answered or given up."""
        self._closed = True
        self._audio.give_back(self._held)
        self._held = 0

    def _hold(self, pcm: bytes) -> None:
        self._audio.take(len(pcm))
        self._held += len(pcm)
