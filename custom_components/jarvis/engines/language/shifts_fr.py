"""French words for more and less: "monte", "plus chaud", "deux degrés de plus"."""

import re
from collections.abc import Sequence
from typing import Final

from .orders import Size

_WHAT: Final = r"(?P<what>.+)"
_IN: Final = r"(?:dans|sur|pour|chez|a|au|aux|en|de|du|des|d')"


def _verb(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern}) {_WHAT}")


VERBS: Sequence[tuple[str, bool, Size | None, re.Pattern[str]]] = (
    (
        "opening",
        True,
        Size.SMALL,
        _verb(r"(?:entr'?ouv|entre ouv)r(?:e|es|ez|ir)|entrebaill(?:e|es|ez|er)"),
    ),
    ("opening", True, None, _verb(r"r?ouvr(?:e|es|ez|ir|iez)")),
    ("opening", False, None, _verb(r"(?:re)?ferm(?:e|es|ez|er|iez)|tire[srz]?")),
    ("heat", True, Size.USUAL, _verb(r"(?:re)?chauff(?:e|es|ez|er)")),
    ("heat", False, Size.USUAL, _verb(r"(?:ra?fraichi|refroidi)(?:s|r|ssez)")),
    ("speed", True, Size.USUAL, _verb(r"acceler(?:e|es|ez|er)")),
    ("speed", False, Size.USUAL, _verb(r"ralenti(?:s|r|ssez)")),
    ("light", True, Size.USUAL, _verb(r"eclairci(?:s|r|ssez)|illumin(?:e|es|ez|er)")),
    (
        "light",
        False,
        Size.USUAL,
        _verb(r"tamis(?:e|es|ez|er)|assombri(?:s|r|ssez)|attenu(?:e|es|ez|er)"),
    ),
    (
        "level",
        True,
        None,
        _verb(
            r"(?:re)?mont(?:e|es|ez|er)|r?augment(?:e|es|ez|er)|(?:re)?hauss(?:e|es|ez|er)"
            r"|pouss(?:e|es|ez|er)|(?:re)?lev(?:e|es|ez|er)|accentu(?:e|es|ez|er)"
            r"|intensifi(?:e|es|ez|er)|renforc(?:e|es|ez|er)"
        ),
    ),
    (
        "level",
        False,
        None,
        _verb(
            r"(?:ra?|re|a)?baiss(?:e|es|ez|er)|diminu(?:e|es|ez|er)|redui(?:s|sez|re)"
            r"|(?:re)?descend(?:s|ez|re)?|adouci(?:s|r|ssez)"
        ),
    ),
)
COUNTED: Sequence[tuple[bool, re.Pattern[str]]] = (
    (
        True,
        re.compile(
            rf"(?:mets |met |mettre |mettez |ajoute |donne )?(?:de |en )?plus(?: {_IN} (?P<what>.+))?"
        ),
    ),
    (
        False,
        re.compile(
            rf"(?:mets |met |mettre |mettez )?(?:de |en )?moins(?: {_IN} (?P<what>.+))?"
        ),
    ),
    (True, re.compile(rf"(?:r?ajout)(?:e|es|ez|er) {_IN} (?P<what>.+)")),
    (False, re.compile(rf"(?:enlev|retir)(?:e|es|ez|er) {_IN} (?P<what>.+)")),
)
"""What is said around degrees, and whether they are added."""
WAYS: dict[str, tuple[str, bool]] = {
    word: (of, up)
    for of, up, words in (
        ("heat", True, "chaud chaude chauds chaudes chauffage chaleur chauffe"),
        ("heat", False, "froid froide froids froides frais fraiche fraicheur"),
        ("level", True, "fort forte forts fortes haut haute hauts hautes eleve elevee"),
        ("level", False, "bas basse doux douce doucement faible discret discrete"),
        ("sound", True, "son volume musique bruit"),
        ("light", True, ("clair claire clairs claires lumineux lumineuse lumiere luminosite"
                        " clarte eclairage vif")),
        ("light", False, "sombre sombres tamise tamisee"),
        ("speed", True, "vite rapide rapidement"),
        ("speed", False, "lent lentement"),
        ("opening", True, "ouvert ouverte ouverts ouvertes"),
        ("opening", False, "ferme fermee fermes fermees"),
        ("damp", True, "humide humides humidite"),
        ("damp", False, "sec seche"),
    )
    for word in words.split()
}  # fmt: skip
_WORDS: Final = "|".join(sorted(WAYS, key=len, reverse=True))
QUALITIES = re.compile(
    r"(?P<head>(?:mets|met|mettre|mettez|rends|rendre|rendez|fais|faire|faites|passe|passer|regle|regler|donne"
    r"|je veux|que ce soit|qu' il fasse|il faudrait|il faut)(?: |$))?(?:moi |nous )?"
    r"(?:(?P<what>.+?) )?(?:(?P<less>moins)|plus|davantage)(?: (?:de|d'))? "
    rf"(?P<quality>{_WORDS})(?: (?:{_IN} )*(?P<where>.+))?"
)
NOUNS = frozenset(
    """
    chauffage chaleur fraicheur son volume musique bruit lumiere luminosite clarte
    eclairage humidite
    """.split()  # noqa: SIM905
)
PRONOUNS = frozenset({"la", "le", "les", "l'", "ca", "cela"})
FILLERS = frozenset({"plus", "davantage", "encore", "moi", "nous", "donc", "juste"})
ARTICLES = frozenset(
    """
    le la les l' un une des du de d' au aux a dans sur en pour ce cet cette ces mon ma
    mes ton ta tes notre nos votre vos son sa ses toute toutes tous tout chez
    """.split()  # noqa: SIM905
)
PLURALS = frozenset({"les", "des", "mes", "tes", "nos", "vos", "ces", "toutes", "tous"})
