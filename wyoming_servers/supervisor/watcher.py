"""Follows one run of a worker through the protocol: its states, its pulse, its skill."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from wyoming.event import Event
from wyoming.info import Info

from ..errors import VoiceError
from ..wire import Limits
from . import states
from .link import Link
from .probe import probe
from .status import WorkerStatus

_LOGGER = logging.getLogger(__name__)
_RETRY_SECONDS = 0.02


@dataclass(frozen=True, kw_only=True)
class Watch:
    """How closely a worker is watched; seconds."""

    started_within: float = 60.0
    """From the start of the process until it listens."""
    ping_every: float = 5.0
    ping_within: float = 1.0
    pings_missed: int = 3
    """In a row, until the worker counts as stuck."""
    probe_every: float = 300.0
    """Between two synthetic inferences of a worker without work; 0: only one at start."""
    probe_within: float = 60.0
    idle_seconds: float = 0.0
    """Time without use after which the worker ends, to give memory back; 0: never."""
    wait_seconds: float = 30.0
    """Longest time that a request waits for the worker to come up."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """The last synthetic inference."""

    at: float
    """Seconds since the epoch."""
    seconds: float
    error: str = ""
    """Empty when it went well."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the watcher may know of the worker and do to it."""

    name: str
    kind: str
    socket: Path
    limits: Limits
    status: Callable[[], WorkerStatus]
    become: Callable[[WorkerStatus], Awaitable[None]]
    describe: Callable[[Info], None]
    kill: Callable[[str], None]
    unused_seconds: Callable[[], float]
    """Time since the last use, 0 while it is used."""
    doze: Callable[[], Awaitable[None]]
    """End the process; the next request starts it again."""


class Watcher:
    """One run of the worker's process, watched from its start to its end."""

    def __init__(self, subject: Subject, watch: Watch) -> None:
        self.probed: Probe | None = None
        self._subject = subject
        self._watch = watch
        self._probing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Watch until the process is killed, dozes or this task is cancelled."""
        subject, watch = self._subject, self._watch
        began = time.monotonic()
        while True:
            try:
                async with await Link.connect(subject.socket, subject.limits) as link:
                    await link.send(Event("worker-status"))
                    await self._follow(link)
                    return
            except VoiceError:
                # It does not listen yet, or is just dying; the process tells the latter.
                if time.monotonic() - began > watch.started_within:
                    subject.kill("it does not listen")
                    return
            await asyncio.sleep(_RETRY_SECONDS)

    def close(self) -> None:
        """Stop a probe that is under way."""
        if self._probing is not None:
            self._probing.cancel()

    async def _follow(self, link: Link) -> None:
        """Keep the line: states come in, pings go out, probes now and then."""
        subject, watch = self._subject, self._watch
        missed = 0
        while missed < watch.pings_missed:
            event = await link.receive(0.05 if missed else watch.ping_every)
            if event is None:
                await link.send(Event("ping"))
                await link.send(Event("describe"))
                event = await link.receive(watch.ping_within)
                if event is not None:
                    missed = 0
                elif subject.status().state in states.USABLE:
                    # While libraries load, a worker may well be silent for seconds.
                    missed += 1
            if event is not None:
                await self._on_report(event, link)
            if self._probe_is_due():
                self._probing = asyncio.create_task(self._probe())
            if self._sleepy():
                await subject.doze()
                return
        subject.kill("it no longer answers")

    async def _on_report(self, event: Event, link: Link) -> None:
        if event.type == "worker-status":
            status = WorkerStatus.from_event(event)
            if status.state in states.USABLE | {states.MISSING}:
                # The Info is fresh before anyone is told that the worker is ready.
                await link.send(Event("describe"))
                answer = await link.receive(self._watch.started_within)
                while answer is not None and answer.type == "pong":
                    answer = await link.receive(self._watch.started_within)
                self._on_info(answer)
            await self._subject.become(status)
        else:
            self._on_info(event)

    def _on_info(self, event: Event | None) -> None:
        if event is None or event.type != "info":
            return
        # Another project's worker may describe itself in a way that does not parse.
        with contextlib.suppress(KeyError, TypeError, AttributeError):
            self._subject.describe(Info.from_event(event))

    def _sleepy(self) -> bool:
        return (
            self._watch.idle_seconds > 0
            and self._subject.status().state == states.READY
            and self._subject.unused_seconds() > self._watch.idle_seconds
        )

    def _probe_is_due(self) -> bool:
        if self._probing is not None and not self._probing.done():
            return False
        if self._subject.status().state != states.READY:
            return False
        # Work proves as much as a probe does, and must not wait for one.
        if self._subject.unused_seconds() <= 0:
            return False
        if self.probed is None:
            return True
        return 0 < self._watch.probe_every < time.time() - self.probed.at

    async def _probe(self) -> None:
        """Try the model with a small request; a stuck one is killed."""
        subject = self._subject
        began = time.monotonic()
        error = ""
        try:
            async with await Link.connect(subject.socket, subject.limits) as link:
                await probe(subject.kind, link, self._watch.probe_within)
        except VoiceError as err:
            error = err.text
        except TimeoutError:
            error = f"no answer within {self._watch.probe_within:g} s"
            subject.kill("a synthetic inference passed its deadline")
        if error:
            _LOGGER.warning("Worker %s failed its check: %s", subject.name, error)
        self.probed = Probe(
            at=time.time(), seconds=round(time.monotonic() - began, 3), error=error
        )
