"""The wake worker: micro-wakeword models behind Wyoming."""

from .options import WakeOptions

__all__ = ["WakeOptions"]
