"""The code in whatever spelling: it stays with the guard, and ordinary numbers do not."""

import time
from pathlib import Path

import pytest
import yaml
from homeassistant.core import HomeAssistant

from custom_components.jarvis.assistant.codes import find_codes, reads_code
from custom_components.jarvis.assistant.shield import HIDDEN, Shield
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
        return found.text.endswith(HIDDEN) or "4711" in found.tried
    return "4711" in found.tried and found.text != text


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
    assert code in shield.take_out(text, expected=True).tried


def test_a_row_is_few_codes() -> None:
    """Who says many numbers at once gains nothing by what they may mean."""
    for text in (
        "vingt deux trente trois quarante quatre",
        "cent vingt deux cent trente trois",
        "quatre vingt dix sept quatre vingt dix huit",
        "to one for two too three to four",
    ):
        assert len(reads_code(text, expected=True)) <= 24, text


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
