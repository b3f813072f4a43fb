"""A rule of access: who or where may have what moved."""

from collections.abc import Iterable
from typing import Any

import voluptuous as vol
from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import Platform
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    AreaSelector,
    AreaSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..const import (
    CONF_AREAS,
    CONF_DOMAINS,
    CONF_SATELLITES,
    CONF_USERS,
    CONTROLLED_DOMAINS,
)
from .options import entity_ids, registry_ids
from .subentries import AddOrChangeFlow

_NAMED = (CONF_AREAS, CONF_SATELLITES, CONF_USERS)


class AccessRuleFlow(AddOrChangeFlow):
    """Whoever is named may only have entities of the chosen domains moved."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask who is meant and what is allowed to them."""
        registry = er.async_get(self.hass)
        users = await self._async_users()
        errors: dict[str, str] = {}
        if user_input is not None:
            data = {key: user_input.get(key, []) for key in (*_NAMED, CONF_DOMAINS)}
            if any(data[key] for key in _NAMED):
                satellites = registry_ids(registry, data[CONF_SATELLITES])
                return self._save(
                    self._title(data, users), data | {CONF_SATELLITES: satellites}
                )
            errors["base"] = "nobody_named"
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                _schema(users), user_input or self._current(registry)
            ),
            errors=errors,
        )

    async_step_reconfigure = async_step_user

    async def _async_users(self) -> dict[str, str]:
        """Return the names of those who can log in, by their ids."""
        users = await self.hass.auth.async_get_users()
        return {
            user.id: user.name or user.id for user in users if not user.system_generated
        }

    def _current(self, registry: er.EntityRegistry) -> dict[str, Any]:
        if self._is_new():
            return {}
        subentry = self._get_reconfigure_subentry()
        satellites = entity_ids(registry, subentry.data[CONF_SATELLITES])
        return {**subentry.data, CONF_SATELLITES: satellites}

    def _title(self, data: dict[str, list[str]], users: dict[str, str]) -> str:
        """Name a rule after those whom it is about."""
        areas = ar.async_get(self.hass)
        names: Iterable[str | None] = (
            *(
                area.name if (area := areas.async_get_area(area_id)) else None
                for area_id in data[CONF_AREAS]
            ),
            *(
                state.name if (state := self.hass.states.get(entity_id)) else entity_id
                for entity_id in data[CONF_SATELLITES]
            ),
            *(users.get(user_id) for user_id in data[CONF_USERS]),
        )
        return ", ".join(filter(None, names))


def _schema(users: dict[str, str]) -> vol.Schema:
    choices = [
        SelectOptionDict(value=user_id, label=name) for user_id, name in users.items()
    ]
    return vol.Schema(
        {
            vol.Optional(CONF_AREAS): AreaSelector(AreaSelectorConfig(multiple=True)),
            vol.Optional(CONF_SATELLITES): EntitySelector(
                EntitySelectorConfig(
                    multiple=True, filter=[{"domain": Platform.ASSIST_SATELLITE}]
                )
            ),
            vol.Optional(CONF_USERS): SelectSelector(
                SelectSelectorConfig(
                    options=choices, multiple=True, mode=SelectSelectorMode.DROPDOWN
                )
            ),
            vol.Optional(CONF_DOMAINS): SelectSelector(
                SelectSelectorConfig(
                    options=list(CONTROLLED_DOMAINS),
                    multiple=True,
                    custom_value=True,
                    mode=SelectSelectorMode.DROPDOWN,
                    translation_key="domains",
                    sort=True,
                )
            ),
        }
    )
