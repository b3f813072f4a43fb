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
