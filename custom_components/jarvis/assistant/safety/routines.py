"""Whether a scene or a script does something critical: unlocks, opens, disarms."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ..home import with_members

_LOCKING = frozenset({"locked", "locking", "closed", "closing"})
"""States that a scene may bring about, besides those of an armed alarm."""
_CLOSING = frozenset(
    "lock.lock cover.close_cover cover.close cover.stop_cover cover.stop "  # noqa: SIM905
    "valve.close_valve valve.close".split()
)
_ARMING = ("alarm_control_panel.alarm_arm_", "alarm_control_panel.arm_")
_KEYS = frozenset({"alarm_control_panel", "lock"})
_MOVING = frozenset(
    "button cover homeassistant input_boolean input_button switch valve".split()  # noqa: SIM905
)


def does_critical(
    hass: HomeAssistant,
    entity_id: str,
    is_critical: Callable[[str], bool],
    seen: frozenset[str] = frozenset(),
) -> bool:
    """Return whether a scene or script moves what is critical, and not to close it.

    `is_critical` tells of other entities. What no one can know beforehand, as a
    template, counts as critical where it moves locks or alarms.
    """
    domain = entity_id.partition(".")[0]
    if domain not in {"scene", "script"} or entity_id in seen:
        return False

    def is_any(members: Iterable[str]) -> bool:
        states = filter(None, map(hass.states.get, members))
        return any(
            is_critical(state.entity_id)
            or does_critical(hass, state.entity_id, is_critical, seen | {entity_id})
            for state in with_members(hass, states)
        )

    if domain == "scene":
        return is_any(_opened_by(hass, entity_id))
    component = hass.data.get("script")
    script = component.get_entity(entity_id) if component else None
    calls = set(_calls(getattr(script, "raw_config", None))) - _CLOSING
    calls = {call for call in calls if not call.startswith(_ARMING)}
    domains = {call.partition(".")[0] for call in calls}
    if domains & _KEYS:
        return True
    members = set(_moved_by(hass, script)) if script else set()
    if not (domains & _MOVING or any("{" in call for call in calls)):
        members = {m for m in members if m.startswith(("scene.", "script."))}
    return is_any(members | {call for call in calls if call.startswith("script.")})


def _opened_by(hass: HomeAssistant, entity_id: str) -> Iterator[str]:
    """Yield the entities of a scene but those that it closes, locks or arms."""
    platform = hass.data.get("homeassistant_scene")
    scene = platform.entities.get(entity_id) if platform else None
    wanted = getattr(getattr(scene, "scene_config", None), "states", {})
    state = hass.states.get(entity_id)
    for member in (state.attributes.get(ATTR_ENTITY_ID) or ()) if state else ():
        to = wanted[member].state if member in wanted else ""
        if to not in _LOCKING and not to.startswith("armed"):
            yield member


def _calls(config: Any) -> Iterator[str]:
    """Yield the names of all actions in a configuration, as "lock.unlock"."""
    if isinstance(config, list | tuple):
        for item in config:
            yield from _calls(item)
    elif isinstance(config, dict):
        for key in ("action", "service"):
            if isinstance(name := config.get(key), str):
                yield name
        if "device_id" in config and "type" in config:
            yield f"{config.get('domain')}.{config['type']}"
        for value in config.values():
            yield from _calls(value)


def _moved_by(hass: HomeAssistant, script: Any) -> Iterator[str]:
    """Yield the ids of what a script names, in its devices and areas too."""
    yield from script.referenced_entities
    devices, areas = script.referenced_devices, script.referenced_areas
    registry = er.async_get(hass)
    for area in areas:
        devices = devices | {
            device.id for device in dr.async_entries_for_area(dr.async_get(hass), area)
        }
        for entry in er.async_entries_for_area(registry, area):
            yield entry.entity_id
    for device in devices:
        for entry in er.async_entries_for_device(registry, device):
            yield entry.entity_id
