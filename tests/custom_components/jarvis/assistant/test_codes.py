"""The code in whatever spelling: it stays with the guard, and ordinary numbers do not."""

import time
from pathlib import Path

import pytest
import yaml
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant

from custom_components.jarvis.assistant.safety.codes import find_codes, reads_code
from custom_components.jarvis.assistant.safety.pin import is_right
from custom_components.jarvis.assistant.safety.redaction import HIDDEN, Shield
from custom_components.jarvis.const import CONF_PIN, MAX_TEXT
from tests.custom_components.jarvis.common import SetUp, model_server, only
from tests.fakes.home import DoorLock, async_ask, async_furnish
from tests.fakes.ollama import FakeOllama

SETS = yaml.safe_load((Path(__file__).parent / "codes.yaml").read_text())
LANGUAGES = ("fr", "en")
NAME = {"fr": "Serrure", "en": "Lock"}
FRAMES = {
    "fr": [
        "{}",
        "le code est {}",
        "déverrouille la serrure {}",
        "déverrouille la serrure avec le code {} s'il te plaît",
        "raconte-moi une histoire sur {}",
    ],
    "en": [
        "{}",
        "the code is {}",
        "unlock the lock {}",
        "unlock the lock with the code {} please",
        "tell me a story about {}",
    ],
}
FAMILIES = (
    "seven ",
    "for ",
    "a ",
    "le ",
    "four and ",
    "oneone ",
    "unlock code 4711 ",
    "4 fois ",
    "quatre-vingt-dix-sept ",
    "double ",
    "vingtsept",
    "first ",
    "won ",
)


@pytest.fixture
def shield(hass: HomeAssistant) -> Shield:
    return Shield(hass, "4711", lambda: ["Serrure", "Lock"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_spelling_is_the_code(shield: Shield, language: str) -> None:
    said = [f.format(s) for f in FRAMES[language] for s in SETS["spoken"][language]]
    left = [text for text in said if not _is_out(shield, text)]
    assert left == []


def _is_out(shield: Shield, text: str) -> bool:
    """Return whether a code is taken out, and found right where it is offered as one."""
    found = shield.take_out(text)
    if text.startswith(("tell", "raconte")):
        return found.text.endswith(HIDDEN) or is_right(found.tried, "4711")
    return is_right(found.tried, "4711") and found.text != text


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_numbers_are_no_code(shield: Shield, language: str) -> None:
    ordinary = SETS["ordinary"][language]
    assert len(ordinary) >= 60
    assert [text for text in ordinary if shield.take_out(text).text != text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_one_is_taken_for_a_code_that_is_waited_for(
    shield: Shield, language: str
) -> None:
    taken = [
        text
        for text in SETS["ordinary"][language]
        if shield.take_out(text, expected=True).tried
    ]
    assert len(taken) <= 2, taken


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("too ate won fore", "2814"),
        ("deux cet oeuf un", "2791"),
        ("o eight three o", "0830"),
        ("one o o o", "1000"),
        ("two five eight nought", "2580"),
        ("quadruple seven", "7777"),
        ("four sevens", "7777"),
        ("quatre fois sept", "7777"),
        ("quatre sept vin vin", "472020"),
        (
            "twelve million three hundred forty five thousand six hundred seventy eight",
            "12345678",
        ),
        (
            "douze millions trois cent quarante-cinq mille six cent soixante-dix-huit",
            "12345678",
        ),
    ],
)
def test_what_is_heard_while_a_code_is_waited_for(
    shield: Shield, text: str, code: str
) -> None:
    assert is_right(shield.take_out(text, expected=True).tried, code)


@pytest.mark.parametrize("expected", [True, False])
def test_an_utterance_tries_one_code(shield: Shield, expected: bool) -> None:
    """Who says what may be read in several ways gains nothing by it."""
    for text in (
        "vingt deux trente trois quarante quatre",
        "cent vingt deux cent trente trois",
        "quatre vingt dix sept quatre vingt dix huit",
        "to one for two too three to four",
        "tu naught cent deux thirty sept for",
        "to four seven one for",
        "code vingt deux trente quatre",
    ):
        readings = shield.take_out(text, expected=expected).tried
        for length in range(4, 9):
            tried = [r for r in readings if len(r) == length]
            assert sum(is_right(readings, code) for code in tried) <= 1, text
    assert is_right(reads_code("vingt deux trente"), "2230")
    assert not is_right(reads_code("for 4711", expected=True), "44711"[:4])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "turn on the lamp 4711 for 5 minutes",
            "turn on the lamp (code) for 5 minutes",
        ),
        ("remember 4711, 5 minutes", "remember (code) , 5 minutes"),
        ("4711 or 5 minutes", "(code) or 5 minutes"),
        ("tell me about 4711 and 20 people", "tell me about (code) and 20 people"),
        ("tell me a joke, 4711 for 5 minutes", "tell me a joke, (code) for 5 minutes"),
        ("set a timer 4711 for 5 minutes", "set a timer (code) for 5 minutes"),
        ("raconte-moi 4711 en dix minutes", "raconte-moi (code) en dix minutes"),
        ("4711 ou 5 minutes", "(code) ou 5 minutes"),
        ("parle-moi de 4711 et 20 personnes", "parle-moi de (code) et 20 personnes"),
        ("quatre sept un un puis cinq minutes", "(code) puis cinq minutes"),
        ("unlock it with code 4711 for 5 minutes", "unlock it for 5 minutes"),
        ("unlock it 4711 first", "unlock it first"),
        ("unlock it, code 4711, to let 2 in", "unlock it to let 2 in"),
        ("ouvre la porte code 4711 une fois", "ouvre la porte une fois"),
        ("ouvre la porte, code 4711 toi", "ouvre la porte toi"),
        ("ouvre la porte 4711 d'un coup", "ouvre la porte d'un coup"),
        ("sure, 4711", HIDDEN),
        ("I said 4711", HIDDEN),
        ("well 4711", HIDDEN),
        ("bien sûr 4711", HIDDEN),
        ("d'accord 4711", HIDDEN),
        ("voilà 4711", HIDDEN),
        ("le bus 3204 est passé", "le bus (code) est passé"),
        ("le facteur passe 2 fois par jour", "le facteur passe 2 fois par jour"),
        ("le mot de passe est 4711", HIDDEN),
        ("il passe à la télé", "il passe à la télé"),
    ],
)
def test_what_is_left_of_a_text(shield: Shield, text: str, left: str) -> None:
    """The code goes, and no more: what stands beside it is not drawn into it."""
    found = shield.take_out(text)
    assert found.text == left
    if HIDDEN not in left or left == HIDDEN:
        assert not found.tried or is_right(found.tried, "4711")


@pytest.mark.parametrize("code", ["4711", "1945", "1789", "0730", "2215", "19451789"])
def test_what_is_hidden_does_not_depend_on_the_code(
    hass: HomeAssistant, code: str
) -> None:
    one, other = (Shield(hass, digits, lambda: ["Lock"]) for digits in (code, "4712"))
    for text in (
        "what happened 1945",
        "que s'est-il passé 1945",
        "1789",
        "tell me about 2215",
        "unlock the lock 1945",
        "at 07:30",
        "0730 please",
        "1945 ans",
    ):
        for expects in (True, False):
            received = (
                shield.receive(
                    _input(text), number_expected=expects, expected=not expects
                )
                for shield in (one, other)
            )
            assert len({(r.text, r.tried) for r in received}) == 1, text


def _input(text: str) -> conversation.ConversationInput:
    return conversation.ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language="en",
        agent_id="",
    )


def test_digits_that_nobody_can_read_stay_with_the_guard(shield: Shield) -> None:
    """Where a code is waited for: misspelt, cut short, or in another language."""
    for text in (
        "four sevn one one",
        "quatr sept un un",
        "vier sieben eins eins",
        "cuatro siete uno uno",
        "it is four seven onne one",
        "qatre set un un",
    ):
        assert shield.take_out(text, expected=True).text == HIDDEN, text
    for text in (
        "what time is it",
        "raconte-moi une blague",
        "turn on the lamp",
        "vous êtes sept",
        "un deux trois soleil",
        "is it for you too",
        "allume la lampe",
        "the weather in september",
    ):
        assert shield.take_out(text, expected=True).text == text, text


def test_what_is_too_long_is_refused_without_a_code(shield: Shield) -> None:
    text = "my code is 4711 " + "x " * MAX_TEXT + " 4711"
    found = shield.take_out(text)
    assert "4711" not in found.text
    assert len(found.text) > MAX_TEXT
    assert not found.tried


@pytest.mark.parametrize("family", FAMILIES)
def test_reading_takes_no_more_than_the_length(family: str) -> None:
    short, long = (
        min(_seconds((family * length)[:length]) for _ in range(3))
        for length in (5_000, 20_000)
    )
    assert long < 9 * short + 0.05


def _seconds(text: str) -> float:
    begun = time.thread_time()
    find_codes(text, expected=True)
    return time.thread_time() - begun


@pytest.mark.usefixtures("small_talk")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_spelling_reaches_the_model(
    hass: HomeAssistant, ollama: FakeOllama, set_up: SetUp, language: str
) -> None:
    await async_furnish(hass, {"": [DoorLock(NAME[language], locked=True)]}, language)
    await set_up(
        model_server(ollama),
        language=language,
        options={CONF_PIN: "4711", "rate_limit": 120},
    )
    lock = hass.states.async_all("lock")[0].entity_id
    spoken = SETS["spoken"][language][::3]
    for said in spoken:
        await async_ask(hass, FRAMES[language][2].format(said), language)
        assert only(hass, "lock") == "unlocked", said
        await hass.services.async_call(
            "lock", "lock", {"entity_id": lock}, blocking=True
        )
        await async_ask(hass, FRAMES[language][4].format(said), language)
        assert hass.states.get(lock).state == "locked"
    sent = [chat.json["messages"][-1]["content"] for chat in ollama.chats]
    assert len(sent) >= len(spoken)
    assert [text for said in spoken for text in sent if said in text] == []
