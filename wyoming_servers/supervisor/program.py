"""What to start: one worker's name, module and options. Values only."""

import json
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from ..wire import Limits

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, kw_only=True)
class Program:
    """One worker process to run."""

    name: str
    """The kind, with a number behind a colon when there are several of it."""
    kind: str
    """stt, tts, wake or embed."""
    model: str
    """What it serves, in words for people."""
    command: list[str] = field(default_factory=list)
    """Process and arguments; the socket's URI is put behind `--uri`."""


def worker_program(
    name: str,
    kind: str,
    options: "DataclassInstance",
    limits: Limits,
    *,
    model: str,
    log_level: str,
    log_format: str,
) -> Program:
    """Return the program of one of our own workers, by the dataclass of its options."""
    # The gateway has checked and counted already: it alone times clients out, and the
    # worker has more connections than it has clients: pulse, probe, the one at hand.
    inner = {
        **asdict(limits),
        "idle_seconds": 86_400.0,
        "slow_seconds": 86_400.0,
        "clients": 2 * limits.clients + 64,
    }
    command = [
        sys.executable,
        "-m",
        f"wyoming_servers.workers.{kind}",
        "--options",
        json.dumps(asdict(options)),
        "--limits",
        json.dumps(inner),
        "--log-level",
        log_level,
        "--log-format",
        log_format,
        "--end-with-parent",
    ]
    return Program(name=name, kind=kind, model=model, command=command)
