"""The hearing worker: faster-whisper behind Wyoming."""

from .options import SttOptions

__all__ = ["SttOptions"]
