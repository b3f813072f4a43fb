"""How far a cover is closed: a blind closed to 80 % stands at 20 %.

"Ferme à 80 %" says how far it is closed, "baisse à 30 %" where it is to stand. Neither
ever opens anything.
"""

from collections.abc import Iterable
from dataclasses import replace

from homeassistant.core import HomeAssistant

from ...engines.language import Action, Order, Unit
from ..home import Found

_COVERS = frozenset({"cover", "valve"})


def closing(hass: HomeAssistant, order: Order, found: Found) -> Order:
    """Return an order to close by a value as one to set a position; else as it is.

    Without an action where something would be opened by it.
    """
    if order.value is None or order.unit is not Unit.PERCENT:
        return order
    domains = {entity_id.partition(".")[0] for entity_id in found.entity_ids}
    if not domains or not domains <= _COVERS:
        return order
    value = 100 - order.value if order.verb is Action.CLOSE else order.value
    if any(at < value for at in _positions(hass, found.entity_ids)):
        return replace(order, action=None)
    return replace(order, value=value)


def _positions(hass: HomeAssistant, entity_ids: Iterable[str]) -> list[float]:
    states = (hass.states.get(entity_id) for entity_id in entity_ids)
    positions = (state.attributes.get("current_position") for state in states if state)
    return [position for position in positions if isinstance(position, int | float)]
