"""Turns what a model streams into what the chat log takes, and lets no claim through."""

import logging
from collections.abc import AsyncGenerator
from dataclasses import replace

from homeassistant.components import conversation

from ...core.errors import ModelServerError
from ...engines.language import folded
from ...engines.llm import ChatDelta, ChatDone, ChatEvent, ChatFailed
from ..home import look_around
from ..sentences import say
from ..turn import ModelCall, Turn
from ..verification import (
    ClaimGate,
    Purpose,
    Request,
    async_settle,
    async_shortfall,
    idle,
    unseen,
)
from .reply_language import ReplyLanguageGate
from .tool_call_repair import repair_call

_LOGGER = logging.getLogger(__name__)


async def deltas_of(
    turn: Turn, events: AsyncGenerator[ChatEvent]
) -> AsyncGenerator[conversation.AssistantContentDeltaDict]:
    """Pass on an answer, but for what it claims and was not done.

    A server that fails in mid-sentence is told of within the answer: what was spoken
    cannot be taken back. The first delta opens the message, so nothing is sent before
    the model has said something.
    """
    gate = ClaimGate(_request(turn), idle=idle(turn))
    language_gate = ReplyLanguageGate(turn)
    opened = False
    called = False
    said = ""
    try:
        async for event in events:
            if not isinstance(event, ChatDelta):
                _note(turn, event)
                continue
            text = language_gate.feed(event.text) if event.text else ""
            text = gate.feed(text) if text else text
            delta = _delta(turn, replace(event, text=text))
            called = called or "tool_calls" in delta
            if not delta:
                continue
            if not opened:
                delta["role"] = "assistant"
            opened = True
            said += text
            yield delta
    except ModelServerError as err:
        if not said.strip():
            raise
        _LOGGER.warning("The model broke off in mid-sentence: %s", err)
        rest = gate.feed(language_gate.end()) + gate.end()
        yield {"content": f"{rest} … {say(turn.language, 'interrupted')}"}
        return
    rest = language_gate.end()
    turn.foreign = language_gate.foreign
    rest = gate.feed(rest) + gate.end()
    # What is claimed before its tool has answered is left out: the next round tells
    # how it ended.
    if not called:
        rest = await _async_end(turn, gate, said, rest)
    if rest:
        delta = {"content": rest}
        if not opened:
            delta["role"] = "assistant"
        yield delta


async def _async_end(turn: Turn, gate: ClaimGate, said: str, rest: str) -> str:
    """Return how an answer ends: with the truth, where that is not what was said."""
    if gate.claimed:
        settled = await async_settle(turn, gate.claimed, gate.request)
        return rest + _after(gate.passed, settled)
    if not (said + rest).strip():
        return rest
    turn.claimed = ""
    missing = await async_shortfall(turn, said + rest)
    return f"{rest.rstrip()} {missing}" if missing else rest


def _request(turn: Turn) -> Request:
    """Return what the claims of the answer are judged by."""
    request = replace(Request.of(turn.text, _names(turn)), unseen=unseen(turn))
    if request.purpose is Purpose.TALK and not idle(turn):
        # News that moved a tool was an order: "there is no butter left".
        return replace(request, purpose=Purpose.ORDER)
    return request


def _names(turn: Turn) -> frozenset[str]:
    """Return the words by which the model knows the things it was told of."""
    home = look_around(turn.hass, turn.language, turn.area_id, turn.reader)
    things = [home.index.by_id.get(entity_id) for entity_id in turn.entities]
    return frozenset(
        word
        for thing in things
        if thing is not None
        for name in thing.names
        for word in folded(name)
        if len(word) > 2
    )


def _after(passed: str, rest: str) -> str:
    """Return the rest of an answer of whose sentence a part was said already."""
    begun = passed.strip()
    if begun and rest.startswith(begun):
        rest = rest[len(begun) :]
        return rest.lstrip() if passed[-1].isspace() else rest
    if not rest or not any(map(str.isalnum, passed)):
        return rest
    if passed.rstrip()[-1] not in ",;:":
        return rest if passed.rstrip()[-1] in ".!?…" else f"… {rest}"
    # "Sure, " goes on in the same sentence.
    return rest if rest.startswith(("I ", "I'")) else rest[0].lower() + rest[1:]


def _delta(turn: Turn, event: ChatDelta) -> conversation.AssistantContentDeltaDict:
    delta: conversation.AssistantContentDeltaDict = {}
    if event.text:
        delta["content"] = event.text
    if event.thinking:
        delta["thinking_content"] = event.thinking
    # Without an API there is nothing to call: a tool that is asked for all the same
    # was invented, and the model is not asked again for its sake.
    if event.tool_calls and (api := turn.chat_log.llm_api) is not None:
        delta["tool_calls"] = [
            repair_call(turn, api, call) for call in event.tool_calls
        ]
    return delta


def _note(turn: Turn, event: ChatDone | ChatFailed) -> None:
    """Keep for the traces which server was asked, and what it cost."""
    asked = ModelCall(server=event.server, model=event.model)
    if isinstance(event, ChatFailed):
        turn.servers.append(replace(asked, error=event.error.key))
        return
    turn.servers.append(
        replace(
            asked,
            prompt_tokens=event.prompt_tokens,
            answer_tokens=event.answer_tokens,
        )
    )
    turn.chat_log.async_trace(
        {
            "server": event.server,
            "model": event.model,
            "stats": {
                "input_tokens": event.prompt_tokens,
                "output_tokens": event.answer_tokens,
            },
        }
    )
