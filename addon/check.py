"""Probes a running image: protocol, readiness, health, user, drain, size.

Run by `scripts/build-addon --check`; prints one JSON object a line.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import psutil  # type: ignore[import-untyped]
from wyoming.client import AsyncTcpClient
from wyoming.event import Event

USER = 10_001
MOST_MEGABYTES = 900
SENTENCE = {"fr": "Allume la lumière du salon.", "en": "Turn on the kitchen light."}


def report(name: str, value: object, unit: str, target: object, *, met: bool) -> bool:
    """Print one row and return whether it is as it should be."""
    row = {"name": name, "value": value, "unit": unit, "target": target, "met": met}
    print(json.dumps(row, ensure_ascii=False), flush=True)
    return met


class Image:
    """The running image."""

    def __init__(self, port: int, admin: int, root_pid: int) -> None:
        self.port = port
        self.admin = admin
        self.root = psutil.Process(root_pid)

    @asynccontextmanager
    async def talk(self) -> AsyncIterator[AsyncTcpClient]:
        """Open a connection."""
        async with asyncio.timeout(120), AsyncTcpClient("127.0.0.1", self.port) as link:
            yield link

    async def page(self, path: str) -> tuple[int, dict[str, object]]:
        """Get an admin page."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.admin}{path}") as answer,
        ):
            return answer.status, await answer.json()

    async def up(self) -> None:
        """Wait until the admin port answers."""
        async with asyncio.timeout(60):
            while True:
                try:
                    await self.page("/health")
                    return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)

    def processes(self) -> list[psutil.Process]:
        """Return the image's own processes, the main one first."""
        family = [self.root, *self.root.children(recursive=True)]
        return [p for p in family if p.cmdline()[:1] == ["/opt/venv/bin/python"]]


async def until(link: AsyncTcpClient, *kinds: str) -> list[Event]:
    """Return the events up to one of the kinds, an error or the end."""
    found: list[Event] = []
    while (event := await link.read_event()) is not None:
        found.append(event)
        if event.type in {*kinds, "error"}:
            break
    return found


async def check_info(image: Image) -> bool:
    """One Info offers hearing, speaking and waking, at once."""
    began = time.monotonic()
    async with image.talk() as link:
        await link.write_event(Event("describe"))
        [info] = await until(link, "info")
    offered = [kind for kind in ("asr", "tts", "wake") if info.data.get(kind)]
    took = round(1000 * (time.monotonic() - began), 1)
    report("describe while models load", took, "ms", None, met=True)
    wanted = ["asr", "tts", "wake"]
    return report("info", offered, "", wanted, met=offered == wanted)


async def check_ready(image: Image) -> bool:
    """/ready becomes 200 with every program ready."""
    began = time.monotonic()
    status = 0
    page: dict[str, object] = {}
    while status != 200 and time.monotonic() - began < 120:
        status, page = await image.page("/ready")
        await asyncio.sleep(0.2)
    programs = page.get("programs")
    names = sorted(programs) if isinstance(programs, dict) else []
    report("ready after", round(time.monotonic() - began, 1), "s", None, met=True)
    return report("/ready", [status, *names], "", 200, met=status == 200)


async def check_speech(image: Image) -> bool:
    """Speak a sentence in each language, and hear it again."""
    good = True
    for language, text in SENTENCE.items():
        async with image.talk() as link:
            voice = {"language": language}
            await link.write_event(Event("synthesize", {"text": text, "voice": voice}))
            spoken = await until(link, "audio-stop")
            sound = [event for event in spoken if event.type == "audio-chunk"]
            shape = spoken[0].data
            await link.write_event(Event("transcribe", {"language": language}))
            await link.write_event(Event("audio-start", shape))
            for event in sound:
                await link.write_event(Event("audio-chunk", shape, event.payload))
            await link.write_event(Event("audio-stop"))
            heard = (await until(link, "transcript"))[-1]
        met = (
            bool(sound) and heard.type == "transcript" and bool(heard.data.get("text"))
        )
        good &= report(
            f"spoken and heard, {language}", heard.data.get("text"), "", text, met=met
        )
    return good


async def check_waking(image: Image) -> bool:
    """Three seconds of silence hold no wake word, and the server says so."""
    shape = {"rate": 16_000, "width": 2, "channels": 1}
    async with image.talk() as link:
        await link.write_event(Event("detect", {"names": ["hey_jarvis"]}))
        await link.write_event(Event("audio-start", shape))
        await link.write_event(Event("audio-chunk", shape, bytes(96_000)))
        await link.write_event(Event("audio-stop"))
        said = (await until(link, "not-detected", "detection"))[-1].type
    return report(
        "wake words in silence", said, "", "not-detected", met=said == "not-detected"
    )


def check_user(image: Image) -> bool:
    """No process of the image is root's."""
    users = sorted({process.uids().real for process in image.processes()})
    count = len(image.processes())
    report("processes", count, "", None, met=count > 1)
    return report("user ids", users, "", [USER], met=users == [USER])


async def check_drain(image: Image) -> bool:
    """Send SIGTERM in the middle of a stream: it is spoken to its end."""
    text = " ".join(["One two three four five."] * 12)
    async with image.talk() as link:
        await link.write_event(Event("synthesize-start", {"voice": {"language": "en"}}))
        await link.write_event(Event("synthesize-chunk", {"text": text}))
        await link.write_event(Event("synthesize-stop"))
        await until(link, "audio-chunk")
        began = time.monotonic()
        main, *_ = image.processes()
        os.kill(main.pid, signal.SIGTERM)
        rest = await until(link, "synthesize-stopped")
    end = rest[-1].type if rest else "nothing"
    await asyncio.to_thread(psutil.wait_procs, [main], 30)
    took = round(time.monotonic() - began, 2)
    report("ended after SIGTERM", took, "s", 20, met=took < 20)
    return report(
        "work at hand at SIGTERM", end, "", None, met=end == "synthesize-stopped"
    )


async def check(image: Image, probe: list[str], size: int) -> bool:
    """Run every check; True when all are met."""
    await image.up()
    good = [await check_info(image), await check_ready(image)]
    good += [await check_speech(image), await check_waking(image)]
    done = await asyncio.to_thread(subprocess.run, probe, check=False)
    code = done.returncode
    good.append(report("health command", code, "exit status", 0, met=code == 0))
    good += [check_user(image), await check_drain(image)]
    megabytes = round(size / 1e6)
    met = megabytes < MOST_MEGABYTES
    good.append(report("image size", megabytes, "MB", MOST_MEGABYTES, met=met))
    return all(good)


def main() -> int:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--admin", type=int, required=True)
    parser.add_argument("--root-pid", type=int, required=True)
    parser.add_argument("--bytes", type=int, required=True)
    parser.add_argument("probe", nargs="+", help="the image's health command")
    given = parser.parse_args()
    image = Image(given.port, given.admin, given.root_pid)
    return 0 if asyncio.run(check(image, given.probe, given.bytes)) else 1


if __name__ == "__main__":
    sys.exit(main())
