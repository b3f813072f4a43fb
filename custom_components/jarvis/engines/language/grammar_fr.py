"""French orders: "pourriez-vous éteindre la lampe", "mets les volets à moitié"."""

import re
from collections.abc import Sequence
from itertools import dropwhile

from .grammar import joined, last_match, original
from .heating import read_degrees, read_plain
from .numbers import read_number
from .orders import WAYS, Action, Order, Unit
from .polite_fr import BACK, FRONT, WISH
from .text import Word
from .typing_slips import retyped
from .whites import read_white

LANGUAGE = "fr"
WHOLE = frozenset({"tous", "toutes", "chaque"})
CONJUNCTIONS = frozenset({"et", "puis", "ensuite", "ainsi", "pis"})
HARD_STOPS = frozenset(
    """
    ne n' pas jamais ni si quand lorsque pourquoi comment qui combien ou quel quelle
    quels quelles etait etaient sera seront est sont ai as a-t avait avais aurait
    """.split()  # noqa: SIM905
)
SOFT_STOPS = frozenset(
    """
    minute minutes heure heures seconde secondes demain hier soir matin midi minuit
    avant apres pendant jusqu' jusque sauf sans chaque jours jour tantot bientot tard
    fois semaine lundi mardi mercredi jeudi vendredi samedi dimanche toujours h
    """.split()  # noqa: SIM905
)

_REPEAT = re.compile(
    r"(?:et|pareil|idem|(?:la |fais la )?meme chose|fais pareil|aussi|et aussi|et puis)"
    r"(?: (?:pour|dans|sur|celles? de|celui de|ceux de|celles? du|celui du|ceux du))?"
    r"(?= )"
)

# The folded forms of a verb, by the plain command that means the same.
_VERBS: dict[str, tuple[Action | None, str]] = {
    "allume": (Action.ON, ("allume allumes allumez allumer allumons allumee rallume rallumes "
               "rallumez rallumer eclaire eclaires eclairez eclairer alume")),
    "active": (Action.ON, "active actives activez activer branche branchez brancher"),
    "démarre": (Action.ON, "demarre demarres demarrez demarrer"),
    "éteins": (Action.OFF, ("eteins eteint eteinds eteignez eteignons eteindre eteigne eteignes "
               "eteigniez etteins etein etain debranche")),
    "coupe": (Action.OFF, "coupe coupes coupez couper"),
    "arrête": (Action.OFF, "arrete arretes arretez arreter stoppe stoppez stopper"),
    "désactive": (Action.OFF, "desactive desactives desactivez desactiver"),
    "ouvre": (Action.OPEN, "ouvre ouvres ouvrez ouvrons ouvrir ouvriez rouvre rouvrez rouvrir"),
    "ferme": (Action.CLOSE, ("ferme fermes fermez fermons fermer fermiez referme refermes tire tirez tirer "
              "refermez refermer")),
    "verrouille": (Action.LOCK, "verrouille verrouilles verrouillez verrouiller"),
    "déverrouille": (Action.UNLOCK, ("deverrouille deverrouilles deverrouillez "
                     "deverrouiller")),
    "monte": (Action.OPEN, ("monte montes montez monter leve leves levez lever remonte "
              "remontes remontez remonter releve relevez relever")),
    "baisse": (Action.CLOSE, ("baisse baisses baissez baisser descends descend descendez "
               "descendre abaisse abaissez abaisser")),
    "règle": (Action.SET, "regle regles reglez regler ajuste ajustez ajuster"),
    "mets": (Action.SET, ("mets met mais mes remets remettez remettre mettez mettre mette mettes m'est passe passes "
             "passez passer")),
    "augmente": (None, "augmente augmentez augmenter"),
    "diminue": (None, "diminue diminuez diminuer reduis reduisez reduire"),
    "lance": (Action.ON, "lance lancez lancer enclenche enclenchez enclencher"),
    "tamise": (None, "tamise tamises tamisez tamiser attenue attenuez attenuer"),
    "ajoute": (None, "ajoute ajoutes ajoutez ajouter"),
    "annule": (None, "annule annules annulez annuler"),
    "nettoie": (None, "nettoie nettoyez nettoyer"),
    "joue": (None, "joue jouez jouer"),
    "dis-moi": (None, "dire"),
}  # fmt: skip
_FORMS = {
    form: (plain, action)
    for plain, (action, forms) in _VERBS.items()
    for form in forms.split()
}
MOVING = frozenset(form for form, (_, action) in _FORMS.items() if action is not None)
"""Forms of verbs that move something."""
_MOVERS = frozenset({"monte", "baisse"})
_COVERS = frozenset({"cover", "valve"})

_PARTICIPLES = {
    "allume": (Action.ON, "allume"),
    "eteint": (Action.OFF, "éteins"),
    "ouvert": (Action.OPEN, "ouvre"),
    "ferme": (Action.CLOSE, "ferme"),
    "verrouille": (Action.LOCK, "verrouille"),
    "deverrouille": (Action.UNLOCK, "déverrouille"),
}
_WISHED = re.compile(
    rf"(?:{WISH}|fais en sorte|faites en sorte|veille a ce|il (?:faut|faudrait))"
    r"(?: que| qu')? (?P<what>.+?)(?: (?:soit|soient|sois))? "
    r"(?P<state>allume|eteint|ouvert|ferme|verrouille|deverrouille)e?s?(?= (?:s' il|stp|svp|merci|jarvis|maintenant)|$)"
)

_PRONOUNS = frozenset({"la", "le", "les", "l'", "ca", "cela", "celle la", "celui la",
                       "celles la", "ceux la", "tout ca",
        "les toutes",
        "les tous",
        "toutes",
        "tous"})  # fmt: skip
_DROPPED = frozenset({"moi", "nous", "donc", "juste", "simplement", "bien", "vite"})
_ARTICLES = frozenset(
    """
    le la les l' un une des du de d' au aux a dans sur en ce cet cette ces mon ma mes
    ton ta tes notre nos votre vos son sa ses toute toutes tous tout celle celui celles ceux
    chaque
    """.split()  # noqa: SIM905
)
_PLURALS = frozenset(
    {"les", "des", "mes", "tes", "nos", "vos", "ces", "toutes", "tous", "chaque"}
)

_LAST_VALUE = re.compile(
    r"(?:^| )(?:(?:a|sur|jusqu' a|au|en) )"
    r"(?:(?P<word>(?:la )?moitie|fond|maximum|max|minimum|min|plein|le maximum|demi"
    r"|mi (?:hauteur|chemin|course|ouverture))"
    r"|(?P<number>[a-z0-9., ]+?) ?(?P<unit>%|pour cents?|pourcents?|degres?|°)(?: c)?)$"
)
_LAST_DEGREES = re.compile(
    r"(?:^| )(?:a|sur|jusqu' a) (?P<number>[a-z0-9., ]+?)(?P<unit> degres?| °)?(?: c)?"
    r"(?P<half> et demie?)?$"
)
_LAST_NUMBER = re.compile(
    r"(?:^| )(?:a|sur|jusqu' a) (?P<number>[a-z0-9]+(?: [a-z]+)*?)$"
)
_HEATING = frozenset(
    """
    chauffage chauffages radiateur radiateurs thermostat thermostats clim climatisation
    climatiseur temperature
    """.split()  # noqa: SIM905
)
_WORDS_OF_VALUE = {"la moitie": 50, "moitie": 50, "demi": 50, "fond": 100, "maximum": 100,
                   "max": 100, "plein": 100, "le maximum": 100, "minimum": 1, "min": 1}  # fmt: skip
_FRAMES = (
    (re.compile(r"(?:^| )en (?:marche|route|service)$"), Action.ON),
    (re.compile(r"(?:^| )a l' arret$"), Action.OFF),
)
_LEADING_FRAMES = ((re.compile(r"en (?:marche|route|service)(?= )"), Action.ON),)
_LIGHTS = frozenset({"lumiere", "lumieres", "lampe", "lampes", "eclairage"})
_BRIGHTNESS = frozenset({"luminosite", "intensite"})
_DIMMERS = {
    "baisse": Action.DIM,
    "diminue": Action.DIM,
    "tamise": Action.DIM,
    "monte": Action.BRIGHTEN,
    "augmente": Action.BRIGHTEN,
}
_BRIGHTER = re.compile(
    r"(?P<way>plus|moins) (?:fort|forte|lumineux|lumineuse|clair|eclaire)"
)
_DARKER = re.compile(r"(?P<way>plus|moins) sombre")

_HOME = r"(?:toute )?(?:la maison|l' appart\w*|le logement)"
_EVERYTHING = re.compile(
    rf"(?:absolument )?(?:tout(?! de suite)|tous les appareils|(?P<home>toute (?:la maison|l' appart\w*))"
    rf"|(?P<over>partout))(?: (?:(?P<everywhere>partout|dans {_HOME})|(?P<here>ici)"
    r"|(?:dans|de|d'|du|a|au|en) (?P<where>.+)))?"
)


def stopped(said: Sequence[Word]) -> bool:
    """Return whether the words are a question, a report, a condition or a refusal."""
    match = _WISHED.match(joined(said))
    told = match["what"].split() if match else [word.fold for word in said]
    return not HARD_STOPS.isdisjoint(told)


def strip_front(said: Sequence[Word]) -> Sequence[Word]:
    """Return the words from the verb, or from the wish, on."""
    return FRONT.front(said, until=_WISHED)


def strip_back(said: Sequence[Word]) -> Sequence[Word]:
    """Return the words without thanks and urgings at the end."""
    return BACK.back(said)


def rearranged(said: Sequence[Word]) -> Sequence[Word]:
    """Return the words: French has its verb in front."""
    return said


def repeated(said: Sequence[Word]) -> Order | None:
    """Read "et dans la cuisine", "la même chose pour le bureau"."""
    match = _REPEAT.match(joined(said))
    if match is None:
        return None
    rest = said[match[0].count(" ") + 1 :]
    if not rest or any(word.fold in _FORMS for word in rest):
        return None
    name, plural = target(rest)
    return Order(target=name, plural=plural, repeats=True) if name else None


def order(text: str, said: Sequence[Word]) -> Order | None:
    """Read an order that begins with its verb, or a wish that ends with a state."""
    if match := _WISHED.match(joined(said)):
        return _wish(match, text, said)
    if brighter := _brighter(said):
        return brighter
    said, refers = _clitics(said)
    if not said or (head := retyped(said[0].fold, _FORMS)) not in _FORMS:
        return None
    plain, action = _FORMS[head]
    rest: Sequence[Word] = list(dropwhile(lambda word: word.fold in _DROPPED, said[1:]))
    if wide := _everything(text, plain, rest) or _dimmed(plain, rest):
        return wide
    if plain == "mets":
        rest, action = _put(rest)
        plain = {Action.ON: "allume", Action.OFF: "éteins"}.get(action, plain)
    sentence = f"{plain} {original(text, rest)}".strip()
    rest, white = read_white(rest, LANGUAGE)
    rest, value, unit = _valued(rest, action)
    verb = WAYS.get(action, action) if plain in _MOVERS else action
    if value is not None or white is not None:
        action = Action.SET
    elif action is Action.SET:
        action = None
    name, plural = target(rest)
    if joined(rest) in _PRONOUNS:
        refers, name = True, ()
    elif refers and name:
        return None
    return Order(
        action=action,
        verb=verb,
        target=name,
        plural=plural,
        refers=refers,
        value=value,
        unit=unit,
        white=white,
        sentence="" if refers else sentence,
        kinds=_COVERS if plain in _MOVERS and value is None else frozenset(),
    )


def _clitics(said: Sequence[Word]) -> tuple[Sequence[Word], bool]:
    """Return the words from the verb on, and whether a pronoun stood before it."""
    if len(said) > 1 and said[0].fold == "tout" and said[1].fold in _FORMS:
        return [said[1], said[0], *said[2:]], False  # "tu peux tout éteindre"
    while said and said[0].fold in {"me", "m'", "nous", "de", "d'", "a", "en", "y"}:
        said = said[1:]
    if (
        len(said) > 1
        and said[0].fold in {"la", "le", "les", "l'"}
        and said[1].fold in _FORMS
    ):
        return said[1:], True
    return said, False


def target(said: Sequence[Word]) -> tuple[tuple[str, ...], bool]:
    """Return the words that name something, and whether they are a plural."""
    plural = bool(said) and any(word.fold in _PLURALS for word in said[:2])
    return tuple(
        word.fold
        for place, word in enumerate(said)
        if word.fold not in _ARTICLES or _runs_on(said, place)
    ), plural


def _runs_on(said: Sequence[Word], place: int) -> bool:
    """Return whether "des" begins a word that was heard as two: "dés humidificateur"."""
    after = said[place + 1].fold if place + 1 < len(said) else "s"
    return said[place].fold == "des" and not after.endswith(("s", "x", "z"))


def _everything(text: str, plain: str, rest: Sequence[Word]) -> Order | None:
    """Read "éteins tout dans le salon"; "coupe tout" may mean the mains."""
    match = _EVERYTHING.fullmatch(joined(rest)) if plain == "éteins" else None
    if match is None:
        return None
    where = rest[len(rest) - len(match["where"].split()) :] if match["where"] else ()
    return Order(
        action=Action.OFF,
        everything=True,
        everywhere=any(match[name] for name in ("home", "over", "everywhere")),
        here=match["here"] is not None,
        target=target(where)[0],
        sentence=f"{plain} {original(text, rest)}",
    )


def _dimmed(plain: str, rest: Sequence[Word]) -> Order | None:
    """Read "baisse un peu la lumière du salon": lights only, and no value."""
    if plain not in _DIMMERS or _value(rest)[1] is not None:
        return None
    name, plural = target(rest)
    if not (_LIGHTS | _BRIGHTNESS) & set(name):
        return None
    name = tuple(word for word in name if word not in _BRIGHTNESS)
    return Order(action=_DIMMERS[plain], target=name or ("lumiere",), plural=plural)


def _brighter(said: Sequence[Word]) -> Order | None:
    """Read "un peu plus fort", said of what was spoken of before."""
    for pattern, way in ((_BRIGHTER, "plus"), (_DARKER, "moins")):
        if match := pattern.fullmatch(joined(said)):
            up = match["way"] == way
            return Order(action=Action.BRIGHTEN if up else Action.DIM, refers=True)
    return None


def _wish(match: re.Match[str], text: str, said: Sequence[Word]) -> Order:
    action, plain = _PARTICIPLES[match["state"]]
    first = match.string[: match.start("what")].count(" ")
    what = said[first : first + match["what"].count(" ") + 1]
    name, plural = target(what)
    return Order(
        action=action,
        target=name,
        plural=plural,
        sentence=f"{plain} {original(text, what)}",
    )


def _put(rest: Sequence[Word]) -> tuple[Sequence[Word], Action]:
    """Read what follows "mets": "la lampe en marche", "en route la hotte"."""
    words = joined(rest)
    for pattern, action in _FRAMES:
        if match := pattern.search(words):
            return rest[: len(rest) - len(match[0].split())], action
    for pattern, action in _LEADING_FRAMES:
        if match := pattern.match(words):
            return rest[len(match[0].split()) :], action
    plain = read_plain(rest, _LAST_NUMBER, LANGUAGE)[1]
    valued = plain is not None or _LAST_VALUE.search(words)
    if _LIGHTS & {word.fold for word in rest} and not valued:
        return rest, Action.ON
    return rest, Action.SET


def _valued(
    rest: Sequence[Word], action: Action | None
) -> tuple[Sequence[Word], float | None, Unit | None]:
    """Read a value; one without a unit only where a verb of setting stands before."""
    front, value, unit = _value(rest)
    if value is None and action is Action.SET:
        front, value = read_plain(rest, _LAST_NUMBER, LANGUAGE)
    return front, value, unit


def _value(
    rest: Sequence[Word],
) -> tuple[Sequence[Word], float | None, Unit | None]:
    match = last_match(_LAST_VALUE, joined(rest))
    if match is None:
        return read_degrees(rest, _LAST_DEGREES, _HEATING, LANGUAGE)
    front = rest[: len(rest) - len(match[0].split())]
    if match["word"]:
        return front, float(_WORDS_OF_VALUE.get(match["word"], 50)), Unit.PERCENT
    number = read_number(tuple(match["number"].split()), LANGUAGE)
    if number is None:
        return rest, None, None
    degrees = match["unit"].startswith(("degre", "°"))
    return front, number, Unit.DEGREES if degrees else Unit.PERCENT
