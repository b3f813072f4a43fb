"""A model hub on this machine, for the store to download from."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, override

BASE = "Systran/faster-whisper-base"
VOICES = "rhasspy/piper-voices"
SIWIS = "fr/fr_FR/siwis/medium/fr_FR-siwis-medium.onnx"


class FakeHub(ThreadingHTTPServer):
    """Speaks as much of the hub's HTTP API as the store uses."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, dict[str, bytes]] = {
            BASE: {
                "model.bin": bytes(range(256)) * 4000,
                "config.json": b"{}",
                "tokenizer.json": b"{}",
                "vocabulary.txt": b"a\nb\n",
                "README.md": b"not needed",
            },
            VOICES: {SIWIS: b"onnx" * 1000, f"{SIWIS}.json": b'{"a": 1}'},
        }
        self.asked: list[str] = []
        self.ranges: list[str] = []
        """The `Range` headers of the requests for files."""
        self.cut_after: int | None = None
        """Bytes of the next large file after which the connection breaks."""
        self.hold_after: int | None = None
        """Bytes of the next large file after which nothing comes until `go_on`."""
        self.go_on = threading.Event()
        self.lie = False
        """Whether the hashes are wrong."""
        self.page: bytes | None = None
        """What is said instead of any list of files."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeHub

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path.startswith("/api/models/"):
            self._list()
        elif "/resolve/main/" in self.path:
            repository, _, file = self.path.strip("/").partition("/resolve/main/")
            # The real hub, too, redirects to where the large files are.
            self.send_response(302)
            self.send_header("Location", f"/store/{repository}/-/{file}")
            self.end_headers()
        else:
            self._file()

    def _list(self) -> None:
        path = self.path.removeprefix("/api/models/")
        repository, _, folder = path.partition("/tree/main")
        if self.server.page is not None:
            self._answer(self.server.page)
            return
        if repository not in self.server.files:
            self.send_error(404)
            return
        entries: list[dict[str, Any]] = []
        for name, body in self.server.files[repository].items():
            if not name.startswith(folder.strip("/")):
                continue
            entry: dict[str, Any] = {"type": "file", "path": name, "size": len(body)}
            if len(body) > 1000:
                entry["lfs"] = {
                    "oid": hashlib.sha256(body).hexdigest(),
                    "size": len(body),
                }
                if self.server.lie:
                    entry["lfs"]["oid"] = "0" * 64
            else:
                blob = b"blob %d\0%s" % (len(body), body)
                entry["oid"] = hashlib.sha1(blob, usedforsecurity=False).hexdigest()
            entries.append(entry)
        self._answer(json.dumps(entries).encode())

    def _answer(self, raw: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _file(self) -> None:
        repository, _, name = self.path.removeprefix("/store/").partition("/-/")
        body = self.server.files[repository][name]
        start = 0
        if wanted := self.headers.get("Range"):
            self.server.ranges.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        if self.server.cut_after is not None and len(body) > 1000:
            body, self.server.cut_after = body[: start + self.server.cut_after], None
        hold, self.server.hold_after = self.server.hold_after, None
        if hold is None or len(body) <= 1000:
            self.server.hold_after = hold
        else:
            self.wfile.write(body[start : start + hold])
            self.server.go_on.wait()
            start += hold
        # Nobody may be there any more.
        with suppress(ConnectionError):
            self.wfile.write(body[start:])

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running_hub() -> Iterator[FakeHub]:
    """Run a hub on a thread."""
    server = FakeHub()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.go_on.set()
    server.shutdown()
    thread.join()
    server.server_close()
