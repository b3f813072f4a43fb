"""The image's program: options of root, privileges, discovery, health."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from addon.app.discovery import announce
from addon.app.health import answers
from addon.app.options import read_options
from tests.addon.supervisor import Supervisor
from tests.wyoming_servers.fakes.client import Client
from tests.wyoming_servers.fakes.house import House

ROOT = Path(__file__).parents[2]


async def tell(supervisor: Supervisor, *, ready: list[bool]) -> list[float]:
    """Announce to a fake Supervisor; return the pauses that were made."""
    pauses: list[float] = []
    async with supervisor.running() as address:
        await asyncio.to_thread(
            announce,
            address,
            "secret",
            host="host-name",
            ready=lambda: ready.pop(0),
            pause=pauses.append,
        )
    return pauses


async def test_a_message_for_each_integration_once_the_server_answers() -> None:
    supervisor = Supervisor()
    pauses = await tell(supervisor, ready=[False, False, True])
    config = {"uri": "tcp://host-name:10300"}
    assert supervisor.messages == [
        {"service": "wyoming", "config": config},
        {"service": "jarvis", "config": config},
    ]
    assert set(supervisor.tokens) == {"Bearer secret"}
    assert len(pauses) == 2


async def test_a_supervisor_that_is_not_up_is_asked_again() -> None:
    supervisor = Supervisor()
    supervisor.answers = [502, 503, 500]
    pauses = await tell(supervisor, ready=[True])
    assert [message["service"] for message in supervisor.messages] == [
        "wyoming",
        "jarvis",
    ]
    assert pauses == sorted(pauses)
    assert len(pauses) == 3


async def test_a_refusal_is_final_and_leaves_the_other_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    supervisor = Supervisor()
    supervisor.answers = [403]
    await tell(supervisor, ready=[True])
    assert [message["service"] for message in supervisor.messages] == ["jarvis"]
    assert "refuses wyoming" in caplog.text
    assert "not now" in caplog.text


async def test_nobody_listens_at_first(unused_tcp_port: int) -> None:
    supervisor = Supervisor()
    waits = 0

    def pause(_: float) -> None:
        nonlocal waits
        waits += 1
        if waits == 3:
            raise InterruptedError  # the test has seen enough

    with pytest.raises(InterruptedError):
        await asyncio.to_thread(
            announce,
            f"http://127.0.0.1:{unused_tcp_port}",
            "secret",
            ready=lambda: True,
            pause=pause,
        )
    assert not supervisor.messages


async def test_health_is_the_protocol(house: House) -> None:
    house.uri = "tcp://127.0.0.1:0"
    house.fake("stt")
    gateway = await house.start()
    port = gateway.server.port
    assert port is not None
    assert await asyncio.to_thread(answers, "127.0.0.1", port)
    await gateway.server.drain(0.1)
    assert not await asyncio.to_thread(answers, "127.0.0.1", port)


@pytest.mark.parametrize(
    "said", [b"", b"hello\n", b"[]\n", b'{"type": "error"}\n', b'{"type": "info"}\n']
)
async def test_what_is_no_description_is_not_healthy(said: bytes) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert not await asyncio.to_thread(answers, "127.0.0.1", port)


async def until_it_answers(port: int) -> None:
    healthy = False
    while not healthy:
        healthy = await asyncio.to_thread(answers, "127.0.0.1", port)


def test_options_that_are_none(tmp_path: Path) -> None:
    assert read_options(tmp_path) == {}
    (tmp_path / "options.json").write_text("[]")
    with pytest.raises(TypeError, match="object"):
        read_options(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give root up")
async def test_the_program_gives_root_up(
    tmp_path: Path, tiny_voices: list[Path], unused_tcp_port: int
) -> None:
    """Options that only root can read, servers that are not root, a message, an end."""
    # The folders above pytest's own are for root alone.
    data, config = (Path(f"/tmp/jarvis-{unused_tcp_port}-{n}") for n in ("d", "c"))
    data.mkdir()
    (config / "piper").mkdir(parents=True)
    for file in (tiny_voices[0], tiny_voices[0].with_suffix(".onnx.json")):
        (config / "piper" / file.name).write_bytes(file.read_bytes())
    options = data / "options.json"
    options.write_text(json.dumps({"tts_voices": [tiny_voices[0].stem]}))
    options.chmod(0o600)
    (data / "models").mkdir()
    (data / "models" / "old").touch()
    uri = f"tcp://127.0.0.1:{unused_tcp_port}"
    supervisor = Supervisor()
    async with supervisor.running() as address:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "addon.app", "--no-stt", "--uri", uri),
            *("--admin", "127.0.0.1:0"),
            cwd=ROOT,
            env={
                **os.environ,
                "SUPERVISOR_TOKEN": "secret",
                "JARVIS_APP_SUPERVISOR": address,
                "JARVIS_APP_DATA": str(data),
                "JARVIS_APP_CONFIG": str(config),
            },
        )
        try:
            async with asyncio.timeout(60):
                await until_it_answers(unused_tcp_port)
                [*_, end] = await Client(uri).speak("Bonjour")
            family = psutil.Process(process.pid)
            users = {p.uids() for p in (family, *family.children(recursive=True))}
            environment = family.environ()
        finally:
            process.send_signal(signal.SIGTERM)
            status = await process.wait()
    assert end.type == "audio-stop"
    assert {user.real for user in users} == {user.saved for user in users} == {10_001}
    assert (data / "models" / "old").stat().st_uid == 10_001
    assert options.stat().st_uid == 0
    assert status == 0
    assert environment["JARVIS_APP_DATA"] == str(data)
