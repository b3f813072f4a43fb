"""Finds out what a model server is, and tries it before it is saved."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from homeassistant.const import CONF_API_KEY, CONF_MODEL, CONF_URL
from homeassistant.core import HomeAssistant

from ..const import CONF_KIND, CONF_LOCAL
from ..core.errors import (
    ModelNotFoundError,
    ModelServerAuthError,
    ModelServerBusyError,
    ModelServerCertificateError,
    ModelServerError,
    ModelServerPlainError,
    ModelServerSilentError,
    ModelServerUnreachableError,
)
from ..engines.llm import ChatModel, ServerKind
from ..runtime import async_load_clients, model_client
from .addresses import FormError, model_addresses, short_address
from .places import is_local

_LOGGER = logging.getLogger(__name__)

FIRST_MODEL: Final = "qwen3:4b"
"""What most machines can run, and calls tools well."""
_FAILURES: Final[Sequence[tuple[type[ModelServerError], str]]] = (
    (ModelServerBusyError, "server_busy"),
    (ModelServerSilentError, "server_silent"),
    (ModelServerCertificateError, "certificate"),
    (ModelServerPlainError, "not_encrypted"),
    (ModelServerUnreachableError, "cannot_connect"),
    (ModelServerError, "no_model_server"),
)
"""What is told of each failure."""
_OF_ONE_QUESTION: Final = {"no_model_server", "invalid_auth", "auth_missing"}
"""What another kind of server at the same address may not fail with."""
_SAYS_LITTLE: Final = {"cannot_connect", "no_model_server"}


async def async_read_model_server(
    hass: HomeAssistant, data: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return what is saved of a model server that was tried, and its chat models.

    Raises FormError.
    """
    key = data.get(CONF_API_KEY, "").strip()
    login = {CONF_API_KEY: key} if key else {}

    async def look(
        ways: Sequence[tuple[ServerKind, str]],
    ) -> tuple[dict[str, Any], list[str]] | FormError:
        failures = []
        for kind, url in ways:
            found = {CONF_KIND: kind.value, CONF_URL: url, **login}
            try:
                return found, await async_ask_models(hass, found)
            except FormError as err:
                failures.append(err)
                if err.key not in _OF_ONE_QUESTION:
                    break
        return _telling(failures)

    ports = model_addresses(data[CONF_URL])
    results = await asyncio.gather(*map(look, ports))
    for result in results:
        if not isinstance(result, FormError):
            return result
    failure = _telling([error for error in results if isinstance(error, FormError)])
    if failure.key == "no_model_server":
        place = short_address(ports[0][0][1])
        _LOGGER.warning("%s is no model server: %s", place, failure.__cause__)
    raise failure


def _telling(failures: Sequence[FormError]) -> FormError:
    """Return the failure that says most of what is there, else the likeliest place's."""
    telling = (error for error in failures if error.key not in _SAYS_LITTLE)
    return next(telling, failures[0])


async def async_ask_models(hass: HomeAssistant, data: Mapping[str, Any]) -> list[str]:
    """Return the names of a server's models that chat; raises FormError."""

    async def ask(server: ChatModel) -> list[str]:
        return await server.list_chat_models()

    return await _ask(hass, data, ask)


async def async_try_key(hass: HomeAssistant, data: Mapping[str, Any]) -> None:
    """Raise FormError unless a server takes its key."""

    async def ask(server: ChatModel) -> None:
        await server.try_key()

    await _ask(hass, data, ask)


async def _ask[T](
    hass: HomeAssistant,
    data: Mapping[str, Any],
    question: Callable[[ChatModel], Awaitable[T]],
) -> T:
    """Ask a server; what it fails with is told in the form."""
    await async_load_clients(hass, [data])
    server = model_client(data)
    try:
        return await question(server)
    except ModelNotFoundError as err:
        raise FormError(CONF_MODEL, "model_unknown") from err
    except ModelServerAuthError as err:
        given = data.get(CONF_API_KEY) or urlsplit(data[CONF_URL]).username
        key = "invalid_auth" if given else "auth_missing"
        raise FormError(CONF_API_KEY, key) from err
    except ModelServerError as err:
        key = next(key for kind, key in _FAILURES if isinstance(err, kind))
        raise FormError(CONF_URL, key) from err
    finally:
        await server.close()


async def async_choose_model(
    hass: HomeAssistant, server: Mapping[str, Any], chosen: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the data of a server with its model, marked where that is not at home.

    Raises FormError for a key that only the use of a model tells to be wrong.
    """
    data = {**server, **chosen}
    data.pop(CONF_LOCAL, None)
    if await is_local(data[CONF_URL], data[CONF_MODEL]):
        return data
    data[CONF_LOCAL] = False
    try:
        await async_try_key(hass, data)
    except FormError as err:
        field = err.field if err.field == CONF_MODEL else "base"
        raise FormError(field, err.key) from err
    return data


def no_models_step(data: Mapping[str, Any]) -> str:
    """Return the step that says how a server of this kind gets a model."""
    pulls = data[CONF_KIND] == ServerKind.OLLAMA
    return "no_models" if pulls else "nothing_served"


def model_place(data: Mapping[str, Any], title: str) -> str:
    """Return where a model server is; with its title where the user chose that."""
    address = _place(data)
    if title in {model_title(data), data[CONF_MODEL], address}:
        return address
    return f"{title} ({address})"


def model_title(data: Mapping[str, Any]) -> str:
    """Return what tells a model server from others: its model and where it runs."""
    return f"{data[CONF_MODEL]} ({_place(data)})"


def _place(data: Mapping[str, Any]) -> str:
    address = short_address(data[CONF_URL])
    # The same word in both languages.
    return address if data.get(CONF_LOCAL, True) else f"{address}, cloud"


def server_placeholders(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what is told of a server: its address, its model or a good first one."""
    return {
        "server": short_address(data[CONF_URL]),
        "model": data.get(CONF_MODEL, FIRST_MODEL),
    }
