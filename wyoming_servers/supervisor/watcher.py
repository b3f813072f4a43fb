"""Follows one run of a worker through the protocol: its states, its pulse, its skill."""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from wyoming.event import Event
from wyoming.info import Info

from ..errors import VoiceError
from ..protocol import STATUS, WorkerStatus, states
from ..wire import Limits
from .link import Link
from .probe import probe

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
    loading_within: float = 300.0
    """Longest silence while libraries and models are loaded."""
    probe_every: float = 300.0
    """Between two synthetic inferences of a worker without work; 0: only one at start."""
    probe_again: float = 15.0
    """Until the next synthetic inference after one that failed."""
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
    sleep: Callable[[], Awaitable[None]]
    """End the process; the next request starts it again."""


class Watcher:
    """One run of the worker's process, watched from its start to its end."""

    def __init__(self, subject: Subject, watch: Watch) -> None:
        self.probed: Probe | None = None
        self.proved = False
        """True when the last inference, synthetic or not, went well."""
        self._probe_at = 0.0
        """When the next synthetic inference is due."""
        self._subject = subject
        self._watch = watch
        self._probing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Watch until the process is killed, sleeps or this task is cancelled."""
        subject, watch = self._subject, self._watch
        began = time.monotonic()
        while True:
            try:
                async with await Link.connect(subject.socket, subject.limits) as link:
                    try:
                        await link.send(Event(STATUS))
                        await self._follow(link)
                        return
                    finally:
                        # It did listen: a break now is judged from here on.
                        began = time.monotonic()
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
        answered = time.monotonic()
        while not self._stuck(missed, answered):
            event = await link.receive(0.05 if missed else watch.ping_every)
            if event is not None:
                answered = time.monotonic()
                await self._on_report(event, link)
            elif await self._answers(link):
                missed, answered = 0, time.monotonic()
            else:
                missed += 1
            if self._probe_is_due():
                self._probing = asyncio.create_task(self._probe())
            if self._is_unused():
                await subject.sleep()
                return
        subject.kill("it no longer answers")

    async def _answers(self, link: Link) -> bool:
        """Return whether the worker answers `ping` and `describe` in time."""
        awaited = {"pong", "info"}
        until = time.monotonic() + self._watch.ping_within
        await link.send(Event("ping"), Event("describe"))
        while awaited:
            event = await link.receive(max(0.0, until - time.monotonic()))
            if event is None:
                return False
            awaited.discard(event.type)
            await self._on_report(event, link)
        return True

    def _stuck(self, missed: int, answered: float) -> bool:
        if self._subject.status().state in states.USABLE:
            return missed >= self._watch.pings_missed
        # While libraries load, a worker may well be silent for seconds.
        return time.monotonic() - answered > self._watch.loading_within

    async def _on_report(self, event: Event, link: Link) -> None:
        if event.type != STATUS:
            self._on_info(event)
            return
        status = WorkerStatus.from_event(event)
        if status.state in states.USABLE | {states.MISSING}:
            # The Info is fresh before anyone is told that the worker is ready.
            await link.send(Event("describe"))
            while (
                answer := await link.receive(self._watch.started_within)
            ) is not None:
                if answer.type == STATUS:
                    status = WorkerStatus.from_event(answer)
                elif answer.type == "info":
                    self._on_info(answer)
                    break
        await self._subject.become(status)

    def _on_info(self, event: Event) -> None:
        if event.type != "info":
            return
        # Another project's worker may describe itself in a way that does not parse.
        with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
            self._subject.describe(Info.from_event(event))

    def _is_unused(self) -> bool:
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
        return time.monotonic() >= self._probe_at

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
        ended = time.monotonic()
        self.probed = Probe(
            at=time.time(), seconds=round(ended - began, 3), error=error
        )
        self.proved = not error
        every = self._watch.probe_again if error else self._watch.probe_every
        self._probe_at = ended + every if every > 0 else math.inf
