"""Keeps one worker alive: starts it, watches it, restarts it, lets it sleep."""

import asyncio
import contextlib
import logging
import signal
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

from wyoming.info import Info

from ..errors import ModelMissingError, WorkerFailedError, WorkerLostError
from ..protocol import WorkerStatus, states
from ..wire import Limits
from .backoff import RestartPolicy
from .exits import describe_exit, is_hopeless
from .link import Link
from .process import end, environment, kill, send_signal
from .program import Program
from .watcher import Probe, Subject, Watch, Watcher

_LOGGER = logging.getLogger(__name__)


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
    def proved(self) -> bool:
        """True when the last inference of the process that runs now went well."""
        return self._watcher is not None and self._watcher.proved

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
            await end(self._process)
        for task in (self._task, self._opening):
            if task is not None:
                task.cancel()
                await asyncio.wait({task})
        await self._drop_spare()

    def kill(self, why: str) -> None:
        """Kill a worker that is stuck; it is started again."""
        if self._process is not None:
            self._killed_for = why
            # Nobody shall send it another request until its death is noticed.
            self.status = WorkerStatus(state=states.CRASHED, reason=why)
            send_signal(self._process, signal.SIGKILL)

    def wake(self) -> None:
        """Start a sleeping worker, so that it is up when the request is complete."""
        self._wake.set()

    def did_work(self) -> None:
        """Note that the worker finished something: it is not in a crash loop."""
        self._deaths = 0
        if self._watcher is not None:
            self._watcher.proved = True

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

    async def _report(self, status: WorkerStatus) -> None:
        """Take what the worker says of itself, unless it is being killed."""
        if not self._killed_for:
            await self._become(status)

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
            began = time.monotonic()
            code = await self._live_once()
            if self._stopping:
                return
            if self.status.state == states.ASLEEP:
                await self._wake.wait()
                continue
            if time.monotonic() - began > self._policy.forgotten_after:
                self._deaths = 0
            self._deaths += 1
            self.restarts += 1
            why = self._killed_for or describe_exit(code)
            self._killed_for = ""
            if is_hopeless(code):
                await self._set(states.GIVEN_UP, why)
                _LOGGER.error("Gave up worker %s: %s", self.name, why)
                return
            pause = self._policy.pause(self._deaths)
            if pause is None:
                pause = self._policy.rest_seconds
                await self._set(states.GIVEN_UP, why)
                _LOGGER.error(
                    "Gave up worker %s after %d deaths: %s; trying again in %.0f s",
                    self.name,
                    self._deaths,
                    why,
                    pause,
                )
                await asyncio.sleep(pause)
                continue
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
        self._killed_for = ""
        await self._set(states.STARTING)
        self._socket.unlink(missing_ok=True)
        try:
            process = await asyncio.create_subprocess_exec(
                *self.program.command,
                "--uri",
                f"unix://{self._socket}",
                stdin=PIPE,
                env=environment(),
            )
        except OSError as err:
            self._killed_for = f"it cannot be started: {err}"
            return -signal.SIGKILL
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
                await kill(process)

    def _subject(self) -> Subject:
        return Subject(
            name=self.name,
            kind=self.program.kind,
            socket=self._socket,
            limits=self._limits,
            status=lambda: self.status,
            become=self._report,
            describe=self._describe,
            kill=self.kill,
            unused_seconds=self._unused_seconds,
            sleep=self._sleep,
        )

    def _describe(self, info: Info) -> None:
        self.described = info

    def _unused_seconds(self) -> float:
        return 0.0 if self.users else time.monotonic() - self._used_at

    async def _sleep(self) -> None:
        # Cleared before anybody can see the state: no call to wake is lost.
        self._wake.clear()
        await self._set(states.ASLEEP, "unused for its time-to-live")
        await self._drop_spare()
        if self._process is not None:
            await end(self._process)
