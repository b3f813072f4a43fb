"""Has the model ready before its turn comes: loaded, and the unchanging part read.

A model on a home's own box takes seconds to read rules, tools and outline. Its server
keeps what it has read until it is asked something else, so the reading can be done while
the user is still speaking.
"""

import asyncio
import logging
import time

from homeassistant.core import HomeAssistant

from ...core.errors import JarvisError
from ...core.pool import Pool
from ...engines.llm import ChatModel, ChatRequest

_LOGGER = logging.getLogger(__name__)

WARM_EVERY = 60.0
"""Seconds in which a model that was warmed counts as warm."""
CHAT_LASTS = 300.0
"""Seconds in which a chat may go on: what its server has read of it must stay."""


class Preload:
    """What is known of how warm the models are."""

    def __init__(self, hass: HomeAssistant, models: Pool[ChatModel]) -> None:
        self._hass = hass
        self._models = models
        self._warm_until = 0.0
        self._chat_until = 0.0
        self._beginning: ChatRequest | None = None
        self._reading: asyncio.Task[None] | None = None

    def asked(self, request: ChatRequest) -> None:
        """Note what a model is asked now, and how it will begin the next time.

        What is being read in advance is given up: the server keeps what it has read so
        far, and whoever asks now does not share it with anybody.
        """
        if self._reading is not None:
            self._reading.cancel()
        self._chat_until = time.monotonic() + CHAT_LASTS
        self._beginning = ChatRequest(
            messages=request.messages[:1], tools=request.tools
        )

    async def async_warm(self) -> None:
        """Have the preferred server get ready, unless it was just asked to."""
        servers = self._models.ranked()
        now = time.monotonic()
        if not servers or now < self._warm_until:
            return
        self._warm_until = now + WARM_EVERY
        try:
            # Never given up: a model that nobody waits for would not be loaded.
            await servers[0].warm()
            if self._beginning is not None and now >= self._chat_until:
                await self._async_read(servers[0], self._beginning)
        except JarvisError as err:
            # Not the pool's affair: the turn itself will tell whether it is down.
            _LOGGER.debug("Could not warm %s: %s", servers[0], err)

    async def _async_read(self, server: ChatModel, beginning: ChatRequest) -> None:
        self._reading = self._hass.async_create_background_task(
            server.warm(beginning), "jarvis read in advance"
        )
        await asyncio.wait([self._reading])
        if not self._reading.cancelled() and (err := self._reading.exception()):
            raise err
