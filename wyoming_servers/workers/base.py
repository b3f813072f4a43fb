"""What every worker shares: its status, its server, its life from start to drain."""

import asyncio
import contextlib
import logging
import signal
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import override

from wyoming.event import Event
from wyoming.info import Info

from ..errors import ModelMissingError, VoiceError
from ..protocol import STATUS, OrderContext, WorkerStatus, states
from ..store import Progress
from ..wire import Limits, Server, Session, SessionFactory

_LOGGER = logging.getLogger(__name__)
_RETRY_SECONDS = 60.0
_WAIT_READY_SECONDS = 20.0
_LEISURE_SECONDS = 0.5


class Worker(ABC):
    """One model behind one Wyoming server."""

    def __init__(self, *, at_once: int, limits: Limits) -> None:
        self.limits = limits
        self.status = WorkerStatus(state=states.LOADING)
        self.pool = ThreadPoolExecutor(max_workers=max(1, at_once))
        self._loader = ThreadPoolExecutor(max_workers=1)
        """Its own thread: looking for what is missing must not hold up the work."""
        self._changed = asyncio.Condition()
        self._said = ""
        self.used = False
        """True once a request has come."""

    @abstractmethod
    def load(self) -> None:
        """Get, load and try the model (blocking, in a thread).

        Raises ModelMissingError when it cannot be had.
        """

    @abstractmethod
    def info(self) -> Info:
        """Return what this worker offers, also before the model is loaded."""

    async def set_status(self, status: WorkerStatus) -> None:
        """Change the status and wake those who watch it."""
        async with self._changed:
            self.status = status
            self._changed.notify_all()

    def progress(self, loop: asyncio.AbstractEventLoop) -> Callable[[Progress], None]:
        """Return a listener for downloads that run in a thread."""

        def listen(now: Progress) -> None:
            # What works already goes on working.
            status = replace(
                self.status,
                reason=f"{now.name} is being downloaded ({now.percent} %)",
                percent=now.percent,
            )
            asyncio.run_coroutine_threadsafe(self.set_status(status), loop)

        return listen

    async def watch(self) -> AsyncIterator[WorkerStatus]:
        """Yield the status now and after each change."""
        seen: WorkerStatus | None = None
        while True:
            async with self._changed:
                while self.status is seen:
                    await self._changed.wait()
                seen = self.status
            yield seen

    async def ready(self) -> None:
        """Wait for the model; raise ModelMissingError when that is in vain."""
        if self.status.state in states.USABLE:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_WAIT_READY_SECONDS):
                async for status in self.watch():
                    if status.state in states.USABLE:
                        return
                    if status.state == states.MISSING or status.percent is not None:
                        break
        raise ModelMissingError(
            self.status.reason or "The model is still being loaded."
        )

    async def serve(self, uri: str, session: SessionFactory) -> None:
        """Run until SIGTERM or SIGINT, then drain; `session` handles a connection."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        server = Server(uri, session, self.limits)
        await server.start()
        loading = asyncio.create_task(self._load_until_there())
        try:
            await stop.wait()
            await self.set_status(WorkerStatus(state=states.DRAINING))
            await server.drain(self.limits.drain_seconds)
        finally:
            loading.cancel()
            # A thread inside a model cannot be interrupted; the process just ends.
            self._loader.shutdown(wait=False, cancel_futures=True)
            self.pool.shutdown(wait=False, cancel_futures=True)

    async def _load_until_there(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if self.status.state not in states.USABLE:
                await self.set_status(WorkerStatus(state=states.LOADING))
            try:
                await loop.run_in_executor(self._loader, self.load)
            except ModelMissingError as err:
                reason = err.text
            except Exception as err:
                reason = f"The model cannot be loaded; is a file damaged? {err}"
                if reason != self._said:
                    _LOGGER.exception("Loading failed")
            else:
                await self.set_status(self.loaded_status())
                _LOGGER.info("Ready: %s", ", ".join(self.status.loaded))
                await self._warm_up_at_leisure()
                if not self.status.missing:
                    return
                reason = self.status.reason
            if self.status.state not in states.USABLE:
                await self.set_status(WorkerStatus(state=states.MISSING, reason=reason))
            seconds = self.retry_seconds()
            if seconds and reason != self._said:
                self._said = reason
                _LOGGER.error("%s", reason)
            await asyncio.sleep(seconds)

    async def _warm_up_at_leisure(self) -> None:
        # After a crash a request is waiting: nothing may come before it.
        await asyncio.sleep(_LEISURE_SECONDS)
        if not self.used:
            await asyncio.get_running_loop().run_in_executor(self.pool, self.warm_up)
            await self.set_status(self.loaded_status())

    def retry_seconds(self) -> float:
        """Return after what time `load` is called again when something is missing."""
        return _RETRY_SECONDS

    def warm_up(self) -> None:  # noqa: B027 - may stay as it is
        """Do what makes the first request as fast as the later ones (blocking)."""

    @abstractmethod
    def loaded_status(self) -> WorkerStatus:
        """Return the status after a load that did not raise."""


class OneModelWorker[Engine](Worker):
    """A worker whose `load` sets `engine`, the one model that it has."""

    def __init__(self, model: str, *, at_once: int, limits: Limits) -> None:
        super().__init__(at_once=at_once, limits=limits)
        self._model = model
        self._engine: Engine | None = None
        self.loop = asyncio.get_running_loop()

    @property
    def engine(self) -> Engine:
        """The loaded model; raise ModelMissingError before that."""
        if self._engine is None:
            raise ModelMissingError(self.status.reason or "The model is being loaded.")
        return self._engine

    @engine.setter
    def engine(self, engine: Engine) -> None:
        self._engine = engine

    @override
    def loaded_status(self) -> WorkerStatus:
        return WorkerStatus(state=states.READY, loaded=(self._model,))


class WorkerSession(Session):
    """A connection to a worker; also answers the supervisor's `worker-status`."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        worker: Worker,
    ) -> None:
        super().__init__(reader, writer, worker.limits)
        self._base = worker
        self._watching = False

    @override
    async def info(self) -> Info:
        return self._base.info()

    @override
    def order_id(self, event: Event) -> str:
        return OrderContext.read(event).request_id

    @override
    def timeout(self) -> tuple[float | None, type[VoiceError]]:
        seconds, late = super().timeout()
        return (None if self._watching else seconds), late

    @override
    async def on_event(self, event: Event) -> None:
        if event.type == STATUS:
            self._watching = True
            self.begin(self._tell_status())

    @property
    @override
    def complete(self) -> bool:
        return not self._watching

    @override
    def drain(self) -> None:
        if self._watching:
            self.abort(None)
        else:
            super().drain()

    async def _tell_status(self) -> None:
        async for status in self._base.watch():
            await self.send(status.event())
