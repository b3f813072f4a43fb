"""The key ring: builds the rooms of one config entry, in order, and closes them."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_API_KEY, CONF_HOST, CONF_MODEL, CONF_PORT, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.util.ssl import get_default_context

from .assistant import AccessRule, Assistant
from .const import (
    CONF_CONTEXT_LENGTH,
    CONF_KEEP_ALIVE,
    CONF_KIND,
    CONF_LOCAL,
    CONF_THINK,
    SUBENTRY_ACCESS_RULE,
    SUBENTRY_MODEL_SERVER,
    SUBENTRY_VOICE_NODE,
)
from .coordinator import Server, ServerCoordinator
from .core.errors import JarvisError, ModelServerAuthError
from .core.pool import Pool
from .core.usage import Usage
from .engines.llm import (
    DEFAULT_KEEP_ALIVE,
    ChatModel,
    ServerKind,
    load_client,
    open_model,
)
from .engines.voice import VoiceNode
from .skill_list import SKILLS
from .skills.base import Skills

type JarvisConfigEntry = ConfigEntry[JarvisRuntime]


LONGEST_USE = 310.0
"""Seconds that what has begun may go on after a reload: a task of an automation, the
longest of all, has 300."""

heard_text: ContextVar[str] = ContextVar("heard_text", default="")
"""What speech-to-text has heard, for the agent that is asked in the same run of a pipeline.

The Assist dialog of a browser has no satellite: only so is it known that it was spoken.
"""


@dataclass(slots=True)
class VoiceFailures:
    """Failures of hearing on their way from speech-to-text to the agent.

    An Assist pipeline ends without a word when speech-to-text fails. So ours
    hands a text through, and the agent that is given just this text says what went wrong.
    """

    _pending: OrderedDict[str, list[JarvisError]] = field(default_factory=OrderedDict)

    def put(self, text: str, error: JarvisError) -> None:
        """Keep an error until the agent asks for it by its text."""
        errors = self._pending.setdefault(text, [])
        errors.append(error)
        del errors[:-16]
        while len(self._pending) > 16:
            self._pending.popitem(last=False)

    def __contains__(self, text: object) -> bool:
        """Return whether a text stands for an error."""
        return text in self._pending

    def pop(self, text: str) -> JarvisError | None:
        """Return the error that `text` stands for, once; None for what was said."""
        errors = self._pending.get(text)
        if not errors:
            return None
        # An older one was never asked for.
        error = errors.pop()
        if not errors:
            del self._pending[text]
        return error


@dataclass(slots=True, kw_only=True)
class JarvisRuntime:
    """Everything that one config entry owns."""

    voices: Pool[VoiceNode]
    models: Pool[ChatModel]
    assistant: Assistant
    skills: Skills
    coordinator: ServerCoordinator
    voice_failures: VoiceFailures = field(default_factory=VoiceFailures)
    usage: Usage = field(default_factory=Usage)
    """Held by what has begun with these rooms: after a reload it ends with them."""

    @classmethod
    async def async_build(
        cls, hass: HomeAssistant, entry: ConfigEntry
    ) -> JarvisRuntime:
        """Build the rooms from the entry's subentries, in the user's order."""
        model_servers = list(_of_type(entry, SUBENTRY_MODEL_SERVER))
        await async_load_clients(hass, [server.data for server in model_servers])
        nodes = [(s, _voice_node(s)) for s in _of_type(entry, SUBENTRY_VOICE_NODE)]
        voices = Pool(node for _, node in nodes)

        def failed(error: BaseException) -> None:
            if isinstance(error, ModelServerAuthError):
                entry.async_start_reauth(hass)

        thinkers = [(s, model_client(s.data)) for s in model_servers]
        models: Pool[ChatModel] = Pool((m for _, m in thinkers), on_failure=failed)
        servers = [
            Server(subentry=s, pool=voices, member=node, check=node.describe)
            for s, node in nodes
        ] + [
            Server(subentry=s, pool=models, member=model, check=model.check)
            for s, model in thinkers
        ]
        skills = Skills(hass, SKILLS)
        return cls(
            skills=skills,
            voices=voices,
            models=models,
            assistant=Assistant(
                hass,
                models=models,
                skills=skills,
                options=entry.options,
                rules=[
                    AccessRule.read(subentry.data)
                    for subentry in _of_type(entry, SUBENTRY_ACCESS_RULE)
                ],
            ),
            coordinator=ServerCoordinator(hass, entry, servers),
        )

    async def close(self, hass: HomeAssistant) -> None:
        """Close what listens at once, and connections when nothing uses them any more.

        Never waits for that: meanwhile a new runtime may be answering already.
        """
        await self.skills.async_close()
        if self.usage.idle:
            await self._async_disconnect()
        else:
            hass.async_create_background_task(
                self._async_disconnect(), "jarvis close connections"
            )

    async def _async_disconnect(self) -> None:
        await self.usage.wait(LONGEST_USE)
        for model in self.models:
            await model.close()


def _of_type(entry: ConfigEntry, kind: str) -> Iterable[ConfigSubentry]:
    return entry.get_subentries_of_type(kind)


def _voice_node(subentry: ConfigSubentry) -> VoiceNode:
    data = subentry.data
    return VoiceNode(name=subentry.title, host=data[CONF_HOST], port=data[CONF_PORT])


async def async_load_clients(
    hass: HomeAssistant, servers: Iterable[Mapping[str, Any]]
) -> None:
    """Import the clients of these model servers, outside the event loop."""
    for kind in {_kind(data) for data in servers}:
        await hass.async_add_import_executor_job(load_client, kind)


def model_client(data: Mapping[str, Any]) -> ChatModel:
    """Return a client for a model server's settings; its kind is loaded."""
    minutes = data.get(CONF_KEEP_ALIVE, DEFAULT_KEEP_ALIVE // 60)
    return open_model(
        _kind(data),
        url=data[CONF_URL],
        model=data.get(CONF_MODEL, ""),
        api_key=data.get(CONF_API_KEY),
        context_length=data.get(CONF_CONTEXT_LENGTH),
        keep_alive=minutes * 60 if minutes >= 0 else -1,
        think=data.get(CONF_THINK, False),
        local=data.get(CONF_LOCAL, True),
        # Made off the event loop: loading certificates blocks.
        verify=get_default_context(),
    )


def _kind(data: Mapping[str, Any]) -> ServerKind:
    return ServerKind(data.get(CONF_KIND, ServerKind.OLLAMA))
