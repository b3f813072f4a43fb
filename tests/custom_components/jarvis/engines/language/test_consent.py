"""A yes or a no is a whole utterance: what says more is neither."""

import pytest

from custom_components.jarvis.engines.language import reads_no, reads_yes

YES = """
oui | Oui. | ouais | oui oui | mais oui | ben oui | euh oui | oui merci | oui maintenant
oui s'il te plaît | Jarvis, oui | oui vas-y | vas-y | vas y | vasy | allez-y | d'accord
ok d'accord | oui, s'il vous plaît Jarvis | bien sûr | Bien sûr que oui ! | je confirme
confirmé | oui je suis sûr | oui, j'en suis sûre | sûr et certain | certaine | c'est ça
tout à fait | exactement | absolument | fais-le | oui fais-le | tu peux y aller
yes | Yes! | yeah sure | yep | yup | yes please | yes please do | ok | OK! | O.K. | Okay.
okay go ahead | go ahead | Sure, go ahead. | sure | absolutely | definitely | of course
uh, yes | uh-huh | mm-hmm | yes I am | I'm sure | yes I'm sure | I confirm | confirm
do it | just do it | please do | you can | go for it | by all means | that's right
yes sir | yes, do it now | affirmative | I do
"""
NO = """
non | Non. | nan | non merci | non non | oui non pas du tout | finalement non | annule
surtout pas | pas maintenant | bien sûr que non | pas du tout | non ne fais pas ça | rien
non ne le fais pas | laisse tomber | je ne suis pas sûr | aucune | absolument pas | stop
no | nope | no thanks | no don't | don't do it | cancel | never mind | not now | none
yes but not now | yes no don't | of course not | I'm not sure | no way | certainly not | no wait stop
"""
NEITHER = """
oui attends | tu es certain | tu es sûr ? | oui mais | oui allume plutôt la lampe
je confirme que c'est fermé | oui ou non | il a dit oui | s'il te plaît | merci | et
quelle heure est-il | ouvre-la | attends | quoi | pourquoi | si tu veux | oui ?
fais-le demain | allez au lit | vas-y mollo | raconte-moi une blague | hein
non allume la lampe | annule le minuteur | laisse la lumière allumée | ne ferme pas
yes turn on the lamp instead | are you sure | who said yes | sure?
make sure the lamp is off | confirm my dentist appointment | you are sure | yes and
say yes | please | what | wait | why | if you want | okay turn it off | go to bed
do it tomorrow | you can open the window | what do you mean ok | ok google | it
no more light | stop the music | cancel my appointment | nothing compares | no one
"""


def utterances(table: str) -> list[str]:
    return [text.strip() for line in table.split("\n") for text in line.split("|")][1:]


@pytest.mark.parametrize(
    ("table", "read"),
    [(YES, (True, False)), (NO, (False, True)), (NEITHER, (False, False))],
    ids=["yes", "no", "neither"],
)
def test_whole_utterances_are_read(table: str, read: tuple[bool, bool]) -> None:
    said = [text for text in utterances(table) if text]
    assert len(said) > 30
    wrong = [text for text in said if (reads_yes(text), reads_no(text)) != read]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "verb", "agrees"),
    [
        ("yes, unlock it", "unlock", True),
        ("oui, ouvre-la s'il te plaît", "unlock", True),
        ("oui oui, ouvre-la", "open", True),
        ("yes open it up please", "open", True),
        ("yes unlock the front door", "unlock", True),
        ("unlock it", "unlock", False),
        ("yes lock it", "unlock", False),
        ("yes unlock the back door", "unlock", False),
        ("yes unlock it and turn on the lamp", "unlock", False),
        ("oui ouvre la fenêtre", "open", False),
    ],
)
def test_yes_may_repeat_what_was_asked(text: str, verb: str, agrees: bool) -> None:
    assert reads_yes(text, verb=verb, repeated=["Unlock the front door"]) is agrees


def test_a_sign_or_a_word_in_passing_is_no_yes() -> None:
    table = """oui？ | yes‽ | yes 👎 | oui ❌ | yeah right | mouais | sans doute | dis oui
        ok jarvis | ah d'accord | oh right | allez | let's go | go on | continue | voilà
        "yes" | « oui » | “oui” | oui؟ | != yes | !yes | ≠ yes | ~yes | yes × | oui ×
        (yes) | so you can | but you can | then you can | so i am | donc tu peux
        et tu peux | mais tu peux | ah oui | ah bon d'accord | oh sure"""
    assert [text for text in utterances(table) if text and reads_yes(text)] == []
    assert reads_yes("oui 👍")


def test_a_condition_is_no_yes() -> None:
    table = """
        si je veux | si tu peux | si oui | oui si | oui, si | ok si | d'accord si
        si c'est ça | si je suis sûr | si vous pouvez | je veux si | et si | donc si
        alors si | si vas-y | si d'accord | si maintenant | si absolument"""
    assert [text for text in utterances(table) if text and reads_yes(text)] == []
    for text in (
        "si",
        "si si !",
        "mais si",
        "alors tu peux y aller",
        "bien sûr que si",
    ):
        assert reads_yes(text), text


def test_long_rows_of_words_are_read_in_no_time() -> None:
    for text in ("sure certain right ok " * 5, "now yes " * 10, "oui " * 10_000):
        assert not reads_yes(f"{text} but")
        assert not reads_no(f"{text} but")
