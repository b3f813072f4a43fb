"""The command line that all workers share."""

import argparse
import asyncio
import json
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from .. import logs
from ..lifeline import end_with_parent
from ..protocol import NOT_FOR_THIS_MACHINE
from ..wire import Limits, SessionFactory
from .base import Worker
from .processor import missing_instructions

_LOGGER = logging.getLogger(__name__)

type Make = Callable[[dict[str, Any], Limits], tuple[Worker, SessionFactory]]


def run(
    name: str,
    options: type,
    make: Make,
    flags: Sequence[str],
    argv: Sequence[str] | None = None,
) -> int:
    """Parse flags, start the worker and block until it is told to stop.

    `flags` are the options offered as flags of their own; `--options` takes them all
    as one JSON object.
    """
    # onnxruntime sends telemetry unless this is set before its first import.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    parser = argparse.ArgumentParser(prog=f"python -m wyoming_servers.workers.{name}")
    parser.add_argument("--uri", required=True, help="tcp://HOST:PORT or unix://PATH")
    kinds = {field.name: field for field in fields(options)}
    for flag in flags:
        many = isinstance(getattr(options(), flag), list)
        parser.add_argument(
            f"--{flag.replace('_', '-').removesuffix('s' if many else '')}",
            dest=flag,
            action="append" if many else "store",
            help=f"(default: {getattr(options(), flag)})",
        )
    parser.add_argument("--options", default="{}", help="all options, as JSON")
    parser.add_argument("--limits", default="{}", help="all limits, as JSON")
    parser.add_argument("--log-level", default="info")
    parser.add_argument("--log-format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--end-with-parent", action="store_true", help="end when standard input closes"
    )
    known = parser.parse_args(argv)
    logs.set_up(worker=name, level=known.log_level, style=known.log_format)
    chosen: dict[str, Any] = json.loads(known.options)
    for flag in flags:
        if (value := getattr(known, flag)) is not None:
            chosen[flag] = value
    if unknown := set(chosen) - set(kinds):
        parser.error(f"unknown options: {', '.join(sorted(unknown))}")
    if lacking := missing_instructions():
        _LOGGER.error(
            "This processor lacks %s, which the model libraries need; use a newer "
            "machine, or give a virtual machine the processor type `host`.",
            ", ".join(lacking),
        )
        return NOT_FOR_THIS_MACHINE
    if known.end_with_parent:
        end_with_parent()
    asyncio.run(_serve(make, chosen, Limits(**json.loads(known.limits)), known.uri))
    # Threads inside a model must not keep a stopped worker alive.
    os._exit(0)


async def _serve(make: Make, chosen: dict[str, Any], limits: Limits, uri: str) -> None:
    worker, session = make(chosen, limits)
    await worker.serve(uri, session)
