"""The process of a worker: what it is given, and how it is ended."""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import Process
from pathlib import Path

_STOP_WITHIN = 3.0


def environment() -> dict[str, str]:
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


async def end(process: Process) -> None:
    """Have a process end in order, or else by force."""
    send_signal(process, signal.SIGTERM)
    try:
        async with asyncio.timeout(_STOP_WITHIN):
            await process.wait()
    except TimeoutError:
        await kill(process)


async def kill(process: Process) -> None:
    """End a process by force, and see it end."""
    send_signal(process, signal.SIGKILL)
    await process.wait()


def send_signal(process: Process, number: signal.Signals) -> None:
    """Send a signal; a process that has just ended needs none."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)
