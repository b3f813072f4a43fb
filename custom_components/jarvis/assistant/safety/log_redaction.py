"""Keeps a spoken code out of what is written down about a request."""

from collections.abc import Iterator
from typing import Any

from homeassistant.components.conversation import UserContent, trace
from homeassistant.components.conversation.chat_log import current_chat_log
from homeassistant.core import HomeAssistant

_PIPELINES = "assist_pipeline"


def rewrite(hass: HomeAssistant, old: str, new: str) -> None:
    """Put `new` in the place of what a request says, wherever it was noted before.

    That is Home Assistant's trace of the conversation, the chat log that a pipeline
    has opened, and what is kept of a pipeline's runs for its debug page.
    """
    current = trace._current_trace.get()
    for event in current._events if current else ():
        _replace(event.data, "text", old, new)
    for data in _pipeline_events(hass):
        _replace(data, "intent_input", old, new)
        _replace(data.get("stt_output"), "text", old, new)
    log = current_chat_log.get()
    last = log.content[-1] if log else None
    if log and isinstance(last, UserContent) and last.content == old:
        log.content[-1] = UserContent(content=new)


def _replace(data: dict[str, Any] | None, key: str, old: str, new: str) -> None:
    if data and data.get(key) == old:
        data[key] = new


def _pipeline_events(hass: HomeAssistant) -> Iterator[dict[str, Any]]:
    pipelines: Any = hass.data.get(_PIPELINES)
    for runs in pipelines.pipeline_debug.values() if pipelines else ():
        for run in runs.values():
            yield from (event.data for event in run.events if event.data)
