"""Tells of a code that was set before those that are guessed first were refused."""

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import CONF_PIN, DOMAIN
from .core.weak_codes import CODE, is_weak

_ISSUE: Final = "weak_code"


@callback
def async_check_code(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell in a repair issue of a code that was set before weak ones were refused."""
    code = str(entry.options.get(CONF_PIN) or "")
    if not code or (CODE.fullmatch(code) and not is_weak(code)):
        ir.async_delete_issue(hass, DOMAIN, _ISSUE)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        _ISSUE,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key=_ISSUE,
    )
