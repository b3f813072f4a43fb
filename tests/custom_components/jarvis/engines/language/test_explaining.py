"""Asking Jarvis why it did something, and asking why of the world."""

import pytest

from custom_components.jarvis.engines.language import read_why

BARE = {
    "fr": ["Pourquoi ?", "pourquoi", "Mais pourquoi ?", "Et pourquoi ça ?",
           "Jarvis, pourquoi ?", "Dis-moi pourquoi.", "Pour quelle raison ?"],
    "en": ["Why?", "why", "But why?", "Why is that?", "Jarvis, why?", "How come?",
           "Tell me why."],
}  # fmt: skip
EXPLICIT = {
    "fr": [
        "Pourquoi as-tu fait ça ?",
        "Pourquoi tu as fait ça ?",
        "Pourquoi t'as fait ça ?",
        "Pourquoi est-ce que tu as fait cela ?",
        "Pourquoi avez-vous fait ça ?",
        "Pourquoi tu fais ça ?",
        "Pourquoi dis-tu ça ?",
        "Pourquoi tu as dit ça ?",
        "Pourquoi as-tu répondu ça ?",
        "Pourquoi as-tu répondu comme ça ?",
        "Qu'est-ce que tu viens de faire ?",
        "Que viens-tu de faire ?",
        "Qu'as-tu fait ?",
        "Qu’est-ce que tu as fait là ?",
        "Tu viens de faire quoi ?",
        "Tu as fait quoi, là ?",
        "Explique-toi.",
        "Explique-moi ce que tu viens de faire, s'il te plaît.",
        "Explique ta réponse.",
        "Pourquoi ça n'a pas marché ?",
        "Pourquoi tu n'as rien fait ?",
        "Pourquoi as-tu mis autant de temps ?",
        "Qu'est-ce qui vient de se passer ?",
    ],
    "en": [
        "Why did you do that?",
        "Why did you just do that?",
        "Why did you say that?",
        "Why did you answer like that?",
        "Why have you done that?",
        "Why are you doing this?",
        "What did you just do?",
        "What did you do?",
        "What have you done?",
        "What did you do just now?",
        "What just happened?",
        "What was that for?",
        "Explain yourself.",
        "Explain what you just did, please.",
        "Explain your last answer.",
        "Why didn't that work?",
        "Why did that fail?",
        "Why did you not understand me?",
        "Why did that take so long?",
        "Why were you so slow?",
    ],
}
OF_THE_WORLD = {
    "fr": [
        "Pourquoi le ciel est bleu ?",
        "Pourquoi le ciel est-il bleu ?",
        "Pourquoi as-tu peur du noir ?",
        "Pourquoi tu ne dors jamais ?",
        "Pourquoi t'appelles-tu Jarvis ?",
        "Pourquoi fait-il si froid ici ?",
        "Pourquoi ça sent le gaz dans la cuisine ?",
        "Pourquoi la lumière du salon est allumée ?",
        "Pourquoi les chats ronronnent ?",
        "Pourquoi est-ce que l'eau bout à cent degrés ?",
        "Pourquoi le chauffage ne marche pas ?",
        "Pourquoi pas.",
        "Pourquoi a-t-on fait la Révolution ?",
        "Pourquoi Napoléon a fait ça ?",
        "Pourquoi tu as fait ça à mon frère hier soir ?",
        "Qu'est-ce que tu as fait hier ?",
        "Qu'est-ce que tu fais demain ?",
        "Qu'est-ce que tu viens de dire ?",
        "Explique-moi la relativité.",
        "Explique-moi pourquoi la mer est salée.",
        "Dis-moi pourquoi les feuilles tombent.",
        "Que fait un plombier ?",
        "Qui a fait ça ?",
    ],
    "en": [
        "Why is the sky blue?",
        "Why are you called Jarvis?",
        "Why do you never sleep?",
        "Why did you become an assistant?",
        "Why did the chicken cross the road?",
        "Why is it so cold in here?",
        "Why is that light on?",
        "Why is the living room light on?",
        "Why did Napoleon do that?",
        "Why do cats purr?",
        "Why does water boil at a hundred degrees?",
        "Why not?",
        "Why doesn't the heating work?",
        "Why did you do that to my brother last night?",
        "What did you do yesterday?",
        "What do you do for a living?",
        "What happened in 1789?",
        "What did you say?",
        "Explain relativity.",
        "Explain why the sea is salty.",
        "Tell me why leaves fall.",
        "What does a plumber do?",
        "Who did that?",
    ],
}


def cases(lists: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in lists.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), cases(BARE))
def test_mere_why(language: str, text: str) -> None:
    why = read_why(text)
    assert why is not None
    assert (why.language, why.bare) == (language, True)


@pytest.mark.parametrize(("language", "text"), cases(EXPLICIT))
def test_why_of_what_was_done(language: str, text: str) -> None:
    why = read_why(text)
    assert why is not None
    assert (why.language, why.bare) == (language, False)


@pytest.mark.parametrize(("language", "text"), cases(OF_THE_WORLD))
def test_why_of_the_world_is_left_alone(language: str, text: str) -> None:
    assert read_why(text) is None
