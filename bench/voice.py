"""Our voice servers beside wyoming-faster-whisper and wyoming-piper, same models.

Rounds alternate between the servers, so that a machine that slows down slows all.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

import numpy as np
import psutil

from bench._voice_lab import (
    PIPER,
    WHISPER,
    Running,
    describe_while,
    free_port,
    hear,
    hear_live,
    medium_voice,
    ours,
    percentile,
    row,
    speak,
    their_ears,
    their_mouth,
)
from tests.wyoming_servers.fakes.client import Client
from tests.wyoming_servers.fakes.sounds import (
    EAR,
    RATE,
    VOICES,
    pcm,
    spoken,
    with_noise,
)
from wyoming_servers.workers.stt.engine import Engine
from wyoming_servers.workers.stt.options import SttOptions

SENTENCES = (
    "allume la lumière du salon",
    "éteins la lumière de la cuisine",
    "ouvre les volets de la chambre",
    "quelle heure est-il",
    "ferme les volets du salon",
)
TEXT = (
    "Bonjour, voici les nouvelles de la maison. "
    "La lumière du salon est allumée depuis ce matin. "
    "Les volets de la chambre sont fermés, et il fait vingt degrés."
)


def clip(seconds: float) -> bytes:
    """Return speech of exactly this length."""
    parts = [spoken(sentence) for sentence in SENTENCES * 3]
    return pcm(np.concatenate(parts)[: int(seconds * RATE)])


async def hearing(stack: AsyncExitStack, folder: Path, rounds: int) -> list[bool]:
    """One clip at a time, then four clients at once."""
    mine = await stack.enter_async_context(ours(folder))
    shorter = {"stt": {"model": str(EAR), "options": {"short_window": True}}}
    short = await stack.enter_async_context(ours(folder, **shorter))
    theirs = await stack.enter_async_context(their_ears(folder))
    met: list[bool] = []
    for seconds in (3, 15):
        sound = clip(seconds)
        times: dict[str, list[float]] = {"ours": [], "short": [], "theirs": []}
        for server in (mine, short, theirs):
            await hear(server.client, sound)
        for _ in range(rounds):
            times["ours"].append(await hear(mine.client, sound))
            times["short"].append(await hear(short.client, sound))
            times["theirs"].append(await hear(theirs.client, sound))
        peer = median(times["theirs"])
        met.append(
            _against(f"stt {seconds} s", median(times["ours"]), peer, 0.9, rounds)
        )
        target = 0.4 if seconds == 3 else 1.0
        name = f"stt {seconds} s, short window"
        met.append(_against(name, median(times["short"]), peer, target, rounds))
    met.append(await _live(mine, theirs, max(3, rounds // 4)))
    met.append(await _crowd(mine, theirs, short, max(3, rounds // 5)))
    return met


async def _live(mine: Running, theirs: Running, rounds: int) -> bool:
    """As a satellite sends it: at the pace of speech, with the silence that ends it."""
    sound = clip(3) + bytes(int(0.8 * RATE) * 2)
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(rounds):
        times["ours"].append(await hear_live(mine.client, sound))
        times["theirs"].append(await hear_live(theirs.client, sound))
    name = "stt 3 s spoken live, 0.8 s of silence"
    peer = median(times["theirs"])
    return _against(name, median(times["ours"]), peer, 0.9, rounds)


def _against(name: str, value: float, peer: float, limit: float, n: int) -> bool:
    return row(
        name,
        value,
        "s",
        peer=WHISPER,
        peer_value=peer,
        n=n,
        target=f"<= {limit} x",
        met=value <= limit * peer,
    )


async def _crowd(mine: Running, theirs: Running, short: Running, rounds: int) -> bool:
    """Four clients, each with one utterance after the other."""
    sound = clip(3)
    rates: dict[str, list[float]] = {"ours": [], "short": [], "theirs": []}
    each = 4

    async def client(server: Running) -> None:
        for _ in range(each):
            await hear(server.client, sound)

    for _ in range(rounds):
        for name, server in (("ours", mine), ("short", short), ("theirs", theirs)):
            began = time.perf_counter()
            await asyncio.gather(*(client(server) for _ in range(4)))
            rates[name].append(4 * each * 60 / (time.perf_counter() - began))
    peer = median(rates["theirs"])
    met = True
    for name in ("ours", "short"):
        value = median(rates[name])
        label = "" if name == "ours" else ", short window"
        reached = row(
            f"stt 4 clients{label}",
            value,
            "utterances/min",
            peer=WHISPER,
            peer_value=peer,
            n=rounds * 4 * each,
            target=">= 1.3 x",
            met=value >= 1.3 * peer,
        )
        met = met and reached
    return met


async def speaking(stack: AsyncExitStack, folder: Path, rounds: int) -> list[bool]:
    """Three sentences, streamed: by a voice of real size, and by one that costs nothing.

    The test voice plays back recordings in less than a millisecond a sentence: what is
    left is the servers' own overhead.
    """
    met: list[bool] = []
    for label, voice in (("", medium_voice()), (", overhead", VOICES / "fr.onnx")):
        # Servers of their own: nothing else is alive while they are measured.
        async with AsyncExitStack() as own:
            met += await _speaking(own, folder, rounds, voice, label)
    return met


async def _speaking(
    stack: AsyncExitStack, folder: Path, rounds: int, voice: Path, label: str
) -> list[bool]:
    changes = {"tts": {"voices": [str(voice)]}, "stt": {"enabled": False}}
    mine = await stack.enter_async_context(ours(folder, **changes))
    theirs = await stack.enter_async_context(their_mouth(folder, voice))
    for server in (mine, theirs) * 5:
        await speak(server.client, TEXT)
    times: dict[str, list[tuple[float, float]]] = {"ours": [], "theirs": []}
    for _ in range(rounds):
        for name, server in (("ours", mine), ("theirs", theirs)):
            # onnxruntime's threads go on in a busy loop for a while.
            await asyncio.sleep(0.1)
            times[name].append(await speak(server.client, TEXT))
    met: list[bool] = []
    for place, (name, limit) in enumerate((("first", 0.7), ("all", 1.0))):
        value = median(t[place] for t in times["ours"])
        peer = median(t[place] for t in times["theirs"])
        met.append(
            row(
                f"tts three sentences, {name} audio{label}",
                value,
                "s",
                peer=PIPER,
                peer_value=peer,
                n=rounds,
                target=f"<= {limit} x",
                met=value <= limit * peer,
            )
        )
    return met


async def describing(stack: AsyncExitStack, folder: Path, rounds: int) -> list[bool]:
    """`describe` while models load and while all of them work."""
    theirs = await stack.enter_async_context(their_mouth(folder))
    mine = await stack.enter_async_context(ours(folder))
    done = asyncio.Event()
    asking = asyncio.create_task(describe_while(mine.client, done))
    # From the very start: the models are still being loaded.
    sound = clip(3)
    long = " ".join([TEXT] * 6)

    async def work(client: Client) -> None:
        for _ in range(max(2, rounds // 5)):
            await hear(client, sound)
            await speak(client, long)

    await asyncio.gather(*(work(mine.client) for _ in range(4)))
    done.set()
    taken = await asking
    done = asyncio.Event()
    asking = asyncio.create_task(describe_while(theirs.client, done))
    for _ in range(max(2, rounds // 5)):
        await speak(theirs.client, long)
    done.set()
    peer = await asking
    value = percentile(taken)
    return [
        row(
            "describe during load and inference, p99",
            value * 1000,
            "ms",
            peer=PIPER,
            peer_value=percentile(peer) * 1000,
            n=len(taken),
            target="<= 50 ms",
            met=value <= 0.05,
        )
    ]


def accuracy(rounds: int) -> list[bool]:
    """Measure what the short window costs in words, on clean and on noisy clips."""
    plain = Engine(EAR, SttOptions())
    short = Engine(EAR, SttOptions(short_window=True))
    errors = {"full": 0, "short": 0}
    twice = words = clips = 0
    for number in range(3 * rounds):
        text = SENTENCES[number % len(SENTENCES)]
        noise = (None, 20.0, 10.0, 5.0)[number // len(SENTENCES) % 4]
        sound = spoken(text).astype(np.float32)
        if noise is not None:
            sound = with_noise(sound, noise, number)
        clips += 1
        words += len(text.split())
        errors["full"] += distance(text, plain.hear(sound, language="fr").text)
        heard = short.hear(sound, language="fr")
        errors["short"] += distance(text, heard.text)
        twice += heard.window == "short+full"
    value, peer = errors["short"] / words, errors["full"] / words
    return [
        row(
            "word error rate with the short window, clean to 5 dB of noise",
            value,
            "share of words",
            peer="ours, full window",
            peer_value=peer,
            n=clips,
            target="<= full window + 0.02",
            met=value <= peer + 0.02,
        ),
        row(
            "short windows decoded again with the full one",
            twice / clips,
            "share of clips",
            n=clips,
            target="none, for information",
            met=True,
        ),
    ]


def distance(wanted: str, heard: str) -> int:
    """Return the words to change, add or drop (Levenshtein)."""
    left, right = wanted.lower().split(), heard.lower().split()
    before = list(range(len(right) + 1))
    for place, word in enumerate(left, 1):
        now = [place]
        for other, candidate in enumerate(right, 1):
            change = before[other - 1] + (word != candidate)
            now.append(min(change, before[other] + 1, now[-1] + 1))
        before = now
    return before[-1]


async def murders(stack: AsyncExitStack, folder: Path, rounds: int) -> list[bool]:
    """Send a hundred requests; kill the worker at work in one of five."""
    mine = await stack.enter_async_context(ours(folder))
    source = random.Random(5)
    sound = clip(3)
    requests = 100 if rounds >= 20 else 20
    await hear(mine.client, sound)
    await speak(mine.client, TEXT)
    plain: list[float] = []
    killed: list[float] = []
    lost = 0
    for number in range(requests):
        kill = number % 5 == 4
        kind = number % 2
        began = time.perf_counter()
        work = asyncio.create_task(
            hear(mine.client, sound) if kind else speak(mine.client, TEXT)
        )
        if kill:
            await asyncio.sleep(source.uniform(0.0, 0.1))
            for process in mine.process.children():
                if f".{('tts', 'stt')[kind]}" in " ".join(process.cmdline()):
                    process.kill()
        try:
            await work
        except RuntimeError, OSError, TimeoutError, psutil.Error:
            lost += 1
        (killed if kill else plain).append(time.perf_counter() - began)
    more = max(killed) - median(plain)
    return [
        row(
            "requests lost when one worker in five is killed",
            lost,
            "requests",
            n=requests,
            target="0",
            met=lost == 0,
        ),
        row(
            "longest delay by a killed worker",
            more,
            "s",
            n=len(killed),
            target="<= 3 s more",
            met=more <= 3.0,
        ),
    ]


async def memory(stack: AsyncExitStack, folder: Path, rounds: int) -> list[bool]:
    """Resident memory after some work, with the admin pages as in the add-on."""
    admin = f"127.0.0.1:{free_port()}"
    mine = await stack.enter_async_context(ours(folder, admin=admin))
    ears = await stack.enter_async_context(their_ears(folder))
    mouth = await stack.enter_async_context(their_mouth(folder))
    sound = clip(3)
    for _ in range(3):
        await hear(mine.client, sound)
        await hear(ears.client, sound)
        await speak(mine.client, TEXT)
        await speak(mouth.client, TEXT)
    parts = {
        " ".join(p.cmdline()[2:4])[:40]: p.memory_info().rss for p in mine.family()
    }
    print(
        {name: f"{size / 1e6:.0f} MB" for name, size in parts.items()}, file=sys.stderr
    )
    return [
        row(
            f"memory, gateway + stt + tts, {kind}",
            value,
            "MB",
            peer=f"{WHISPER} + {PIPER}",
            peer_value=peer,
            n=1,
            target="<= peers + 40 MB",
            met=value <= peer + 40,
        )
        for kind, value, peer in (
            (
                "shared pages counted once",
                mine.proportional(),
                ears.proportional() + mouth.proportional(),
            ),
            (
                "sum of the processes' resident sets",
                mine.resident(),
                ears.resident() + mouth.resident(),
            ),
        )
    ]


async def siege(stack: AsyncExitStack, folder: Path, rounds: int) -> list[bool]:
    """Good clients beside 64 slow or malformed ones."""
    mine = await stack.enter_async_context(ours(folder))
    sound = clip(3)
    await hear(mine.client, sound)
    calm = [await hear(mine.client, sound) for _ in range(rounds)]
    before = mine.resident()
    stop = asyncio.Event()
    attackers = [asyncio.create_task(_attack(mine.client, n, stop)) for n in range(64)]
    await asyncio.sleep(1.5)
    busy: list[float] = []
    failures = 0
    for _ in range(rounds):
        try:
            busy.append(await hear(mine.client, sound))
        except RuntimeError, OSError:
            failures += 1
    grown = mine.resident() - before
    stop.set()
    await asyncio.gather(*attackers, return_exceptions=True)
    value, peer = percentile(busy or [999.0]), percentile(calm)
    return [
        row(
            "stt p99 beside 64 bad clients, against without",
            value,
            "s",
            peer="ours, without them",
            peer_value=peer,
            n=len(busy),
            target="<= 2 x, none refused",
            met=value <= 2 * peer and not failures,
        ),
        row(
            "memory grown under 64 bad clients",
            grown,
            "MB",
            n=1,
            target="<= 100 MB",
            met=grown <= 100,
        ),
    ]


async def _attack(client: Client, number: int, stop: asyncio.Event) -> None:
    """Be slow or malformed in one of four ways until told to stop."""
    while not stop.is_set():
        try:
            async with client.talk() as talk:
                match number % 4:
                    case 0:
                        for byte in b'{"type": "ping", "x": "' + b"y" * 300:
                            await talk.send_raw(bytes([byte]))
                            await asyncio.sleep(0.5)
                            if stop.is_set():
                                return
                    case 1:
                        raw = b'{"type": "audio-chunk", "payload_length": 1048576}\n'
                        await talk.send_raw(raw + bytes(1_000_000))
                        await asyncio.sleep(3)
                    case 2:
                        await talk.send_raw(random.randbytes(200) + b"\n")
                        await talk.rest()
                    case _:
                        await asyncio.sleep(3)
        except OSError, TimeoutError, ValueError:
            pass
        await asyncio.sleep(0.2)


PARTS = {
    "describe": describing,
    "stt": hearing,
    "tts": speaking,
    "kill": murders,
    "memory": memory,
    "siege": siege,
}


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", choices=[*PARTS, "accuracy"], action="append")
    known = parser.parse_args()
    met: list[bool] = []
    for name in known.only or PARTS:
        if name == "accuracy":
            continue
        with tempfile.TemporaryDirectory() as folder:
            async with AsyncExitStack() as stack:
                met += await PARTS[name](stack, Path(folder), known.rounds)
    if known.only is None or "accuracy" in known.only:
        met += accuracy(known.rounds)
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
