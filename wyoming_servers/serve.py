"""Builds everything out of the settings, runs it, and takes it down in order."""

import asyncio
import contextlib
import ipaddress
import logging
import signal
import tempfile
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from wyoming.info import Info

from . import __version__
from .gateway import Gateway, Meters, Queue, Station
from .settings import QueueSettings, Settings
from .supervisor.program import Options, Program, worker_program
from .supervisor.watcher import Watch
from .supervisor.worker import WorkerProcess
from .wire import Limits
from .workers.stt.info import model_name, promised_languages, stt_info
from .workers.tts.info import tts_info
from .workers.wake.info import wake_info

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
    stations: list[Station] = []
    hearing = settings.stt_options()
    for index, options in enumerate(hearing):
        program = worker_program(
            "stt" if index == 0 else f"stt:{index}",
            "stt",
            options,
            settings.limits,
            log_level=settings.log.level,
            log_format=settings.log.format,
        )
        promised = stt_info(options, promised_languages(options), installed=True)
        stations.append(
            Station(
                worker=_worker(
                    program, folder, settings.limits, settings.stt.unload_after
                ),
                queue=_queue(settings.stt.queue),
                promised=promised,
                deadline=settings.stt.queue.deadline,
            )
        )
        _LOGGER.debug("Hearing with %s", model_name(options.model))
    speaking = settings.tts_options()
    if speaking is not None:
        program = worker_program(
            "tts",
            "tts",
            speaking,
            settings.limits,
            log_level=settings.log.level,
            log_format=settings.log.format,
        )
        stations.append(
            Station(
                worker=_worker(
                    program, folder, settings.limits, settings.tts.unload_after
                ),
                queue=_queue(settings.tts.queue),
                promised=tts_info(speaking),
                deadline=settings.tts.queue.deadline,
            )
        )
    waking, embedding = settings.wake_options(), settings.embed_options()
    if waking is not None:
        promised = wake_info(waking)
        stations.append(_station("wake", waking, promised, settings, folder))
    if embedding is not None:
        stations.append(_station("embed", embedding, Info(), settings, folder))
    return stations


def _station(
    kind: Literal["wake", "embed"],
    options: Options,
    promised: Info,
    settings: Settings,
    folder: Path,
) -> Station:
    """Return the one station of a kind."""
    program = worker_program(
        kind,
        kind,
        options,
        settings.limits,
        log_level=settings.log.level,
        log_format=settings.log.format,
    )
    queue = settings.wake.queue if kind == "wake" else settings.embed.queue
    unload_after = settings.embed.unload_after if kind == "embed" else 0.0
    return Station(
        worker=_worker(program, folder, settings.limits, unload_after),
        queue=_queue(queue),
        promised=promised,
        deadline=queue.deadline,
    )


def _worker(
    program: Program, folder: Path, limits: Limits, unload_after: float
) -> WorkerProcess:
    watch = Watch(idle_seconds=unload_after)
    return WorkerProcess(program, folder, limits, watch=watch)


def _queue(settings: QueueSettings) -> Queue:
    return Queue(
        at_once=settings.at_once,
        waiting=settings.waiting,
        wait_seconds=settings.wait_seconds,
    )
