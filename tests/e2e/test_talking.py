"""Conversations by voice: politeness, two orders, "it", a question back, "stop"."""

import pytest
from demo.rooms import Language
from demo.satellite import Hearing

from tests.e2e.stage import OnStage

pytestmark = pytest.mark.timeout(300)

FR, EN = Language.FRENCH, Language.ENGLISH


class Talk:
    """One conversation with the satellite of a home."""

    def __init__(self, home: OnStage, language: Language) -> None:
        self._home = home
        self._language = language
        self._last: Hearing | None = None

    def __call__(self, sentence: str) -> Hearing:
        """Say a sentence; return what came of it."""
        home = self._home.home
        sound = self._home.say(sentence, self._language)
        self._last = self._home.play(
            home.satellite.turn(
                sound,
                home.pipelines[self._language],
                conversation_id=self._last.conversation_id if self._last else None,
            )
        )
        return self._last


POLITE = {
    FR: (
        "pourrais-tu allumer la lumière du salon s'il te plaît",
        "et dans la cuisine",
        "éteins-la",
        "éteins la lumière du salon et ferme le volet de la chambre",
    ),
    EN: (
        "could you turn on the living room light please",
        "and in the kitchen",
        "turn it off",
        "turn off the living room light and close the bedroom blinds",
    ),
}


@pytest.mark.parametrize("language", [FR, EN])
def test_what_was_spoken_of_is_remembered(
    french_home: OnStage, language: Language
) -> None:
    home = french_home
    for light in ("light.salon", "light.cuisine"):
        home.set(light, "turn_off")
    home.set("cover.chambre", "open_cover")
    polite, elsewhere, it, both = POLITE[language]
    talk = Talk(home, language)

    talk(polite)
    assert home.state("light.salon") == "on"
    talk(elsewhere)
    assert home.state("light.cuisine") == "on"
    talk(it)
    assert home.state("light.cuisine") == "off"
    assert home.state("light.salon") == "on"
    hearing = talk(both)
    assert home.state("light.salon") == "off"
    assert home.state("cover.chambre") == "closed"
    assert hearing.reply is not None
    assert not hearing.reply.silent
    assert not hearing.listens


CRITICAL = {
    FR: ("déverrouille la porte d'entrée", "non", "stop"),
    EN: ("unlock the front door", "no", "stop"),
}


@pytest.mark.parametrize("language", [FR, EN])
def test_jarvis_listens_on_when_it_asks_and_is_silent_when_told_to(
    french_home: OnStage, language: Language
) -> None:
    home = french_home
    home.set("lock.entree", "lock")
    order, no, stop = CRITICAL[language]
    talk = Talk(home, language)

    assert talk(order).listens
    assert not talk(no).listens
    assert home.state("lock.entree") == "locked"
    assert talk(stop).reply is None


LATER = {
    FR: "allume le ventilateur dans dix minutes",
    EN: "turn on the fan in ten minutes",
}


@pytest.mark.parametrize("language", [FR, EN])
def test_an_order_for_later_is_not_done_at_once(
    french_home: OnStage, language: Language
) -> None:
    french_home.set("fan.chambre", "turn_off")

    hearing = Talk(french_home, language)(LATER[language])

    assert french_home.state("fan.chambre") == "off"
    assert "10 minutes" in (hearing.answer or "")
    assert hearing.reply is not None
