"""Workers that are sick in ways other than a plain death."""

import subprocess
import sys
from dataclasses import replace

import pytest
from wyoming.event import Event

from tests.wyoming_servers.fakes.client import Client, only_error
from tests.wyoming_servers.fakes.house import House, eventually
from tests.wyoming_servers.fakes.worker import transcript_of
from wyoming_servers.admin.readiness import readiness
from wyoming_servers.protocol import WorkerStatus, states
from wyoming_servers.supervisor.backoff import RestartPolicy
from wyoming_servers.supervisor.exits import describe_exit

PCM = bytes(range(256)) * 200
QUICK = {"ping_every": 0.1, "ping_within": 0.3, "pings_missed": 2}


@pytest.mark.parametrize("mute", ["ping", "describe"])
async def test_half_an_answer_is_no_pulse(house: House, mute: str) -> None:
    watch = {**QUICK, "started_within": 0.3}
    station = house.fake("stt", mute=[mute], station={"watch": watch})
    await house.start(wait=False)
    await house.restarted(station)


async def test_silence_while_loading_has_its_bound_too(house: House) -> None:
    station = house.fake(
        "stt",
        status=[{"state": "loading"}],
        mute=["ping", "describe"],
        station={"watch": {**QUICK, "loading_within": 0.5}},
    )
    await house.start(wait=False)
    await house.restarted(station)


async def test_a_process_that_cannot_be_started_is_given_up(
    house: House, client: Client
) -> None:
    station = house.fake("stt")
    program = replace(station.worker.program, command=["/no/such/python"])
    station.worker.program = program
    await house.start(wait=False)
    await house.until(station, states.GIVEN_UP)
    error = only_error(await client.hear(PCM))
    assert error.data["code"] == "worker-failed"
    assert "cannot be started" in error.data["text"]


async def test_a_worker_that_was_given_up_is_tried_again(
    house: House, client: Client
) -> None:
    policy = RestartPolicy(first_seconds=0.05, give_up_after=2, rest_seconds=1.0)
    station = house.fake("stt", exit=1, station={"policy": policy})
    await house.start(wait=False)
    await house.until(station, states.GIVEN_UP)
    # What was wrong with it is mended, by hand or by time.
    house.script(station, exit=None)
    await house.until(station, states.READY)
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)


async def test_a_long_life_makes_up_for_deaths_before(house: House) -> None:
    policy = RestartPolicy(
        first_seconds=0.01, longest_seconds=0.01, give_up_after=2, forgotten_after=0.0
    )
    station = house.fake("stt", exit=1, station={"policy": policy})
    await house.start(wait=False)
    await eventually(lambda: station.worker.restarts > 3)
    assert station.worker.state != states.GIVEN_UP


async def test_a_lost_pulse_connection_is_opened_again(
    house: House, client: Client
) -> None:
    station = house.fake("stt", drop_after=1.0)
    await house.start()
    watcher = station.worker._watcher
    assert watcher is not None
    watcher._watch = replace(watcher._watch, started_within=0.2)
    await house.patient_for(2.5)
    assert station.worker.restarts == 0
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)


async def test_a_replay_does_not_run_into_the_dying_worker(
    house: House, client: Client
) -> None:
    station = house.fake("stt", {"do": "stall"}, station={"deadline": 0.5})
    gateway = await house.start()
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)
    replays = gateway.meters.replays.labels("stt")
    assert replays._value.get() == 1
    assert station.worker.restarts == 1


async def test_reports_that_follow_at_once_all_count(house: House) -> None:
    reports = [
        {"state": "ready", "loaded": ["a"]},
        {"state": "ready", "loaded": ["a", "b"]},
    ]
    station = house.fake("tts", status=reports, station={"watch": QUICK})
    await house.start()
    await eventually(lambda: station.worker.status.loaded == ("a", "b"))


def test_a_report_of_nonsense_is_no_end_of_watching() -> None:
    data = {"state": [], "reason": 5, "percent": "x", "loaded": 7, "missing": {"a": 1}}
    status = WorkerStatus.from_event(Event("worker-status", data))
    assert status == WorkerStatus(state=states.LOADING, reason="5")


async def test_ready_means_that_an_inference_went_well(house: House) -> None:
    station = house.fake("tts", probe_seconds=1.5, station={"watch": QUICK})
    gateway = await house.start()
    assert station.worker.state == states.READY
    assert not readiness(gateway)[0]
    await house.probed(station)
    assert readiness(gateway)[0]


async def test_work_proves_as_much_as_a_check(house: House, client: Client) -> None:
    house.fake("tts", probe_seconds=60, station={"watch": QUICK})
    gateway = await house.start()
    assert not readiness(gateway)[0]
    assert (await client.speak("One."))[-1].type == "audio-stop"
    await eventually(lambda: readiness(gateway)[0])


async def test_a_failed_check_is_soon_repeated(house: House) -> None:
    watch = {**QUICK, "probe_every": 300.0, "probe_again": 0.5}
    station = house.fake("tts", failing_probes=2, station={"watch": watch})
    gateway = await house.start()
    await house.probed(station)
    assert not readiness(gateway)[0]
    assert "no memory" in str(readiness(gateway)[1])
    await eventually(lambda: readiness(gateway)[0])
    assert station.worker.restarts == 0


async def test_a_worker_that_will_not_go_to_sleep(house: House, client: Client) -> None:
    watch = {**QUICK, "idle_seconds": 0.4}
    station = house.fake("stt", stubborn=True, station={"watch": watch})
    await house.start()
    await house.until(station, states.ASLEEP)
    assert (await client.hear(PCM))[-1].data["text"] == transcript_of(PCM)
    assert station.worker.restarts == 0


async def test_the_end_of_the_server_is_the_end_of_ready(house: House) -> None:
    station = house.fake("tts", station={"watch": QUICK})
    gateway = await house.start()
    await house.probed(station)
    assert readiness(gateway)[0]
    await gateway.drain()
    ready, report = readiness(gateway)
    assert not ready
    assert report["draining"]


def test_an_end_by_somebody_else_is_not_blamed_on_the_log() -> None:
    assert "told it to end" in describe_exit(0)


_AT_THE_CHECK = """
import runpy, sys
from wyoming_servers.workers import command

def run(*_):
    heavy = {"numpy", "ctranslate2", "onnxruntime", "faster_whisper", "tokenizers"}
    print(sorted(heavy & set(sys.modules)))

command.run = run
runpy.run_module(sys.argv[1], run_name="__main__")
"""


@pytest.mark.parametrize("kind", ["stt", "tts", "wake", "embed"])
def test_the_processor_is_checked_before_the_libraries_are_loaded(kind: str) -> None:
    module = f"wyoming_servers.workers.{kind}"
    command = [sys.executable, "-c", _AT_THE_CHECK, module]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n"
