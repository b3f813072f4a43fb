"""One answer from a pool of model servers, whichever of them lives."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from ...core.errors import (
    ModelSeesNothingError,
    ModelServerError,
    PoolEmptyError,
    PromptTooLongError,
)
from ...core.pool import Pool
from .base import (
    ChatDelta,
    ChatEvent,
    ChatFailed,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    Role,
)

_LOGGER = logging.getLogger(__name__)


async def chat_over(
    pool: Pool[ChatModel], request: ChatRequest, limits: ChatLimits
) -> AsyncGenerator[ChatEvent]:
    """Stream the answer of the first server that gives one.

    The limits hold for all servers together. Before the first word the next server is
    asked the same; after it, the next one is told what was said already and goes on.
    A `ChatFailed` tells of each server that gave up.
    Servers whose model takes no pictures are left out where there are some to see.
    Raises the preferred server's error when none is left, `PoolEmptyError` when there
    is none at all.
    """
    loop = asyncio.get_running_loop()
    start = loop.time()
    said = ""
    first_error: ModelServerError | None = None
    servers = pool.ranked()
    if servers and any(message.images for message in request.messages):
        servers = await _seeing(servers)
    for rank, server in enumerate(servers):
        elapsed = loop.time() - start
        timeout = limits.first_token if said else limits.first_token - elapsed
        if rank + 1 < len(servers):
            timeout = min(timeout, limits.hand_over)
        share = replace(limits, first_token=timeout, total=limits.total - elapsed)
        called = False
        try:
            async with aclosing(server.chat(_resume(request, said), share)) as events:
                async for event in events:
                    if isinstance(event, ChatDelta):
                        said += event.text
                        called = called or bool(event.tool_calls)
                    yield event
        except ModelServerError as err:
            if not isinstance(err, PromptTooLongError):
                pool.failed(server, err)
            first_error = first_error or err
            yield ChatFailed(server=server.server, model=server.model, error=err)
            if called:
                # The tools run already: asking again would run them twice. The
                # caller's next round, with their results, goes to a living server.
                _LOGGER.debug("%s broke off after a tool call: %s", server, err)
                return
            continue
        pool.succeeded(server)
        return
    raise first_error or PoolEmptyError


async def _seeing(servers: list[ChatModel]) -> list[ChatModel]:
    """Return the servers whose model takes pictures; raises when there is none."""
    found = [server for server in servers if await server.sees()]
    if not found:
        first = servers[0]
        raise ModelSeesNothingError(server=first.server, model=first.model)
    return found


def _resume(request: ChatRequest, said: str) -> ChatRequest:
    """Return the request with what was already said, which a model continues."""
    if not said:
        return request
    begun = Message(role=Role.ASSISTANT, content=said)
    return replace(request, messages=[*request.messages, begun])
