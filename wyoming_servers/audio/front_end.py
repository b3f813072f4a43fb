"""The audio front end: microphone sound in, cleaner sound for a model out."""

import numpy as np

from ..wire.pcm import AudioFormat
from ..wire.stages import ECHO, STAGES
from .convert import Converter, Samples
from .ring import FRAME, FrameRing, Pcm
from .stages import Stages, make_stages

_FAR_FRAMES = 1024
"""Ten seconds: how far a reference may be ahead of the microphone."""


class FrontEnd:
    """One stream of any PCM format through the wanted stages, to 16 kHz mono float32.

    Has a Converter's methods, so that it can stand in its place. The echo stage works
    only with a reference: the second channel of a stereo stream, or what `reference`
    is given, byte for byte beside the microphone's sound and never behind it.
    """

    def __init__(
        self,
        source: AudioFormat,
        wanted: frozenset[str],
        *,
        engine: str = "auto",
        referenced: bool = False,
    ) -> None:
        self.source = source
        self._split = ECHO in wanted and source.channels == 2
        self._referenced = self._split or (ECHO in wanted and referenced)
        self.wanted = wanted if self._referenced else wanted - {ECHO}
        self._stages: Stages | None = (
            make_stages(self.wanted, engine) if self.wanted else None
        )
        mono = AudioFormat(rate=source.rate, width=source.width, channels=1)
        self._near = FrameRing()
        self._far = FrameRing(_FAR_FRAMES)
        self._near_converter = Converter(mono if self._split else source)
        self._far_converter = Converter(mono if self._split else source)
        self._left = b""
        self._late = 0
        """Frames of reference that came too late and are left out when they come."""

    @property
    def worked(self) -> list[str]:
        """The stages in effect, in their order."""
        return [stage for stage in STAGES if stage in self.wanted]

    def feed(self, pcm: bytes) -> Samples:
        """Return what is certain so far; keeps less than 10 ms for later."""
        near = pcm
        if self._split:
            near, far = self._channels(pcm)
            self._hear_far(self._far_converter.feed(far))
        return self._through(self._near_converter.feed(near))

    def reference(self, pcm: bytes) -> None:
        """Take what the loudspeaker played; ignored unless a reference was announced."""
        if self._referenced and not self._split:
            self._hear_far(self._far_converter.feed(pcm))

    def finish(self) -> Samples:
        """Return the last samples."""
        if self._split:
            self._hear_far(self._far_converter.finish())
        last = self._through(self._near_converter.finish())
        if self._stages is None or not len(self._near):
            return last
        rest = FRAME - self._near.pad()
        return np.concatenate((last, self._frames()[:rest]))

    def _through(self, samples: Samples) -> Samples:
        if self._stages is None:
            return samples
        done = [np.zeros(0, np.float32)]
        while len(samples):
            piece, samples = np.split(samples, [min(self._near.room, len(samples))])
            self._near.write(piece)
            done.append(self._frames())
        return np.concatenate(done)

    def _frames(self) -> Samples:
        """Process all whole frames where they lie; return them as the model wants them."""
        assert self._stages is not None
        out = np.empty((len(self._near) // FRAME, FRAME), np.float32)
        for row in out:
            frame = self._near.take()
            assert frame is not None
            self._stages.process(frame, self._far_frame())
            np.multiply(frame, np.float32(1 / 32768), out=row)
        return out.reshape(-1)

    def _far_frame(self) -> Pcm | None:
        if not self._referenced:
            return None
        while self._late and self._far.take() is not None:
            self._late -= 1
        frame = None if self._late else self._far.take()
        if frame is None:
            self._late += 1
            return np.zeros(FRAME, np.int16)
        return frame

    def _hear_far(self, samples: Samples) -> None:
        while len(samples):
            if not self._far.room:
                # So far ahead of the microphone it is of no use: make room.
                self._far.take()
            piece, samples = np.split(samples, [min(self._far.room, len(samples))])
            self._far.write(piece)

    def _channels(self, pcm: bytes) -> tuple[bytes, bytes]:
        """Return the microphone's bytes and the reference's; keeps half frames."""
        pcm = self._left + pcm
        whole = len(pcm) - len(pcm) % self.source.frame_bytes
        self._left = pcm[whole:]
        both = np.frombuffer(pcm[:whole], np.uint8).reshape(-1, 2, self.source.width)
        return both[:, 0].tobytes(), both[:, 1].tobytes()
