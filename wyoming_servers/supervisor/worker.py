"""Keeps one worker alive: starts it, watches it, restarts it, lets it sleep."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from wyoming.event import Event
from wyoming.info import Info

from ..errors import ModelMissingError, VoiceError, WorkerFailedError, WorkerLostError
from ..wire import Limits
from . import states
from .backoff import RestartPolicy
from .exits import describe_exit, is_hopeless
from .link import Link
from .probe import probe
from .program import Program
from .status import WorkerStatus

_LOGGER = logging.getLogger(__name__)
_STOP_WITHIN = 3.0


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


class WorkerProcess:
    """One worker, from the outside."""

    def __init__(
        self,
        program: Program,
        folder: Path,
        limits: Limits,
        *,
        policy: RestartPolicy | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.program = program
        self.status = WorkerStatus()
        self.described: Info | None = None
        """The last Info that the worker gave."""
        self.users = 0
        """Requests that hold the worker now."""
        self.restarts = 0
        self.probed: Probe | None = None
        self._socket = folder / f"{program.name.replace(':', '-')}.sock"
        self._limits = limits
        self._policy = policy or RestartPolicy()
        self._watching = watch or Watch()
        self._process: Process | None = None
        self._deaths = 0
        self._killed_for = ""
        self._used_at = time.monotonic()
        self._changed = asyncio.Condition()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._probing: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def pid(self) -> int | None:
        """The process id while the worker runs."""
        return self._process.pid if self._process is not None else None

    @property
    def state(self) -> str:
        """The state in one word; a ready worker that is used is busy."""
        if self.status.state == states.READY and self.users:
            return states.BUSY
        return self.status.state

    def start(self) -> None:
        """Start to keep the worker alive."""
        self._task = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """Stop the worker and stop to watch it."""
        self._stopping = True
        if self._process is not None:
            await self._set(states.DRAINING)
            _signal(self._process, signal.SIGTERM)
            try:
                async with asyncio.timeout(_STOP_WITHIN):
                    await self._process.wait()
            except TimeoutError:
                _signal(self._process, signal.SIGKILL)
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    def kill(self, why: str) -> None:
        """Kill a worker that is stuck; it is started again."""
        if self._process is not None:
            self._killed_for = why
            _signal(self._process, signal.SIGKILL)

    def wake(self) -> None:
        """Start a sleeping worker, so that it is up when the request is complete."""
        self._wake.set()

    def did_work(self) -> None:
        """Note that the worker finished something: it is not in a crash loop."""
        self._deaths = 0

    @contextlib.asynccontextmanager
    async def link(self) -> AsyncIterator[Link]:
        """Open a connection for one request, waiting for the worker if need be.

        Raises ModelMissingError, WorkerFailedError; WorkerLostError when it breaks.
        """
        self.users += 1
        try:
            await self.usable()
            async with Link.open(self._socket, self._limits) as link:
                yield link
        except WorkerLostError:
            await self._notice_death()
            raise
        finally:
            self.users -= 1
            self._used_at = time.monotonic()

    async def _notice_death(self) -> None:
        """Wait until a death that a broken connection tells of shows in the state."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await process.wait()
                async with self._changed:
                    await self._changed.wait_for(lambda: self._process is not process)

    async def usable(self) -> None:
        """Wait until the worker can take a request; raise when that is in vain."""
        self.wake()
        try:
            async with asyncio.timeout(self._watching.wait_seconds), self._changed:
                while self.status.state not in states.USABLE:
                    self._raise_if_hopeless()
                    await self._changed.wait()
        except TimeoutError:
            raise WorkerFailedError(
                f"The {self.program.kind} worker did not come up within "
                f"{self._watching.wait_seconds:g} seconds ({self.status.state}"
                f"{': ' if self.status.reason else ''}{self.status.reason}).",
                worker=self.name,
            ) from None

    def _raise_if_hopeless(self) -> None:
        status = self.status
        if status.state == states.MISSING or status.percent is not None:
            raise ModelMissingError(status.reason, worker=self.name)
        if status.state not in states.COMING:
            raise WorkerFailedError(
                f"The {self.program.kind} worker cannot be used ({status.state}): "
                f"{status.reason or 'it is being stopped'}.",
                worker=self.name,
            )

    async def _set(self, state: str, reason: str = "") -> None:
        await self._become(WorkerStatus(state=state, reason=reason))

    async def _become(self, status: WorkerStatus) -> None:
        async with self._changed:
            if status.state != self.status.state:
                _LOGGER.debug(
                    "Worker %s: %s %s", self.name, status.state, status.reason
                )
            self.status = status
            self._changed.notify_all()

    async def _keep_alive(self) -> None:
        while not self._stopping:
            code = await self._live_once()
            if self._stopping:
                return
            if self.status.state == states.ASLEEP:
                await self._wake.wait()
                continue
            self._deaths += 1
            self.restarts += 1
            why = self._killed_for or describe_exit(code)
            self._killed_for = ""
            pause = None if is_hopeless(code) else self._policy.pause(self._deaths)
            if pause is None:
                await self._set(states.GIVEN_UP, why)
                _LOGGER.error("Gave up worker %s: %s", self.name, why)
                return
            await self._set(states.CRASHED, why)
            _LOGGER.warning(
                "Worker %s ended: %s; starting it again in %.1f s",
                self.name,
                why,
                pause,
            )
            await asyncio.sleep(pause)

    async def _live_once(self) -> int:
        """Run the process from start to end; return its exit status."""
        await self._set(states.STARTING)
        self._socket.unlink(missing_ok=True)
        process = await asyncio.create_subprocess_exec(
            *self.program.command,
            "--uri",
            f"unix://{self._socket}",
            stdin=PIPE,
            env=_environment(),
        )
        self._process = process
        watching = asyncio.create_task(self._watch(process))
        try:
            return await process.wait()
        finally:
            watching.cancel()
            if self._probing is not None:
                self._probing.cancel()
            self.probed = None
            if self.status.state != states.ASLEEP:
                self.status = WorkerStatus(state=states.CRASHED)
            self._process = None
            if process.returncode is None:
                _signal(process, signal.SIGKILL)

    async def _watch(self, process: Process) -> None:
        """Follow the worker's own word on its state, and see that it answers."""
        try:
            async with asyncio.timeout(self._watching.started_within):
                # A file that appears sends no event.
                while not self._socket.exists():  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
            async with Link.open(self._socket, self._limits) as link:
                await link.send(Event("worker-status"))
                await self._follow(link, process)
        except TimeoutError:
            self.kill("it did not start to listen")
        except VoiceError as err:
            _LOGGER.debug("Worker %s: status line ended: %s", self.name, err.text)
        except OSError as err:
            _LOGGER.debug("Worker %s: status line ended: %s", self.name, err)

    async def _follow(self, link: Link, process: Process) -> None:
        """Keep the line: states come in, pings go out, probes now and then."""
        watch = self._watching
        missed = 0
        while missed < watch.pings_missed:
            event = await link.receive(0.05 if missed else watch.ping_every)
            if event is None:
                # Both are asked, so that at least one answer is not from a cache.
                await link.send(Event("ping"))
                await link.send(Event("describe"))
                event = await link.receive(watch.ping_within)
                missed = 0 if event is not None else missed + 1
            if event is not None:
                await self._on_report(event, link)
            if self._probe_is_due():
                self._probing = asyncio.create_task(self._probe())
            if self._sleepy():
                # Cleared before anybody can see the state: no call to wake is lost.
                self._wake.clear()
                await self._set(states.ASLEEP, "unused for its time-to-live")
                _signal(process, signal.SIGTERM)
                return
        self.kill("it no longer answers")

    def _probe_is_due(self) -> bool:
        if self.status.state != states.READY or self.users or self._probing_now:
            return False
        every = self._watching.probe_every
        since = time.time() - self.probed.at if self.probed else float("inf")
        return self.probed is None or bool(every and since > every)

    @property
    def _probing_now(self) -> bool:
        return self._probing is not None and not self._probing.done()

    async def _probe(self) -> None:
        """Try the model with a small request; a stuck one is killed."""
        began = time.monotonic()
        error = ""
        try:
            async with Link.open(self._socket, self._limits) as link:
                await probe(self.program.kind, link, self._watching.probe_within)
        except VoiceError as err:
            error = err.text
        except TimeoutError:
            error = f"no answer within {self._watching.probe_within:g} s"
            self.kill("a synthetic inference passed its deadline")
        if error:
            _LOGGER.warning("Worker %s failed its check: %s", self.name, error)
        self.probed = Probe(
            at=time.time(), seconds=round(time.monotonic() - began, 3), error=error
        )

    async def _on_report(self, event: Event, link: Link) -> None:
        if event.type == "info":
            self.described = Info.from_event(event)
        elif event.type == "worker-status":
            status = WorkerStatus.from_event(event)
            if status.state in states.USABLE | {states.MISSING}:
                # The Info is fresh before anyone is told that the worker is ready.
                await link.send(Event("describe"))
                answer = await link.receive(self._watching.started_within)
                if answer is not None and answer.type == "info":
                    self.described = Info.from_event(answer)
            if self.status.state not in states.USABLE:
                self._used_at = time.monotonic()
            await self._become(status)

    def _sleepy(self) -> bool:
        return (
            self._watching.idle_seconds > 0
            and self.status.state == states.READY
            and not self.users
            and time.monotonic() - self._used_at > self._watching.idle_seconds
        )


def _environment() -> dict[str, str]:
    """Return the worker's environment: it finds this very package, wherever we run."""
    home = str(Path(__file__).parents[2])
    path = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": f"{home}{os.pathsep}{path}" if path else home,
        "ORT_DISABLE_TELEMETRY": "1",
    }


def _signal(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)
