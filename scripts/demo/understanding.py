"""What Home Assistant's own sentences make of an utterance, and how to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .furnish import call
from .rooms import Language
from .websocket import WebSocket

_OPPOSITE: Final[Mapping[str, Mapping[str, str]]] = {
    # what undoes an intent, by the target's domain; "" for any other domain
    "HassTurnOn": {"cover": "close_cover", "lock": "unlock", "": "turn_off"},
    "HassTurnOff": {"cover": "open_cover", "lock": "lock", "": "turn_on"},
    "HassLightSet": {"light": "turn_off"},
    "HassSetPosition": {"cover": "close_cover"},
    "HassVacuumStart": {"vacuum": "return_to_base"},
    "HassVacuumReturnToBase": {"vacuum": "start"},
}

COMMANDS: Final = frozenset({*_OPPOSITE, "HassClimateSetTemperature"})
"""The intents after which something must be different."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of Home Assistant's that matches an utterance."""

    intent: str
    targets: tuple[str, ...]
    slots: Mapping[str, Any]


async def recognise(
    socket: WebSocket, text: str, language: Language
) -> Sentence | None:
    """Return the matching sentence without acting on it; None when none matches."""
    answer = await socket.command(
        "conversation/agent/homeassistant/debug",
        sentences=[text],
        language=language.value,
    )
    found = answer["results"][0]
    if not found or not found["match"] or "intent" not in found:
        return None
    targets = (e for e, state in found["targets"].items() if state["matched"])
    return Sentence(found["intent"]["name"], tuple(targets), found["slots"])


async def make_otherwise(socket: WebSocket, sentence: Sentence) -> None:
    """Bring the sentence's targets into a state that the sentence will change."""
    opposites = _OPPOSITE.get(sentence.intent, {})
    for entity_id in sentence.targets:
        domain = entity_id.partition(".")[0]
        service = opposites.get(domain, opposites.get(""))
        if sentence.intent == "HassSetPosition" and sentence.slots.get("position") == 0:
            service = "open_cover"
        if service:
            await call(socket, domain, service, entity_id=entity_id)
    if sentence.intent == "HassClimateSetTemperature":
        wanted = float(sentence.slots.get("temperature", 19))
        await call(
            socket,
            "climate",
            "set_temperature",
            entity_id=list(sentence.targets) or "climate.salon",
            temperature=18 if wanted != 18 else 19,
        )
