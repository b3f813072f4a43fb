"""Form fields of the two kinds of servers, and the tries before they are saved."""

import logging
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
from homeassistant.util.ssl import get_default_context

from ..const import CONF_CONTEXT_LENGTH, CONF_KEEP_ALIVE, CONF_THINK
from ..core.errors import (
    ModelServerAuthError,
    ModelServerError,
    ModelServerUnreachableError,
    VoiceError,
)
from ..engines.llm import DEFAULT_CONTEXT_LENGTH, DEFAULT_KEEP_ALIVE, OllamaModel
from ..engines.voice import VoiceNode

_LOGGER = logging.getLogger(__name__)

MIN_CONTEXT_LENGTH = 4096
"""Rules, tools and the outline of a home take up to 3000."""
MAX_CONTEXT_LENGTH = 262_144

API_KEY = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))
URL = TextSelector(TextSelectorConfig(type=TextSelectorType.URL))


def voice_node_schema() -> vol.Schema:
    """Return the fields of a voice node."""
    port = NumberSelector(
        NumberSelectorConfig(min=1, max=65535, mode=NumberSelectorMode.BOX)
    )
    return vol.Schema(
        {
            vol.Required(CONF_HOST): TextSelector(),
            vol.Required(CONF_PORT): vol.All(port, vol.Coerce(int)),
        }
    )


def model_server_schema(*, required: bool) -> vol.Schema:
    """Return the fields of a language model server."""
    kind = vol.Required if required else vol.Optional
    return vol.Schema({kind(CONF_URL): URL, vol.Optional(CONF_API_KEY): API_KEY})


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


def model_options_schema() -> vol.Schema:
    """Return how a server should run its model."""
    context = NumberSelectorConfig(
        min=MIN_CONTEXT_LENGTH,
        max=MAX_CONTEXT_LENGTH,
        step=1024,
        mode=NumberSelectorMode.BOX,
    )
    keep_alive = NumberSelectorConfig(
        min=-1, max=24 * 60, unit_of_measurement="min", mode=NumberSelectorMode.BOX
    )
    return vol.Schema(
        {
            vol.Required(CONF_CONTEXT_LENGTH, default=DEFAULT_CONTEXT_LENGTH): vol.All(
                NumberSelector(context), vol.Coerce(int)
            ),
            vol.Required(CONF_KEEP_ALIVE, default=DEFAULT_KEEP_ALIVE // 60): vol.All(
                NumberSelector(keep_alive), vol.Coerce(int)
            ),
            vol.Required(CONF_THINK, default=False): BooleanSelector(),
        }
    )


async def test_voice_node(host: str, port: int) -> dict[str, str]:
    """Return the form's errors for a voice node, none when it can be used."""
    try:
        info = await VoiceNode(name=host, host=host, port=port).describe()
    except VoiceError as err:
        _LOGGER.debug("voice node %s:%s: %s", host, port, err)
        return {"base": "cannot_connect"}
    return {"base": "no_services"} if info.empty else {}


async def ask_models(
    data: Mapping[str, Any],
) -> tuple[list[str], dict[str, str]]:
    """Return the names of a server's models and the form's errors."""
    server = OllamaModel(
        url=data[CONF_URL],
        model="",
        api_key=data.get(CONF_API_KEY),
        verify=get_default_context(),
    )
    try:
        return await server.list_models(), {}
    except ModelServerAuthError:
        return [], {"base": "invalid_auth"}
    except ModelServerUnreachableError:
        return [], {"base": "cannot_connect"}
    except ModelServerError as err:
        _LOGGER.debug("model server %s: %s", server.server, err)
        return [], {"base": "unknown"}
    finally:
        await server.close()
