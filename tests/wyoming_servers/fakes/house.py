"""Builds gateways over fake or real workers in a folder of its own."""

import asyncio
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from wyoming_servers.gateway import Gateway, Queue, Station
from wyoming_servers.supervisor.backoff import RestartPolicy
from wyoming_servers.supervisor.program import Program, worker_program
from wyoming_servers.supervisor.watcher import Watch
from wyoming_servers.supervisor.worker import WorkerProcess
from wyoming_servers.wire import Limits
from wyoming_servers.workers.stt.info import promised_languages, stt_info
from wyoming_servers.workers.stt.options import SttOptions
from wyoming_servers.workers.tts.info import tts_info
from wyoming_servers.workers.tts.options import TtsOptions

_FAKE = "tests.wyoming_servers.fakes.worker"
FAST = RestartPolicy(first_seconds=0.05, longest_seconds=0.1, give_up_after=4)


class House:
    """A gateway with its workers; use one `start`, everything ends with `close`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ws-"))
        self.uri = f"unix://{self.folder}/gateway.sock"
        self.stations: list[Station] = []
        self.gateway: Gateway | None = None

    def fake(self, kind: str, *requests: dict[str, Any], **script: Any) -> Station:
        """Add a scripted worker of a kind; keyword arguments are its script."""
        options = script.pop("station", {})
        info = (
            stt_info(SttOptions(), ["en", "fr"], installed=True)
            if kind == "stt"
            else tts_info(TtsOptions(voices=["fr_FR-fake-test"], data_dir="."))
        )
        name = kind if not self._named(kind) else f"{kind}:{len(self.stations)}"
        file = self.folder / f"{name.replace(':', '-')}.json"
        shown = script.pop("shown", info.event().data)
        file.write_text(json.dumps({"info": shown, "requests": requests, **script}))
        command = [sys.executable, "-m", _FAKE, str(file)]
        program = Program(name=name, kind=kind, model="fake", command=command)
        return self._add(program, info, options)

    def real_stt(
        self, model: Path, limits: Limits | None = None, **given: Any
    ) -> Station:
        """Add a real hearing worker."""
        station = given.pop("station", {})
        options = SttOptions(
            **{
                "model": str(model),
                "beam_size": 1,
                "threads": 1,
                "data_dir": str(self.folder),
                **given,
            }
        )
        info = stt_info(options, promised_languages(options), installed=True)
        return self._add(self._program("stt", options, limits), info, station)

    def real_tts(self, voices: list[Path], **given: Any) -> Station:
        """Add a real speaking worker."""
        station = given.pop("station", {})
        named = [str(voice) for voice in voices]
        options = TtsOptions(**{"voices": named, "data_dir": str(self.folder), **given})
        return self._add(self._program("tts", options), tts_info(options), station)

    async def start(
        self, limits: Limits | None = None, *, wait: bool = True, workers: bool = True
    ) -> Gateway:
        """Start the gateway and its workers and wait until they are ready."""
        self.gateway = Gateway(self.uri, self.stations, limits or Limits())
        await self.gateway.start()
        for station in self.stations if workers else ():
            station.worker.start()
        if wait and workers:
            for station in self.stations:
                await station.worker.usable()
        return self.gateway

    async def until(self, station: Station, *wanted: str) -> str:
        """Wait until the worker is in one of the states."""
        await eventually(lambda: station.worker.state in wanted)
        return station.worker.state

    def script(self, station: Station, **changes: Any) -> None:
        """Change the script of a fake worker that has not been started."""
        file = Path(station.worker.program.command[-1])
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
        if "shown" in changes:
            file.write_text(
                json.dumps({**json.loads(file.read_text()), "info": changes["shown"]})
            )

    async def probed(self, station: Station) -> None:
        """Wait until a synthetic inference was made."""
        await eventually(lambda: station.worker.probed)

    async def restarted(self, station: Station) -> None:
        """Wait until the worker was restarted."""
        await eventually(lambda: station.worker.restarts)

    async def gone(self, process: psutil.Process) -> None:
        """Wait until a process has ended."""
        await eventually(lambda: not process.is_running())

    async def working(self, station: Station, count: int) -> None:
        """Wait until so many requests are at work."""
        await eventually(lambda: station.queue.working == count)

    async def taken(self, station: Station, count: int) -> None:
        """Wait until a fake worker, and those before it, have taken so many requests.

        One that ends before has taken nothing: the next gets the same action.
        """
        counter = Path(station.worker.program.command[-1]).with_suffix(".count")
        await eventually(lambda: counter.exists() and len(counter.read_text()) >= count)

    async def waiting(self, station: Station, count: int) -> None:
        """Wait until so many requests wait in the queue."""
        await eventually(lambda: station.queue.waiting == count)

    async def listening(self, count: int) -> None:
        """Wait until the gateway keeps sound of a client."""
        gateway = self.gateway
        assert gateway is not None
        await eventually(lambda: gateway.audio.held >= count)

    async def patient_for(self, seconds: float) -> None:
        """Let time pass."""
        await asyncio.sleep(seconds)

    def errors(self, code: str) -> float:
        """Return how many errors of a code were counted."""
        assert self.gateway is not None
        counter = self.gateway.meters.errors.labels(code)
        return counter._value.get()

    async def quiet(self) -> None:
        """Wait until no client, no work and no sound are left in the gateway."""
        gateway = self.gateway
        assert gateway is not None
        await eventually(
            lambda: (
                not (
                    gateway.server.sessions
                    or gateway.audio.held
                    or any(s.queue.working or s.worker.users for s in self.stations)
                )
            )
        )

    async def close(self) -> None:
        """End everything; a test may do so before its own end."""
        gateway, self.gateway = self.gateway, None
        if gateway is not None:
            await gateway.server.drain(0.1)
            for station in self.stations:
                await station.worker.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _program(
        self, kind: str, options: SttOptions | TtsOptions, limits: Limits | None = None
    ) -> Program:
        name = kind if not self._named(kind) else f"{kind}:{len(self.stations)}"
        return worker_program(
            name,
            kind,
            options,
            limits or Limits(),
            model=getattr(options, "model", ""),
            log_level="info",
            log_format="text",
        )

    def _named(self, kind: str) -> bool:
        return any(s.worker.program.kind == kind for s in self.stations)

    def _add(self, program: Program, info: Any, options: dict[str, Any]) -> Station:
        options = dict(options)
        policy = options.pop("policy", FAST)
        watch = Watch(
            **{"wait_seconds": 60.0, "probe_every": 0.0, **options.pop("watch", {})}
        )
        queue = {"at_once": 2, "waiting": 4, "wait_seconds": 30.0}
        queue |= options.pop("queue", {})
        worker = WorkerProcess(
            program,
            self.folder,
            Limits(),
            policy=policy,
            watch=watch,
        )
        values: dict[str, Any] = {"deadline": 60.0, **options}
        station = Station(worker=worker, queue=Queue(**queue), promised=info, **values)
        self.stations.append(station)
        return station


async def eventually(condition: Callable[[], object]) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - these things send no events
            await asyncio.sleep(0.01)
