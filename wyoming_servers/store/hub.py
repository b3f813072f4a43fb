"""Downloads files from a model hub: progress, resume, size and hash checks, once."""

import errno
import hashlib
import http.client
import json
import logging
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import override
from urllib.parse import quote

from .source import DownloadError, Progress, RemoteFile, chosen_endpoint

_LOGGER = logging.getLogger(__name__)
_CONNECT_SECONDS = 3.0
_READ_SECONDS = 20.0
_ATTEMPTS = 4
_BLOCK = 256 * 1024
_LOG_SECONDS = 5.0
_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS}


class _PlainConnection(http.client.HTTPConnection):
    @override
    def connect(self) -> None:
        # The wait for an answer may be long, the wait for a connection may not.
        self.timeout = _CONNECT_SECONDS
        super().connect()
        self.sock.settimeout(_READ_SECONDS)


class _TlsConnection(http.client.HTTPSConnection):
    @override
    def connect(self) -> None:
        self.timeout = _CONNECT_SECONDS
        super().connect()
        self.sock.settimeout(_READ_SECONDS)


class _PlainHandler(urllib.request.HTTPHandler):
    @override
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_PlainConnection, req)


class _TlsHandler(urllib.request.HTTPSHandler):
    @override
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_TlsConnection, req)


class Hub:
    """One hub that speaks Hugging Face's HTTP API. Blocking: use it in a thread."""

    def __init__(
        self,
        endpoint: str | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.endpoint = chosen_endpoint(endpoint)
        self._on_progress = on_progress
        self._opener = urllib.request.build_opener(_PlainHandler(), _TlsHandler())

    def files(self, repository: str, folder: str = "") -> list[RemoteFile]:
        """Return the files in one folder of a repository; raise DownloadError."""
        path = f"{quote(repository)}/tree/main/{quote(folder)}".rstrip("/")
        try:
            listing = json.loads(self._get(f"{self.endpoint}/api/models/{path}"))
        except ValueError:  # another server's web page, as in a hotel
            listing = None
        if not isinstance(listing, list):
            raise DownloadError("the hub's list of files has an unknown form")
        found = []
        for entry in listing:
            if entry.get("type") == "file":
                lfs = entry.get("lfs") or {}
                found.append(
                    RemoteFile(
                        path=entry["path"],
                        size=int(lfs.get("size", entry.get("size", 0))),
                        sha256=lfs.get("oid"),
                        git_sha1=None if lfs else entry.get("oid"),
                    )
                )
        return found

    def download(
        self, name: str, repository: str, files: list[RemoteFile], folder: Path
    ) -> None:
        """Fetch the files into the folder; see `Source`. Raise DownloadError, OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        meter = _Meter(name, sum(f.size for f in files), self._on_progress)
        for file in files:
            target = folder / Path(file.path).name
            if target.is_file() and target.stat().st_size == file.size:
                meter.add(file.size)
                meter.file_done()
                continue
            url = f"{self.endpoint}/{quote(repository)}/resolve/main/{quote(file.path)}"
            self._fetch(url, file, target, meter)
            meter.file_done()
        meter.finish()

    def _fetch(self, url: str, file: RemoteFile, target: Path, meter: "_Meter") -> None:
        part = target.with_name(f"{target.name}.part")
        for attempt in range(1, _ATTEMPTS + 1):
            have = part.stat().st_size if part.exists() else 0
            try:
                self._append(url, part, have, file.size, meter)
                break
            except (OSError, http.client.HTTPException) as err:
                if attempt == _ATTEMPTS or _is_final(err):
                    raise DownloadError(_reason(err)) from err
                _LOGGER.warning("Download of %s broke off: %s", file.path, _reason(err))
                time.sleep(0.5 * attempt)
        _verify(part, file)
        part.replace(target)

    def _append(
        self, url: str, part: Path, have: int, size: int, meter: "_Meter"
    ) -> None:
        if size and have >= size:
            part.unlink()
            have = 0
        request = urllib.request.Request(url)  # noqa: S310 - the endpoint is configured
        if have:
            request.add_header("Range", f"bytes={have}-")
        with self._opener.open(request) as answer:
            resumed = answer.status == http.HTTPStatus.PARTIAL_CONTENT
            meter.at(have if resumed else 0)
            with part.open("ab" if resumed else "wb") as out:
                while block := answer.read(_BLOCK):
                    out.write(block)
                    meter.add(len(block))
        if size and part.stat().st_size < size:
            raise ConnectionError("the connection closed before the end of the file")

    def _get(self, url: str) -> bytes:
        try:
            with self._opener.open(url) as answer:
                body: bytes = answer.read(4 * 1024 * 1024)
                return body
        except (OSError, http.client.HTTPException) as err:
            raise DownloadError(_reason(err)) from err


class _Meter:
    """Tells progress to the log: every 10 %, and every few seconds."""

    def __init__(
        self, name: str, total: int, listener: Callable[[Progress], None] | None
    ) -> None:
        self._name, self._total, self._listener = name, total, listener
        self._before = 0
        self._done = 0
        self._logged_percent = -10
        self._logged_at = 0.0

    def at(self, in_file: int) -> None:
        """Set the place in the current file, after a resume."""
        self._done = self._before + in_file
        self.add(0)

    def add(self, size: int) -> None:
        self._done += size
        now = Progress(name=self._name, done=self._done, total=self._total)
        due = time.monotonic() - self._logged_at > _LOG_SECONDS
        if due or now.percent >= self._logged_percent + 10:
            self._logged_percent, self._logged_at = now.percent, time.monotonic()
            _LOGGER.info(
                "Downloading %s: %d %% of %.0f MB",
                self._name,
                now.percent,
                self._total / 1e6,
            )
            if self._listener is not None:
                self._listener(now)

    def file_done(self) -> None:
        """Make the bytes so far the start of the next file."""
        self._before = self._done

    def finish(self) -> None:
        """Say that all is here."""
        if self._listener is not None:
            done = Progress(name=self._name, done=self._done, total=self._total)
            self._listener(done)
        _LOGGER.info("Downloaded %s: %.0f MB", self._name, self._done / 1e6)


def _verify(part: Path, file: RemoteFile) -> None:
    size = part.stat().st_size
    good = not file.size or size == file.size
    if good and file.sha256:
        with part.open("rb") as handle:
            good = hashlib.file_digest(handle, "sha256").hexdigest() == file.sha256
    elif good and file.git_sha1:
        blob = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
        blob.update(part.read_bytes())
        good = blob.hexdigest() == file.git_sha1
    if not good:
        part.unlink()
        raise DownloadError(f"{file.path} arrived damaged (wrong size or hash)")


def _is_final(err: Exception) -> bool:
    """Return True for what another attempt does not mend: an answer, a full disk."""
    return isinstance(err, urllib.error.HTTPError) or (
        isinstance(err, OSError) and err.errno in _DISK_ERRORS
    )


def _reason(err: BaseException) -> str:
    match err:
        case urllib.error.HTTPError():
            err.close()  # it carries the answer's open body
            return f"the hub answers {err.code} {err.reason}"
        case urllib.error.URLError():
            inner = err.reason
            return _reason(inner) if isinstance(inner, BaseException) else str(inner)
        case TimeoutError():
            return f"the hub does not answer within {_CONNECT_SECONDS:g} s"
        case socket.gaierror():
            return "the hub's name cannot be resolved"
        case _:
            return str(err) or type(err).__name__
