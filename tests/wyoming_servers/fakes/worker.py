"""A scripted worker: a Wyoming server that crashes, hangs or answers as it is told.

Run as a process: worker.py SCRIPT.json --uri unix://PATH. The script's "requests" is a
list of actions, one for each request in turn, counted in a file over all restarts; when
the list is at its end, requests are answered well.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
import zlib
from pathlib import Path

from wyoming.event import Event, async_read_event

from wyoming_servers.wire import encode


def transcript_of(pcm: bytes, language: str | None = None) -> str:
    """Return what the fake hears: proof of every byte that reached it."""
    return f"{len(pcm)} bytes {zlib.crc32(pcm):08x} {language or '-'}"


def sound_of(piece: str) -> bytes:
    """Return what the fake speaks for one piece of text."""
    return b"".join(b"%s %04d " % (piece.encode(), n) for n in range(400))[:4000]


def pieces_of(text: str) -> list[str]:
    """Cut as the fake does: at full stops."""
    return [piece.strip() for piece in text.split(".") if piece.strip()]


def is_probe(event: Event) -> bool:
    """Tell the supervisor's checks from a test's requests."""
    return bool((event.data.get("context") or {}).get("probe"))


class Connection:
    probes = 0
    """Checks by the supervisor that this process has seen."""

    def __init__(self, script: dict, counter: Path) -> None:
        self.script = script
        self.counter = counter
        self.refused = False

    def action(self) -> dict:
        """Take the next request's action, and remember that it was taken."""
        done = len(self.counter.read_text()) if self.counter.exists() else 0
        with self.counter.open("a") as file:
            file.write("x")
        actions = self.script.get("requests", [])
        return actions[done] if done < len(actions) else {}

    async def run(self, reader, writer) -> None:  # noqa: C901, PLR0912, PLR0915 - a flat list
        async def send(kind: str, payload: bytes | None = None, **data) -> None:
            writer.write(encode(Event(kind, data, payload)))
            await writer.drain()

        pcm, order, action = b"", {}, {}
        text = ""
        while (event := await async_read_event(reader)) is not None:
            if self.refused:
                continue
            match event.type:
                case "worker-status":
                    for status in self.script.get("status", [{"state": "ready"}]):
                        await asyncio.sleep(status.pop("after", 0))
                        await send("worker-status", **status)
                    if "drop_after" in self.script:
                        loop = asyncio.get_running_loop()
                        loop.call_later(
                            self.script["drop_after"], writer.transport.abort
                        )
                case kind if kind in self.script.get("mute", []):
                    pass
                case "describe":
                    await send("info", **self.script["info"])
                case "ping":
                    await send("pong")
                case "transcribe":
                    order, pcm = event.data, b""
                    action = {} if is_probe(event) else self.action()
                    await self.act(action, "transcribe", send, writer)
                case "audio-chunk":
                    pcm += event.payload or b""
                    if len(pcm) >= action.get("bytes", 1 << 60):
                        await self.act(action, "bytes", send, writer)
                case "audio-stop":
                    await self.act(action, "audio-stop", send, writer)
                    if self.refused:
                        continue
                    heard = transcript_of(pcm, order.get("language"))
                    await send("transcript-start")
                    for word in heard.split():
                        await send("transcript-chunk", text=f"{word} ")
                        await self.act(action, "chunk", send, writer)
                    await send("transcript-stop")
                    await send("transcript", text=heard)
                case "synthesize" if is_probe(event):
                    await asyncio.sleep(self.script.get("probe_seconds", 0))
                    Connection.probes += 1
                    if Connection.probes <= self.script.get("failing_probes", 0):
                        await send("error", text="no memory", code="internal")
                    else:
                        await send("audio-stop")
                case "synthesize-start":
                    order, text, action = event.data, "", self.action()
                    await send("audio-start", rate=16000, width=2, channels=1)
                case "synthesize-chunk":
                    text += event.data["text"]
                case "synthesize-stop":
                    await self.speak(text, order, action, send, writer)
        writer.close()

    async def speak(self, text, order, action, send, writer) -> None:
        context = order.get("context") or {}
        skip, part = context.get("skip", 0), context.get("part", 0.0)
        for index, piece in enumerate(pieces_of(text)):
            if index < skip:
                continue
            pcm = sound_of(piece)
            await send("synthesizing", index=index, samples=len(pcm) // 2)
            half = len(pcm) // 2
            heard = 2 * round(part * len(pcm) / 2) if index == skip else 0
            shape = {"rate": 16000, "width": 2, "channels": 1}
            if heard < half:
                await send("audio-chunk", pcm[heard:half], **shape)
            if index == action.get("piece"):
                await self.act(action, "piece", send, writer)
            if heard < len(pcm):
                await send("audio-chunk", pcm[max(heard, half) :], **shape)
            await send("synthesized", index=index)
        await self.act(action, "end", send, writer)
        await send("audio-stop")
        await send("synthesize-stopped")

    async def act(self, action: dict, where: str, send, writer) -> None:
        if action.get("at", "audio-stop") != where:
            return
        match action.get("do"):
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(3600)  # noqa: ASYNC251 - the very point
            case "stall":
                await asyncio.sleep(action.get("seconds", 3600))
            case "close":
                writer.transport.abort()
            case "garbage":
                writer.write(b"\x00\xff this is not Wyoming\n")
                await writer.drain()
            case "error":
                await send("error", text=action["text"], code=action["code"])
                writer.write_eof()
                self.refused = True


async def main() -> None:
    script_file = Path(sys.argv[1])
    script = json.loads(script_file.read_text())  # noqa: ASYNC240
    path = sys.argv[sys.argv.index("--uri") + 1].removeprefix("unix://")
    if script.get("exit") is not None:
        sys.exit(script["exit"])
    if "signal" in script:
        os.kill(os.getpid(), script["signal"])
    counter = script_file.with_suffix(".count")

    async def connected(reader, writer) -> None:
        with contextlib.suppress(ConnectionError):
            await Connection(script, counter).run(reader, writer)

    server = await asyncio.start_unix_server(connected, path=path)
    loop = asyncio.get_running_loop()
    if not script.get("stubborn"):
        loop.add_signal_handler(signal.SIGTERM, os._exit, 0)
    else:
        loop.add_signal_handler(signal.SIGTERM, lambda: None)
    threading_stdin()
    await server.serve_forever()


def threading_stdin() -> None:
    from wyoming_servers.lifeline import end_with_parent

    end_with_parent()


if __name__ == "__main__":
    asyncio.run(main())
