"""Form fields of the two kinds of servers, and the tries before they are saved."""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

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

from ..const import (
    CONF_CONTEXT_LENGTH,
    CONF_KEEP_ALIVE,
    CONF_THINK,
    DEFAULT_VOICE_PORT,
)
from ..core.errors import (
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerError,
    ModelServerUnreachableError,
    NodeBusyError,
    NodeUnreachableError,
    VoiceError,
)
from ..engines.llm import DEFAULT_CONTEXT_LENGTH, DEFAULT_KEEP_ALIVE, OllamaModel
from ..engines.voice import VoiceNode
from .addresses import FormError, model_addresses, short_address, voice_address

_LOGGER = logging.getLogger(__name__)

MIN_CONTEXT_LENGTH = 4096
"""Rules, tools and the outline of a home take up to 3000."""
MAX_CONTEXT_LENGTH = 262_144
FIRST_MODEL = "qwen3:4b"
"""What most machines can run, and calls tools well."""
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


def model_options_schema() -> vol.Schema:
    """Return how a server should run its model."""
    context = NumberSelectorConfig(step=1024, mode=NumberSelectorMode.BOX)
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
            vol.Required(CONF_THINK, default=False): BooleanSelector(),
        }
    )


def check_model_options(data: dict[str, Any]) -> dict[str, Any]:
    """Return the options as whole numbers; raises FormError for what is out of range."""
    whole = {key: int(data[key]) for key in (CONF_CONTEXT_LENGTH, CONF_KEEP_ALIVE)}
    if not MIN_CONTEXT_LENGTH <= whole[CONF_CONTEXT_LENGTH] <= MAX_CONTEXT_LENGTH:
        raise FormError(CONF_CONTEXT_LENGTH, "context_range")
    if not -1 <= whole[CONF_KEEP_ALIVE] <= LONGEST_KEEP_ALIVE:
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


async def read_model_server(
    data: Mapping[str, Any],
) -> tuple[dict[str, Any], list[str]]:
    """Return address and key of a model server that was tried, and its chat models.

    Raises FormError.
    """
    key = data.get(CONF_API_KEY, "").strip()
    failure: FormError | None = None
    for url in model_addresses(data[CONF_URL]):
        try:
            models = await ask_models(url, key)
        except FormError as err:
            failure = failure or err
        else:
            return {CONF_URL: url, **({CONF_API_KEY: key} if key else {})}, models
    assert failure
    raise failure


async def ask_models(url: str, key: str | None) -> list[str]:
    """Return the names of a server's models that chat; raises FormError."""
    server = OllamaModel(url=url, api_key=key or None, verify=get_default_context())
    try:
        return await server.list_chat_models()
    except ModelServerAuthError as err:
        if not (key or urlsplit(url).username):
            raise FormError(CONF_API_KEY, "auth_missing") from err
        raise FormError(CONF_API_KEY, "invalid_auth") from err
    except ModelServerUnreachableError as err:
        raise FormError(CONF_URL, "cannot_connect") from err
    except ModelServerBusyError as err:
        raise FormError(CONF_URL, "server_busy") from err
    except ModelServerError as err:
        _LOGGER.warning("the model server %s cannot be used: %s", server.server, err)
        raise FormError(CONF_URL, "no_model_server") from err
    finally:
        await server.close()


def voice_title(data: Mapping[str, Any]) -> str:
    """Return what tells a voice server from others: its host, its port if unusual."""
    host, port = data[CONF_HOST], data[CONF_PORT]
    return str(host) if port == DEFAULT_VOICE_PORT else f"{host}:{port}"


def model_place(data: Mapping[str, Any], title: str) -> str:
    """Return where a model server is; with its title where the user chose that."""
    address = short_address(data[CONF_URL])
    if title in {model_title(data), data[CONF_MODEL], address}:
        return address
    return f"{title} ({address})"


def model_title(data: Mapping[str, Any]) -> str:
    """Return what tells a model server from others: its model and where it runs."""
    return f"{data[CONF_MODEL]} ({short_address(data[CONF_URL])})"


def no_models_placeholders(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what a user without a model is told: the server, and a good first one."""
    return {"server": short_address(data[CONF_URL]), "model": FIRST_MODEL}
