"""Listens on tcp:// or unix://, bounds the clients and drains them at the end."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import ShuttingDownError, TooManyClientsError, VoiceError
from .events import encode
from .limits import Limits
from .session import Session

_LOGGER = logging.getLogger(__name__)
_REFUSAL_SECONDS = 1.0

type SessionFactory = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Session]


class Server:
    """A Wyoming server whose sessions come from a factory."""

    def __init__(
        self,
        uri: str,
        factory: SessionFactory,
        limits: Limits,
        refusing: Callable[[VoiceError], None] = lambda _: None,
    ) -> None:
        self.uri = uri
        self.sessions: dict[Session, asyncio.Task[None]] = {}
        self.refused = 0
        self.draining = False
        # The loop keeps weak references only: tasks of clients on their way out, too.
        self._tasks: set[asyncio.Task[None]] = set()
        self._refusals: set[asyncio.Task[None]] = set()
        self._factory = factory
        self._refusing = refusing
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._socket_path: Path | None = None

    async def start(self) -> None:
        """Start to listen; raise ValueError for an URI of another kind, OSError."""
        parts = urlsplit(self.uri)
        if parts.scheme == "unix" and parts.path:
            self._socket_path = Path(parts.path)
            _remove_stale_socket(self._socket_path)
            self._server = await asyncio.start_unix_server(
                self._accept, path=self._socket_path, backlog=256
            )
        elif parts.scheme == "tcp" and parts.hostname and parts.port is not None:
            self._server = await asyncio.start_server(
                self._accept, parts.hostname, parts.port, backlog=256
            )
        else:
            raise ValueError(f"{self.uri!r} is neither tcp://HOST:PORT nor unix://PATH")

    @property
    def port(self) -> int | None:
        """The TCP port, also when the system chose it; None on a unix socket."""
        if self._server is None or self._socket_path is not None:
            return None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def drain(self, seconds: float) -> None:
        """Stop to listen, let work end, send `shutting-down` to what is left."""
        self.draining = True
        if self._server is not None:
            self._server.close()
        if self._socket_path is not None:
            self._socket_path.unlink(missing_ok=True)
        for session in list(self.sessions):
            session.drain()
        await self._wait(seconds)
        for session in list(self.sessions):
            session.abort(
                ShuttingDownError("The server is stopping before this was done.")
            )
        await self._wait(2.0)
        for task in list(self.sessions.values()):
            task.cancel()
        await self._wait(1.0)

    async def _wait(self, seconds: float) -> None:
        if self.sessions:
            await asyncio.wait(set(self.sessions.values()), timeout=seconds)

    def _accept(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if len(self.sessions) >= self._limits.clients and not self._make_room():
            self.refused += 1
            if len(self._refusals) >= self._limits.clients:
                writer.close()
                return
            error = TooManyClientsError(
                f"All {self._limits.clients} connections are in use; try again soon.",
                limit=self._limits.clients,
            )
            self._refusing(error)
            refusal = asyncio.create_task(_refuse(reader, writer, error))
            self._refusals.add(refusal)
            refusal.add_done_callback(self._refusals.discard)
            return
        session = self._factory(reader, writer)
        task = asyncio.create_task(session.run())
        self.sessions[session] = task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: self.sessions.pop(session, None))

    def _make_room(self) -> bool:
        """Drop the client that has been silent longest; one at work never goes.

        Without this, silent connections would lock everybody else out.
        """
        now = time.monotonic()
        idle = [s for s in self.sessions if not s.working and now - s.active_at > 1.0]
        if not idle:
            return False
        oldest = min(idle, key=lambda s: (s.events.events > 0, s.active_at))
        oldest.abort(
            TooManyClientsError(
                "Another client needed this silent connection; connect again.",
                limit=self._limits.clients,
            )
        )
        self.sessions.pop(oldest)
        return True


async def _refuse(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, error: VoiceError
) -> None:
    """Say why and close; reading first, else a reset may overtake the error."""
    try:
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):
            writer.write(encode(error.event()))
            writer.write_eof()
            async with asyncio.timeout(_REFUSAL_SECONDS):
                while await reader.read(1 << 16):
                    pass
    finally:
        writer.close()


def _remove_stale_socket(path: Path) -> None:
    """Remove what a dead server left; raise OSError when one still listens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISSOCK(os.stat(path).st_mode):  # noqa: PTH116
            return
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1.0)
            if probe.connect_ex(str(path)) != errno.ECONNREFUSED:
                raise OSError(errno.EADDRINUSE, f"another server listens on {path}")
        path.unlink()
