"""What was done is told in words, once, and nothing is denied that no state denies."""

from typing import Any, override

import pytest
from homeassistant.components.light import ColorMode
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_capture_events

from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, Cut, FakeOllama, Say


class Strip(Lamp):
    """A lamp with colours that reports none of what it is told to be."""

    _attr_supported_color_modes = frozenset({ColorMode.HS})
    _attr_color_mode = ColorMode.HS
    _attr_assumed_state = True

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self.obey(is_on=True)


ON = Call("intent__HassTurnOn", name="porch")
BLUE = Call("intent__HassLightSet", name="strip", color="blue")


@pytest.mark.parametrize(
    ("language", "text", "steps", "heard", "acts"),
    [
        ("en", "dim the strip to 30%", [], "Done, the strip is at 30 %.", 1),
        ("fr", "mets le strip à 30 %", [], "C'est fait, strip est à 30 %.", 1),
        (
            "en",
            "please would you have the strip like the sea for me",
            [BLUE, Say("I have turned the strip blue.")],
            "the strip has changed colour.",
            1,
        ),
        (
            "en",
            "please would you have the porch on for me",
            [ON, ON, ON, Say("I have turned on the porch.")],
            "Done, the porch is on.",
            1,
        ),
    ],
)
async def test_what_was_done_is_told_in_words(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    text: str,
    steps: list[Call | Say],
    heard: str,
    acts: int,
) -> None:
    await async_furnish(hass, {"": [Strip("strip"), Lamp("porch")]}, language)
    await async_install_jarvis(hass, ollama)
    for step in steps:
        ollama.queue(step)
    called = async_capture_events(hass, "call_service")
    said = speech(await async_ask(hass, text, language))
    assert said.endswith(heard), said
    assert "RGB" not in said
    lights = [event for event in called if event.data["domain"] == "light"]
    assert len(lights) == acts


async def test_an_act_is_not_repeated_for_a_server_that_broke_off(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("porch")]}, "en")
    await async_install_jarvis(hass, ollama)
    ollama.queue(ON, Cut())
    ollama.queue(ON, Say("I have turned on the porch."))
    called = async_capture_events(hass, "call_service")
    text = "please would you have the porch on for me"
    said = speech(await async_ask(hass, text, "en"))
    assert "the porch is on" in said
    lights = [event for event in called if event.data["domain"] == "light"]
    assert len(lights) == 1
