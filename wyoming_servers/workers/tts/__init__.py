"""The speaking worker: Piper behind Wyoming."""

from .options import TtsOptions

__all__ = ["TtsOptions"]
