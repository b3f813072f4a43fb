"""Log lines as text or as JSON, each with the request it belongs to."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import override

request_id: ContextVar[str] = ContextVar("request_id", default="")
_EXTRA = ("request_id", "worker", "code", "seconds", "model", "attempt")
_LONGEST = 2000
"""Characters of a message: a client's words in an error must not flood the log."""
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


class _Base(logging.Formatter):
    def __init__(self, worker: str) -> None:
        super().__init__()
        self._worker = worker

    def message(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"

    def fields(self, record: logging.LogRecord) -> dict[str, object]:
        known: dict[str, object] = {"worker": self._worker}
        if current := request_id.get():
            known["request_id"] = current
        for key in _EXTRA:
            value = getattr(record, key, None)
            if value is not None:
                known[key] = value
        return known


class JsonFormatter(_Base):
    """One JSON object a line: time, level, worker, request_id, seconds, message."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.message(record),
            **self.fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        # ASCII is valid whatever encoding standard error has.
        return json.dumps(line, default=str)


class TextFormatter(_Base):
    """Readable lines: time, level, worker, request, message."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        known = self.fields(record)
        time = datetime.fromtimestamp(record.created, UTC).astimezone()
        head = f"{time:%H:%M:%S} {record.levelname.lower():7} {known['worker']:8}"
        request = f" [{known['request_id']}]" if "request_id" in known else ""
        # One record, one line: nobody shall write lines of their own into the log.
        text = f"{head}{request} {self.message(record).translate(_CONTROLS)}"
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        return text


def _on_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Note what ends the process as a log line like all others."""
    logging.getLogger(__name__).critical(
        "Ended: %s", error, exc_info=(kind, error, trace)
    )


def set_up(*, worker: str, level: str, style: str) -> None:
    """Send all log lines of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = JsonFormatter(worker) if style == "json" else TextFormatter(worker)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _on_crash
    for chatty in ("aiohttp.access", "faster_whisper", "piper", "urllib3", "zeroconf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
