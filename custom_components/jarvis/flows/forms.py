"""Form fields of the two kinds of servers, and the tries before they are saved."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol
from homeassistant.const import CONF_API_KEY, CONF_HOST, CONF_MODEL, CONF_PORT, CONF_URL
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..const import (
    CONF_CONTEXT_LENGTH,
    CONF_KEEP_ALIVE,
    CONF_THINK,
    DEFAULT_VOICE_PORT,
)
from ..core.errors import NodeBusyError, NodeUnreachableError, VoiceError
from ..engines.llm import DEFAULT_CONTEXT_LENGTH, DEFAULT_KEEP_ALIVE, ServerKind
from ..engines.voice import VoiceNode
from .addresses import FormError, voice_address

MIN_CONTEXT_LENGTH = 4096
"""Rules, tools and the outline of a home take up to 3000."""
MAX_CONTEXT_LENGTH = 262_144
LONGEST_KEEP_ALIVE = 24 * 60

API_KEY = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))


def voice_node_schema(*, required: bool) -> vol.Schema:
    """Return the fields of a voice node."""
    kind = vol.Required if required else vol.Optional
    # Limits of a selector are told in English only: `check_port` knows them, too.
    port = NumberSelector(NumberSelectorConfig(mode=NumberSelectorMode.BOX))
    return vol.Schema(
        {
            kind(CONF_HOST): TextSelector(),
            vol.Required(CONF_PORT, default=DEFAULT_VOICE_PORT): port,
        }
    )


def model_server_schema(*, required: bool) -> vol.Schema:
    """Return the fields of a language model server."""
    kind = vol.Required if required else vol.Optional
    return vol.Schema(
        {kind(CONF_URL): TextSelector(), vol.Optional(CONF_API_KEY): API_KEY}
    )


def model_schema(models: list[str]) -> vol.Schema:
    """Return the choice of a model; a name that is not listed can be typed."""
    return vol.Schema(
        {
            vol.Required(CONF_MODEL): SelectSelector(
                SelectSelectorConfig(
                    options=models,
                    custom_value=True,
                    mode=SelectSelectorMode.DROPDOWN,
                )
            )
        }
    )


def model_options_schema(kind: ServerKind) -> vol.Schema:
    """Return how a server should run its model, as far as it can be told."""
    context = NumberSelectorConfig(step=1024, mode=NumberSelectorMode.BOX)
    think = {vol.Required(CONF_THINK, default=False): BooleanSelector()}
    if kind is ServerKind.OPENAI:
        # How much a model is given is decided where its server is started.
        return vol.Schema(
            {vol.Optional(CONF_CONTEXT_LENGTH): NumberSelector(context), **think}
        )
    keep_alive = NumberSelectorConfig(
        unit_of_measurement="min", mode=NumberSelectorMode.BOX
    )
    return vol.Schema(
        {
            vol.Required(
                CONF_CONTEXT_LENGTH, default=DEFAULT_CONTEXT_LENGTH
            ): NumberSelector(context),
            vol.Required(
                CONF_KEEP_ALIVE, default=DEFAULT_KEEP_ALIVE // 60
            ): NumberSelector(keep_alive),
            **think,
        }
    )


def check_model_options(data: dict[str, Any]) -> dict[str, Any]:
    """Return the options as whole numbers; raises FormError for what is out of range."""
    numbers = (CONF_CONTEXT_LENGTH, CONF_KEEP_ALIVE)
    whole = {key: int(data[key]) for key in numbers if data.get(key) is not None}
    context = whole.get(CONF_CONTEXT_LENGTH, MIN_CONTEXT_LENGTH)
    if not MIN_CONTEXT_LENGTH <= context <= MAX_CONTEXT_LENGTH:
        raise FormError(CONF_CONTEXT_LENGTH, "context_range")
    if not -1 <= whole.get(CONF_KEEP_ALIVE, -1) <= LONGEST_KEEP_ALIVE:
        raise FormError(CONF_KEEP_ALIVE, "keep_alive_range")
    return data | whole


async def read_voice_node(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the address of a voice node that was tried; raises FormError."""
    host, port = voice_address(data[CONF_HOST], data[CONF_PORT])
    await try_voice_node(host, port)
    return {CONF_HOST: host, CONF_PORT: port}


async def try_voice_node(host: str, port: int) -> None:
    """Raise FormError unless a voice node can be used."""
    try:
        info = await VoiceNode(name=host, host=host, port=port).describe()
    except NodeUnreachableError as err:
        raise FormError(CONF_HOST, "cannot_connect") from err
    except NodeBusyError as err:
        raise FormError(CONF_HOST, "server_busy") from err
    except VoiceError as err:
        raise FormError(CONF_HOST, "no_voice_server") from err
    if info.empty:
        raise FormError(CONF_HOST, "no_services")


def voice_title(data: Mapping[str, Any]) -> str:
    """Return what tells a voice server from others: its host, its port if unusual."""
    host, port = data[CONF_HOST], data[CONF_PORT]
    return str(host) if port == DEFAULT_VOICE_PORT else f"{host}:{port}"
