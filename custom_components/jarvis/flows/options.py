"""The settings of the assistant: how it confirms, what it guards, how often it answers."""

from typing import Any

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..const import (
    CONF_CONFIRMATIONS,
    CONF_CRITICAL,
    CONF_PIN,
    CONF_RATE_LIMIT,
    CONFIRMATIONS,
    CONTROLLED_DOMAINS,
    DEFAULT_RATE_LIMIT,
)
from ..core.weak_codes import CODE, is_weak

MOST_TURNS = 120


class JarvisOptionsFlow(OptionsFlow):
    """Two pages: the code has its own, since an empty field removes it."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the pages."""
        return self.async_show_menu(step_id="init", menu_options=["behavior", "pin"])

    async def async_step_behavior(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for all that may be shown again."""
        registry = er.async_get(self.hass)
        errors: dict[str, str] = {}
        if user_input is not None:
            turns = int(user_input[CONF_RATE_LIMIT])
            if 1 <= turns <= MOST_TURNS:
                critical = registry_ids(registry, user_input.get(CONF_CRITICAL, []))
                return self._save(
                    user_input | {CONF_CRITICAL: critical, CONF_RATE_LIMIT: turns}
                )
            errors[CONF_RATE_LIMIT] = "turns_range"
        options = self.config_entry.options
        stored = entity_ids(registry, options.get(CONF_CRITICAL, []))
        return self.async_show_form(
            step_id="behavior",
            data_schema=self.add_suggested_values_to_schema(
                _behavior_schema(), user_input or {**options, CONF_CRITICAL: stored}
            ),
            errors=errors,
        )

    async def async_step_pin(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a code; an empty field removes it. What was typed is never shown."""
        errors: dict[str, str] = {}
        if user_input is not None:
            code = user_input.get(CONF_PIN, "").strip()
            if code and not CODE.fullmatch(code):
                errors[CONF_PIN] = "invalid_pin"
            elif is_weak(code):
                errors[CONF_PIN] = "weak_pin"
            else:
                return self._save({CONF_PIN: code})
        secret = TextSelector(
            TextSelectorConfig(
                type=TextSelectorType.PASSWORD, autocomplete="new-password"
            )
        )
        return self.async_show_form(
            step_id="pin",
            data_schema=vol.Schema({vol.Optional(CONF_PIN): secret}),
            errors=errors,
        )

    def _save(self, changed: dict[str, Any]) -> ConfigFlowResult:
        options = {**self.config_entry.options, **changed}
        if not options.get(CONF_PIN):
            options.pop(CONF_PIN, None)
        return self.async_create_entry(data=options)


def _behavior_schema() -> vol.Schema:
    # Limits of a selector are told in English only: the step knows them.
    turns = NumberSelector(NumberSelectorConfig(step=1, mode=NumberSelectorMode.BOX))
    return vol.Schema(
        {
            vol.Required(CONF_CONFIRMATIONS, default=CONFIRMATIONS[0]): SelectSelector(
                SelectSelectorConfig(
                    options=list(CONFIRMATIONS), translation_key="confirmations"
                )
            ),
            vol.Optional(CONF_CRITICAL): EntitySelector(
                EntitySelectorConfig(
                    multiple=True, filter=[{"domain": list(CONTROLLED_DOMAINS)}]
                )
            ),
            vol.Required(CONF_RATE_LIMIT, default=DEFAULT_RATE_LIMIT): turns,
        }
    )


def registry_ids(registry: er.EntityRegistry, chosen: list[str]) -> list[str]:
    """Return what stays true when an entity is renamed: its id in the registry.

    An entity that is in no registry keeps its entity id.
    """
    return [
        entry.id if (entry := registry.async_get(entity)) else entity
        for entity in chosen
    ]


def entity_ids(registry: er.EntityRegistry, stored: list[str]) -> list[str]:
    """Return the entity ids of what was stored; what is gone is left out."""
    return [
        entity_id
        for entity in stored
        if (entity_id := er.async_resolve_entity_id(registry, entity))
    ]
