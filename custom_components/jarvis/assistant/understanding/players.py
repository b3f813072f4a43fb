"""Which player is meant by "pause the music" where none plays in the speaker's room."""

from hassil.recognize import RecognizeResult
from homeassistant.components.media_player.const import DOMAIN
from homeassistant.helpers import intent

from ...engines.language import folded
from ..intents import Step
from ..turn import Turn
from .agreement import match, slots_of


def only_player(turn: Turn, text: str, result: RecognizeResult) -> list[Step]:
    """Return the intent for the only player of the home that it fits.

    Only where no player was named and the room is the speaker's, which Home Assistant
    fills in; nothing where several fit, or where one fits in that room.
    """
    kind, slots = result.intent.name, slots_of(result)
    area = folded(slots.get("area", {}).get("text", ""))
    handler = turn.hass.data.get(intent.DATA_KEY, {}).get(kind)
    if (
        not isinstance(handler, intent.DynamicServiceIntentHandler)
        or handler.required_domains != {DOMAIN}
        or not area
        or set(area) <= set(folded(text))
        or slots.keys() & {"name", "floor"}
        or ((here := match(turn, kind, slots)) and here.is_match)
    ):
        return []
    wide = {name: slot for name, slot in slots.items() if name != "area"}
    found = match(turn, kind, wide | {"domain": {"value": DOMAIN}})
    if found is None or len(found.states) != 1:
        return []
    return [
        Step(
            intent_type=kind,
            slots=wide | {"name": {"value": found.states[0].entity_id}},
        )
    ]
