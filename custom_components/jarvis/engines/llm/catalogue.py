"""Who may ask a model server, and which of its models chat."""

import asyncio
import re
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import SplitResult, unquote

import ollama

_OTHER_TASKS = re.compile(
    r"embed|bge|minilm|rerank|(?:^|/)(?:gte|e5)-"
    r"|whisper|transcribe|moderation|dall-e|realtime|stable-?diffusion|piper"
    r"|(?:^|[-_/])(?:tts|image|sora|flux|vits|silero|vad)(?:$|[-_.\d])"
)


def authorization(address: SplitResult, key: str | None) -> dict[str, str] | None:
    """Return the header for a key, or for the login in an address.

    The client itself drops what stands before the host.
    """
    if key:
        return {"Authorization": f"Bearer {key}"}
    if not address.username:
        return None
    login = f"{unquote(address.username)}:{unquote(address.password or '')}"
    return {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}


async def chat_models(
    client: ollama.AsyncClient, names: Sequence[str], timeout: float
) -> list[str]:
    """Return the models that chat, those that call tools first.

    Each is asked about for `timeout` seconds; what the server does not tell of one
    speaks for it, but for its name.
    """

    async def abilities(name: str) -> Sequence[str]:
        with suppress(Exception):
            async with asyncio.timeout(timeout):
                return (await client.show(name)).capabilities or ()
        return ()

    told = await asyncio.gather(*map(abilities, names))
    able = dict(zip(names, told, strict=True))
    chats = [name for name in names if _chats(name, able[name])]
    return sorted(chats, key=lambda name: "tools" not in able[name])


def _chats(name: str, abilities: Sequence[str]) -> bool:
    return "completion" in abilities if abilities else is_chat_name(name)


def is_chat_name(name: str) -> bool:
    """Return whether a model seems to chat; those of another use say so."""
    return not _OTHER_TASKS.search(name.lower())
