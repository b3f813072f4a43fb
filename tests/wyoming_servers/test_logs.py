"""Log lines: one line a record, valid whatever is in it."""

import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator

import pytest

from wyoming_servers import logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def written(monkeypatch: pytest.MonkeyPatch, style: str, encoding: str) -> io.BytesIO:
    """Log into bytes, as a terminal of another age would take them."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding, "backslashreplace", write_through=True)
    monkeypatch.setattr(sys, "stderr", stream)
    logs.set_up(worker="test", level="info", style=style)
    return raw


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    raw = written(monkeypatch, "json", encoding)
    logging.getLogger("x").info("%s", "été\n\x00\ud800 ’")
    (line,) = raw.getvalue().splitlines()
    assert json.loads(line)["message"] == "été\n\x00\ud800 ’"


def test_nobody_writes_lines_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = written(monkeypatch, "text", "utf-8")
    logging.getLogger("x").info("%s", "one\n12:00:00 error gateway two\x1b[2J\x85")
    (line,) = raw.getvalue().decode().splitlines()
    assert "one\\x0a12:00:00" in line
    assert "\x1b" not in line


@pytest.mark.parametrize("style", ["json", "text"])
def test_nobody_floods_the_log(monkeypatch: pytest.MonkeyPatch, style: str) -> None:
    raw = written(monkeypatch, style, "utf-8")
    logging.getLogger("x").info("%s", "x" * 100_000)
    assert len(raw.getvalue()) < 3000


def test_warnings_and_the_end_are_log_lines_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = written(monkeypatch, "json", "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("old", stacklevel=1)
    error = RuntimeError("no way on")
    sys.excepthook(RuntimeError, error, None)
    lines = [json.loads(line) for line in raw.getvalue().splitlines()]
    assert [line["level"] for line in lines] == ["warning", "critical"]
    assert "no way on" in lines[1]["traceback"]
