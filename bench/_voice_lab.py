"""Servers to measure, ours and the peers', and a client with a stop-watch."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil

from bench._medium_voice import make_medium_voice
from tests.wyoming_servers.fakes.client import Client
from tests.wyoming_servers.fakes.sounds import EAR, RATE, VOICES

ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".cache" / "peers"
PACKAGES = ("wyoming-faster-whisper==3.8.1", "wyoming-piper==2.5.2", "av<19")
WHISPER, PIPER = "wyoming-faster-whisper 3.8.1", "wyoming-piper 2.5.2"


def peers() -> Path:
    """Return the Python that has the peers, installed on first use."""
    python = PEERS / "bin" / "python"
    if not (PEERS / "complete").exists():
        uv = shutil.which("uv") or str(ROOT / ".cache/boot/bin/uv")
        subprocess.run(
            [uv, "venv", "-q", "--allow-existing", "--python", sys.executable, PEERS],
            check=True,
        )
        command = [uv, "pip", "install", "-q", "--python", python, *PACKAGES]
        subprocess.run(command, check=True)
        (PEERS / "complete").touch()
    return python


def medium_voice() -> Path:
    """Return a voice of medium size, made on first use."""
    model = PEERS / "voices" / "medium.onnx"
    if not model.with_name("medium.onnx.json").exists():
        model.parent.mkdir(parents=True, exist_ok=True)
        make_medium_voice(model)
    return model


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A server process and its client."""

    def __init__(
        self, client: Client, process: psutil.Process, ready: Callable
    ) -> None:
        self.client = client
        self.process = process
        self.ready = ready

    def family(self) -> list[psutil.Process]:
        """Return the process and its workers."""
        return [self.process, *self.process.children(recursive=True)]

    def proportional(self) -> float:
        """Return the memory of all of them, in MB; shared pages are divided by users.

        What a machine has less of: a library that three processes map is there once.
        """
        return sum(p.memory_full_info().pss for p in self.family()) / 1e6

    def resident(self) -> float:
        """Return the memory of all of them, in MB."""
        return sum(p.memory_info().rss for p in self.family()) / 1e6


@asynccontextmanager
async def _started(command: list[str], uri: str) -> AsyncIterator[Running]:
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "ORT_DISABLE_TELEMETRY": "1"}
    log = ROOT / ".cache" / "bench-voice.log"
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=out, stderr=out, env=environment, cwd=ROOT
        )
    client = Client(uri)

    async def answers() -> None:
        async with asyncio.timeout(60):
            while True:
                with suppress(OSError):
                    async with client.talk() as talk:
                        await talk.send("describe")
                        if await talk.receive(10) is not None:
                            return
                if process.returncode is not None:
                    raise RuntimeError(f"{command[2]} ended; {log} says why")
                await asyncio.sleep(0.01)

    try:
        yield Running(client, psutil.Process(process.pid), answers)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@asynccontextmanager
async def ours(folder: Path, **changes: object) -> AsyncIterator[Running]:
    """Start our server with both test models."""
    port = free_port()
    uri = f"tcp://127.0.0.1:{port}"
    settings = {
        "uri": uri,
        "data_dir": str(folder),
        "stt": {"model": str(EAR)},
        "tts": {"voices": [str(VOICES / "fr.onnx")]},
        # The peers do neither.
        "wake": {"enabled": False},
        "embed": {"enabled": False},
        **changes,
    }
    file = folder / f"{port}.json"
    file.write_text(json.dumps(settings))
    command = [sys.executable, "-m", "wyoming_servers", "serve", "--config", str(file)]
    async with _started(command, uri) as running:
        await running.ready()
        yield running


@asynccontextmanager
async def their_ears(folder: Path) -> AsyncIterator[Running]:
    """Start wyoming-faster-whisper with the test ear."""
    uri = f"tcp://127.0.0.1:{free_port()}"
    command = [str(peers()), "-m", "wyoming_faster_whisper", "--uri", uri]
    command += ["--model", str(EAR), "--data-dir", str(folder), "--language", "fr"]
    command += ["--beam-size", "5", "--compute-type", "int8", "--device", "cpu"]
    async with _started([*command, "--local-files-only"], uri) as running:
        await running.ready()
        yield running


@asynccontextmanager
async def their_mouth(
    folder: Path, voice: Path = VOICES / "fr.onnx"
) -> AsyncIterator[Running]:
    """Start wyoming-piper with a voice."""
    uri = f"tcp://127.0.0.1:{free_port()}"
    command = [str(peers()), "-m", "wyoming_piper", "--uri", uri]
    command += ["--voice", voice.stem, "--data-dir", str(voice.parent)]
    command += ["--download-dir", str(folder)]
    async with _started([*command, "--local-files-only"], uri) as running:
        await running.ready()
        yield running


async def hear(client: Client, pcm: bytes) -> float:
    """Return seconds from the last sound to the transcript."""
    async with client.talk() as talk:
        await talk.start(language="fr")
        await talk.chunks(pcm[:-2048])
        # The rest comes as from a microphone: what could be done before is done.
        await asyncio.sleep(0.05)
        await talk.chunks(pcm[-2048:])
        began = time.perf_counter()
        await talk.send("audio-stop")
        events = await talk.until("transcript", "error")
        if not events or events[-1].type != "transcript":
            raise RuntimeError(f"no transcript: {events}")
        return time.perf_counter() - began


async def hear_live(client: Client, pcm: bytes) -> float:
    """Send sound at the pace of a microphone; return seconds from its end."""
    size = RATE * 2 // 50
    loop = asyncio.get_running_loop()
    async with client.talk() as talk:
        await talk.start(language="fr")
        began = loop.time()
        for at in range(0, len(pcm), size):
            await asyncio.sleep(max(0.0, began + at / (RATE * 2) - loop.time()))
            await talk.chunks(pcm[at : at + size])
        ended = time.perf_counter()
        await talk.send("audio-stop")
        events = await talk.until("transcript", "error")
        if not events or events[-1].type != "transcript":
            raise RuntimeError(f"no transcript: {events}")
        return time.perf_counter() - ended


async def speak(client: Client, text: str) -> tuple[float, float]:
    """Return seconds to the first and to the last sound of a streamed text."""
    async with client.talk() as talk:
        began = time.perf_counter()
        await talk.send("synthesize-start")
        await talk.send("synthesize-chunk", text=text)
        await talk.send("synthesize-stop")
        first = 0.0
        while (event := await talk.receive(120)) is not None:
            if event.type == "audio-chunk" and not first:
                first = time.perf_counter() - began
            if event.type in {"synthesize-stopped", "error"}:
                break
        if not first:
            raise RuntimeError("no sound")
        return first, time.perf_counter() - began


async def describe_while(client: Client, done: asyncio.Event) -> list[float]:
    """Ask for `describe` again and again; return the seconds of each answer."""
    taken: list[float] = []
    while not done.is_set():
        async with client.talk() as talk:
            began = time.perf_counter()
            await talk.send("describe")
            await talk.receive(60)
            taken.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)
    return taken


def percentile(values: list[float], share: float = 0.99) -> float:
    """Return the value that this share of the values does not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def row(
    name: str,
    value: float,
    unit: str,
    *,
    n: int,
    target: str,
    met: bool,
    peer: str | None = None,
    peer_value: float | None = None,
) -> bool:
    """Print one measurement; return whether its target is met."""
    ratio = round(value / peer_value, 3) if peer_value else None
    line = {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "peer": peer,
        "peer_value": None if peer_value is None else round(peer_value, 4),
        "ratio": ratio,
        "n": n,
        "target": target,
        "met": met,
    }
    print(json.dumps(line), flush=True)
    return met
