"""Asking Jarvis why: what the turn before did, in words, and what is kept of it."""

import asyncio
import re
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.jarvis.assistant import Trace, Traces, explain
from custom_components.jarvis.assistant.agent import model_agent
from custom_components.jarvis.assistant.telling.traces import (
    KEPT,
    MOST_TEXT,
    Target,
    Used,
)
from custom_components.jarvis.assistant.turn.notes import ModelCall, Tried
from custom_components.jarvis.const import CONF_PIN, CONF_RATE_LIMIT, DOMAIN
from custom_components.jarvis.core.errors import (
    ModelServerError,
    NodeUnreachableError,
)
from tests.custom_components.jarvis.common import JOKE, TIDY, automate, subclasses
from tests.fakes.home import (
    AGENT,
    DoorLock,
    Lamp,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import Call, Cut, FakeOllama, Refuse, Say, Stall, Step

pytestmark = pytest.mark.usefixtures("socket_enabled")

LAMP = {"fr": "Lumière du salon", "en": "Kitchen light"}
ORDER = {"fr": "allume la lumière du salon", "en": "turn on the kitchen light"}
WHY = {"fr": "Pourquoi ?", "en": "Why?"}
WHAT = {"fr": "Qu'est-ce que tu viens de faire ?", "en": "What did you just do?"}
SATELLITE = "assist_satellite.kitchen"


@pytest.fixture(params=["fr", "en"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> str:
    tag: str = request.param
    await async_furnish(hass, {"": [Lamp(LAMP[tag])]}, tag)
    return tag


async def ask_twice(
    hass: HomeAssistant, text: str, why: str, language: str, **more: Any
) -> str:
    """Say something, ask why in the same conversation, and return the answer."""
    first = await async_ask(hass, text, language, **more)
    second = await async_ask(
        hass, why, language, conversation_id=first.conversation_id, **more
    )
    return speech(second)


def without_time(text: str) -> str:
    """Drop the last sentence: how long it took."""
    return re.sub(r" (?:Cela a pris|It took) .*$", "", text)


@pytest.mark.parametrize("question", [WHY, WHAT])
async def test_what_home_assistant_understood(
    hass: HomeAssistant, language: str, question: dict[str, str]
) -> None:
    await async_install_jarvis(hass)
    heard = await ask_twice(hass, ORDER[language], question[language], language)
    assert (
        without_time(heard)
        == {
            "fr": (
                "J'ai compris : « allume la lumière du salon ». "
                "Home Assistant connaît cette phrase. "
                "J'ai donné l'ordre d'allumer la lumière du salon."
            ),
            "en": (
                "I understood: “turn on the kitchen light”. "
                "Home Assistant knows this sentence. "
                "I gave the order to turn on the kitchen light."
            ),
        }[language]
    )


async def test_a_server_that_took_over(
    hass: HomeAssistant, ollama: FakeOllama, second: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama, second)
    ollama.queue(Refuse(503))
    second.queue(Say("Toc toc."))
    heard = await ask_twice(hass, JOKE[language], WHY[language], language)
    assert (
        without_time(heard)
        == {
            "fr": (
                "J'ai compris : « raconte-moi une blague ». Je ne connais pas cette "
                "phrase, alors j'ai demandé au modèle qwen3:4b. "
                f"Le serveur {ollama.server} était occupé, "
                f"alors {second.server} a pris le relais."
            ),
            "en": (
                "I understood: “tell me a joke”. I don't know this "
                "sentence, so I asked the model qwen3:4b. "
                f"The server {ollama.server} was busy, so {second.server} took over."
            ),
        }[language]
    )


async def test_names_of_models_are_for_ears_too(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say("Toc toc."))
    heard = await ask_twice(
        hass, JOKE[language], WHAT[language], language, satellite_id=SATELLITE
    )
    assert "qwen3 4b" in heard
    assert ":" not in heard.partition(JOKE[language])[2]


@pytest.mark.parametrize(
    ("failure", "french", "english"),
    [
        (Cut(), "était injoignable", "could not be reached"),
        (Stall(), "n'a pas répondu à temps", "did not answer in time"),
        (Refuse(401), "a refusé mon mot de passe", "refused my password"),
        (Refuse(500), "a rencontré une erreur", "ran into an error"),
    ],
)
async def test_why_a_server_failed_and_no_other_could_take_over(
    hass: HomeAssistant,
    ollama: FakeOllama,
    language: str,
    failure: Step,
    french: str,
    english: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_agent, "MODEL_TIMEOUT", 1.0)
    await async_install_jarvis(hass, ollama)
    ollama.queue(failure)
    heard = await ask_twice(hass, JOKE[language], WHY[language], language)
    assert (
        without_time(heard)
        == {
            "fr": (
                "J'ai compris : « raconte-moi une blague ». Le serveur 127.0.0.1 "
                f"{french}, et aucun autre n'a pu prendre le relais."
            ),
            "en": (
                "I understood: “tell me a joke”. The server 127.0.0.1 "
                f"{english}, and no other one could take over."
            ),
        }[language]
    )


async def test_what_a_model_did(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("intent__HassTurnOn", name=LAMP[language]))
    ollama.queue(Say("Voilà."))
    heard = await ask_twice(hass, TIDY[language], WHY[language], language)
    assert (
        without_time(heard)
        == {
            "fr": (
                "J'ai compris : « arrange tout comme il faut ». Je ne connais pas cette "
                "phrase, alors j'ai demandé au modèle qwen3:4b sur 127.0.0.1. "
                "J'ai donné l'ordre d'allumer la lumière du salon."
            ),
            "en": (
                "I understood: “sort everything out nicely”. I don't know this sentence, so I "
                "asked the model qwen3:4b on 127.0.0.1. "
                "I gave the order to turn on the kitchen light."
            ),
        }[language]
    )


async def test_what_a_model_tried_in_vain(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("intent__HassTurnOn", name="Fantômas"))
    ollama.queue(Call("homeassistant__GetLiveContext"))
    ollama.queue(Say("Hélas."))
    heard = await ask_twice(hass, JOKE[language], WHY[language], language)
    assert {
        "fr": "Le modèle a consulté l'état de la maison. "
        "Le modèle a essayé HassTurnOn, sans succès.",
        "en": "The model looked at the state of the home. "
        "The model tried HassTurnOn, without success.",
    }[language] in heard


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        (JOKE, "Je ne connais pas cette phrase", "I don't know this sentence"),
        (
            {"fr": "allume les lumières du garage", "en": "turn on the garage lights"},
            "Je connais cette phrase, mais aucun appareil qui convienne",
            "I know this sentence, but no device that fits it",
        ),
    ],
)
async def test_why_nothing_was_understood(
    hass: HomeAssistant, language: str, text: dict[str, str], french: str, english: str
) -> None:
    ar.async_get(hass).async_create("Garage")
    await async_install_jarvis(hass)
    heard = await ask_twice(hass, text[language], WHY[language], language)
    assert {
        "fr": f"{french}, et aucun modèle de langage n'est réglé.",
        "en": f"{english}, and no language model is set up.",
    }[language] in heard


async def test_why_nothing_was_heard(hass: HomeAssistant, language: str) -> None:
    entry = await async_install_jarvis(hass)
    entry.runtime_data.voice_failures.put("⚠", NodeUnreachableError(node="Attic"))
    heard = await ask_twice(hass, "⚠", WHY[language], language, satellite_id=SATELLITE)
    assert (
        without_time(heard)
        == {
            "fr": "La raison : Désolé, je n'arrive pas à joindre le serveur vocal Attic.",
            "en": "The reason: Sorry, I can't reach the voice server Attic.",
        }[language]
    )


async def test_turn_that_was_interrupted(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    arrived = asyncio.Event()

    def stall(body: Any) -> list[Step]:
        arrived.set()
        return [Stall()]

    ollama.handler = stall
    task = hass.async_create_task(
        async_ask(hass, JOKE[language], language, satellite_id=SATELLITE)
    )
    async with asyncio.timeout(5):
        await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    answer = await async_ask(hass, WHY[language], language, satellite_id=SATELLITE)
    assert (
        without_time(speech(answer))
        == {
            "fr": (
                "J'ai compris : « raconte-moi une blague ». "
                "J'ai été interrompu avant la fin."
            ),
            "en": "I understood: “tell me a joke”. I was interrupted before the end.",
        }[language]
    )


async def test_question_stays_open_while_it_is_explained(hass: HomeAssistant) -> None:
    lock = DoorLock("Serrure de l'entrée", locked=True)
    await async_furnish(hass, {"": [lock]}, "fr")
    await async_install_jarvis(hass)
    asked = await async_ask(hass, "déverrouille la serrure de l'entrée")
    again: dict[str, Any] = {"conversation_id": asked.conversation_id}
    told = await async_ask(hass, "pourquoi ?", **again)
    assert without_time(speech(told)) == (
        "J'ai compris : « déverrouille la serrure de l'entrée ». Pour déverrouiller "
        "la serrure de l'entrée, il me faut d'abord une confirmation."
    )
    assert told.continue_conversation
    assert hass.states.get(lock.entity_id).state == "locked"
    await async_ask(hass, "oui", **again)
    assert hass.states.get(lock.entity_id).state == "unlocked"
    done = speech(await async_ask(hass, "qu'as-tu fait ?", **again))
    assert without_time(done) == (
        "J'ai compris : « oui ». C'était la réponse à ma demande de confirmation. "
        "J'ai donné l'ordre de déverrouiller la serrure de l'entrée."
    )


async def test_no_code_is_kept(
    hass: HomeAssistant, ollama: FakeOllama, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    lock = DoorLock("Front door lock", locked=True)
    await async_furnish(hass, {"": [lock]}, "en")
    entry = await async_install_jarvis(hass, ollama)
    hass.config_entries.async_update_entry(
        entry, options={CONF_PIN: "4711", CONF_RATE_LIMIT: 100}
    )
    await hass.async_block_till_done()
    asked = await async_ask(hass, "unlock the front door lock", "en")
    again: dict[str, Any] = {"conversation_id": asked.conversation_id}
    await async_ask(hass, "four seven one one", "en", **again)
    assert hass.states.get(lock.entity_id).state == "unlocked"
    heard = speech(await async_ask(hass, "why?", "en", **again))
    assert heard.startswith("You told me a code. That was the reply")
    # Said where nobody asked for it, it reaches no model; one may guess it yet.
    await async_ask(hass, "the code is forty-seven eleven", "en")
    assert not ollama.chats
    ollama.queue(Call("intent__HassTurnOn", name="47 11", code="1"))
    ollama.queue(Say("No."))
    await async_ask(hass, JOKE["en"], "en")
    kept = str([trace.as_dict() for trace in entry.runtime_data.assistant.traces])
    assert "4711" not in kept
    assert "47 11" not in kept
    assert "eleven" not in kept
    assert "'code': '(code)'" in kept
    assert "4711" not in caplog.text
    assert "eleven" not in caplog.text


async def test_why_after_a_talk_is_for_the_model(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    ollama.queue(Say("Toc toc."))
    ollama.queue(Say("Parce que."))
    first = await async_ask(hass, JOKE[language], language)
    again: dict[str, Any] = {"conversation_id": first.conversation_id}
    assert (
        speech(await async_ask(hass, WHY[language], language, **again)) == "Parce que."
    )
    heard = speech(await async_ask(hass, WHAT[language], language, **again))
    assert WHY[language].rstrip(" ?") in heard
    assert "qwen3:4b" in heard
    assert len(ollama.chats) == 2


async def test_model_that_claimed_what_it_had_not_done(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    claim = {"fr": "J'ai allumé la lumière.", "en": "I turned on the light."}[language]
    ollama.queue(Say(claim))
    ollama.queue(Say(claim))
    wish = {"fr": "fais comme s'il faisait jour", "en": "make it as bright as day"}
    heard = await ask_twice(hass, wish[language], WHY[language], language)
    assert {
        "fr": "Le modèle a affirmé ce qui n'était pas fait, et je l'ai repris.",
        "en": "The model claimed what was not done, and I put it right.",
    }[language] in heard


async def test_why_of_the_world_is_for_the_model(
    hass: HomeAssistant, ollama: FakeOllama, language: str
) -> None:
    await async_install_jarvis(hass, ollama)
    await async_ask(hass, ORDER[language], language)
    ollama.queue(Say("Rayleigh."))
    text = {"fr": "pourquoi le ciel est bleu ?", "en": "why is the sky blue?"}
    assert speech(await async_ask(hass, text[language], language)) == "Rayleigh."


NOTHING = {
    "fr": "Je n'ai rien fait pour toi ces dernières minutes.",
    "en": "I have done nothing for you in the last minutes.",
}


async def test_nothing_happened_yet(hass: HomeAssistant, language: str) -> None:
    await async_install_jarvis(hass)
    assert speech(await async_ask(hass, WHY[language], language)) == NOTHING[language]


async def test_why_in_the_other_language(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass)
    heard = await ask_twice(hass, "allume la lampe", "Why did you do that?", "fr")
    assert without_time(heard).endswith("I gave the order to turn on the lampe.")


async def test_automation_that_waits_for_why_comes_first(hass: HomeAssistant) -> None:
    await async_furnish(hass, {}, "fr")
    await async_install_jarvis(hass)
    await automate(hass, "pourquoi", "Parce que.")
    assert speech(await async_ask(hass, "pourquoi ?")) == "Parce que."


async def ask_as(hass: HomeAssistant, user: MockUser, text: str) -> str:
    return speech(await async_ask(hass, text, "fr", user_id=user.id))


async def test_another_person_is_told_nothing(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass)
    one, other = MockUser(), MockUser()
    one.add_to_hass(hass)
    other.add_to_hass(hass)
    one.mock_policy({"entities": True})
    await ask_as(hass, one, "allume la lampe")
    assert await ask_as(hass, other, "pourquoi ?") == NOTHING["fr"]
    assert speech(await async_ask(hass, "pourquoi ?")) == NOTHING["fr"]
    by_voice = await async_ask(hass, "pourquoi ?", satellite_id=SATELLITE)
    assert speech(by_voice) == NOTHING["fr"]
    assert "allume la lampe" in await ask_as(hass, one, "pourquoi ?")


async def test_satellite_knows_what_it_heard(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass)

    async def why(satellite: str) -> str:
        return speech(await async_ask(hass, "pourquoi ?", satellite_id=satellite))

    await async_ask(hass, "allume la lampe", satellite_id=SATELLITE)
    assert "allume la lampe" in await why(SATELLITE)
    assert await why("assist_satellite.bedroom") == NOTHING["fr"]
    freezer.tick(601)
    assert await why(SATELLITE) == NOTHING["fr"]


async def test_what_is_kept_of_a_turn(
    hass: HomeAssistant, ollama: FakeOllama, second: FakeOllama
) -> None:
    await async_furnish(hass, {"Cuisine": [Lamp("Lampe")]}, "fr")
    entry = await async_install_jarvis(hass, ollama, second)
    ollama.queue(Refuse(503))
    second.queue(Call("intent__HassTurnOn", name="Lampe"))
    ollama.queue(Say("Voilà."))
    result = await async_ask(
        hass, "fais de la lumière s'il te plaît", satellite_id=SATELLITE
    )
    (trace,) = entry.runtime_data.assistant.traces
    kept = trace.as_dict()
    assert kept["text"] == "fais de la lumière s'il te plaît"
    # A model's "there you go" is no answer to an order: the state is.
    assert kept["speech"] == "C'est fait, la lampe est allumée."
    assert kept["conversation_id"] == result.conversation_id
    assert (kept["satellite_id"], kept["language"]) == (SATELLITE, "fr")
    assert (kept["route"], kept["outcome"], kept["error"]) == ("model", "answered", "")
    assert [(t["route"], t["why"]) for t in kept["tried"] if t["why"]] == [
        ("trigger", "no_trigger"),
        ("question", "no_question"),
        ("intent", "no_sentence"),
        ("understanding", "not_understood"),
    ]
    assert kept["tried"][-1] == {"route": "model", "answered": True, "why": ""}
    assert kept["servers"] == [
        {
            "server": ollama.server,
            "model": "qwen3:4b",
            "error": "model_server_busy",
            "prompt_tokens": 0,
            "answer_tokens": 0,
        },
        *(
            {
                "server": server.server,
                "model": "qwen3:4b",
                "error": "",
                "prompt_tokens": 42,
                "answer_tokens": 7,
            }
            for server in (second, ollama)
        ),
    ]
    (tool,) = kept["tools"]
    assert tool["name"] == "HassTurnOn"
    assert tool["arguments"] == {"name": "Lampe"}
    assert tool["targets"] == [
        {"entity_id": "light.lampe", "name": "Lampe", "state": "on"}
    ]
    assert set(kept["stages_ms"]) >= {"guard", "intent", "model"}
    assert kept["entities"] == ["light.lampe"]


async def test_home_assistants_own_trace_has_it_too(
    hass: HomeAssistant, ollama: FakeOllama
) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass, ollama)
    ollama.queue(Call("intent__HassTurnOn", name="Lampe"))
    ollama.queue(Say("Voilà."))
    await async_ask(hass, TIDY["fr"])
    events = async_get_traces()[-1].as_dict()["events"]
    kinds = [event["event_type"] for event in events]
    assert kinds.count("tool_call") == 1
    details = [e["data"] for e in events if e["event_type"] == "agent_detail"]
    assert "messages" in details[0]
    assert details[1]["stats"] == {"input_tokens": 42, "output_tokens": 7}
    assert (details[1]["server"], details[1]["model"]) == (ollama.server, "qwen3:4b")
    assert details[-1]["route"] == "model"
    assert "text" not in details[-1]


async def test_few_and_short_traces_are_kept(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await async_furnish(hass, {}, "fr")
    entry = await async_install_jarvis(hass)
    for number in range(KEPT + 5):
        await async_ask(hass, f"baragouin {number} {'bla ' * 500}")
    kept: Traces = entry.runtime_data.assistant.traces
    assert len(kept) == KEPT
    newest: Trace = next(iter(kept))
    assert newest.text.startswith(f"baragouin {KEPT + 4} ")
    assert len(newest.text) == MOST_TEXT
    assert "baragouin" not in caplog.text


async def test_two_things_in_one_breath(hass: HomeAssistant) -> None:
    await async_furnish(
        hass, {"Salon": [Lamp("Lampe")], "Cuisine": [Lamp("Spot")]}, "fr"
    )
    entry = await async_install_jarvis(hass)
    heard = await ask_twice(hass, "allume la lampe et le spot", WHY["fr"], "fr")
    assert "J'ai donné l'ordre d'allumer la lampe et le spot." in heard
    tools = list(entry.runtime_data.assistant.traces)[1].tools
    assert sorted(t.entity_id for used in tools for t in used.targets) == [
        "light.lampe",
        "light.spot",
    ]


async def test_same_conversation_of_another_person(hass: HomeAssistant) -> None:
    await async_furnish(hass, {"": [Lamp("Lampe")]}, "fr")
    await async_install_jarvis(hass)
    first = await async_ask(hass, "allume la lampe")
    user = MockUser()
    user.add_to_hass(hass)
    result = await conversation.async_converse(
        hass,
        "pourquoi ?",
        first.conversation_id,
        Context(user_id=user.id),
        "fr",
        agent_id=AGENT,
    )
    assert speech(result) == NOTHING["fr"]


@pytest.mark.parametrize(
    "route",
    [
        "guard", "dialogue", "trigger", "intent", "understanding", "model",
        "guidance", "silence", "a skill", "error:internal",
    ],
)  # fmt: skip
@pytest.mark.parametrize("outcome", ["answered", "asked", "failed", "cancelled"])
async def test_whatever_happened_can_be_told(
    hass: HomeAssistant, language: str, route: str, outcome: str
) -> None:
    light = Target(entity_id="light.gone", name="Gone")
    errors = [error.key for error in subclasses(ModelServerError)]
    kinds = ["HassTurnOn", "HassTurnOff", "HassToggle", "HassLightSet", "Other"]
    domains = ["light", "cover", "lock", "scene", "vacuum", "valve", "alarm"]
    trace = Trace(
        request_id="1",
        time=dt_util.utcnow(),
        conversation_id="1",
        user_id=None,
        device_id=None,
        satellite_id=None,
        area_id=None,
        language=language,
        text="something",
        speech="Something.",
        written="",
        route=route,
        outcome=outcome,
        error="internal",
        asked_first=(),
        verb="",
        tried=(Tried(route="intent", why="no_target"),),
        stages_ms={},
        seconds=1.0,
        entities=(),
        tools=tuple(
            Used(
                name=kind,
                targets=tuple(
                    Target(entity_id=f"{domain}.{kind}", name=f"{domain} {kind}")
                    for domain in domains
                ),
                missed=(light,),
            )
            for kind in kinds
        ),
        servers=tuple(ModelCall(server="a:1", model="m", error=key) for key in errors),
    )
    words = explain(hass, trace, language)
    assert "{" not in words
    assert words.startswith({"fr": "J'ai compris", "en": "I understood"}[language])
    assert words.endswith({"fr": "1 seconde.", "en": "1 second."}[language])


class TestAction:
    """The action `jarvis.explain_last`."""

    async def explain(
        self, hass: HomeAssistant, user: MockUser | None = None, **data: str
    ) -> Any:
        return await hass.services.async_call(
            DOMAIN,
            "explain_last",
            data,
            blocking=True,
            return_response=True,
            context=Context(user_id=user.id if user else None),
        )

    async def test_nothing_yet(self, hass: HomeAssistant, language: str) -> None:
        await async_install_jarvis(hass)
        assert await self.explain(hass) == {
            "text": {
                "fr": "Il ne s'est encore rien passé.",
                "en": "Nothing has happened yet.",
            }[language],
            "turn": None,
        }

    async def test_words_and_data(self, hass: HomeAssistant, language: str) -> None:
        await async_install_jarvis(hass)
        await async_ask(hass, ORDER[language], language)
        answer = await self.explain(hass)
        assert answer["text"].startswith(
            {"fr": "J'ai compris : « allume", "en": "I understood: “turn on"}[language]
        )
        assert answer["turn"]["route"] == "intent"
        assert answer["turn"]["tools"][0]["targets"][0]["state"] == "on"
        english = await self.explain(hass, language="en")
        assert english["text"].startswith("I understood")

    async def test_of_one_conversation_or_place(self, hass: HomeAssistant) -> None:
        await async_furnish(hass, {}, "fr")
        await async_install_jarvis(hass)
        first = await async_ask(hass, "un", satellite_id=SATELLITE)
        await async_ask(hass, "deux", device_id="a device")
        await async_ask(hass, "trois")

        async def text(**data: Any) -> str:
            turn = (await self.explain(hass, **data))["turn"]
            return str(turn and turn["text"])

        assert await text() == "trois"
        assert await text(conversation_id=first.conversation_id) == "un"
        assert await text(satellite=SATELLITE) == "un"
        assert await text(device_id="a device") == "deux"
        assert await text(device_id="another") == "None"

    async def test_who_is_no_administrator_is_told_of_own_turns(
        self, hass: HomeAssistant
    ) -> None:
        await async_furnish(hass, {}, "fr")
        await async_install_jarvis(hass)
        user = MockUser()
        owner = MockUser(is_owner=True)
        user.add_to_hass(hass)
        owner.add_to_hass(hass)
        await ask_as(hass, user, "le mien")
        await async_ask(hass, "un autre")
        assert (await self.explain(hass, user))["turn"]["text"] == "le mien"
        assert (await self.explain(hass, owner))["turn"]["text"] == "un autre"

    async def test_while_jarvis_is_not_running(self, hass: HomeAssistant) -> None:
        await async_furnish(hass, {}, "fr")
        entry = await async_install_jarvis(hass)
        assert await hass.config_entries.async_unload(entry.entry_id)
        with pytest.raises(ServiceValidationError) as caught:
            await self.explain(hass)
        assert caught.value.translation_key == "not_running"
        for tag, message in {
            "en": "Jarvis is not running.",
            "fr": "Jarvis n'est pas démarré.",
        }.items():
            texts = await async_get_translations(hass, tag, "exceptions", {DOMAIN})
            text = texts[f"component.{DOMAIN}.exceptions.not_running.message"]
            assert text.startswith(message)
