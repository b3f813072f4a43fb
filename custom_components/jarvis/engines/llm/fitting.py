"""Make a request fit into a model's context, and never hand over one that does not.

A server that is sent too much cuts the beginning off without a word: the rules go
first. So what is least missed goes before: what tools answered in earlier turns, then
the earliest turns, then the length of what tools have answered in this one.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace

from ...core.errors import PromptTooLongError
from .base import ChatRequest, Message, Role
from .tokens import TokenMeter

_LOGGER = logging.getLogger(__name__)

ANSWER_TOKENS = 1024
"""What is kept free for the answer, where the context is not small."""
LEFT_OUT = '{"note": "left out: ask the tool again"}'
SHORTEST_RESULT = 400
"""Characters of a tool's answer that are always shown."""
SURELY = 1 / 6
"""Tokens of a byte that no prompt falls below: above the context by this is certain."""


def token_budget_in(context_length: int) -> int:
    """Return the tokens that a prompt may take of a context."""
    return context_length - min(ANSWER_TOKENS, context_length // 4)


def fit(
    request: ChatRequest, meter: TokenMeter, context_length: int, server: str
) -> ChatRequest:
    """Return the request, shortened where it is longer than the context.

    Raises `PromptTooLongError` when what cannot be left out is too long by itself.
    """
    token_budget = token_budget_in(context_length)
    before = meter.count(request)
    if before <= token_budget:
        return request
    for shorter in (_without_old_results, _without_old_turns, _with_short_results):
        request = shorter(request, meter, token_budget)
        if meter.count(request) <= token_budget:
            break
    after = meter.count(request)
    _LOGGER.warning(
        "A prompt of about %s tokens was shortened to %s: %s takes %s, the answer "
        "included",
        before,
        after,
        server,
        context_length,
    )
    if after * SURELY / meter.per_byte > context_length:
        raise PromptTooLongError(server=server, limit=str(context_length))
    return request


def _without_old_results(
    request: ChatRequest, meter: TokenMeter, token_budget: int
) -> ChatRequest:
    now = _last_turn(request.messages)
    messages = [
        replace(message, content=LEFT_OUT)
        if message.role is Role.TOOL and place < now
        else message
        for place, message in enumerate(request.messages)
    ]
    return replace(request, messages=messages)


def _without_old_turns(
    request: ChatRequest, meter: TokenMeter, token_budget: int
) -> ChatRequest:
    messages = request.messages
    now = _last_turn(messages)
    first = next((i for i, m in enumerate(messages) if m.role is not Role.SYSTEM), now)
    starts = [i for i in range(first + 1, now + 1) if _begins(messages[i])]
    excess = meter.count(request) - token_budget
    for start in starts:
        if meter.count_messages(messages[first:start]) >= excess:
            return replace(request, messages=[*messages[:first], *messages[start:]])
    return replace(request, messages=[*messages[:first], *messages[now:]])


def _with_short_results(
    request: ChatRequest, meter: TokenMeter, token_budget: int
) -> ChatRequest:
    messages = list(request.messages)
    excess = (meter.count(request) - token_budget) / meter.per_byte
    longest_first = sorted(
        (i for i, m in enumerate(messages) if m.role is Role.TOOL),
        key=lambda i: -len(messages[i].content),
    )
    for place in longest_first:
        content = messages[place].content
        kept = max(SHORTEST_RESULT, len(content) - round(excess))
        if excess > 0 and kept < len(content):
            excess -= len(content) - kept
            messages[place] = replace(messages[place], content=f"{content[:kept]}…")
    return replace(request, messages=messages)


def _last_turn(messages: Sequence[Message]) -> int:
    """Return where the last message of the user stands."""
    starts = [i for i, message in enumerate(messages) if _begins(message)]
    return starts[-1] if starts else 0


def _begins(message: Message) -> bool:
    """Return whether a turn begins with a message."""
    return message.role is Role.USER and not message.aside
