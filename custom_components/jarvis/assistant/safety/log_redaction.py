"""Keeps a spoken code out of what is written down about a request."""

from typing import Any

from homeassistant.components.conversation import UserContent
from homeassistant.core import HomeAssistant

from ...ha_internals import (
    conversation_trace_events,
    open_chat_log,
    pipeline_run_events,
)


def rewrite(hass: HomeAssistant, old: str, new: str) -> None:
    """Put `new` in the place of what a request says, wherever it was noted before.

    That is Home Assistant's trace of the conversation, the chat log that a pipeline
    has opened, and what is kept of a pipeline's runs for its debug page.
    """
    for data in conversation_trace_events():
        _replace(data, "text", old, new)
    for data in pipeline_run_events(hass):
        _replace(data, "intent_input", old, new)
        _replace(data.get("stt_output"), "text", old, new)
    log = open_chat_log()
    last = log.content[-1] if log else None
    if log and isinstance(last, UserContent) and last.content == old:
        log.content[-1] = UserContent(content=new)


def _replace(data: dict[str, Any] | None, key: str, old: str, new: str) -> None:
    if data and data.get(key) == old:
        data[key] = new
