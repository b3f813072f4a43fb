"""Lets `python -m wyoming_servers.workers.stt` start a hearing worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits
from ..base import Worker
from ..command import run
from .options import SttOptions

_FLAGS = ("model", "device", "compute_type", "language", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> Worker:
    # Only for a processor that can run it: NumPy gives up at import.
    from .worker import SttWorker  # noqa: PLC0415

    return SttWorker(SttOptions(**chosen), limits)


if __name__ == "__main__":
    sys.exit(run("stt", SttOptions, _make, _FLAGS))
