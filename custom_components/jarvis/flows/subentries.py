"""Adds and changes the servers of an entry that exists."""

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_NAME, CONF_PORT, CONF_URL
from homeassistant.helpers.selector import TextSelector

from ..const import (
    CONF_KIND,
    CONF_LOCAL,
    DEFAULT_VOICE_PORT,
    SUBENTRY_MODEL_SERVER,
    SUBENTRY_VOICE_NODE,
)
from ..engines.llm import ServerKind
from .addresses import FormError, server_key, voice_address
from .forms import (
    check_model_options,
    model_options_schema,
    model_schema,
    model_server_schema,
    read_voice_node,
    voice_node_schema,
    voice_title,
)
from .model_servers import (
    async_choose_model,
    async_read_model_server,
    model_title,
    no_models_step,
    server_placeholders,
)


class AddOrChangeFlow(ConfigSubentryFlow):
    """What all kinds share: add and reconfigure are one dialogue."""

    def _is_new(self) -> bool:
        return self.source != SOURCE_RECONFIGURE

    def _others(self, kind: str) -> list[ConfigSubentry]:
        """Return the entry's other subentries of a kind."""
        own = None if self._is_new() else self._reconfigure_subentry_id
        return [
            other
            for other in self._get_entry().get_subentries_of_type(kind)
            if other.subentry_id != own
        ]

    def _save(self, title: str, data: dict[str, Any]) -> SubentryFlowResult:
        if self._is_new():
            return self.async_create_entry(title=title, data=data)
        return self.async_update_and_abort(
            self._get_entry(),
            self._get_reconfigure_subentry(),
            title=title,
            data=data,
        )


class VoiceNodeFlow(AddOrChangeFlow):
    """A further voice node: it stands in when the ones before it fail."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for name and address and try the node before it is saved."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                data = await self._async_read(user_input)
                title = self._title(user_input.get(CONF_NAME, "").strip(), data)
            except FormError as err:
                errors[err.field] = err.key
            else:
                return self._save(title, data)
        suggested = user_input or self._current()
        fields = voice_node_schema(required=True).schema
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema({vol.Optional(CONF_NAME): TextSelector(), **fields}),
                suggested,
            ),
            errors=errors,
        )

    async_step_reconfigure = async_step_user

    def _current(self) -> dict[str, Any]:
        if self._is_new():
            return {CONF_PORT: DEFAULT_VOICE_PORT}
        subentry = self._get_reconfigure_subentry()
        return {CONF_NAME: subentry.title, **subentry.data}

    async def _async_read(self, user_input: dict[str, Any]) -> dict[str, Any]:
        address = voice_address(user_input[CONF_HOST], user_input[CONF_PORT])
        for other in self._others(SUBENTRY_VOICE_NODE):
            if server_key((other.data[CONF_HOST], other.data[CONF_PORT])) == server_key(
                address
            ):
                raise FormError(CONF_HOST, "already_configured")
        return await read_voice_node(user_input)

    def _title(self, name: str, data: dict[str, Any]) -> str:
        """Return a name that no other node has: reports name nodes by it."""
        taken = {other.title for other in self._others(SUBENTRY_VOICE_NODE)}
        title = name or voice_title(data)
        if title in taken:
            raise FormError(CONF_NAME, "name_taken")
        return title


class ModelServerFlow(AddOrChangeFlow):
    """A further language model server: it stands in when the ones before it fail."""

    def __init__(self) -> None:
        """Start with nothing chosen."""
        self._server: dict[str, Any] = {}
        self._models: list[str] = []

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for the address and try the server."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                self._server, self._models = await async_read_model_server(
                    self.hass, user_input
                )
            except FormError as err:
                errors[err.field] = err.key
            else:
                return (
                    await self.async_step_model() if self._models else self._no_models()
                )
        suggested = user_input or self._server or self._current()
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                model_server_schema(required=True), suggested
            ),
            errors=errors,
        )

    async_step_reconfigure = async_step_user

    def _no_models(self) -> SubentryFlowResult:
        """Say how a model gets onto a server that has none."""
        return self.async_show_menu(
            step_id=no_models_step(self._server),
            menu_options=["look_again", "model"],
            description_placeholders=server_placeholders(self._server),
        )

    async def async_step_no_models(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Say it of a server that pulls its models."""
        return self._no_models()

    async def async_step_nothing_served(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Say it of a server that is given its models."""
        return self._no_models()

    async def async_step_look_again(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask the same server again, without the form where it answers."""
        return await self.async_step_user(self._server)

    async def async_step_model(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Choose one of the server's models, and how it runs."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                options = check_model_options(user_input)
                self._refuse_twice(self._server | options)
                data = await async_choose_model(self.hass, self._server, options)
            except FormError as err:
                errors[err.field] = err.key
            else:
                self._server = data
                if data.get(CONF_LOCAL, True) or self._is_known_outside():
                    return await self.async_step_save()
                return await self.async_step_outside()
        suggested = user_input or self._current()
        options_of_kind = model_options_schema(ServerKind(self._server[CONF_KIND]))
        return self.async_show_form(
            step_id="model",
            data_schema=self.add_suggested_values_to_schema(
                model_schema(self._models).extend(options_of_kind.schema), suggested
            ),
            errors=errors,
        )

    async def async_step_outside(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Say what leaves the home, before it does."""
        return self.async_show_menu(
            step_id="outside",
            menu_options=["save", "user"],
            description_placeholders=server_placeholders(self._server),
        )

    async def async_step_save(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Keep what was chosen."""
        return self._save(self._title(self._server), self._server)

    def _is_known_outside(self) -> bool:
        """Return whether the user has agreed to this place before."""
        before = self._current()
        return not before.get(CONF_LOCAL, True) and (
            server_key(before[CONF_URL]) == server_key(self._server[CONF_URL])
        )

    def _current(self) -> dict[str, Any]:
        return {} if self._is_new() else dict(self._get_reconfigure_subentry().data)

    def _refuse_twice(self, data: dict[str, Any]) -> None:
        """Raise FormError for a model that is used on this server already."""
        wanted = server_key(data[CONF_URL]), data[CONF_MODEL]
        for other in self._others(SUBENTRY_MODEL_SERVER):
            if (server_key(other.data[CONF_URL]), other.data[CONF_MODEL]) == wanted:
                raise FormError(CONF_MODEL, "already_configured")

    def _title(self, data: dict[str, Any]) -> str:
        """Return a title; one that the user gave stays."""
        if not self._is_new():
            subentry = self._get_reconfigure_subentry()
            if subentry.title not in {
                model_title(subentry.data),
                subentry.data[CONF_MODEL],
            }:
                return subentry.title
        return model_title(data)
