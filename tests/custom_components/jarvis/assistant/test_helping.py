"""Help for this home, and what exactly was not understood or is not possible."""

import pytest
from homeassistant.core import HomeAssistant

from tests.fakes.home import (
    Lamp,
    Plug,
    Shutter,
    async_ask,
    async_furnish,
    async_install_jarvis,
    speech,
)
from tests.fakes.ollama import FakeOllama

ROOMS = {"fr": ("Salon", "Cuisine"), "en": ("Lounge", "Kitchen")}
NAMES = {
    "fr": ("Lampadaire", "Volet", "Cafetière"),
    "en": ("Floor lamp", "Blind", "Coffee maker"),
}
HELP = {
    "fr": (
        "Je peux allumer, éteindre et tamiser les lumières, ouvrir et fermer les volets "
        "et commander les prises et les interrupteurs. Par exemple : allume le "
        "lampadaire. Je sais aussi remettre un ordre à plus tard"
    ),
    "en": (
        "I can switch and dim the lights, open and close the blinds and control plugs "
        "and switches. For example: turn on the floor lamp. I can also put an order off"
    ),
}
MODEL = {"fr": "il me faudrait un modèle", "en": "I would need a language model"}


async def furnish(hass: HomeAssistant, language: str, *servers: FakeOllama) -> None:
    lamp, blind, plug = NAMES[language]
    room, kitchen = ROOMS[language]
    devices = {room: [Lamp(lamp), Shutter(blind)], kitchen: [Plug(plug)]}
    await async_furnish(hass, devices, language)
    await async_install_jarvis(hass, *servers)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "fr",
            [
                "aide",
                "Aide-moi !",
                "que sais-tu faire ?",
                "Qu'est-ce que tu peux faire pour moi ?",
                "qu'est-ce que je peux te demander ?",
                "comment ça marche ?",
            ],
        ),
        (
            "en",
            ["help", "What can you do?", "what can I say", "Jarvis, help me please"],
        ),
    ],
)
async def test_help_is_about_this_home(
    hass: HomeAssistant, ollama: FakeOllama, language: str, texts: list[str]
) -> None:
    await furnish(hass, language)
    for text in texts:
        said = speech(await async_ask(hass, text, language))
        assert said.startswith(HELP[language]), text
        assert MODEL[language] in said
    (entry,) = hass.config_entries.async_entries("jarvis")
    await hass.config_entries.async_remove(entry.entry_id)
    await async_install_jarvis(hass, ollama)
    said = speech(await async_ask(hass, texts[0], language))
    assert said.startswith(HELP[language])
    assert MODEL[language] not in said
    assert not ollama.chats


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("fr", "rappelle-moi d'appeler maman", "Je ne sais pas encore te rappeler"),
        ("fr", "réveille-moi à 7 heures", "Je ne sais pas encore te réveiller."),
        ("fr", "souviens-toi que j'aime le thé", "Je ne retiens encore rien"),
        ("fr", "crée une routine du soir", "Je ne sais pas encore créer de routines."),
        ("fr", "on joue au pendu ?", "Je ne connais pas encore de jeux."),
        ("fr", "quelles sont les infos ?", "Je n'ai pas accès aux informations."),
        ("fr", "appelle maman", "Je ne sais pas téléphoner."),
        ("fr", "envoie un message à Paul", "Je ne sais pas envoyer de messages."),
        ("fr", "raconte une blague", "Pour répondre à cela, il me faut un modèle"),
        ("fr", "pourquoi le ciel est bleu ?", "Pour répondre à cela, il me faut un"),
        ("fr", "allume le lustre du hall", "Je ne connais rien qui s'appelle « lustre"),
        ("fr", "ferme les volets de la cuisine", "Je ne trouve aucun volet de la cui"),
        ("fr", "mets la cafetière en rouge", "Je ne peux pas changer la couleur : la"),
        ("fr", "verrouille le lampadaire", "Je connais le lampadaire, mais cela,"),
        ("fr", "blabla", "Je n'ai pas compris. Tu peux dire, par exemple : "),
        ("en", "remind me to call mum", "I can't remind you of anything yet."),
        ("en", "wake me up at 7", "I can't wake you yet."),
        ("en", "remember that I like tea", "I don't remember anything from one"),
        ("en", "create a bedtime routine", "I can't make routines yet."),
        ("en", "let's play a game", "I don't know any games yet."),
        ("en", "what's the news?", "I have no access to the news."),
        ("en", "call mum", "I can't make phone calls."),
        ("en", "send a message to Paul", "I can't send messages."),
        ("en", "tell me a joke", "To answer that I need a language model"),
        ("en", "why is the sky blue?", "To answer that I need a language model"),
        ("en", "turn on the attic chandelier", 'I know nothing called "attic chandel'),
        ("en", "close the kitchen blinds", "I can't find any kitchen blinds."),
        ("en", "open the coffee maker", "I know the coffee maker, but I can't do that"),
        ("en", "blah blah", "I didn't understand. You can say, for example: "),
    ],
)
async def test_miss_says_what_it_was(
    hass: HomeAssistant, language: str, text: str, answer: str
) -> None:
    await furnish(hass, language)
    assert speech(await async_ask(hass, text, language)).startswith(answer)
