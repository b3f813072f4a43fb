"""What plays, cleans or moves is controlled, and nothing that is not meant."""

from typing import Any, override

import pytest
from homeassistant.components.cover import CoverEntityFeature
from homeassistant.components.media_player import (
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.core import HomeAssistant

from tests.fakes.home import (
    Blind,
    Device,
    Lamp,
    Player,
    Robot,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)


class Radio(Player):
    """A player that plays one track after the other."""

    _attr_supported_features = (
        MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.NEXT_TRACK
        | MediaPlayerEntityFeature.PREVIOUS_TRACK
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_STEP
    )
    _attr_media_track = 5

    @override
    async def async_media_pause(self) -> None:
        await self.obey(state=MediaPlayerState.PAUSED)

    @override
    async def async_media_play(self) -> None:
        await self.obey(state=MediaPlayerState.PLAYING)

    @override
    async def async_media_next_track(self) -> None:
        await self.obey(media_track=self._attr_media_track + 1)

    @override
    async def async_media_previous_track(self) -> None:
        await self.obey(media_track=self._attr_media_track - 1)


class Roller(Blind):
    """A blind that can be stopped on its way."""

    _attr_supported_features = (
        CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE | CoverEntityFeature.STOP
    )

    @override
    async def async_stop_cover(self, **kwargs: Any) -> None:
        await self.obey(is_opening=False, is_closing=False, is_closed=False)


NAMES = {
    "fr": ("Radio", "Télé", "Gaston", "Volet", "Salon", "Cuisine"),
    "en": ("Radio", "Telly", "Gaston", "Blind", "Lounge", "Kitchen"),
}


async def furnish(hass: HomeAssistant, language: str) -> dict[str, Device]:
    radio, tv, robot, blind, room, kitchen = NAMES[language]
    home: dict[str, Device] = {
        "radio": Radio(radio), "tv": Radio(tv), "robot": Robot(robot),
        "blind": Roller(blind), "lamp": Lamp("Lampe"),
    }  # fmt: skip
    home["radio"]._attr_state = MediaPlayerState.PLAYING
    await async_furnish(
        hass,
        {
            room: [home["tv"], home["robot"], home["lamp"]],
            kitchen: [home["radio"], home["blind"]],
        },
        language,
    )
    await async_install_jarvis(hass)
    return home


def states(hass: HomeAssistant, home: dict[str, Device]) -> dict[str, Any]:
    found = {}
    for key, device in home.items():
        state = hass.states.get(device.entity_id)
        assert state is not None
        track = state.attributes.get("media_track")
        volume = state.attributes.get("volume_level")
        found[key] = (state.state, track, volume)
    return found


@pytest.mark.parametrize(
    ("language", "text", "key", "state"),
    [
        ("fr", "mets en pause", "radio", "paused"),
        ("fr", "mets la musique en pause", "radio", "paused"),
        ("fr", "mets la radio en pause", "radio", "paused"),
        ("fr", "tu peux mettre en pause la radio de la cuisine ?", "radio", "paused"),
        ("fr", "passe à la chanson suivante", "radio", 6),
        ("fr", "reviens au morceau précédent", "radio", 4),
        ("fr", "démarre l'aspirateur", "robot", "cleaning"),
        ("fr", "passe l'aspirateur", "robot", "cleaning"),
        ("fr", "mets l'aspirateur en pause", "robot", "paused"),
        ("fr", "renvoie l'aspirateur à sa base", "robot", "returning"),
        ("fr", "fais rentrer l'aspirateur", "robot", "returning"),
        ("fr", "ramène le robot à la base s'il te plaît", "robot", "returning"),
        ("fr", "mets la télé en pause", "", None),
        ("fr", "reprends la musique", "", None),
        ("fr", "arrête le volet", "", None),
        ("fr", "ne mets pas la radio en pause", "", None),
        ("en", "pause", "radio", "paused"),
        ("en", "pause the music", "radio", "paused"),
        ("en", "put the radio on pause", "radio", "paused"),
        ("en", "skip this song", "radio", 6),
        ("en", "go back a song", "radio", 4),
        ("en", "start the vacuum", "robot", "cleaning"),
        ("en", "pause the vacuum", "robot", "paused"),
        ("en", "send the vacuum back to its base", "robot", "returning"),
        ("en", "can you dock the vacuum", "robot", "returning"),
        ("en", "resume the music", "", None),
        ("en", "stop the blind", "", None),
        ("en", "don't pause the radio", "", None),
    ],
)
async def test_only_what_is_meant_is_controlled(
    hass: HomeAssistant, language: str, text: str, key: str, state: str | int | None
) -> None:
    home = await furnish(hass, language)
    before = states(hass, home)
    result = await async_ask(hass, text, language)
    after = states(hass, home)
    changed = {name for name in home if after[name] != before[name]}
    assert changed == ({key} if key else set()), speech(result)
    if key:
        assert state in after[key]


@pytest.mark.parametrize(
    ("language", "open_it", "texts"),
    [
        ("fr", "ouvre le volet", ["arrête le volet", "stoppe le volet de la cuisine"]),
        ("en", "open the blind", ["stop the blind", "stop the kitchen blind"]),
    ],
)
async def test_moving_cover_is_stopped(
    hass: HomeAssistant, language: str, open_it: str, texts: list[str]
) -> None:
    home = await furnish(hass, language)
    blind = home["blind"]
    assert isinstance(blind, Roller)
    for text in texts:
        await async_ask(hass, open_it, language)
        assert blind.is_opening
        await async_ask(hass, text, language)
        assert not blind.is_opening, text


@pytest.mark.parametrize(
    ("language", "texts", "way"),
    [
        ("fr", ["plus fort", "monte le son"], 1),
        ("fr", ["moins fort", "baisse le volume de la radio"], -1),
        ("en", ["louder", "turn up the volume"], 1),
        ("en", ["quieter", "turn the volume down"], -1),
    ],
)
async def test_what_plays_is_louder_or_quieter(
    hass: HomeAssistant, language: str, texts: list[str], way: int
) -> None:
    home = await furnish(hass, language)
    radio = home["radio"]
    assert isinstance(radio, Radio)
    for text in texts:
        before = radio.volume_level
        await async_ask(hass, text, language)
        assert radio.volume_level is not None
        assert before is not None
        assert (radio.volume_level - before) * way > 0, text
