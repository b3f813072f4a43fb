"""Which of the two languages words are in: an utterance, or the name of a thing."""

from . import english, french
from .text import folded

_WORDS = {
    "fr": frozenset(
        """
        le la les l' un une des du de d' au aux dans sur et est sont tu vous je j' il
        elle on me moi mon ma mes s' qu' que qui quoi quel quelle quelle ne pas plus
        allume allumer allumez eteins eteindre eteignez ouvre ouvrir ouvrez ferme fermer
        fermez mets mettre mettez regle regler baisse monte peux pourrais pourriez
        pouvez veux merci plait lumiere lumieres lampe lampes volet volets porte
        chambre cuisine salon bonjour combien fait quand pour avec
        """.split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
        the a an of in on off at to and is are was were you i i'd it this that my me we
        what who when where how which not don't turn switch put set open close shut
        lock unlock dim please could would can will light lights lamp lamps blind
        blinds door kitchen bedroom living room hello thanks thank the for with
        """.split()  # noqa: SIM905
    ),
}


# Words without which hardly anything is said: names of things tell nothing about the
# language of a sentence that holds them.
_GLUE = {
    "fr": frozenset(
        """
        le la les l' une des du d' de au aux dans sur et est sont c' tu vous j' je il
        elle ils moi mon ma mes s' qu' que qui quoi quel quelle ne n' pas suis ai as
        avez ont etes peux peut veux oui desole merci bonjour voici voila avec chez cette
        ce ces cet fait faire n'est aucun aucune ca si y rien
        """.split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
        the an of and is are was were you i i'd i'm i'll i've it it's that's this that my
        your we they what who when where how which not don't can't didn't couldn't do did
        does have has had can could would will there with for from at in to yes sorry
        thanks hello okay done sure nothing something anything about tell give
        """.split()  # noqa: SIM905
    ),
}
_SHORT = 4
"""Words; in a sentence that has no more, one word that tells is enough."""


def reply_language(sentence: str) -> str | None:
    """Return "fr" or "en", the language a sentence is to be spoken in.

    None when its words do not tell: those that name things are left out of account.
    """
    said = folded(sentence)
    scores = {
        language: sum(word in known for word in said)
        for language, known in _GLUE.items()
    }
    best = max(scores, key=lambda language: scores[language])
    other = min(scores.values())
    enough = 1 if len(said) <= _SHORT else 2
    return best if scores[best] >= max(enough, 2 * other + 1) else None


def detect(text: str) -> str | None:
    """Return "fr" or "en", None when the words do not tell."""
    said = folded(text)
    scores = {
        language: sum(word in known for word in said)
        for language, known in _WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    other = min(scores.values())
    return best if scores[best] >= 2 and scores[best] >= 2 * other + 1 else None


def plain_language(text: str) -> str | None:
    """Return "fr" or "en" where the words of an utterance tell, be they few."""
    return detect(text) or reply_language(text)


_ACCENTS = frozenset("àâçéèêëîïôùûœ")

# Nouns that both languages write alike: they tell nothing.
_SHARED = frozenset(
    """
    alarm balance box cellier console commode four garage hall lit machine mode niche
    pergola plaque portable porte radio ramp robot script source spot station store
    suspension table television temperature thermostat tv ventilation webcam
    """.split()  # noqa: SIM905
)
_NAME_WORDS = {
    "fr": frozenset(
        """
        le la les l' du de des d' au aux et lumiere lampe volet store porte prise
        salon cuisine chambre bureau entree cave jardin couloir salle bain manger
        toilette enfant parent cafe courses meteo humidite chevet sapin
        """.split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
        the of in and kitchen bedroom bathroom living dining room office hallway
        entrance cellar garden yard patio attic laundry porch nursery study basement
        stairs landing lounge loft bedside ceiling floor desk wall fairy front back
        left right up down upstairs downstairs main outside inside outdoor christmas
        tree coffee maker washing dishwasher dryer oven fridge freezer kettle toaster
        towel rail sprinkler sprinklers vacuum cleaner heating heater air shopping list groceries
        weather big small night reading
        """.split()  # noqa: SIM905
    ),
}


def name_language(name: str) -> str | None:
    """Return the language that a name is in, None when it may be either.

    "Lumière du salon" is "fr", "Kitchen light" "en", "Thermostat" either.
    """
    said = folded(name)
    french_words = sum(
        word in _NAME_WORDS["fr"] or french.knows(word)
        for word in said
        if word not in _SHARED
    ) + (not _ACCENTS.isdisjoint(name.casefold()))
    english_words = sum(
        word in _NAME_WORDS["en"] or english.knows(word)
        for word in said
        if word not in _SHARED
    )
    if french_words == english_words:
        return None
    return "fr" if french_words > english_words else "en"
