"""The process that downloads; see `HubProcess`.

Standard input gives one request, a JSON object in a line, and ends this process when it
closes. Standard output takes JSON objects, one a line: `log` and `progress` on the way,
`result` or `error` at the end.
"""

import json
import logging
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, override

from ..lifeline import end_with_parent
from .hub import Hub
from .source import DownloadError, Progress, RemoteFile

_LOGGER = logging.getLogger(__name__)


def _say(**words: object) -> None:
    print(json.dumps(words), flush=True)


def _say_progress(now: Progress) -> None:
    _say(progress=asdict(now))


class _ToParent(logging.Handler):
    @override
    def emit(self, record: logging.LogRecord) -> None:
        _say(log=[record.levelno, self.format(record)])


def _do(request: dict[str, Any]) -> list[dict[str, Any]]:
    hub = Hub(request["endpoint"], _say_progress)
    repository, folder = request["repository"], request["folder"]
    if "files" not in request:
        return [asdict(file) for file in hub.files(repository, folder)]
    files = [RemoteFile(**file) for file in request["files"]]
    hub.download(request["name"], repository, files, Path(folder))
    return []


def _main() -> None:
    # Ctrl-C reaches the whole group: it is for the parent to end this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(
        level=logging.INFO, format="%(message)s", handlers=[_ToParent()]
    )
    request = json.loads(sys.stdin.readline())
    end_with_parent()
    try:
        result = _do(request)
    except (DownloadError, OSError) as err:
        _say(error=str(err))
    except Exception as err:
        _LOGGER.exception("Download failed")
        _say(error=f"{type(err).__name__}: {err}")
    else:
        _say(result=result)


if __name__ == "__main__":
    _main()
