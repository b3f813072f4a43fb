"""What to start: one worker's name, module and options. Values only."""

import json
import sys
from dataclasses import asdict, dataclass, field

from ..wire import Limits
from ..workers.embed.options import EmbedOptions
from ..workers.stt.options import SttOptions
from ..workers.tts.options import TtsOptions
from ..workers.wake.options import WakeOptions

type Options = SttOptions | TtsOptions | WakeOptions | EmbedOptions


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
    options: Options,
    limits: Limits,
    *,
    log_level: str,
    log_format: str,
) -> Program:
    """Return the program of one of our own workers."""
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
    model = (
        ", ".join(options.voices) if isinstance(options, TtsOptions) else options.model
    )
    return Program(name=name, kind=kind, model=model, command=command)
