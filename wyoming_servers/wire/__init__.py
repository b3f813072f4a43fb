"""The wire: bounded Wyoming events, sessions and servers."""

from .events import EventReader, encode
from .limits import Limits
from .server import Server, SessionFactory
from .session import Session

__all__ = ["EventReader", "Limits", "Server", "Session", "SessionFactory", "encode"]
