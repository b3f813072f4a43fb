"""The weather where something is missing, far away, forbidden, or asked by a model."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from pytest_homeassistant_custom_component.common import MockUser

from tests.custom_components.jarvis.common import JOKE
from tests.fakes.home import Lamp, async_ask, async_furnish, speech
from tests.fakes.home import async_install_jarvis as install
from tests.fakes.ollama import Call, FakeOllama, Say
from tests.fakes.weather import NOW, Station, async_add_stations

TOMORROW = {"fr": "quel temps fera-t-il demain ?", "en": "what's the weather tomorrow?"}
TODAY = {"fr": "quel temps fait-il ?", "en": "what's the weather like?"}
PLACE = {"fr": "quel temps fait-il à {} ?", "en": "what's the weather in {}?"}


@pytest.fixture(params=["fr", "en"])
async def language(
    request: pytest.FixtureRequest, hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> str:
    freezer.move_to(NOW)
    tag: str = request.param
    await async_furnish(hass, {"": [Lamp("Lampe")]}, tag)
    return tag


async def test_without_a_service_it_says_how_to_get_one(
    hass: HomeAssistant, language: str
) -> None:
    await install(hass)
    told = speech(await async_ask(hass, TOMORROW[language], language))
    assert "Met.no" in told
    assert "Assist" in told


async def test_places(hass: HomeAssistant, language: str) -> None:
    home, sea = Station("Maison"), Station("Biarritz", kinds=("daily",))
    sea._attr_native_temperature = 15
    await async_add_stations(hass, home, sea)
    await install(hass)

    async def ask(text: str) -> str:
        return speech(await async_ask(hass, text, language))

    assert "10" in await ask(TODAY[language])
    assert "15" in await ask(PLACE[language].format("Biarritz"))
    elsewhere = {"fr": "que d'ici", "en": "only know the weather here"}[language]
    assert elsewhere in await ask(PLACE[language].format("Tokyo"))
    # One that does not answer is named; for here, the other one is asked.
    sea.available_now = False
    sea.async_write_ha_state()
    assert "Biarritz" in await ask(PLACE[language].format("Biarritz"))
    home.available_now, sea.available_now = False, True
    home.async_write_ha_state()
    sea.async_write_ha_state()
    assert "15" in await ask(TODAY[language])
    sea.available_now = False
    sea.async_write_ha_state()
    silent = {"fr": "ne répond pas", "en": "not answering"}[language]
    assert silent in await ask(TODAY[language])


async def test_days_alone_tell_no_hours(hass: HomeAssistant, language: str) -> None:
    await async_add_stations(hass, Station(kinds=("daily",)))
    await install(hass)
    rain = {"fr": "va-t-il pleuvoir demain ?", "en": "will it rain tomorrow?"}
    told = speech(await async_ask(hass, rain[language], language))
    assert {"fr": "Oui", "en": "Yes"}[language] in told
    assert "70 %" in told
    assert "14" not in told
    when = {"fr": "quand va-t-il neiger ?", "en": "when will it snow?"}[language]
    told = speech(await async_ask(hass, when, language))
    assert {"fr": "vendredi", "en": "on Friday"}[language] in told


async def test_units_of_the_home(hass: HomeAssistant, language: str) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await async_add_stations(hass, Station())
    await install(hass)
    told = speech(await async_ask(hass, TODAY[language], language))
    assert {"fr": "50 degrés", "en": "50 degrees"}[language] in told
    frost = {"fr": "va-t-il geler vendredi ?", "en": "will it freeze on Friday?"}
    told = speech(await async_ask(hass, frost[language], language))
    assert {"fr": "Oui", "en": "Yes"}[language] in told
    wind = {"fr": "y a-t-il du vent ?", "en": "how windy is it?"}[language]
    assert "mph" in speech(await async_ask(hass, wind, language))


async def test_why_tells_where_it_is_from(hass: HomeAssistant, language: str) -> None:
    await async_add_stations(hass, Station())
    await install(hass)
    result = await async_ask(hass, TOMORROW[language], language)
    why = await async_ask(
        hass,
        {"fr": "pourquoi ?", "en": "why?"}[language],
        language,
        conversation_id=result.conversation_id,
    )
    assert "Maison" in speech(why)


async def test_who_may_not_read_it_is_not_told(
    hass: HomeAssistant, language: str
) -> None:
    await async_add_stations(hass, Station())
    await install(hass)
    user = MockUser()
    user.add_to_hass(hass)
    user.mock_policy({"entities": {"domains": {"light": True}}})
    told = speech(await async_ask(hass, TODAY[language], language, user_id=user.id))
    assert "10" not in told


async def test_a_model_has_one_tool_for_it(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_add_stations(hass, Station())
    await install(hass, ollama)
    answer = {"fr": "Il pleuvra vers 14 h.", "en": "It will rain around 2 pm."}
    ollama.queue(Call("jarvis__weather", when="tomorrow afternoon"))
    ollama.queue(Say(answer[language]))
    result = await async_ask(hass, JOKE[language], language)
    assert speech(result) == answer[language]
    asked: dict[str, Any] = ollama.chats[-1].json
    names = {tool["function"]["name"] for tool in asked["tools"]}
    assert not any("GetWeather" in name for name in names)
    told = next(m["content"] for m in asked["messages"] if m["role"] == "tool")
    assert "rainy" in told
    assert {"fr": "14 h", "en": "2 pm"}[language] in told
