"""Lets `python -m wyoming_servers.workers.embed` start an embedding worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits, SessionFactory
from ..base import Worker
from ..command import run
from .options import EmbedOptions

_FLAGS = ("model", "pooling", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> tuple[Worker, SessionFactory]:
    # Only for a processor that can run it: NumPy gives up at import.
    from .session import EmbedSession  # noqa: PLC0415
    from .worker import EmbedWorker  # noqa: PLC0415

    worker = EmbedWorker(EmbedOptions(**chosen), limits)
    return worker, lambda reader, writer: EmbedSession(reader, writer, worker)


if __name__ == "__main__":
    sys.exit(run("embed", EmbedOptions, _make, _FLAGS))
