"""A model's answer without measure: what is done, and what the user hears."""

import json
from typing import Any

import pytest
from homeassistant.components.light import DOMAIN as LIGHT
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_capture_events

from tests.custom_components.jarvis.common import only
from tests.fakes.home import (
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, FakeOllama, Raw, Say, Step, Think

ORDER = {"fr": "occupe-toi de la lumière", "en": "see to the light"}
TALE = {"fr": "raconte-moi une histoire", "en": "tell me a story"}
LAMP = {"fr": "Lampe", "en": "Lamp"}
ON = {"fr": "Lampe est allumée", "en": "Lamp is on"}
ENOUGH = {
    "fr": "Je m'arrête là, c'est déjà long. Demande-moi la suite si tu veux.",
    "en": "I will stop here, that was a lot. Ask me for the rest if you like.",
}
HEARD, SHOWN = 4200, 20_500
"""Characters that an answer takes at most, its ending included."""


@pytest.fixture(params=["fr", "en"])
async def language(
    request: pytest.FixtureRequest, hass: HomeAssistant, ollama: FakeOllama
) -> str:
    tag: str = request.param
    await async_furnish(hass, {"": [Lamp(LAMP[tag])]}, tag)
    await async_install_jarvis(hass, ollama)
    return tag


def line(message: dict[str, Any], **more: Any) -> Raw:
    """Return a line of the stream, as the server sends it."""
    event = {"model": "m", "message": {"role": "assistant", "content": "", **message}}
    return Raw(json.dumps(event | {"done": False} | more).encode() + b"\n")


def calls(number: int, **arguments: Any) -> Raw:
    """Return a line that asks for so many calls at once."""
    call = {"function": {"name": "intent__HassTurnOn", "arguments": arguments}}
    return line({"tool_calls": [call] * number})


async def test_same_call_is_made_once_and_told_once(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    services = async_capture_events(hass, "call_service")
    name = LAMP[language]
    ollama.queue(*[Call("intent__HassTurnOn", name=name)] * 5, calls(500, name=name))
    answer = speech(await async_ask(hass, ORDER[language], language))
    assert only(hass, LIGHT) == "on"
    moved = [event.data["domain"] for event in services]
    assert moved.count(LIGHT) == 1
    assert answer.casefold().count(ON[language].casefold()) == 1


async def test_calls_of_one_turn_come_to_an_end(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = lambda body: [
        Call("intent__HassTurnOn", name=LAMP[language], area=f"{len(ollama.chats)} {n}")
        for n in range(100)
    ]
    answer = speech(await async_ask(hass, ORDER[language], language))
    assert len(ollama.chats) <= 4
    told = [m for m in ollama.chats[-1].json["messages"] if m["role"] == "tool"]
    assert 16 <= len(told) <= 48
    assert answer
    assert len(answer) < 300


@pytest.mark.parametrize(
    "call",
    [
        {"name": "x" * 1_000_000},
        {"name": "LAMP", "area": ["x"] * 5000},
        {"name": "LAMP", **{f"k{n}": n for n in range(2000)}},
        {"name": "LAMP", "area": json.loads("[" * 200 + "]" * 200)},
        {"name": "LAMP", "area": "x" * 2000},
    ],
)
async def test_call_without_measure_is_not_made(
    hass: HomeAssistant, ollama: FakeOllama, language: str, call: dict[str, Any]
) -> None:
    if call["name"] == "LAMP":
        call = call | {"name": LAMP[language]}
    ollama.handler = lambda body: [calls(1, **call)]
    answer = speech(await async_ask(hass, ORDER[language], language))
    assert only(hass, LIGHT) == "off"
    assert answer
    assert len(answer) < 300


async def test_name_of_a_tool_without_measure(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    ollama.handler = lambda body: [Call("HassTurnOn" * 10_000, name=LAMP[language])]
    assert len(speech(await async_ask(hass, ORDER[language], language))) < 300
    assert only(hass, LIGHT) == "off"


@pytest.mark.parametrize(
    "steps",
    [
        [Say("bla. " * 1_800_000)],
        [Raw(b'{"message": {"content": "' + b"a" * 8_000_000 + b'"}}\n')],
        [Raw(b'{"message": {"content": ' + b"[" * 100_000 + b"\n")],
        [Raw(b"[" * 200_000 + b"\n")],
        [Raw(b'{"message": {"tool_calls": ' + b'[{"a":' * 30_000 + b"\n")],
        [Raw(b'{"done": ' + b"9" * 200_000 + b"}\n")],
        [Raw(b"\n" * 3_000_000)],
    ],
)
async def test_answer_without_measure(
    hass: HomeAssistant, ollama: FakeOllama, language: str, steps: list[Step]
) -> None:
    ollama.queue(*steps)
    answer = speech(await async_ask(hass, TALE[language], language))
    assert answer
    assert len(answer) < SHOWN


@pytest.mark.parametrize(("voice", "most"), [(True, HEARD), (False, SHOWN)])
@pytest.mark.parametrize(
    "text",
    ["Il était une fois un dragon. " * 2000, "a a a " * 8000, "dragon" * 8000],
    ids=["tale", "letters", "word"],
)
async def test_long_answer_ends_with_a_sentence(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    text: str,
    voice: bool,
    most: int,
) -> None:
    ollama.handler = lambda body: [Say(text)]
    device = "some device" if voice else None
    result = await async_ask(hass, TALE[language], language, device_id=device)
    answer = speech(result)
    assert len(answer) < most
    # What is heard must be in the language of the question.
    if not voice or (language == "fr" and text.startswith("Il")):
        assert answer.endswith(ENOUGH[language])


async def test_thoughts_without_measure(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    said = {"fr": "Il était une fois.", "en": "Once upon a time."}[language]
    ollama.queue(Think("Hm. " * 20_000), Say(said))
    assert speech(await async_ask(hass, TALE[language], language)) == said


@pytest.mark.parametrize(
    "arguments",
    [
        '{"name": "LAMP"}',
        json.dumps('{"name": "LAMP"}'),
        [{"name": "LAMP"}],
        {"name": "HassTurnOn", "arguments": {"name": "LAMP"}},
        {"parameters": {"name": "LAMP"}},
        {"arguments": '{"name": "LAMP"}'},
        {"input": {"parameters": {"name": "LAMP"}}},
        {"name": "LAMP", "domain": "light", "floor": None, "area": "null"},
        {"name": ["LAMP"], "domain": "LIGHT"},
        {"name": {"value": "LAMP"}},
    ],
)
async def test_arguments_in_another_shape(
    hass: HomeAssistant, ollama: FakeOllama, language: str, arguments: Any
) -> None:
    lamp = LAMP[language]
    shaped = json.loads(json.dumps(arguments).replace("LAMP", lamp))
    call = {"function": {"name": "intent__HassTurnOn", "arguments": shaped}}
    ollama.queue(line({"tool_calls": [call]}))
    answer = speech(await async_ask(hass, ORDER[language], language))
    assert only(hass, LIGHT) == "on"
    assert ON[language].casefold() in answer.casefold()


@pytest.mark.parametrize("arguments", ['{"name": "Lam', "[1, 2]", [1, 2], 7, "Lampe"])
async def test_arguments_that_cannot_be_read_move_nothing(
    hass: HomeAssistant, ollama: FakeOllama, language: str, arguments: Any
) -> None:
    call = {"function": {"name": "intent__HassTurnOn", "arguments": arguments}}
    ollama.handler = lambda body: [line({"tool_calls": [call]})]
    assert speech(await async_ask(hass, ORDER[language], language))
    assert only(hass, LIGHT) == "off"
