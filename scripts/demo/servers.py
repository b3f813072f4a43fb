"""Starts Jarvis's voice servers and waits until they are ready."""

import asyncio
import json
import sys
from typing import Any, Final, Self

import aiohttp

from . import models
from .errors import DemoError
from .models import Models
from .paths import RunFolder
from .ports import LOOPBACK, free_port, is_free
from .process import Child
from .progress import Progress

_GATEWAY_TIMEOUT: Final = 60.0
_STALLED: Final = 120.0
_FINAL: Final = {"missing", "given-up"}
_PROBE: Final = aiohttp.ClientTimeout(total=5)


class VoiceServers:
    """The gateway with its workers, as one child process."""

    def __init__(
        self, child: Child, chosen: Models, folder: RunFolder, ports: tuple[int, int]
    ) -> None:
        self.models = chosen
        self.child = child
        self._folder = folder
        self.port, self.admin_port = ports

    @classmethod
    async def start(
        cls, wanted: str, folder: RunFolder, port: int, progress: Progress
    ) -> Self:
        """Start the servers for `--models wanted`, the gateway listening at `port`."""
        chosen = await models.choose(wanted, folder.models)
        progress(f"voice servers start with {chosen.note}")
        ports = (port, free_port())
        return cls(await _start(chosen, folder, ports), chosen, folder, ports)

    def check(self) -> None:
        """Raise when the servers have ended."""
        self.child.check()

    async def stop(self) -> None:
        """Stop the gateway and its workers."""
        await self.child.stop()

    async def restart(self) -> None:
        """Start the servers again, with the same models and ports."""
        await self.stop()
        self.child = await _start(
            self.models, self._folder, (self.port, self.admin_port)
        )

    async def wait_for_gateway(self) -> None:
        """Wait until the gateway listens; its models may still be loading."""
        try:
            async with asyncio.timeout(_GATEWAY_TIMEOUT):
                while is_free(self.port):
                    self.check()
                    await asyncio.sleep(0.1)
        except TimeoutError as err:
            raise DemoError(
                f"The voice servers do not listen; {self.child.log} tells why."
            ) from err

    async def wait_until_ready(self, progress: Progress) -> None:
        """Wait until the models are loaded; take the demo's where they can't be had."""
        try:
            await self._wait(progress)
        except DemoError as err:
            if not self.models.optional:
                raise
            progress(f"the real models cannot be had: {err}")
            await self.stop()
            self.models = models.demo("the real ones cannot be had")
            progress(f"voice servers start again with {self.models.note}")
            await self.restart()
            await self._wait(progress)

    async def _wait(self, progress: Progress) -> None:
        shown = ""
        deadline = asyncio.get_running_loop().time() + _STALLED
        async with aiohttp.ClientSession(timeout=_PROBE) as session:
            while True:
                self.check()
                ready, words, broken = await self.readiness(session)
                if ready:
                    return
                if broken:
                    raise DemoError(
                        f"The voice servers cannot work ({words}); "
                        f"{self.child.log} tells more."
                    )
                if words != shown:
                    shown = words
                    progress(f"voice servers: {words}")
                    deadline = asyncio.get_running_loop().time() + _STALLED
                elif asyncio.get_running_loop().time() > deadline:
                    raise DemoError(f"The voice servers are not ready: {words}")
                await asyncio.sleep(0.2)

    async def readiness(self, session: aiohttp.ClientSession) -> tuple[bool, str, bool]:
        """Return whether the servers are ready, why not, and whether that is final."""
        try:
            url = f"http://{LOOPBACK}:{self.admin_port}/ready"
            async with session.get(url) as answer:
                state: dict[str, Any] = await answer.json(content_type=None)
                return answer.status == 200, _words(state), _final(state)
        except aiohttp.ClientError, TimeoutError, ValueError:
            return False, "starting", False


async def _start(chosen: Models, folder: RunFolder, ports: tuple[int, int]) -> Child:
    config = {
        "uri": f"tcp://{LOOPBACK}:{ports[0]}",
        "admin": f"{LOOPBACK}:{ports[1]}",
        "data_dir": str(folder.models),
        "stt": {"model": chosen.ear},
        "tts": {"voices": list(chosen.voices)},
    }
    folder.servers_config.write_text(json.dumps(config, indent=2))
    return await Child.start(
        "The voice servers",
        [
            sys.executable,
            "-m",
            "wyoming_servers",
            "serve",
            "--config",
            folder.servers_config,
        ],
        log=folder.logs / "voice-servers.log",
        environment={"ORT_DISABLE_TELEMETRY": "1"},
    )


def _words(state: dict[str, Any]) -> str:
    """Say of each program that is not ready what it is at."""
    said: list[str] = []
    for name, program in state["programs"].items():
        if program["ready"]:
            continue
        words = program["reason"] or program["state"]
        if percent := program["download_percent"]:
            words = f"{words} ({percent} %)"
        said.append(f"{name}: {words}")
    return ", ".join(said)


def _final(state: dict[str, Any]) -> bool:
    """Whether something is missing that will not come by itself."""
    programs = state["programs"].values()
    return any(p["missing"] or p["state"] in _FINAL for p in programs)
