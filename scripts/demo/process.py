"""One child process: logged to a file, in a group of its own, gone when the demo is."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from .errors import DemoError
from .paths import ROOT


class Child:
    """A process that is stopped politely first and by force at last.

    It leads a process group, so that what it started goes with it and a Ctrl-C in the
    terminal reaches the demo only; the kernel ends it when the demo dies unannounced.
    """

    def __init__(
        self, name: str, process: asyncio.subprocess.Process, log: Path
    ) -> None:
        self.name = name
        self.log = log
        self._process = process

    @classmethod
    async def start(
        cls,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> Self:
        """Start `command` in the repository's root, its output going to `log`."""
        words = [str(word) for word in command]
        if setpriv := shutil.which("setpriv"):
            words = [setpriv, "--pdeathsig", "TERM", *words]
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                cwd=ROOT,
                env={**inherited, **(environment or {})},
                start_new_session=True,
            )
        return cls(name, process, log)

    @property
    def pid(self) -> int:
        """Process id; also the id of its group."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process.returncode is None

    def check(self) -> None:
        """Raise with the end of the log when the process has ended."""
        if self.running:
            return
        lines = self.log.read_text(errors="replace").splitlines()[-15:]
        tail = "\n    ".join(lines) or "(it wrote nothing)"
        raise DemoError(
            f"{self.name} ended with code {self._process.returncode}. "
            f"The end of {self.log}:\n    {tail}"
        )

    async def stop(self, timeout: float = 20.0) -> None:
        """Ask the process to end, wait `timeout` seconds, then end its whole group."""
        if self.running:
            self._signal(signal.SIGTERM, group=False)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), timeout)
        self._signal(signal.SIGKILL, group=True)
        await self._process.wait()

    def _signal(self, number: signal.Signals, *, group: bool) -> None:
        with contextlib.suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.pid, number)
