"""The format of raw PCM audio."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AudioFormat:
    """Raw PCM: samples a second, bytes a sample (8 bit is unsigned), channels."""

    rate: int
    width: int
    channels: int

    @property
    def frame_bytes(self) -> int:
        """Bytes of one sample of all channels."""
        return self.width * self.channels

    def seconds(self, size: int) -> float:
        """Return how long `size` bytes sound."""
        return size / (self.frame_bytes * self.rate)
