"""Log lines as text or as JSON, each with the request it belongs to."""

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import override

request_id: ContextVar[str] = ContextVar("request_id", default="")
_EXTRA = ("request_id", "worker", "code", "seconds", "model", "attempt")


class _Base(logging.Formatter):
    def __init__(self, worker: str) -> None:
        super().__init__()
        self._worker = worker

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
            "message": record.getMessage(),
            **self.fields(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class TextFormatter(_Base):
    """Readable lines: time, level, worker, request, message."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        known = self.fields(record)
        time = datetime.fromtimestamp(record.created, UTC).astimezone()
        head = f"{time:%H:%M:%S} {record.levelname.lower():7} {known['worker']:8}"
        request = f" [{known['request_id']}]" if "request_id" in known else ""
        text = f"{head}{request} {record.getMessage()}"
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        return text


def set_up(*, worker: str, level: str, style: str) -> None:
    """Send all log lines of this process to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = JsonFormatter(worker) if style == "json" else TextFormatter(worker)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("aiohttp.access", "faster_whisper", "piper", "urllib3", "zeroconf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
