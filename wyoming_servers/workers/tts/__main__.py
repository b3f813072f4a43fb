"""Lets `python -m wyoming_servers.workers.tts` start a speaking worker."""

from .. import no_openssl  # noqa: F401 - before what would load it

# isort: split
import sys
from typing import Any

from ...wire import Limits
from ..base import Worker
from ..command import run
from .options import TtsOptions
from .worker import TtsWorker

_FLAGS = ("voices", "data_dir")


def _make(chosen: dict[str, Any], limits: Limits) -> Worker:
    return TtsWorker(TtsOptions(**chosen), limits)


if __name__ == "__main__":
    sys.exit(run("tts", TtsOptions, _make, _FLAGS))
