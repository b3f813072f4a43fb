"""What is said of an act is Jarvis's own and made from the state after it."""

from typing import Any, override

import pytest
from homeassistant.components import todo
from homeassistant.components.humidifier import HumidifierEntity
from homeassistant.components.lawn_mower import (
    LawnMowerActivity,
    LawnMowerEntity,
    LawnMowerEntityFeature,
)
from homeassistant.components.media_player import (
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.components.todo import (
    TodoItem,
    TodoListEntity,
    TodoListEntityFeature,
)
from homeassistant.components.vacuum import (
    StateVacuumEntity,
    VacuumActivity,
    VacuumEntityFeature,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent
from homeassistant.setup import async_setup_component

from custom_components.jarvis.assistant.telling import confirmation
from custom_components.jarvis.assistant.telling.goals import goal_of
from custom_components.jarvis.assistant.telling.replies import CORES_OWN, tell
from tests.fakes import home
from tests.fakes.home import (
    Blind,
    Device,
    Lamp,
    Player,
    Plug,
    Shutter,
    Thermostat,
    Ventilator,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)

ASKED_ONLY = frozenset({"HassGetState", "HassClimateGetTemperature"})
"""Questions about states: test_state_questions."""

SLOTS: dict[str, Any] = {
    "brightness": 40,
    "color": "red",
    "temperature": 20,
    "position": 40,
    "percentage": 40,
    "volume_level": 40,
    "volume_step": "up",
    "fan_mode": "auto",
    "humidity": 50,
    "mode": "auto",
    "item": "milk",
    "minutes": 5,
    "search_query": "jazz",
    "message": "dinner",
}

COMPONENTS = ["assist_satellite", "climate", "cover", "fan", "humidifier", "input_boolean", "intent", "lawn_mower", "light", "lock", "media_player", "shopping_list", "switch", "todo", "vacuum", "valve", "weather"]  # fmt: skip
ENTITIES = {
    "HassClimateSetFanMode": "climate.one",
    "HassClimateSetTemperature": "climate.one",
    "HassCloseCover": "cover.one",
    "HassFanSetSpeed": "fan.one",
    "HassHumidifierMode": "humidifier.one",
    "HassHumidifierSetpoint": "humidifier.one",
    "HassLawnMowerDock": "lawn_mower.one",
    "HassLawnMowerStartMowing": "lawn_mower.one",
    "HassLightSet": "light.one",
    "HassOpenCover": "cover.one",
    "HassSetPosition": "cover.one",
    "HassStopMoving": "cover.one",
    "HassVacuumCleanArea": "vacuum.one",
    "HassVacuumReturnToBase": "vacuum.one",
    "HassVacuumStart": "vacuum.one",
    "HassToggle": "light.one",
    "HassTurnOff": "light.one",
    "HassTurnOn": "light.one",
}


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_every_handler_has_a_reply(hass: HomeAssistant, language: str) -> None:
    """No reply falls through to core's words unless it is on the reviewed list."""
    await async_furnish(hass, {}, language)
    for component in COMPONENTS:
        assert await async_setup_component(hass, component, {}), component
    await hass.async_block_till_done()
    kinds = {handler.intent_type for handler in intent.async_get(hass)}
    assert len(kinds) > 35
    for kind in kinds - CORES_OWN - ASKED_ONLY:
        asked = intent.Intent(
            hass,
            "test",
            kind,
            {name: {"value": value} for name, value in SLOTS.items()},
            None,
            Context(),
            language,
        )
        goal = goal_of(asked, ENTITIES.get(kind, "media_player.one"))
        told = tell(asked.create_response(), language)
        assert goal or told, f"{kind} has no reply of its own"
        assert "{" not in told
    assert not (CORES_OWN & set(ENTITIES))


class Bulb(Lamp):
    """A lamp of one white, at full brightness."""

    _attr_is_on = True


class Radio(Player):
    """A player that does not go on when it is asked to, unless it plays already."""

    _attr_state = MediaPlayerState.PAUSED
    _attr_is_volume_muted = False
    _attr_supported_features = (
        MediaPlayerEntityFeature.TURN_ON
        | MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_MUTE
    )

    @override
    async def async_turn_on(self) -> None:
        """Stay paused."""

    @override
    async def async_media_play(self) -> None:
        """Stay paused."""

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        await self.obey(is_volume_muted=mute)


class Robot(Device, StateVacuumEntity):
    """A vacuum cleaner."""

    _attr_activity = VacuumActivity.DOCKED
    _attr_supported_features = (
        VacuumEntityFeature.START | VacuumEntityFeature.RETURN_HOME
    )

    @override
    async def async_start(self) -> None:
        await self.obey(activity=VacuumActivity.CLEANING)

    @override
    async def async_return_to_base(self, **kwargs: Any) -> None:
        await self.obey(activity=VacuumActivity.RETURNING)


class Mower(Device, LawnMowerEntity):
    """A lawn mower that is stuck at its base."""

    _attr_activity = LawnMowerActivity.DOCKED
    _attr_supported_features = (
        LawnMowerEntityFeature.START_MOWING | LawnMowerEntityFeature.DOCK
    )

    @override
    async def async_start_mowing(self) -> None:
        """Stay where it is."""


class Humidifier(Device, HumidifierEntity):
    """A humidifier."""

    _attr_is_on = True
    _attr_target_humidity = 40

    @override
    async def async_set_humidity(self, humidity: int) -> None:
        await self.obey(target_humidity=humidity)


class Groceries(Device, TodoListEntity):
    """A list."""

    _attr_supported_features = TodoListEntityFeature.CREATE_TODO_ITEM
    _attr_todo_items: list[TodoItem] = []  # noqa: RUF012

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        """Keep nothing: what is said of it is looked at here."""


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmation, "TIMEOUT", 0.05)
    for domain, kind in (
        ("vacuum", Robot),
        ("lawn_mower", Mower),
        ("humidifier", Humidifier),
        (todo.DOMAIN, Groceries),
    ):
        monkeypatch.setitem(home.KINDS, domain, kind)


CASES = {
    "fr": [
        (Thermostat("Chauffage"), "règle le chauffage à vingt degrés", "C'est fait, le chauffage est réglé sur 20 degrés."),
        (Thermostat("Chauffage"), "règle le chauffage à 20,5 degrés", "C'est fait, le chauffage est réglé sur 20,5 degrés."),
        (Thermostat("Chauffage"), "règle le chauffage à 19 degrés", "Le chauffage est déjà réglé sur 19 degrés."),
        (Bulb("Lampe"), "mets la lampe en rouge", "J'ai demandé, mais la lampe ne change pas de couleur."),
        (Bulb("Lampe"), "allume la lampe", "La lampe est déjà allumée."),
        (Plug("Prise"), "éteins la prise", "La prise est déjà éteinte."),
        (Shutter("Volet"), "ferme le volet", "Le volet est déjà fermé."),
        (Shutter("Volet"), "mets le volet à 40 %", "C'est fait, le volet est à 40 %."),
        (Blind("Store"), "ouvre le store", "C'est fait, le store s'ouvre."),
        (Ventilator("Ventilateur"), "mets le ventilateur à 40 %", "C'est fait, le ventilateur est à 40 %."),
        (Radio("Radio"), "allume la radio", "J'ai demandé, mais la radio est toujours en pause."),
        (Radio("Radio"), "règle le volume de la radio à 30 %", "C'est fait, la radio est à un volume de 30 %."),
        (Robot("Aspirateur"), "démarre l'aspirateur", "C'est fait, l'aspirateur nettoie."),
        (Groceries("Courses"), "ajoute des œufs et de la farine à la liste courses", "J'ai ajouté « œufs et farine » à la liste « Courses »."),
    ],
    "en": [
        (Thermostat("Heating"), "set the heating to twenty degrees", "Done, the heating is set to 20 degrees."),
        (Thermostat("Heating"), "set the heating temperature to twenty one", "Done, the heating is set to 21 degrees."),
        (Bulb("Lamp"), "set the lamp to red", "I asked, but the lamp has no colours."),
        (Bulb("Lamp"), "turn on the lamp", "The lamp is already on."),
        (Shutter("Blind"), "set the blind to 40%", "Done, the blind is at 40 %."),
        (Ventilator("Fan"), "set the fan to 40%", "Done, the fan is at 40 %."),
        (Radio("Kitchen radio"), "turn on the kitchen radio", "I asked, but the kitchen radio is still paused."),
        (Radio("Kitchen radio"), "mute the kitchen radio", "Done, the kitchen radio is muted."),
        (Radio("Kitchen radio"), "set the kitchen radio volume to 30%", "Done, the kitchen radio is at 30 % volume."),
        (Robot("Vacuum"), "start the vacuum", "Done, the vacuum is cleaning."),
        (Robot("Vacuum"), "return the vacuum to base", "Done, the vacuum is returning to its base."),
        (Mower("Mower"), "mow the lawn", "I asked, but the mower is still docked."),
        (Groceries("Groceries"), "add milk to my groceries list", "I added “milk” to the list “Groceries”."),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "case"),
    [
        (language, place)
        for language, cases in CASES.items()
        for place in range(len(cases))
    ],
)
async def test_what_is_said_of_an_act(
    hass: HomeAssistant, language: str, case: int
) -> None:
    made, text, answer = CASES[language][case]
    name = str(made.name)
    device = type(made)(name)
    await async_furnish(hass, {"": [device]}, language)
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, text, language)) == answer
