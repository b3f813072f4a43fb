"""Adds and changes the servers of an entry that exists."""

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_NAME, CONF_PORT
from homeassistant.helpers.selector import TextSelector

from ..const import DEFAULT_VOICE_PORT, SUBENTRY_VOICE_NODE
from .forms import (
    ask_models,
    model_options_schema,
    model_schema,
    model_server_schema,
    test_voice_node,
    voice_node_schema,
)


class AddOrChangeFlow(ConfigSubentryFlow):
    """What all kinds share: add and reconfigure are one dialogue."""

    def _is_new(self) -> bool:
        return self.source != SOURCE_RECONFIGURE

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
            data = {key: user_input[key] for key in (CONF_HOST, CONF_PORT)}
            if self._taken(data):
                return self.async_abort(reason="already_configured")
            errors = await test_voice_node(**data)
            if not errors:
                return self._save(user_input.get(CONF_NAME) or data[CONF_HOST], data)
        suggested = user_input or self._current()
        schema = {vol.Optional(CONF_NAME): TextSelector(), **voice_node_schema().schema}
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(schema), suggested
            ),
            errors=errors,
        )

    async_step_reconfigure = async_step_user

    def _current(self) -> dict[str, Any]:
        if self._is_new():
            return {CONF_PORT: DEFAULT_VOICE_PORT}
        subentry = self._get_reconfigure_subentry()
        return {CONF_NAME: subentry.title, **subentry.data}

    def _taken(self, data: dict[str, Any]) -> bool:
        own = None if self._is_new() else self._reconfigure_subentry_id
        return any(
            dict(other.data) == data and other.subentry_id != own
            for other in self._get_entry().get_subentries_of_type(SUBENTRY_VOICE_NODE)
        )


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
            self._models, errors = await ask_models(user_input)
            if not errors:
                self._server = user_input
                return await self.async_step_model()
        current = {} if self._is_new() else self._get_reconfigure_subentry().data
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                model_server_schema(required=True), user_input or current
            ),
            errors=errors,
        )

    async_step_reconfigure = async_step_user

    async def async_step_model(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Choose one of the server's models, and how it runs."""
        if user_input is not None:
            return self._save(user_input[CONF_MODEL], self._server | user_input)
        current = {} if self._is_new() else self._get_reconfigure_subentry().data
        return self.async_show_form(
            step_id="model",
            data_schema=self.add_suggested_values_to_schema(
                model_schema(self._models).extend(model_options_schema().schema),
                current,
            ),
        )
