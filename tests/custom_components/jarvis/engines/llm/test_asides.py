"""What models write beside their answer, in words: nobody hears it, and all else is heard."""

import pytest

from custom_components.jarvis.engines.llm.asides import AsideFilter

SAID = "Il est midi."


def read(text: str, size: int) -> str:
    asides = AsideFilter()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(map(asides.feed, pieces)) + asides.end()


BESIDE = [
    f"(thinking: the user (or a guest) wants the time) {SAID}",
    f"*(réflexion : l'heure)* {SAID}",
    f"[Raisonnement : l'heure]\n{SAID}",
    f"(thinking: nobody closes it\n\n{SAID}",
    f"**Reasoning:** The user wants the time.\nI look at the clock.\n\n{SAID}",
    f"**Raisonnement :** il veut l'heure.\n{SAID}",
    f"### Pensée :\n1. L'heure.\n2. Voilà.\n\n**Réponse :** {SAID}",
    f"Thought: I should look.\nAction: get_time[]\nObservation: 12:00\nFinal answer: {SAID}",
    f"Analyse : il veut l'heure.\n\n{SAID}",
    f"Action: HassTurnOn[lamp]\n{SAID}",
    f"Appel d'outil : HassTurnOn(lampe)\n\n{SAID}",
    f"Tool result: 12:00\n{SAID}",
    f"HassTurnOn[lamp] {SAID}",
    f"HassTurnOn(name='x')\n{SAID}",
    f"{SAID} HassTurnOn",
    f"Assistant: {SAID}",
    f"**Jarvis :** {SAID}",
    f"User: quelle heure ?\nAssistant: {SAID}",
    f"{SAID}\nUtilisateur : et demain ?\nAssistant : Il pleuvra.",
    f"null\n{SAID}",
    f"{SAID}\nNone",
    f"\\boxed{{{SAID}}}",
    f"<script>alert('Bonjour')</script>{SAID}",
    f"<p>{SAID}</p>",
    f"<speak><prosody rate='slow'>{SAID}</prosody></speak>",
    f"```\n{SAID}\n```",
    f"```text\n{SAID}\n```",
    f"Okay, the user is asking for the time. {SAID}",
    f"L'utilisateur veut savoir l'heure. Je dois appeler l'outil. {SAID}",
    f"Thought: The user wants the time. I should look. {SAID}",
    f"**Pensée :** il veut l'heure. {SAID}",
    f"I'll check that. {SAID}",
    f"Okay, let me look. {SAID}",
    f"We need to look at the clock. {SAID}",
    f"Je vais vérifier, un instant. {SAID}",
    f"Nous devons répondre avec l'heure. {SAID}",
    f"{SAID}\nUser: and tomorrow?",
]
NOTHING = ["null", "None", "undefined\n", "```\n```", "HassTurnOn[lampe]", "Action: HassTurnOn[x]", "Thought: an hour.", "I'll check that.", "Voyons voir…"]  # fmt: skip
SPOKEN = [
    "None.",
    "Aucune, null part.",
    "Films :\nAction: Die Hard\nComédie : Le Dîner",
    "Thinking about it, yes. (I thought so.)",
    "Deux choses :\nRéflexion : sur un miroir\nAnalyse : de sang",
    "Plan B, c'est ça (réflexion : un miroir).",
    "Hassan, HassTV et les autres [1] sont là (environ).",
    "a < b, c > d, <3, {x} et x}.",
    "The user manual is in the drawer. The users like it.",
    "Premier\n\n- un\n```python\n(thinking: 1)\nprint('<p>')\n```\nfin",
    "The answer is 42: six times seven.",
    "The accounts are:\nUser: bob smith\nSystem: Linux 6",
    "Le compte est prêt.\nUtilisateur : bob\nMot de passe : à la porte",
    "Let me see: two meetings. I should look after the plants.",
    "I'll look forward to it! We need more milk.",
    "Je vais chercher le pain.",
]


@pytest.mark.parametrize("text", BESIDE)
def test_what_is_no_speech_is_not_heard_and_what_follows_is(text: str) -> None:
    for size in (1, 2, 3, 7, 1000):
        assert read(text, size).strip() == SAID


@pytest.mark.parametrize("text", NOTHING)
def test_what_stands_for_nothing_is_no_answer(text: str) -> None:
    for size in (1, 3, 1000):
        assert read(text, size).strip() == ""


@pytest.mark.parametrize("text", SPOKEN)
def test_words_pass(text: str) -> None:
    for size in (1, 2, 3, 7, 1000):
        assert read(text, size) == text


def test_words_do_not_wait() -> None:
    told = (
        "Bonjour. Il fait 20 degrés (environ), et <3 est ouvert.\nHere is the answer: "
        "the assistance is near.\nAssistance again, the thing [1] is on. Hats are off."
    )
    asides, out, waiting = AsideFilter(), "", []
    for place, letter in enumerate(told, 1):
        out += asides.feed(letter)
        waiting.append(place - len(out))
    assert out + asides.end() == told
    assert max(waiting) <= 10
    assert sum(waiting) / len(waiting) < 1


@pytest.mark.parametrize("piece", ["(", "(thinking:", "<p ", "<script>", "Hass", "\n", "User: ", "Thought: a", "\\boxed{", "}", "* ", "```"])  # fmt: skip
def test_what_never_ends_comes_to_an_end(piece: str) -> None:
    """Takes minutes where anything is read again with each piece."""
    assert len(read(piece * (100_000 // len(piece)), 64)) <= 100_000
