"""The hub, asked by a process of its own.

Downloads are rare and need OpenSSL and an HTTP client: 8 MB that would stay in a worker
for the rest of its life.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .source import DownloadError, Progress, RemoteFile, chosen_endpoint

_LOGGER = logging.getLogger(__name__)


class HubProcess:
    """One hub, each call a process of its own; see `Source`.

    The process (`python -m wyoming_servers.store`) ends when this one does.
    """

    def __init__(
        self,
        endpoint: str | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.endpoint = chosen_endpoint(endpoint)
        self._on_progress = on_progress

    def files(self, repository: str, folder: str = "") -> list[RemoteFile]:
        """Return the files in one folder of a repository; raise DownloadError."""
        found = self._ask(repository=repository, folder=folder)
        return [RemoteFile(**file) for file in found]

    def download(
        self, name: str, repository: str, files: list[RemoteFile], folder: Path
    ) -> None:
        """Fetch the files into the folder; see `Source`. Raise DownloadError, OSError."""
        self._ask(
            name=name,
            repository=repository,
            files=[asdict(file) for file in files],
            folder=str(folder.absolute()),
        )

    def _ask(self, **request: object) -> list[dict[str, Any]]:
        with subprocess.Popen(
            [sys.executable, "-m", __package__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Where this very package is found, also when it is not installed.
            cwd=Path(__file__).parents[2],
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            # Stays open: the process takes its end for ours.
            print(
                json.dumps({"endpoint": self.endpoint, **request}),
                file=process.stdin,
                flush=True,
            )
            for line in process.stdout:
                match json.loads(line):
                    case {"log": [level, text]}:
                        _LOGGER.log(level, "%s", text)
                    case {"progress": now}:
                        if self._on_progress is not None:
                            self._on_progress(Progress(**now))
                    case {"result": result}:
                        return list(result)
                    case {"error": why}:
                        raise DownloadError(why)
        raise DownloadError(f"the download broke off, exit code {process.returncode}")
