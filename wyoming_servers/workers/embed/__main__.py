"""Lets `python -m wyoming_servers.workers.embed` start an embedding worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits
from ..base import Worker
from ..command import run
from .options import EmbedOptions

_FLAGS = ("model", "pooling", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> Worker:
    # Only for a processor that can run it: NumPy gives up at import.
    from .worker import EmbedWorker  # noqa: PLC0415

    return EmbedWorker(EmbedOptions(**chosen), limits)


if __name__ == "__main__":
    sys.exit(run("embed", EmbedOptions, _make, _FLAGS))
