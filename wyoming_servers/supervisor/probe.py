"""A small real request to a worker: the proof that its model works."""

import asyncio
import random
from array import array

from wyoming.event import Event

from ..errors import VoiceError
from ..protocol import EmbedOrder, OrderContext
from .link import Link

_FORMAT = {"rate": 16_000, "width": 2, "channels": 1}
_END = {
    "stt": "transcript",
    "tts": "audio-stop",
    "wake": "not-detected",
    "embed": "embeddings",
}


async def probe(kind: str, link: Link, deadline: float) -> None:
    """Have the worker hear half a second of noise, or speak or embed a letter.

    Raises VoiceError when it answers with an error or is lost, TimeoutError when it
    does not answer within the deadline.
    """
    context = OrderContext(probe=True, request_id="probe")
    async with asyncio.timeout(deadline):
        if kind == "embed":
            await link.send(context.over(EmbedOrder(texts=["a"]).event()))
        elif kind in {"stt", "wake"}:
            order = "transcribe" if kind == "stt" else "detect"
            await link.send(context.over(Event(order)))
            await link.send(Event("audio-start", _FORMAT))
            await link.send(Event("audio-chunk", _FORMAT, _noise()))
            await link.send(Event("audio-stop"))
        else:
            await link.send(context.over(Event("synthesize", {"text": "a"})))
        while True:
            event = await link.receive()
            if event is None:
                continue
            if event.type == "error":
                raise VoiceError.from_event(event)
            if event.type == _END[kind]:
                return


def _noise() -> bytes:
    quiet = random.Random(0)  # noqa: S311 - no secret, the same sound each time
    return array("h", (int(quiet.gauss(0, 30)) for _ in range(8_000))).tobytes()
