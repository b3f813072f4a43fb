"""Jarvis is ready before its first utterance, and what changes afterwards counts."""

from datetime import timedelta
from typing import Never

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation import default_agent
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.light import DOMAIN as LIGHT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.jarvis.assistant.understanding import gazetteer
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
)

# Name, sentence; the last one is read by Home Assistant's gazetteer alone.
LAMPS = {
    "fr": (("Guirlande", "allume la guirlande"), ("Bougeoir", "allume le bougeoir")),
    "en": (
        ("Lantern", "turn on the lantern"),
        ("Chandelier", "power on the chandelier"),
    ),
}
STRANGER = {"fr": "Phare", "en": "Beacon"}
ON = {"fr": "allume le {}", "en": "turn on the {}"}


def too_late(*args: object) -> Never:
    raise AssertionError("this was to be read before the first utterance")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_all_is_read_before_the_first_utterance_and_changes_count(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    hass.config.language = language
    names = [name for name, _ in LAMPS[language]]
    lamps = [Lamp(name) for name in names]
    hidden = Lamp(STRANGER[language])
    await async_furnish(hass, {"": [*lamps, hidden]}, language)
    async_expose_entity(hass, conversation.DOMAIN, hidden.entity_id, False)
    await async_install_jarvis(hass)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=16))
    await hass.async_block_till_done(wait_background_tasks=True)

    monkeypatch.setattr(default_agent.DefaultAgent, "_load_intents", too_late)
    monkeypatch.setattr(gazetteer, "GazetteerMatcher", too_late)
    for lamp, (_, sentence) in zip(lamps, LAMPS[language], strict=True):
        await async_ask(hass, sentence, language)
        assert hass.states.get(lamp.entity_id).state == "on", sentence
    monkeypatch.undo()

    async def turns_on(name: str) -> str:
        for state in hass.states.async_all(LIGHT):
            await hass.services.async_call(
                LIGHT, "turn_off", {"entity_id": state.entity_id}, blocking=True
            )
        await async_ask(hass, ON[language].format(name), language)
        on = [s.entity_id for s in hass.states.async_all(LIGHT) if s.state == "on"]
        return " ".join(on)

    # Renamed, exposed, hidden, removed: with the very next utterance.
    registry = er.async_get(hass)
    registry.async_update_entity(lamps[0].entity_id, name="Zeppelin")
    await hass.async_block_till_done()
    assert await turns_on("zeppelin") == lamps[0].entity_id
    assert await turns_on(names[0]) == ""
    assert await turns_on(STRANGER[language]) == ""
    async_expose_entity(hass, conversation.DOMAIN, hidden.entity_id, True)
    assert await turns_on(STRANGER[language]) == hidden.entity_id
    async_expose_entity(hass, conversation.DOMAIN, lamps[0].entity_id, False)
    assert await turns_on("zeppelin") == ""
    registry.async_remove(lamps[1].entity_id)
    await hass.async_block_till_done()
    assert await turns_on(names[1]) == ""
