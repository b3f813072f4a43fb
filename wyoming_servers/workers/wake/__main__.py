"""Lets `python -m wyoming_servers.workers.wake` start a wake worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits, SessionFactory
from ..base import Worker
from ..command import run
from .options import WakeOptions

_FLAGS = ("model", "model_dir", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> tuple[Worker, SessionFactory]:
    # Only for a processor that can run it: NumPy gives up at import.
    from .session import WakeSession  # noqa: PLC0415
    from .worker import WakeWorker  # noqa: PLC0415

    worker = WakeWorker(WakeOptions(**chosen), limits)
    return worker, lambda reader, writer: WakeSession(reader, writer, worker)


if __name__ == "__main__":
    sys.exit(run("wake", WakeOptions, _make, _FLAGS))
