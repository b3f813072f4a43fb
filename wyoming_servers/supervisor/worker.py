"""Keeps one worker alive: starts it, watches it, restarts it, lets it sleep."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

from wyoming.info import Info

from ..errors import ModelMissingError, WorkerFailedError, WorkerLostError
from ..wire import Limits
from . import states
from .backoff import RestartPolicy
from .exits import describe_exit, is_hopeless
from .link import Link
from .program import Program
from .status import WorkerStatus
from .watcher import Probe, Subject, Watch, Watcher

_LOGGER = logging.getLogger(__name__)
_STOP_WITHIN = 3.0


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
        self._socket = folder / f"{program.name.replace(':', '-')}.sock"
        self._limits = limits
        self._policy = policy or RestartPolicy()
        self._watch = watch or Watch()
        self._process: Process | None = None
        self._deaths = 0
        self._killed_for = ""
        self._used_at = time.monotonic()
        self._changed = asyncio.Condition()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._watcher: Watcher | None = None
        self._spare: Link | None = None
        """At hand: a request does not wait for it."""
        self._opening: asyncio.Task[None] | None = None

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

    @property
    def probed(self) -> Probe | None:
        """The last synthetic inference of the process that runs now."""
        return self._watcher.probed if self._watcher is not None else None

    def start(self) -> None:
        """Start to keep the worker alive."""
        self._task = asyncio.create_task(self._keep_alive())

    async def stop(self) -> None:
        """Stop the worker and stop to watch it."""
        self._stopping = True
        if self._process is not None:
            await self._set(states.DRAINING)
            # Else the worker waits for the end of this connection before its own.
            await self._drop_spare()
            _signal(self._process, signal.SIGTERM)
            try:
                async with asyncio.timeout(_STOP_WITHIN):
                    await self._process.wait()
            except TimeoutError:
                _signal(self._process, signal.SIGKILL)
        for task in (self._task, self._opening):
            if task is not None:
                task.cancel()
                await asyncio.wait({task})
        await self._drop_spare()

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
            link = await self._next_link()
            try:
                yield link
            finally:
                await self._leave(link)
        except WorkerLostError:
            await self._notice_death()
            raise
        finally:
            self.users -= 1
            self._used_at = time.monotonic()

    async def _next_link(self) -> Link:
        """Return the connection at hand, or a fresh one."""
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.settled = False
        return spare or await Link.connect(self._socket, self._limits)

    async def _leave(self, link: Link) -> None:
        """Keep a connection for the next request, or else open one for it."""
        if link.settled and self._spare is None and self.status.state in states.USABLE:
            self._spare = link
            return
        await link.close()
        if self._spare is None and (self._opening is None or self._opening.done()):
            self._opening = asyncio.create_task(self._open_spare())

    async def _open_spare(self) -> None:
        with contextlib.suppress(WorkerLostError):
            spare = await Link.connect(self._socket, self._limits)
            if self._spare is None and self.status.state in states.USABLE:
                self._spare = spare
            else:
                await spare.close()

    async def _drop_spare(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            await spare.close()

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
        if self.status.state in states.USABLE:
            return
        try:
            async with asyncio.timeout(self._watch.wait_seconds), self._changed:
                while self.status.state not in states.USABLE:
                    self._raise_if_hopeless()
                    await self._changed.wait()
        except TimeoutError:
            raise WorkerFailedError(
                f"The {self.program.kind} worker did not come up within "
                f"{self._watch.wait_seconds:g} seconds ({self.status.state}"
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
            if self.status.state not in states.USABLE:
                self._used_at = time.monotonic()
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
        self._watcher = Watcher(self._subject(), self._watch)
        watching = asyncio.create_task(self._watcher.run())
        try:
            return await process.wait()
        finally:
            watching.cancel()
            self._watcher.close()
            self._watcher = None
            if self.status.state != states.ASLEEP:
                self.status = WorkerStatus(state=states.CRASHED)
            self._process = None
            await self._drop_spare()
            if process.returncode is None:
                _signal(process, signal.SIGKILL)

    def _subject(self) -> Subject:
        return Subject(
            name=self.name,
            kind=self.program.kind,
            socket=self._socket,
            limits=self._limits,
            status=lambda: self.status,
            become=self._become,
            describe=self._describe,
            kill=self.kill,
            unused_seconds=self._unused_seconds,
            doze=self._doze,
        )

    def _describe(self, info: Info) -> None:
        self.described = info

    def _unused_seconds(self) -> float:
        return 0.0 if self.users else time.monotonic() - self._used_at

    async def _doze(self) -> None:
        # Cleared before anybody can see the state: no call to wake is lost.
        self._wake.clear()
        await self._set(states.ASLEEP, "unused for its time-to-live")
        await self._drop_spare()
        if self._process is not None:
            _signal(self._process, signal.SIGTERM)


def _environment() -> dict[str, str]:
    """Return the worker's environment: it finds this very package, wherever we run."""
    home = str(Path(__file__).parents[2])
    path = os.environ.get("PYTHONPATH")
    return {
        # Else each thread keeps freed memory in a heap of its own: 40 MB with Whisper
        # base, and nothing gained.
        "MALLOC_ARENA_MAX": "1",
        **os.environ,
        "PYTHONPATH": f"{home}{os.pathsep}{path}" if path else home,
        "ORT_DISABLE_TELEMETRY": "1",
    }


def _signal(process: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)
