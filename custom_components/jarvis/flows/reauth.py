"""Asks for a new key when a model server refuses the one it was given."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentry,
)
from homeassistant.const import CONF_API_KEY

from ..const import SUBENTRY_MODEL_SERVER
from .addresses import FormError
from .forms import API_KEY
from .model_servers import async_try_key, model_place


class ReauthFlow(ConfigFlow):
    """The steps of a config flow that begin with a refused key."""

    def __init__(self) -> None:
        """Start with no server asked."""
        self._refused: list[ConfigSubentry] = []
        """Servers that refuse their key."""
        self._keys: list[tuple[ConfigSubentry, dict[str, Any]]] = []
        """What servers are to be given, their new keys in it."""

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Begin again with a key that a model server refused."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a new key of each server that refuses its own, and try it there."""
        entry = self._get_reauth_entry()
        errors: dict[str, str] = {}
        if user_input is None:
            self._refused = await self._async_refused(entry)
        elif self._refused:
            subentry = self._refused[0]
            data = {**subentry.data, **user_input}
            try:
                await async_try_key(self.hass, data)
            except FormError as err:
                # The form has no field for the address.
                errors[CONF_API_KEY if err.field == CONF_API_KEY else "base"] = err.key
            else:
                self._keys.append((self._refused.pop(0), data))
        if not self._refused:
            # Not before: each change starts the servers anew.
            for subentry, data in self._keys:
                self.hass.config_entries.async_update_subentry(
                    entry, subentry, data=data
                )
            return self.async_abort(reason="reauth_successful")
        refused = self._refused[0]
        return self.async_show_form(
            step_id="reauth_confirm",
            data_schema=vol.Schema({vol.Required(CONF_API_KEY): API_KEY}),
            errors=errors,
            description_placeholders={
                "server": model_place(refused.data, refused.title)
            },
        )

    async def _async_refused(self, entry: ConfigEntry) -> list[ConfigSubentry]:
        """Return the servers that refuse their key."""
        refused: list[ConfigSubentry] = []
        for subentry in entry.get_subentries_of_type(SUBENTRY_MODEL_SERVER):
            try:
                await async_try_key(self.hass, subentry.data)
            except FormError as err:
                if err.field == CONF_API_KEY:
                    refused.append(subentry)
        return refused
