"""Which of the two languages an utterance is in, told from its small words."""

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
