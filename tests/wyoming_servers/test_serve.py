"""The whole server as a user starts it: `python -m wyoming_servers serve`."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import numpy as np
import psutil
import pytest
from zeroconf import ServiceStateChange
from zeroconf.asyncio import AsyncServiceBrowser, AsyncZeroconf

from tests.wyoming_servers.fakes.client import Client, kinds, only_error, sound
from tests.wyoming_servers.fakes.house import eventually
from wyoming_servers import __version__
from wyoming_servers.discovery import JARVIS, WYOMING, Announcement, server_id
from wyoming_servers.serve import announce
from wyoming_servers.settings import Settings

pytestmark = pytest.mark.process

NOISE = (np.random.default_rng(5).normal(0, 3000, 16_000)).astype("<i2").tobytes()


_RUNNING: dict[int, asyncio.subprocess.Process] = {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def started(
    *arguments: str, log: Path | None = None, **environment: str
) -> AsyncIterator[psutil.Process]:
    """Run a module of ours; kill what is left of it at the end."""
    with (log or Path(os.devnull)).open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *arguments,
            env={**os.environ, **environment},
            stdin=asyncio.subprocess.DEVNULL,
            stderr=file if log is not None else None,
        )
    watched = psutil.Process(process.pid)
    _RUNNING[process.pid] = process
    try:
        yield watched
    finally:
        if process.returncode is None:
            for child in watched.children(recursive=True):
                child.kill()
            process.kill()
        await process.wait()


async def answers(client: Client) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                async with client.talk() as talk:
                    await talk.ping()
                    return
            except OSError, AssertionError:
                await asyncio.sleep(0.05)


async def refused(client: Client) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                async with client.talk() as talk, asyncio.timeout(0.5):
                    if not await talk.rest():
                        return
            except TimeoutError:
                continue  # let in just before the signal arrived
            except OSError:
                return
            await asyncio.sleep(0.05)


async def page(port: int, path: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def ready(port: int) -> dict[str, object]:
    async with asyncio.timeout(60):
        while (answer := await page(port, "/ready"))[0] != 200:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    report: dict[str, object] = json.loads(answer[1])
    return report


async def ended(process: psutil.Process) -> int:
    async with asyncio.timeout(30):
        return await _RUNNING[process.pid].wait()


async def test_the_whole_server(
    tmp_path: Path, tiny_whisper: Path, tiny_voices: list[Path]
) -> None:
    port, admin = free_port(), free_port()
    config = tmp_path / "config.toml"
    config.write_text(
        f"""
        uri = "tcp://127.0.0.1:{port}"
        data_dir = "{tmp_path}/data"
        admin = "127.0.0.1:{admin}"
        [stt]
        model = "{tiny_whisper}"
        [stt.options]
        beam_size = 1
        voice_gate = false
        trim = false
        min_log_prob = -99.0
        [tts]
        voices = {json.dumps([str(voice) for voice in tiny_voices])}
        [wake]
        enabled = false
        [log]
        format = "json"
        """
    )
    client = Client(f"tcp://127.0.0.1:{port}")
    log = tmp_path / "log"
    command = ("wyoming_servers", "serve", "--config", str(config))
    async with started(*command, log=log) as server:
        await answers(client)
        report = await ready(admin)
        programs = report["programs"]
        assert isinstance(programs, dict)
        assert programs["stt"]["loaded"] == ["tiny"]
        assert (await page(admin, "/health"))[0] == 200
        heard = (await client.hear(NOISE, language="fr"))[-1].data["text"]
        assert heard
        spoken = await client.stream(["Bonjour. ", "Ça va ?"], voice={"language": "fr"})
        assert sound(spoken)
        assert kinds(spoken)[-1] == "synthesize-stopped"
        error = only_error(await client.hear(NOISE, language="klingon"))
        assert error.data["code"] == "unsupported-language"
        _, metrics = await page(admin, "/metrics")
        for line in (
            'jarvis_requests_total{kind="stt",outcome="ok",worker="stt"} 1.0',
            'jarvis_requests_total{kind="tts",outcome="ok",worker="tts"} 1.0',
            'jarvis_errors_total{code="unsupported-language"} 1.0',
            'jarvis_worker_state{state="given-up",worker="stt"} 0.0',
            'jarvis_worker_restarts_total{worker="stt"} 0.0',
            'jarvis_model_loaded{worker="stt"} 1.0',
            'jarvis_stage_seconds_count{kind="stt",stage="inference"} 1.0',
            'jarvis_process_memory_bytes{worker="gateway"}',
        ):
            assert line in metrics
        workers = server.children(recursive=True)
        assert len(workers) == 2
        async with client.talk() as talk:
            await talk.start(language="fr")
            await talk.chunks(NOISE[:8000])
            await talk.ping()
            os.kill(server.pid, signal.SIGTERM)
            # Who is speaking may finish; nobody else gets in.
            await refused(client)
            await talk.chunks(NOISE[8000:])
            await talk.send("audio-stop")
            assert (await talk.rest())[-1].data["text"] == heard
        assert await ended(server) == 0
        assert not [w for w in workers if w.is_running()]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"time", "level", "worker", "message"} <= set(lines[0])
    assert {line["worker"] for line in lines} == {"gateway", "stt", "tts"}
    assert any("request_id" in line and "seconds" in line for line in lines)
    # A request is found again in every process that it went through.
    request = error.data["request_id"]
    concerned = [line for line in lines if line.get("request_id") == request]
    assert {line["worker"] for line in concerned} == {"gateway", "stt"}
    # What people say, and what is said to them, is nobody's business.
    assert "Bonjour" not in log.read_text()
    assert heard not in log.read_text()


async def test_a_missing_model_is_said_in_ready(
    tmp_path: Path, tiny_voices: list[Path]
) -> None:
    port, admin = free_port(), free_port()
    client = Client(f"tcp://127.0.0.1:{port}")
    arguments = (
        f"--uri=tcp://127.0.0.1:{port}",
        f"--data-dir={tmp_path}",
        f"--admin=127.0.0.1:{admin}",
        f"--tts-voice={tiny_voices[0]}",
        "--tts-voice=en_US-lessac-medium",
        "--stt-model=base",
    )
    hub = "http://127.0.0.1:9"
    async with started(
        "wyoming_servers", "serve", *arguments, HF_ENDPOINT=hub
    ) as server:
        await answers(client)
        async with asyncio.timeout(30):
            while True:
                status, text = await page(admin, "/ready")
                programs = json.loads(text)["programs"]
                if programs["stt"]["state"] == "missing" and programs["tts"]["missing"]:
                    break
                await asyncio.sleep(0.1)
        assert status == 503
        assert f"{hub}/Systran/faster-whisper-base" in programs["stt"]["reason"]
        assert programs["tts"]["missing"] == ["en_US-lessac-medium"]
        error = only_error(await client.hear(NOISE))
        assert error.data["code"] == "model-missing"
        assert "by hand" in error.data["text"]
        # One voice is missing; the other one speaks.
        assert sound(await client.speak("Bonjour", voice={"language": "fr"}))
        error = only_error(await client.speak("Hi", voice={"language": "en"}))
        assert error.data["code"] == "model-missing"
        async with client.talk() as talk:
            await talk.send("describe")
            info = await talk.receive()
            assert info is not None
            voices = {v["name"]: v["installed"] for v in info.data["tts"][0]["voices"]}
            assert voices == {"fr_FR-tiny-test": True, "en_US-lessac-medium": False}
            assert info.data["asr"][0]["models"][0]["installed"] is False
        assert (await page(admin, "/health"))[0] == 200
        os.kill(server.pid, signal.SIGTERM)
        assert await ended(server) == 0


async def test_workers_end_with_a_killed_gateway(
    tmp_path: Path, tiny_voices: list[Path]
) -> None:
    client = Client(f"unix://{tmp_path}/g.sock")
    arguments = (f"--uri={client.uri}", f"--data-dir={tmp_path}", "--no-stt")
    voice = f"--tts-voice={tiny_voices[0]}"
    async with started("wyoming_servers", "serve", *arguments, voice) as server:
        await answers(client)
        assert sound(await client.speak("Bonjour"))
        workers = server.children(recursive=True)
        assert len(workers) == 2  # speaking and waking
        server.kill()
        await asyncio.to_thread(psutil.wait_procs, workers, 20)
        assert not any(worker.is_running() for worker in workers)


async def test_each_worker_alone(
    tmp_path: Path, tiny_whisper: Path, tiny_voices: list[Path]
) -> None:
    hearing = Client(f"tcp://127.0.0.1:{free_port()}")
    speaking = Client(f"unix://{tmp_path}/tts.sock")
    stt = ("wyoming_servers.workers.stt", "--uri", hearing.uri, "--model")
    tts = ("wyoming_servers.workers.tts", "--uri", speaking.uri, "--voice")
    data = f"--data-dir={tmp_path}/data"
    async with (
        started(*stt, str(tiny_whisper), data) as first,
        started(*tts, str(tiny_voices[0]), data) as second,
    ):
        await answers(hearing)
        await answers(speaking)
        assert (await hearing.hear(NOISE))[-1].type == "transcript"
        spoken = await speaking.stream(["Bonjour."])
        assert kinds(spoken)[-2:] == ["audio-stop", "synthesize-stopped"]
        assert (await hearing.hear(b""))[-1].data["text"] == ""
        for process in (first, second):
            os.kill(process.pid, signal.SIGTERM)
            assert await ended(process) == 0


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        uri = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        async with started(
            "wyoming_servers", "serve", f"--uri={uri}", f"--data-dir={tmp_path}"
        ) as server:
            assert await ended(server) == 1


async def test_the_server_is_announced_and_the_word_taken_back(tmp_path: Path) -> None:
    here = ["127.0.0.1"]
    seen: list[tuple[str, str]] = []

    def changed(name: str, state_change: ServiceStateChange, **_: object) -> None:
        seen.append((name.partition(".")[2], state_change.name))

    settings = Settings(data_dir=tmp_path, uri="tcp://127.0.0.1:4321")
    announcement = Announcement(settings, 4321, interfaces=here)
    listening = AsyncZeroconf(interfaces=here)
    browser = AsyncServiceBrowser(
        listening.zeroconf, [WYOMING, JARVIS], handlers=[changed]
    )
    await announcement.start()
    await eventually(lambda: len(seen) == 2)
    name = f"Jarvis {server_id(tmp_path)[:6]}.{JARVIS}"
    found = await listening.async_get_service_info(JARVIS, name)
    assert found is not None
    assert found.port == 4321
    assert found.decoded_properties == {
        "version": __version__,
        "name": "Jarvis",
        "uuid": server_id(tmp_path),
    }
    await announcement.stop()
    await eventually(lambda: len(seen) == 4)
    assert {kind for kind, state in seen if state == "Removed"} == {WYOMING, JARVIS}
    await browser.async_cancel()
    await listening.async_close()


@pytest.mark.parametrize(
    ("uri", "wanted", "announced"),
    [
        ("tcp://0.0.0.0:10300", True, True),
        ("tcp://192.168.1.20:10300", True, True),
        ("tcp://0.0.0.0:10300", False, False),
        ("tcp://127.0.0.1:10300", True, False),
        ("tcp://[::1]:10300", True, False),
        ("tcp://localhost:10300", True, False),
    ],
)
async def test_who_can_be_reached_is_announced(
    uri: str, wanted: bool, announced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    class Recorder:
        def __init__(self, settings: Settings, port: int) -> None:
            self.what = f"{settings.uri} {port}"

        async def start(self) -> None:
            told.append(f"start {self.what}")

        async def stop(self) -> None:
            told.append(f"stop {self.what}")

    monkeypatch.setattr("wyoming_servers.discovery.Announcement", Recorder)
    settings = Settings(uri=uri) if wanted else Settings(uri=uri, zeroconf=False)
    async with contextlib.AsyncExitStack() as stack:
        await announce(settings, 10_300, stack)
    expected = [f"start {uri} 10300", f"stop {uri} 10300"]
    assert told == (expected if announced else [])


async def test_without_zeroconf_the_server_runs_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "wyoming_servers.discovery", None)
    async with contextlib.AsyncExitStack() as stack:
        await announce(Settings(), 10_300, stack)
    assert "type its address and port" in caplog.text


def test_the_server_keeps_its_id(tmp_path: Path) -> None:
    first = server_id(tmp_path / "new")
    assert len(first) == 32
    assert server_id(tmp_path / "new") == first
    assert server_id(tmp_path / "other") != first
