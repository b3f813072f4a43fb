"""Throws mutated event streams at a gateway: python -m tests.wyoming_servers.fakes.fuzz N SEED.

Every stream must end, with known error codes only, and leave nothing behind.
"""

import asyncio
import gc
import json
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil
from wyoming.event import Event, async_read_event

from tests.wyoming_servers.fakes.client import FORMAT, Client
from tests.wyoming_servers.fakes.house import House
from tests.wyoming_servers.fakes.worker import Connection, transcript_of
from wyoming_servers.errors import VoiceError
from wyoming_servers.protocol import WorkerStatus, states
from wyoming_servers.wire import Limits, encode

LIMITS = Limits(
    utterance_seconds=2.0,
    text_chars=300,
    idle_seconds=5.0,
    slow_seconds=2.0,
    payload_bytes=64 * 1024,
    data_bytes=16 * 1024,
    header_bytes=8 * 1024,
)
CODES = {*VoiceError.by_code, "internal"}
_TYPES = [
    "describe",
    "ping",
    "pong",
    "info",
    "error",
    "transcribe",
    "transcript",
    "audio-start",
    "audio-chunk",
    "audio-stop",
    "synthesize",
    "synthesize-start",
    "synthesize-chunk",
    "synthesize-stop",
    "select-program",
    "detect",
    "voice-started",
    "worker-status",
    "run-satellite",
    "user-event",
    "synthesized",
    "nonsense",
]
_VALUES = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2,
        3,
        7,
        8000,
        16000,
        48000,
        1 << 31,
        1 << 70,
        1e999,
    ),
    *("", "fr", "fr-FR", "x" * 400, "\ud800", "\x00", "jarvis-stt", [], {}, [1], ["a"]),
    *({"name": "x"}, {"language": []}, {"request_id": 5, "skip": -5, "marks": 1}),
)
_KEYS = [
    "rate",
    "width",
    "channels",
    "text",
    "name",
    "language",
    "voice",
    "context",
    "timestamp",
    "transcript_names",
    "transcript_terms",
    "vad_sensitivity",
    "names",
    "speaker",
    "text_format",
]


def good_streams() -> list[list[bytes]]:
    """Return valid streams to begin with, each as its events."""
    chunk = Event("audio-chunk", FORMAT, bytes(640))
    voice = {"name": "fr_FR-fake-test"}
    streams = [
        [Event("describe"), Event("ping", {"text": "x"})],
        [
            Event("transcribe", {"language": "fr", "transcript_names": ["Salon"]}),
            Event("audio-start", FORMAT),
            *[chunk] * 4,
            Event("audio-stop"),
        ],
        [Event("select-program", {"name": "jarvis-stt"}), chunk, Event("audio-stop")],
        [Event("synthesize", {"text": "One. Two.", "voice": voice})],
        [
            Event("synthesize-start", {"voice": voice}),
            Event("synthesize-chunk", {"text": "One. "}),
            Event("synthesize-chunk", {"text": "Two."}),
            Event("synthesize", {"text": "One. Two."}),
            Event("synthesize-stop"),
        ],
    ]
    return [list(map(encode, events)) for events in streams]


def random_event(source: random.Random) -> bytes:
    """Return an event with a known type and senseless fields."""
    data = {
        source.choice(_KEYS): source.choice(_VALUES)
        for _ in range(source.randint(0, 4))
    }
    payload = source.randbytes(source.choice([0, 1, 2, 639, 4096]))
    return encode(Event(source.choice(_TYPES), data, payload or None))


def odd_header(source: random.Random) -> bytes:
    """Return a header line with senseless lengths."""
    header = {"type": source.choice([*_TYPES, *_VALUES])}
    for key in ("data", "data_length", "payload_length"):
        if source.random() < 0.5:
            header[key] = source.choice(_VALUES)
    return json.dumps(header).encode() + b"\n" + source.randbytes(source.randint(0, 40))


def mutate(seeds: list[list[bytes]], source: random.Random) -> bytes:
    """Return a stream made of good ones and damage, to its order or to its bytes."""
    events = list(source.choice(seeds))
    if source.random() < 0.7:
        for _ in range(source.randint(1, 4)):
            at = source.randint(0, len(events))
            match source.randrange(5):
                case 0:
                    events[at:at] = source.choice(seeds)
                case 1:
                    events.insert(at, random_event(source))
                case 2:
                    del events[at : at + 1]
                case 3:
                    events[at:at] = events[at : at + 1]
                case _:
                    source.shuffle(events)
    raw = bytearray(b"".join(events))
    for _ in range(source.choice([0, 0, 1, 3])):
        damage(raw, source)
    return bytes(raw)


def damage(raw: bytearray, source: random.Random) -> None:
    """Spoil some bytes."""
    at = source.randint(0, len(raw))
    match source.randrange(5):
        case 0:
            raw[at:at] = source.randbytes(source.randint(1, 8))
        case 1:
            del raw[at : at + source.randint(1, 60)]
        case 2 if raw:
            raw[at % len(raw)] ^= 1 << source.randrange(8)
        case 3:
            raw[at:at] = odd_header(source)
        case _:
            digits = [n for n, byte in enumerate(raw) if 48 <= byte <= 57]
            if digits:
                raw[source.choice(digits)] = source.randint(48, 57)


class Range:
    """A gateway with workers in this very process, so that a run is quick."""

    def __init__(self) -> None:
        self.house = House()
        self.client = Client(self.house.uri)
        self.codes: Counter[str] = Counter()
        self._servers: list[asyncio.Server] = []
        self._talking: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        for kind in ("stt", "tts"):
            station = self.house.fake(kind, station={"deadline": 5.0})
            station.worker.status = WorkerStatus(state=states.READY)
            script = Path(station.worker.program.command[-1])
            await self._serve(station.worker._socket, script)
        await self.house.start(LIMITS, workers=False)

    async def _serve(self, path: Path, file: Path) -> None:
        script = json.loads(file.read_text())  # noqa: ASYNC240

        async def connected(reader, writer) -> None:
            task = asyncio.current_task()
            self._talking.add(task)
            task.add_done_callback(self._talking.discard)
            with suppress(ConnectionError):
                await Connection(script, Path("/dev/null")).run(reader, writer)
            writer.close()

        self._servers.append(await asyncio.start_unix_server(connected, path=path))

    async def close(self) -> None:
        for server in self._servers:
            server.close()
        await self.house.close()
        if self._talking:
            await asyncio.wait(set(self._talking), timeout=20)

    async def throw(self, raw: bytes) -> None:
        """Send one stream; fail when it hangs or an unknown code comes back."""
        reader, writer = await asyncio.open_unix_connection(
            self.house.folder / "gateway.sock"
        )
        try:
            async with asyncio.timeout(20):
                with suppress(ConnectionError):
                    writer.write(raw)
                    await writer.drain()
                    writer.write_eof()
                with suppress(ConnectionError):
                    while (event := await async_read_event(reader)) is not None:
                        if event.type == "error":
                            code = event.data["code"]
                            assert code in CODES, code
                            assert code != "internal", event.data
                            self.codes[code] += 1
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def is_sound(self) -> None:
        """Check that a good client is served and nothing is left behind."""
        pcm = bytes(range(256)) * 20
        events = await self.client.hear(pcm, language="fr")
        assert events[-1].data["text"] == transcript_of(pcm, "fr")
        await self.house.quiet()


async def run(count: int, seed: int, progress: int = 0) -> Counter[str]:
    """Throw so many streams, a few at a time; return the error codes that came."""
    source = random.Random(seed)
    seeds = good_streams()
    where = Range()
    await where.open()
    process = psutil.Process()
    memory: list[int] = []
    began = time.monotonic()
    try:
        for done in range(0, count, 20):
            batch = [mutate(seeds, source) for _ in range(20)]
            results = await asyncio.gather(
                *map(where.throw, batch), return_exceptions=True
            )
            for raw, result in zip(batch, results, strict=True):
                if result is not None:
                    raise AssertionError(f"this stream fails: {raw!r}") from result
            if done % max(20, count // 10) == 0:
                await where.is_sound()
                gc.collect()
                memory.append(process.memory_info().rss)
            if progress and done % progress == 0:
                seconds = time.monotonic() - began
                print(f"{done} streams, {seconds:.0f} s, {memory[-1] / 1e6:.0f} MB")
        await where.is_sound()
        # The first rounds fill caches; after that nothing may grow.
        assert memory[-1] - memory[1] < 30e6, memory
    finally:
        await where.close()
    return where.codes


if __name__ == "__main__":
    print(asyncio.run(run(int(sys.argv[1]), seed=int(sys.argv[2]), progress=5000)))
