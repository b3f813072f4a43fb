"""Lets `python -m wyoming_servers.workers.stt` start a hearing worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits, SessionFactory
from ..base import Worker
from ..command import run
from .options import SttOptions

_FLAGS = ("model", "device", "compute_type", "language", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> tuple[Worker, SessionFactory]:
    # Only for a processor that can run it: NumPy gives up at import.
    from .session import SttSession  # noqa: PLC0415
    from .worker import SttWorker  # noqa: PLC0415

    worker = SttWorker(SttOptions(**chosen), limits)
    return worker, lambda reader, writer: SttSession(reader, writer, worker)


if __name__ == "__main__":
    sys.exit(run("stt", SttOptions, _make, _FLAGS))
