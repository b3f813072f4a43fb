"""The actions that Jarvis offers to automations and scripts."""

import voluptuous as vol
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from .assistant import Trace, explain, say
from .const import CONF_LANGUAGE, DOMAIN
from .engines.language import speech_language
from .runtime import JarvisConfigEntry

SERVICE_EXPLAIN_LAST = "explain_last"

ATTR_CONVERSATION_ID = "conversation_id"
ATTR_SATELLITE = "satellite"
ATTR_LANGUAGE = "language"

EXPLAIN_LAST_SCHEMA = vol.Schema(
    {
        vol.Optional(ATTR_CONVERSATION_ID): cv.string,
        vol.Optional(ATTR_DEVICE_ID): cv.string,
        vol.Optional(ATTR_SATELLITE): cv.entity_domain("assist_satellite"),
        vol.Optional(ATTR_LANGUAGE): cv.string,
    }
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions; they stay while no entry is loaded, and then say so."""
    hass.services.async_register(
        DOMAIN,
        SERVICE_EXPLAIN_LAST,
        _async_explain_last,
        schema=EXPLAIN_LAST_SCHEMA,
        supports_response=SupportsResponse.ONLY,
    )


async def _async_explain_last(call: ServiceCall) -> ServiceResponse:
    """Return the last turn, as data and in words.

    Who is no administrator is told of own turns only. Raises `ServiceValidationError`
    while Jarvis is not running.
    """
    entry = _entry(call.hass)
    user_id = call.context.user_id
    user = await call.hass.auth.async_get_user(user_id) if user_id else None
    only_own = user is not None and not user.is_admin
    wanted = {
        name: call.data[field]
        for field, name in (
            (ATTR_CONVERSATION_ID, "conversation_id"),
            (ATTR_DEVICE_ID, "device_id"),
            (ATTR_SATELLITE, "satellite_id"),
        )
        if field in call.data
    }
    if only_own:
        wanted["user_id"] = user_id

    def fits(trace: Trace) -> bool:
        return all(getattr(trace, name) == value for name, value in wanted.items())

    language = speech_language(
        call.data.get(ATTR_LANGUAGE)
        or entry.data.get(CONF_LANGUAGE)
        or call.hass.config.language
    )
    trace = entry.runtime_data.assistant.traces.last(fits)
    if trace is None:
        return {"text": say(language, "explain.never"), "turn": None}
    return {"text": explain(call.hass, trace, language), "turn": trace.as_dict()}


def _entry(hass: HomeAssistant) -> JarvisConfigEntry:
    for entry in hass.config_entries.async_loaded_entries(DOMAIN):
        return entry
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="not_running"
    )
