"""The admin pages: /health, /ready and /metrics over HTTP."""

from .pages import Admin

__all__ = ["Admin"]
