"""The supervisor: liveness, probes, restarts, sleep, giving up."""

import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.wyoming_servers.fakes.client import Client, kinds, only_error
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.worker import transcript_of
from wyoming_servers.admin.readiness import readiness
from wyoming_servers.protocol import states
from wyoming_servers.supervisor.backoff import RestartPolicy
from wyoming_servers.supervisor.exits import describe_exit, is_hopeless
from wyoming_servers.workers.processor import missing_instructions

PCM = bytes(range(256)) * 200
QUICK = {"ping_every": 0.1, "ping_within": 0.3, "pings_missed": 2}


def test_pauses_grow_and_end() -> None:
    policy = RestartPolicy(first_seconds=1, longest_seconds=5, give_up_after=6)
    pauses = [policy.pause(deaths) for deaths in range(1, 8)]
    assert pauses == [0.0, 1.0, 2.0, 4.0, 5.0, None, None]


def test_the_states_are_words_of_a_module_that_imports_nothing() -> None:
    source = Path(states.__file__).read_text(encoding="utf-8")
    assert "import" not in source.split('"""')[2]
    assert len(set(states.ALL)) == len(states.ALL)
    assert set(states.ALL) > states.USABLE | states.COMING


@pytest.mark.parametrize(
    ("code", "word", "hopeless"),
    [
        (-signal.SIGILL, "lacks instructions", True),
        (70, "lacks instructions", True),
        (2, "status 2", True),
        (-signal.SIGKILL, "memory", False),
        (-signal.SIGSEGV, "SIGSEGV", False),
        (1, "status 1", False),
        (-999, "signal 999", False),
    ],
)
def test_ends_in_words(code: int, word: str, hopeless: bool) -> None:
    assert word in describe_exit(code)
    assert is_hopeless(code) is hopeless


@pytest.mark.parametrize(
    ("flags", "machine", "missing"),
    [
        ("flags : fpu sse sse2", "x86_64", ["popcnt", "sse4_1", "sse4_2", "ssse3"]),
        ("flags : ssse3 sse4_1 sse4_2 popcnt avx", "x86_64", []),
        ("flags : fpu", "aarch64", []),
        ("Features : fp asimd", "x86_64", []),
    ],
)
def test_old_processors_are_told(
    tmp_path: Path, flags: str, machine: str, missing: list[str]
) -> None:
    file = tmp_path / "cpuinfo"
    file.write_text(f"processor : 0\n{flags}\n")
    assert missing_instructions(file, machine) == missing
    assert missing_instructions(tmp_path / "none", machine) == []


@pytest.mark.parametrize("script", [{"exit": 70}, {"signal": int(signal.SIGILL)}])
async def test_a_machine_that_cannot_run_it_is_no_crash_loop(
    house: House, client: Client, script: dict[str, int]
) -> None:
    station = house.fake("stt", **script)
    gateway = await house.start(wait=False)
    await house.until(station, states.GIVEN_UP)
    assert station.worker.restarts == 1
    error = only_error(await client.hear(PCM))
    assert error.data["code"] == "worker-failed"
    assert "lacks instructions" in error.data["text"]
    ready, report = readiness(gateway)
    assert not ready
    assert "lacks instructions" in str(report["programs"])


async def test_a_worker_that_dies_without_work_is_given_up(house: House) -> None:
    station = house.fake("stt", exit=1)
    await house.start(wait=False)
    await house.until(station, states.GIVEN_UP)
    assert station.worker.restarts == 4


async def test_deaths_between_work_are_no_crash_loop(
    house: House, client: Client
) -> None:
    station = house.fake("stt", *[{"do": "die"}, {}] * 6)
    await house.start()
    for _ in range(6):
        assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)
    assert station.worker.restarts == 6
    await house.quiet()
    assert station.worker.state == states.READY


async def test_a_hanging_event_loop_is_noticed_by_its_silence(
    house: House, client: Client
) -> None:
    station = house.fake("stt", {"do": "hang"}, station={"watch": QUICK})
    await house.start()
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)
    assert station.worker.restarts == 1


async def test_a_synthetic_inference_proves_the_model(
    house: House, tiny_voices: list[Path]
) -> None:
    station = house.real_tts(tiny_voices, station={"watch": QUICK})
    gateway = await house.start()
    await house.probed(station)
    assert station.worker.probed is not None
    assert station.worker.probed.error == ""
    ready, report = readiness(gateway)
    assert ready
    assert "last_check" in str(report)


async def test_a_synthetic_inference_that_sticks_ends_the_worker(house: House) -> None:
    watch = {**QUICK, "probe_within": 0.3}
    station = house.fake("tts", probe_seconds=60, station={"watch": watch})
    await house.start(wait=False)
    await house.restarted(station)
    assert "check" not in station.worker.status.state


async def test_an_unused_model_gives_its_memory_back(
    house: House, client: Client, tiny_whisper: Path
) -> None:
    station = house.real_stt(
        tiny_whisper, station={"watch": {**QUICK, "idle_seconds": 0.5}}
    )
    gateway = await house.start()
    process = psutil.Process(station.worker.pid)
    resident = process.memory_info().rss
    print(f"resident before: {resident / 1e6:.0f} MB")
    assert resident > 50e6
    await house.until(station, states.ASLEEP)
    await house.gone(process)
    # All of it, as only the end of a process can promise.
    assert not process.is_running()
    assert readiness(gateway)[0]
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
        assert info is not None
        assert info.data["asr"][0]["models"][0]["installed"]
    assert kinds(await client.hear(PCM))[-1] == "transcript"
    assert station.worker.restarts == 0


async def test_several_models_each_in_a_worker_of_its_own(
    house: House, client: Client
) -> None:
    shown = []
    for name in ("small", "tiny"):
        station = house.fake("stt", {"do": "error", "code": "internal", "text": name})
        info = station.promised.event().data
        info["asr"][0]["models"][0]["name"] = name
        shown.append(info)
        house.script(station, shown=info)
    await house.start()
    async with client.talk() as talk:
        await talk.send("describe")
        info = await talk.receive()
        assert info is not None
        [program] = info.data["asr"]
        assert [m["name"] for m in program["models"]] == ["small", "tiny"]
    assert only_error(await client.hear(PCM, name="tiny")).data["text"] == "tiny"
    assert only_error(await client.hear(PCM)).data["text"] == "small"
    assert (await client.hear(PCM, name="tiny"))[-1].type == "transcript"
    async with client.talk() as talk:
        await talk.send("select-program", name="jarvis-stt")
        await talk.say(PCM)
        assert (await talk.until("transcript", "error"))[-1].type == "transcript"


async def test_many_kills_lose_no_word(house: House, client: Client) -> None:
    station = house.fake("stt", *[{"do": "stall", "seconds": 60}, {}] * 6)
    await house.start()
    for turn, length in enumerate(range(1000, 13_000, 2000)):
        pcm = PCM[:length]
        async with client.talk() as talk:
            await talk.say(pcm, language="fr")
            await house.taken(station, 2 * turn + 1)
            assert station.worker.pid is not None
            os.kill(station.worker.pid, signal.SIGKILL)
            events = await talk.until("transcript", "error")
        assert events[-1].data["text"] == transcript_of(pcm, "fr")
        await house.quiet()
    assert station.worker.restarts == 6
