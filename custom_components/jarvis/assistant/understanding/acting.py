"""Does what orders ask for, through Home Assistant's own intents."""

from homeassistant.helpers import intent

from ...engines.language import Action, Order
from ..home import Found
from ..intents import Slots, Step, async_run

__all__ = ["Slots", "Step", "async_run", "steps_for"]


def steps_for(order: Order, found: Found) -> list[Step]:
    """Return the intents that do an order; none when it cannot be done so."""
    kind = _intent_type(order, found)
    if kind is None:
        return []
    value = _value_slot(kind, order)
    if found.domain:
        return [Step(intent_type=kind, slots=_wide_slots(found) | value)]
    return [
        Step(
            intent_type=kind,
            # The words are for the answer: it calls the thing what the user called it.
            slots={"name": {"value": entity_id, "text": " ".join(order.target)}}
            | value,
        )
        for entity_id in found.entity_ids
    ]


def _intent_type(order: Order, found: Found) -> str | None:
    match order.action:
        case Action.ON | Action.OPEN | Action.LOCK:
            return intent.INTENT_TURN_ON
        case Action.OFF | Action.CLOSE | Action.UNLOCK:
            return intent.INTENT_TURN_OFF
        case Action.MUTE:
            return "HassMediaPlayerMute"
        case Action.UNMUTE:
            return "HassMediaPlayerUnmute"
        case Action.SET:
            domains = {entity_id.partition(".")[0] for entity_id in found.entity_ids}
            domain = found.domain or (domains.pop() if len(domains) == 1 else "")
            return {
                "light": "HassLightSet",
                "cover": intent.INTENT_SET_POSITION,
                "valve": intent.INTENT_SET_POSITION,
                "climate": "HassClimateSetTemperature",
                "fan": "HassFanSetSpeed",
                "media_player": "HassSetVolume",
            }.get(domain)
    return None


def _value_slot(kind: str, order: Order) -> Slots:
    if order.value is None:
        return {}
    name = {
        "HassLightSet": "brightness",
        intent.INTENT_SET_POSITION: "position",
        "HassClimateSetTemperature": "temperature",
        "HassFanSetSpeed": "percentage",
        "HassSetVolume": "volume_level",
    }[kind]
    value = order.value if name == "temperature" else int(order.value)
    return {name: {"value": value}}


def _wide_slots(found: Found) -> Slots:
    slots: Slots = {"domain": {"value": [found.domain]}}
    if found.device_class:
        slots["device_class"] = {"value": [found.device_class]}
    if found.area_id is not None:
        slots["area"] = {"value": found.area_id}
    else:
        slots["name"] = {"value": "all"}
    return slots
