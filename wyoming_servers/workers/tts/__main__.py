"""Lets `python -m wyoming_servers.workers.tts` start a speaking worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits, SessionFactory
from ..base import Worker
from ..command import run
from .options import TtsOptions

_FLAGS = ("voices", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> tuple[Worker, SessionFactory]:
    # Only for a processor that can run it: NumPy gives up at import.
    from .session import TtsSession  # noqa: PLC0415
    from .worker import TtsWorker  # noqa: PLC0415

    worker = TtsWorker(TtsOptions(**chosen), limits)
    return worker, lambda reader, writer: TtsSession(reader, writer, worker)


if __name__ == "__main__":
    sys.exit(run("tts", TtsOptions, _make, _FLAGS))
