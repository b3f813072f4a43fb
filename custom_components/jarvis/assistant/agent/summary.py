"""Summaries of long chats, made by the model while nobody waits for it."""

import asyncio
import logging
from contextlib import aclosing
from dataclasses import replace

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant

from ...core.errors import ModelServerError
from ...core.pool import Pool
from ...engines.llm import (
    ChatDelta,
    ChatLimits,
    ChatModel,
    ChatRequest,
    Message,
    Role,
    chat_over,
    without_leaks,
)
from .history import History

_LOGGER = logging.getLogger(__name__)

_LIMITS = ChatLimits(first_token=30, hand_over=20, between_tokens=10, total=60)

_ASK = Message(
    role=Role.USER,
    aside=True,
    content=(
        "(Not the user speaks but the home: call no tool and answer nobody. Summarise "
        "this conversation for yourself in at most 120 words and in its language: what "
        "the user asked and wants, names and numbers, what was done. Only what was "
        "really said.)"
    ),
)


class Summary:
    """The one summary that is being made, if any."""

    def __init__(
        self, hass: HomeAssistant, models: Pool[ChatModel], history: History
    ) -> None:
        self._hass = hass
        self._models = models
        self._history = history
        self._task: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """Give up: a server has one model to think with, and now somebody waits."""
        if self._task is not None:
            self._task.cancel()

    def start(
        self, log: conversation.ChatLog, request: ChatRequest, until: int
    ) -> None:
        """Summarise a chat up to a place.

        `request` is the last one of the turn: its server has just read it, so all it
        has to read now is what comes after.
        """
        self.stop()
        last = log.content[-1]
        said = last.content if isinstance(last, conversation.AssistantContent) else ""
        answer = Message(role=Role.ASSISTANT, content=said or "")
        request = replace(request, messages=[*request.messages, answer, _ASK])
        self._task = self._hass.async_create_background_task(
            self._async_make(log, request, until), "jarvis summary"
        )

    async def _async_make(
        self, log: conversation.ChatLog, request: ChatRequest, until: int
    ) -> None:
        try:
            async with (
                aclosing(chat_over(self._models, request, _LIMITS)) as answer,
                aclosing(without_leaks(answer, ())) as events,
            ):
                words = [e.text async for e in events if isinstance(e, ChatDelta)]
        except ModelServerError as err:
            # A turn that finds no room does without the model.
            _LOGGER.debug("No summary of %s: %s", log.conversation_id, err)
            return
        if summary := "".join(words).strip():
            self._history.summarised(log, until, summary)
