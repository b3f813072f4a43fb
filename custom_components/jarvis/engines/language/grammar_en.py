"""English orders: "would you mind turning the lamp off", "set the blinds to half"."""

import re
from collections.abc import Sequence

from .grammar import joined, last_match, original
from .heating import read_degrees, read_plain
from .numbers import read_number
from .orders import WAYS, Action, Order, Unit
from .polite_en import BACK, FRONT
from .text import Word
from .typing_slips import retyped
from .whites import read_white

LANGUAGE = "en"
WHOLE = frozenset({"all", "every", "each"})
CONJUNCTIONS = frozenset({"and", "then", "as"})
HARD_STOPS = frozenset(
    """
    not don't dont never no if when why how who what which is are was were am do does
    did have has had will unless whether i he she they we
    """.split()  # noqa: SIM905
)
SOFT_STOPS = frozenset(
    """
    minute minutes hour hours second seconds tomorrow yesterday tonight morning evening
    noon midnight before after until till except without every each later soon always
    day days week weekend month monday tuesday wednesday thursday friday saturday sunday while pm times
    """.split()  # noqa: SIM905
)

_REPEAT = re.compile(
    r"(?:and|also|and also|same|the same|same thing|the same thing|do the same|"
    r"do the same thing|what about|how about|likewise|and what about|and then)"
    r"(?: (?:in|for|with|on|to|at|the ones? (?:in|of|from)))?(?= )"
)

_TURN = frozenset(
    [
        "turn",
        "switch",
        "put",
        "flip",
        "power",
        "shut",
        "tern",
        "turning",
        "switching",
        "putting",
        "powering",
        "flipping",
        "shutting",
        "turned-to",
        "tun",
        *[
            "stick",
            "bung",
            "pop",
            "whack",
            "chuck",
            "knock",
            "flick",
            "lash",
            "bang",
            "whip",
            "stuck",
            "click",
            "pull",
        ],
    ]
)
"""Verbs that mean "turn" only with "on" or "off"."""
_PARTICLES = {"on": Action.ON, "off": Action.OFF, "of": Action.OFF}
_JOINED = {"turnon": Action.ON, "turnoff": Action.OFF, "switchon": Action.ON}

_VERBS: dict[str, tuple[Action | None, str]] = {
    "turn on": (Action.ON, "activate activating enable enabling illuminate"),
    "turn off": (Action.OFF, ("kill killing deactivate deactivating disable disabling "
                 "extinguish cut douse")),
    "start": (Action.ON, "start starting"),
    "stop": (Action.OFF, "stop stopping"),
    "open": (Action.OPEN, "open opening"),
    "close": (Action.CLOSE, "close closing clothes shut shutting draw drawing"),
    "raise": (Action.OPEN, "raise raising lift lifting"),
    "lower": (Action.CLOSE, "lower lowering"),
    "lock": (Action.LOCK, "lock locking"),
    "unlock": (Action.UNLOCK, "unlock unlocking"),
    "set": (Action.SET, ("set setting dim dimming brighten brightening change changing "
            "adjust adjusting make making put turn")),
    "add": (None, "add adding"),
    "cancel": (None, "cancel cancelling"),
    "play": (None, "play playing"),
    "pause": (None, "pause pausing"),
    "increase": (None, "increase increasing"),
    "decrease": (None, "decrease decreasing"),
    "tell me": (None, "tell"),
    "clean": (None, "clean cleaning vacuum"),
}  # fmt: skip
_FORMS = {
    form: (plain, action)
    for plain, (action, forms) in _VERBS.items()
    for form in forms.split()
}
_HEADS = _TURN | _FORMS.keys()
MOVING = (
    _TURN
    | {"on", "off"}
    | {form for form, (_, action) in _FORMS.items() if action is not None}
)
"""Words of which one is in every order that moves something."""
_MOVERS = frozenset({"raise", "lower"})
_COVERS = frozenset({"cover", "valve"})

_STATES = {
    "on": (Action.ON, "turn on"),
    "off": (Action.OFF, "turn off"),
    "open": (Action.OPEN, "open"),
    "opened": (Action.OPEN, "open"),
    "closed": (Action.CLOSE, "close"),
    "shut": (Action.CLOSE, "close"),
    "locked": (Action.LOCK, "lock"),
    "unlocked": (Action.UNLOCK, "unlock"),
}
_WISHED = re.compile(
    r"(?:(?:i'd|i would|we'd) like(?: to have)?|(?:i|we) (?:want|need)(?: to have)?|"
    r"(?:please )?make sure(?: that)?|(?:please )?have|get|let's have|ensure(?: that)?|"
    r"i'd love|can i have|could i have|can we have|may i have)"
    r" (?P<what>(?!you ).+?)(?: to be| is| are| be| turned| switched)* "
    r"(?P<state>on|off|open|opened|closed|shut|locked|unlocked)"
    r"(?= (?:please|thanks|thank|jarvis|now)|$)"
)

_PLACING = frozenset(
    "in at for on of upstairs downstairs outside inside everywhere here".split()  # noqa: SIM905
)
"""Words with which a place begins that is said last."""
_PRONOUNS = frozenset({"it", "them", "that", "this", "those", "these", "that one",
                       "this one", "those ones", "all of them",
        "them all",
        "those all", "both"})  # fmt: skip
_ARTICLES = frozenset(
    """
    the a an of in on at to my our your his her their this that these those all some
    for inside every each up down teh
    """.split()  # noqa: SIM905
)
_PLURALS = frozenset({"all", "these", "those", "every", "each", "both"})
_ADVERBS = frozenset({"back", "again", "please", "just", "fully", "completely", "all"})

_LAST_VALUE = re.compile(
    r"(?:^| )(?:(?P<way>half ?way(?: (?:up|down|open|closed|shut))?|midway"
    r"|half (?:open|closed|shut))|(?:(?:to|at|down to|up to) )"
    r"(?:(?P<word>half|maximum|max|full|full brightness|minimum|min|a quarter|halfway|"
    r"half way|the middle)"
    r"|(?P<number>[a-z0-9., ]+?) ?(?P<unit>%|percent|per cent|degrees?|°)"
    r"(?: (?:celsius|brightness|c|open))?))$"
)
_LAST_DEGREES = re.compile(
    r"(?:^| )(?:to|at|up to|down to) (?P<number>[a-z0-9., ]+?)(?P<half> and a half)?"
    r"(?P<unit> degrees?| °)?(?: (?:celsius|c))?$"
)
_LAST_NUMBER = re.compile(r"(?:^| )(?:to|at) (?P<number>[a-z0-9]+(?: [a-z]+)*?)$")
_HEATING = frozenset(
    "heating heater heaters heat radiator radiators thermostat thermostats temperature".split()  # noqa: SIM905
)
_LIGHTS = frozenset({"light", "lights", "lamp", "lamps", "lighting"})
_DIMMERS = {
    **dict.fromkeys(("dim", "dimming", "lower", "lowering", "decrease", "decreasing",
                     "reduce", "reducing"), Action.DIM),
    **dict.fromkeys(("brighten", "brightening", "raise", "raising", "increase",
                     "increasing"), Action.BRIGHTEN),
}  # fmt: skip
_UP_OR_DOWN = {"up": Action.BRIGHTEN, "down": Action.DIM}
_BRIGHTER = re.compile(r"(?:(?:it|them) )?(?P<way>brighter|darker|dimmer)")

_HOME = r"(?:the |my |our )?(?:(?:whole|entire) )?(?:house|home|flat|apartment)"
_EVERYTHING = re.compile(
    rf"(?:absolutely )?(?:everything|all (?:the |my |our )?devices|(?P<home>the (?:whole"
    r"|entire) (?:house|home|flat|apartment)))"
    rf"(?: (?:(?P<everywhere>everywhere|in {_HOME})|(?P<here>here|in here)"
    r"|(?:in|at|inside|of) (?P<where>.+)))?"
)
_WORDS_OF_VALUE = {"half": 50, "halfway": 50, "half way": 50, "the middle": 50, "a quarter": 25,
                   "maximum": 100, "max": 100, "full": 100, "full brightness": 100,
                   "minimum": 1, "min": 1}  # fmt: skip


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
    """Return "switch on the lamp and the fan" for "switch the lamp and the fan on"."""
    middle = [word.fold for word in said[1:-1]]
    if (
        len(said) < 3
        or said[0].fold not in _TURN
        or said[-1].fold not in {"on", "off"}
        or any(word in _PARTICLES or word in _TURN or word in _FORMS for word in middle)
    ):
        return said
    return [said[0], said[-1], *said[1:-1]]


def repeated(said: Sequence[Word]) -> Order | None:
    """Read "and in the bedroom", "same for the office"."""
    match = _REPEAT.match(joined(said))
    if match is None:
        return None
    rest = said[match[0].count(" ") + 1 :]
    if not rest or any(word.fold in _FORMS or word.fold in _TURN for word in rest):
        return None
    if rest[-1].fold in _STATES:
        return None
    name, plural = target(rest)
    return Order(target=name, plural=plural, repeats=True) if name else None


def order(text: str, said: Sequence[Word]) -> Order | None:
    """Read an order: verb first, a wish, or a thing with its state."""
    if match := _WISHED.match(joined(said)):
        first = match.string[: match.start("what")].count(" ")
        what = said[first : first + match["what"].count(" ") + 1]
        return _stated(text, what, match["state"], exact=False)
    head = retyped(said[0].fold, _HEADS)
    said = [Word(head, said[0].start, said[0].end), *said[1:]]
    if match := _BRIGHTER.fullmatch(joined(said[1:] if head == "make" else said)):
        up = match["way"] == "brighter"
        return Order(action=Action.BRIGHTEN if up else Action.DIM, refers=True)
    if dimmed := _dimmed(said):
        return dimmed
    if head in _JOINED:
        return _order(text, said[1:], _JOINED[head], f"turn {_JOINED[head]}")
    if head in _TURN and (turned := _turned(text, said[1:])) is not None:
        return turned
    if head in _FORMS:
        plain, action = _FORMS[head]
        return _order(text, said[1:], action, plain)
    if said[-1].fold in {"on", "off"} and len(said) > 1:
        return _stated(text, said[:-1], said[-1].fold, exact=True)
    return None


def target(said: Sequence[Word]) -> tuple[tuple[str, ...], bool]:
    """Return the words that name something, and whether they are a plural."""
    plural = any(word.fold in _PLURALS for word in said[:2])
    folds = ["two" if word.fold == "both" else word.fold for word in said]
    return tuple(fold for fold in folds if fold not in _ARTICLES), plural


def _turned(text: str, rest: Sequence[Word]) -> Order | None:
    """Read what follows "turn": "on the lamp", "the lamp off", "it back on"."""
    while rest and rest[0].fold in _ADVERBS:
        rest = rest[1:]
    if not rest:
        return None
    if (action := _PARTICLES.get(rest[0].fold)) is not None:
        return _order(text, rest[1:], action, f"turn {action}")
    for place in (len(rest) - 1, *range(1, len(rest) - 1)):
        # "the lamp off", and "the lamp off in the kitchen"
        action = _PARTICLES.get(rest[place].fold)
        if action is None or rest[place].fold == "of":
            continue
        after = rest[place + 1 :]
        if after and after[0].fold not in _PLACING:
            continue
        before = list(rest[:place])
        while len(before) > 1 and before[-1].fold in _ADVERBS:
            before.pop()
        made = _order(text, [*before, *after], action, f"turn {action}")
        if made is None:
            return None
        return made
    return None


def _everything(text: str, rest: Sequence[Word], match: re.Match[str]) -> Order:
    where = rest[len(rest) - len(match["where"].split()) :] if match["where"] else ()
    return Order(
        action=Action.OFF,
        everything=True,
        everywhere=any(match[name] for name in ("home", "everywhere")),
        here=match["here"] is not None,
        target=target(where)[0],
        sentence=f"turn off {original(text, rest)}",
    )


def _dimmed(said: Sequence[Word]) -> Order | None:
    """Read "dim the kitchen lights", "turn the lights up": lights only, no value."""
    head, rest = said[0].fold, said[1:]
    action = _DIMMERS.get(head)
    if head in {"turn", "turning"} and rest:
        for place in (0, -1):
            action = action or _UP_OR_DOWN.get(rest[place].fold)
    if action is None or _value(rest)[1] is not None:
        return None
    name, plural = target(rest)
    if not (_LIGHTS | {"brightness"}) & set(name):
        return None
    name = tuple(word for word in name if word != "brightness")
    return Order(action=action, target=name or ("light",), plural=plural)


def _stated(
    text: str, what: Sequence[Word], state: str, *, exact: bool
) -> Order | None:
    if not what:
        return None
    action, plain = _STATES[state]
    if action is Action.OFF and (match := _EVERYTHING.fullmatch(joined(what))):
        return _everything(text, what, match)
    name, plural = target(what)
    if joined(what) in _PRONOUNS:
        return Order(action=action, refers=True)
    return Order(
        action=action,
        target=name,
        plural=plural,
        sentence="" if exact else f"{plain} {original(text, what)}",
        exact=exact,
    )


def _order(
    text: str, rest: Sequence[Word], action: Action | None, plain: str
) -> Order | None:
    while rest and rest[0].fold in _ADVERBS - {"all"}:
        rest = rest[1:]
    if action is Action.OFF and (match := _EVERYTHING.fullmatch(joined(rest))):
        return _everything(text, rest, match)
    sentence = f"{plain} {original(text, rest)}".strip()
    rest, white = read_white(rest, LANGUAGE) if action is Action.SET else (rest, None)
    rest, value, unit = _valued(rest, action)
    kinds: frozenset[str] = frozenset()
    verb = WAYS.get(action, action) if plain in _MOVERS else action
    if value is not None:
        action = Action.SET
    elif plain in _MOVERS:
        kinds = _COVERS
    if action is Action.SET and value is None and white is None:
        action = None
    name, plural = target(rest)
    refers = joined(rest) in _PRONOUNS
    return Order(
        action=action,
        verb=verb,
        target=() if refers else name,
        plural=plural,
        refers=refers,
        value=value,
        unit=unit,
        white=white,
        sentence="" if refers else sentence,
        kinds=kinds,
    )


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
    if match["way"]:
        return front, 50.0, Unit.PERCENT
    if match["word"]:
        return front, float(_WORDS_OF_VALUE[match["word"]]), Unit.PERCENT
    number = read_number(tuple(match["number"].split()), LANGUAGE)
    if number is None:
        return read_degrees(rest, _LAST_DEGREES, _HEATING, LANGUAGE)
    degrees = match["unit"].startswith(("degree", "°"))
    return front, number, Unit.DEGREES if degrees else Unit.PERCENT
