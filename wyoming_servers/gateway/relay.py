"""Carries one request to a worker; when the worker is lost, carries it again."""

import asyncio
import contextlib
import logging
import time
from abc import ABC, abstractmethod
from typing import Protocol

from wyoming.event import Event

from ..errors import (
    DeadlineError,
    ShuttingDownError,
    VoiceError,
    WorkerFailedError,
    WorkerLostError,
)
from ..supervisor.link import Link
from .meters import Meters
from .station import Station

_LOGGER = logging.getLogger(__name__)


class Send(Protocol):
    """The way to the client."""

    async def __call__(self, *events: Event) -> None:
        """Send events in one write."""


class Relay(ABC):
    """One request that is kept whole here until it is answered."""

    kind: str
    settles = False
    """True when the worker's answer ends all that the request leads to."""

    def __init__(
        self, station: Station, send: Send, meters: Meters, request: str
    ) -> None:
        self.station = station
        self.send = send
        self.meters = meters
        self.request_id = request
        self.given = asyncio.Event()
        """Set whenever the client has given more."""
        self._deadline: asyncio.Timeout | None = None
        self._at_work = contextlib.AsyncExitStack()
        self._placed = False

    @property
    @abstractmethod
    def complete(self) -> bool:
        """True when the client has given everything."""

    @abstractmethod
    async def feed(self, link: Link) -> None:
        """Send the whole request to a worker, following the client."""

    @abstractmethod
    async def receive(self, event: Event) -> bool:
        """Handle one event of the worker; return True when the request is answered."""

    @abstractmethod
    def begin_attempt(self) -> None:
        """Forget what the lost worker did that is not yet at the client."""

    async def run(self) -> None:
        """Answer the request; raise VoiceError when that is impossible."""
        began = time.monotonic()
        try:
            async with self._at_work:
                await self._until_answered()
        except VoiceError as err:
            self._count(err.code)
            raise
        self.station.worker.did_work()
        self._count("ok")
        self.meters.stage.labels(self.kind, "total").observe(time.monotonic() - began)

    async def _until_answered(self) -> None:
        lost: WorkerLostError | None = None
        stuck = False
        for attempt in range(1, self.station.attempts + 1):
            try:
                self.begin_attempt()
                await self._attempt()
                return
            except WorkerLostError as err:
                lost, stuck = err, False
            except TimeoutError:
                stuck = True
                self.station.worker.kill("an inference passed its deadline")
            self.meters.replays.labels(self.station.worker.name).inc()
            _LOGGER.warning(
                "Worker %s was lost in mid-request (%s); replaying",
                self.station.worker.name,
                "stuck" if stuck else lost,
                extra={"attempt": attempt, "request_id": self.request_id},
            )
        if stuck:
            raise DeadlineError(
                f"The work was not done within {self.station.deadline:g} seconds, also "
                "by a fresh worker; use a smaller model or shorter requests."
            )
        raise WorkerFailedError(
            f"The {self.station.worker.program.kind} worker failed "
            f"{self.station.attempts} times on this request; its log says why.",
            worker=self.station.worker.name,
        ) from lost

    async def _attempt(self) -> None:
        async with self.station.worker.link() as link, asyncio.timeout(None) as limit:
            self._deadline = limit
            self.progress()
            feeding = asyncio.create_task(self.feed(link))
            receiving = asyncio.create_task(self._receive(link))
            try:
                await asyncio.wait(
                    {feeding, receiving}, return_when=asyncio.FIRST_COMPLETED
                )
                # An answer may come before all was fed: an error, or an end of speech.
                if not receiving.done():
                    await _first_failure(feeding, receiving)
                await receiving
                link.settled = self.settles and feeding.done()
            finally:
                for task in (feeding, receiving):
                    task.cancel()
                await asyncio.wait({feeding, receiving})

    async def _receive(self, link: Link) -> None:
        while True:
            event = await link.receive()
            if event is None:
                continue
            # Sending to a client that reads slowly is not the worker's time.
            self._stop_clock()
            if event.type == "error":
                raise _worker_error(event)
            if await self.receive(event):
                return
            self.progress()

    async def take_place(self) -> None:
        """Wait for a place at the model; kept over replays. Raises BusyError."""
        if not self._placed:
            waited = await self._at_work.enter_async_context(self.station.queue.place())
            self.meters.wait.labels(self.station.worker.name).observe(waited)
            self._placed = True
        self.progress()

    def progress(self) -> None:
        """Give the worker its full time again, if an answer is due."""
        if self._deadline is not None and self._placed and self.complete:
            now = asyncio.get_running_loop().time()
            self._deadline.reschedule(now + self.station.deadline)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.reschedule(None)

    def _count(self, outcome: str) -> None:
        self.meters.requests.labels(self.kind, self.station.worker.name, outcome).inc()


async def _first_failure(
    feeding: asyncio.Task[None], receiving: asyncio.Task[None]
) -> None:
    """Raise what made the feeding end early, unless the worker itself says more.

    A worker that refuses a request sends its error and closes; feeding into the closed
    connection may fail before that error has been read.
    """
    error = feeding.exception()
    if isinstance(error, WorkerLostError):
        await asyncio.wait({receiving}, timeout=1.0)
        if not receiving.done():
            raise error
        receiving.result()
    elif error is not None:
        raise error


def _worker_error(event: Event) -> VoiceError:
    """Return the worker's error; one that only tells of its end means: try again."""
    error = VoiceError.from_event(event)
    if isinstance(error, ShuttingDownError):
        return WorkerLostError("The worker is being stopped.")
    return error
