"""Builds everything out of the settings, runs it, and takes it down in order."""

import asyncio
import contextlib
import ipaddress
import logging
import signal
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from wyoming.info import Info

from . import __version__
from .gateway import Gateway, Meters, Queue, Station
from .settings import QueueSettings, Settings
from .supervisor.program import worker_program
from .supervisor.watcher import Watch
from .supervisor.worker import WorkerProcess
from .workers.stt.info import promised_languages, stt_info
from .workers.tts.info import tts_info
from .workers.wake.info import wake_info

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_LOGGER = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run the voice servers until SIGTERM or SIGINT, then drain and return.

    Raises OSError when the port is taken, ValueError for an URI of another kind.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    async with contextlib.AsyncExitStack() as stack:
        # Made with mode 0700: nobody else on the machine may talk to the workers.
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="jarvis-"))
        stations = build_stations(settings, Path(folder))
        meters = Meters()
        gateway = Gateway(settings.uri, stations, settings.limits, meters)
        await gateway.start()
        stack.push_async_callback(_stop, stations)
        for station in stations:
            station.worker.start()
        if settings.admin:
            # A seventh of the gateway's memory, for those only who ask for the pages.
            from .admin import Admin  # noqa: PLC0415

            admin = Admin(settings.admin, gateway)
            await admin.start()
            stack.push_async_callback(admin.stop)
        if gateway.server.port is not None:
            await announce(settings, gateway.server.port, stack)
        _LOGGER.info("Jarvis voice servers %s listen on %s", __version__, settings.uri)
        await stop.wait()
        _LOGGER.info(
            "Stopping: no new work, %g s for the work at hand",
            settings.limits.drain_seconds,
        )
        await gateway.drain()
    _LOGGER.info("Stopped")


async def announce(
    settings: Settings, port: int, stack: contextlib.AsyncExitStack
) -> None:
    """Announce a server that others can reach, until `stack` is closed."""
    if not settings.zeroconf or _is_loopback(urlsplit(settings.uri).hostname or ""):
        return
    try:
        from .discovery import Announcement  # noqa: PLC0415 - an optional library
    except ImportError:
        _LOGGER.warning(
            "The network is not told of this server: the package zeroconf is missing; "
            "type its address and port into Home Assistant"
        )
        return
    announcement = Announcement(settings, port)
    await announcement.start()
    stack.push_async_callback(announcement.stop)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _stop(stations: list[Station]) -> None:
    """Stop all workers at the same time: each may take its seconds."""
    async with asyncio.TaskGroup() as group:
        for station in stations:
            group.create_task(station.worker.stop())


def build_stations(settings: Settings, folder: Path) -> list[Station]:
    """Return one station for each worker that the settings ask for."""
    make = partial(_station, settings, folder)
    stations = [
        make(
            "stt" if index == 0 else f"stt:{index}",
            options,
            model=options.model,
            promised=stt_info(options, promised_languages(options), installed=True),
            queue=settings.stt.queue,
            unload_after=settings.stt.unload_after,
        )
        for index, options in enumerate(settings.stt_options())
    ]
    if (speaking := settings.tts_options()) is not None:
        stations.append(
            make(
                "tts",
                speaking,
                model=", ".join(speaking.voices),
                promised=tts_info(speaking),
                queue=settings.tts.queue,
                unload_after=settings.tts.unload_after,
            )
        )
    if (waking := settings.wake_options()) is not None:
        stations.append(
            make(
                "wake",
                waking,
                model=waking.model,
                promised=wake_info(waking),
                queue=settings.wake.queue,
            )
        )
    if (embedding := settings.embed_options()) is not None:
        stations.append(
            make(
                "embed",
                embedding,
                model=embedding.model,
                promised=Info(),
                queue=settings.embed.queue,
                unload_after=settings.embed.unload_after,
            )
        )
    return stations


def _station(
    settings: Settings,
    folder: Path,
    name: str,
    options: "DataclassInstance",
    *,
    model: str,
    promised: Info,
    queue: QueueSettings,
    unload_after: float = 0.0,
) -> Station:
    program = worker_program(
        name,
        name.partition(":")[0],
        options,
        settings.limits,
        model=model,
        log_level=settings.log.level,
        log_format=settings.log.format,
    )
    watch = Watch(idle_seconds=unload_after)
    return Station(
        worker=WorkerProcess(program, folder, settings.limits, watch=watch),
        queue=Queue(
            at_once=queue.at_once,
            waiting=queue.waiting,
            wait_seconds=queue.wait_seconds,
        ),
        promised=promised,
        deadline=queue.deadline,
    )
