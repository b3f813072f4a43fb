"""What is asked about states is answered truly, whatever the states are.

The truth is counted here, from the states that were set, and not asked of the code.
"""

import itertools
from dataclasses import dataclass

import pytest
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er

from tests.fakes.home import async_ask, async_furnish, async_install_jarvis, speech

ROOMS = {"fr": ("bureau", "salon", "cuisine"), "en": ("office", "lounge", "kitchen")}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of thing, the two states it is asked about, and how it is spoken of."""

    domain: str
    device_class: str | None = None
    so: str
    """The state that one asks to hear of: open, on, unlocked."""
    otherwise: str
    names: dict[str, tuple[str, str, str]]
    """Three names a language."""
    all: dict[str, str]
    """Asks whether none is so."""
    any: dict[str, str]
    which: dict[str, str]
    count: dict[str, str]
    one: dict[str, str]
    """Asks of "{name}" whether it is so."""
    without: dict[str, str]
    """What is said where the home has none."""


def _names(fr: str, en: str) -> dict[str, tuple[str, str, str]]:
    return {
        "fr": (f"{fr} du bureau", f"{fr} du salon", f"{fr} de la cuisine"),
        "en": (f"Office {en}", f"Lounge {en}", f"Kitchen {en}"),
    }


def _opening(domain: str, kind: str, so: str, otherwise: str, fr: str, en: str) -> Kind:
    return Kind(
        domain=domain,
        device_class=kind,
        so=so,
        otherwise=otherwise,
        names=_names(fr.capitalize(), en),
        all={
            "fr": f"est-ce que toutes les {fr}s sont fermées ?",
            "en": f"are all the {en}s closed?",
        },
        any={
            "fr": f"est-ce qu'une {fr} est ouverte ?",
            "en": f"is any {en} open?",
        },
        which={
            "fr": f"quelles {fr}s sont ouvertes ?",
            "en": f"which {en}s are open?",
        },
        count={
            "fr": f"combien de {fr}s sont ouvertes ?",
            "en": f"how many {en}s are open?",
        },
        one={"fr": "est-ce que {name} est ouverte ?", "en": "is the {name} open?"},
        without={
            "fr": f"Je ne connais aucune {fr}.",
            "en": f"I don't know of any {en}s.",
        },
    )


KINDS = {
    "window contact": _opening("binary_sensor", "window", "on", "off", "fenêtre", "window"),
    "roof window": _opening("cover", "window", "open", "closed", "fenêtre", "window"),
    "door contact": _opening("binary_sensor", "door", "on", "off", "porte", "door"),
    "garage": _opening("cover", "garage", "open", "closed", "porte", "door"),
    "lock": Kind(
        domain="lock",
        so="unlocked",
        otherwise="locked",
        names=_names("Serrure", "lock"),
        all={
            "fr": "toutes les serrures sont-elles verrouillées ?",
            "en": "are all the doors locked?",
        },
        any={
            "fr": "y a-t-il une porte déverrouillée ?",
            "en": "are any doors unlocked?",
        },
        which={
            "fr": "quelles serrures sont déverrouillées ?",
            "en": "which locks are unlocked?",
        },
        count={
            "fr": "combien de portes sont déverrouillées ?",
            "en": "how many doors are unlocked?",
        },
        one={"fr": "{name} est-elle déverrouillée ?", "en": "is the {name} unlocked?"},
        without={
            "fr": "Je ne connais aucune serrure.",
            "en": "I don't know of any locks.",
        },
    ),
    "light": Kind(
        domain="light",
        so="on",
        otherwise="off",
        names=_names("Lampe", "lamp"),
        all={"fr": "les lumières sont toutes éteintes ?", "en": "are all lights off?"},
        any={"fr": "il reste des lumières allumées ?", "en": "is there a light on?"},
        which={
            "fr": "quelles lumières sont allumées ?",
            "en": "which lights did I leave on?",
        },
        count={
            "fr": "combien de lumières sont allumées ?",
            "en": "how many lights are on?",
        },
        one={
            "fr": "est-ce que j'ai laissé {name} allumée ?",
            "en": "did I leave the {name} on?",
        },
        without={
            "fr": "Je ne connais aucune lumière.",
            "en": "I don't know of any lights.",
        },
    ),
    "person": Kind(
        domain="person",
        so="home",
        otherwise="not_home",
        names={"fr": ("Paul", "Inge", "Léa"), "en": ("Paul", "Inge", "Lea")},
        all={
            "fr": "est-ce que tout le monde est absent ?",
            "en": "is everybody away?",
        },
        any={"fr": "y a-t-il quelqu'un à la maison ?", "en": "is anybody home?"},
        which={"fr": "qui est à la maison ?", "en": "who is home?"},
        count={
            "fr": "combien de personnes sont à la maison ?",
            "en": "how many people are home?",
        },
        one={"fr": "est-ce que {name} est à la maison ?", "en": "is {name} home?"},
        without={
            "fr": (
                "Aucune personne n'est partagée avec moi. Cela se règle dans Paramètres, "
                "Assistants vocaux, Exposer."
            ),
            "en": (
                "No person is shared with me. You can share some under Settings, Voice "
                "assistants, Expose."
            ),
        },
    ),
    "leak": Kind(
        domain="binary_sensor",
        device_class="moisture",
        so="on",
        otherwise="off",
        names=_names("Détecteur de fuite", "leak detector"),
        all={},
        any={"fr": "y a-t-il une fuite d'eau ?", "en": "is there a water leak?"},
        which={},
        count={},
        one={},
        without={
            "fr": "Je ne connais aucun détecteur de fuite.",
            "en": "I don't know of any leak detectors.",
        },
    ),
    "motion": Kind(
        domain="binary_sensor",
        device_class="motion",
        so="on",
        otherwise="off",
        names=_names("Détecteur", "detector"),
        all={},
        any={"fr": "est-ce qu'il y a du mouvement ?", "en": "is there any motion?"},
        which={},
        count={},
        one={},
        without={
            "fr": "Je ne connais aucun détecteur de mouvement.",
            "en": "I don't know of any motion detectors.",
        },
    ),
    "battery": Kind(
        domain="sensor",
        device_class="battery",
        so="9",
        otherwise="80",
        names=_names("Pile", "battery"),
        all={},
        any={"fr": "y a-t-il une pile faible ?", "en": "is any battery low?"},
        which={
            "fr": "quelles piles sont faibles ?",
            "en": "which batteries are low?",
        },
        count={
            "fr": "combien de piles sont faibles ?",
            "en": "how many batteries are low?",
        },
        one={},
        without={
            "fr": "Je ne connais aucune pile.",
            "en": "I don't know of any batteries.",
        },
    ),
}  # fmt: skip

YES = {"fr": "Oui", "en": "Yes"}
NO = {"fr": "Non", "en": "No,"}
MUTE = {"fr": "répond", "en": "respond"}


class House:
    """Three things of a kind, whose states the test sets."""

    def __init__(self, hass: HomeAssistant, kind: Kind, language: str) -> None:
        self.hass = hass
        self.kind = kind
        self.language = language
        self.names = kind.names[language]
        registry = er.async_get(hass)
        self.ids = []
        for place, room in enumerate(ROOMS[language]):
            entry = registry.async_get_or_create(
                kind.domain, "test", f"thing {place}", original_name=self.names[place]
            )
            area = ar.async_get(hass).async_get_or_create(room)
            registry.async_update_entity(entry.entity_id, area_id=area.id)
            self.ids.append(entry.entity_id)

    async def stand(self, states: tuple[str, ...]) -> None:
        """Put the first things into these states; the rest is not there."""
        for entity_id, name, state in itertools.zip_longest(
            self.ids, self.names, states
        ):
            if state is None:
                self.hass.states.async_remove(entity_id)
                continue
            attributes = {"friendly_name": name}
            if self.kind.device_class:
                attributes["device_class"] = self.kind.device_class
            if self.kind.domain == "sensor":
                attributes["unit_of_measurement"] = "%"
            self.hass.states.async_set(entity_id, state, attributes)
            async_expose_entity(self.hass, "conversation", entity_id, True)
        await self.hass.async_block_till_done()

    async def ask(self, text: str) -> str:
        return speech(await async_ask(self.hass, text, self.language))

    def said(self, answer: str) -> set[str]:
        """Return which of the things an answer names."""
        low = answer.casefold()
        return {name for name in self.names if name.casefold() in low}


def _check(house: House, asked: str, states: tuple[str, ...], answer: str) -> None:
    """Compare an answer with the truth."""
    kind, language = house.kind, house.language
    named = dict(zip(house.names, states, strict=True))
    so = {name for name, state in named.items() if state == kind.so}
    mute = {n for n, state in named.items() if state in {"unavailable", "unknown"}}
    rest = named.keys() - so - mute
    said = house.said(answer)
    told = f"{asked} {states}: {answer}"
    yes, no = answer.startswith(YES[language]), answer.startswith(NO[language])
    assert "unavailable" not in answer, told
    assert "unknown" not in answer, told
    # What does not answer is named whenever it could change the answer.
    if mute:
        assert mute <= said, told
        assert MUTE[language] in answer, told
    else:
        assert (MUTE[language] in answer) is bool(mute), told
    match asked:
        case "all":
            assert yes is not (so or mute), told
            assert no is bool(so), told
            assert so <= said, told
        case "any":
            assert yes is bool(so), told
            assert no is not (so or mute), told
            assert so <= said, told
            assert not (so and rest & said), told
        case "which":
            assert so <= said, told
            assert not (so and rest & said), told
        case "count":
            first = answer.split(maxsplit=1)[0].rstrip(":;,.")
            if so:
                assert first == str(len(so)), told
                assert so <= said, told
            else:
                assert not first.isdigit(), told


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", KINDS)
async def test_each_kind_in_each_state(
    hass: HomeAssistant, name: str, language: str
) -> None:
    kind = KINDS[name]
    await async_furnish(hass, {}, language)
    await async_install_jarvis(hass)
    house = House(hass, kind, language)
    asking = {
        asked: getattr(kind, asked)[language]
        for asked in ("all", "any", "which", "count")
        if getattr(kind, asked)
    }
    for text in asking.values():
        assert await house.ask(text) == kind.without[language]
    values = (kind.so, kind.otherwise, "unavailable", "unknown")
    for states in itertools.combinations_with_replacement(values, 3):
        await house.stand(states)
        for asked, text in asking.items():
            _check(house, asked, states, await house.ask(text))
    for state in values if kind.one else ():
        await house.stand((state, kind.otherwise, kind.so))
        named = house.names[0]
        article = {"fr": "la " if " " in named else "", "en": ""}[language]
        text = kind.one[language].format(name=article + named.lower())
        answer = await house.ask(text)
        assert named.casefold() in answer.casefold()
        assert answer.startswith(YES[language]) is (state == kind.so), answer
        assert answer.startswith(NO[language]) is (state == kind.otherwise), answer
        assert (MUTE[language] in answer) is (state in {"unavailable", "unknown"})
