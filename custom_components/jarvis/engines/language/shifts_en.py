"""English words for more and less: "turn up", "nudge open", "warmer"."""

import re
from collections.abc import Sequence
from typing import Final

from .orders import Size

_TURN: Final = r"(?:turn|turning|put|bring|take|push|pull|crank|dial|knock|whack|set|move|shift|get|tone|wind|roll|let)"
_NUDGE: Final = r"(?:nudge|nudging|ease|easing|inch|bump|tweak|notch)"
_AT: Final = r"(?:(?:in|on|for|at|of|from|with|upstairs|downstairs)(?: |$))"
_UP: Final = (
    rf"(?: (?P<what>.+?))? (?:up|higher)(?: (?P<where>{_AT}.*|(?!{_AT}|to |by ).+))?"
)
_DOWN: Final = _UP.replace("up|higher", "down|lower")
_OPEN: Final = r"(?: (?P<what>.+?))? (?:open|ajar)(?: (?P<where>.+))?"
_SHUT: Final = r"(?: (?P<what>.+?))? (?:closed|close|shut)(?: (?P<where>.+))?"
_WHAT: Final = r"(?: up| down)? (?P<what>.+)"

VERBS: Sequence[tuple[str, bool, Size | None, re.Pattern[str]]] = (
    ("opening", True, Size.SMALL, re.compile(rf"(?:crack|{_NUDGE}){_OPEN}")),
    ("opening", False, Size.SMALL, re.compile(rf"{_NUDGE}{_SHUT}")),
    ("opening", True, None, re.compile(rf"(?:{_TURN}|leave|prop|have){_OPEN}")),
    ("opening", False, None, re.compile(rf"(?:{_TURN}|leave|have){_SHUT}")),
    ("opening", True, None, re.compile(r"(?:open|opening)(?: up)? (?P<what>.+)")),
    (
        "opening",
        False,
        None,
        re.compile(r"(?:close|closing|shut|shutting|draw)(?: up)? (?P<what>.+)"),
    ),
    ("level", True, Size.SMALL, re.compile(rf"{_NUDGE}{_UP}")),
    ("level", False, Size.SMALL, re.compile(rf"{_NUDGE}{_DOWN}")),
    ("level", True, None, re.compile(rf"{_TURN}{_UP}")),
    ("level", False, None, re.compile(rf"{_TURN}{_DOWN}")),
    (
        "level",
        True,
        None,
        re.compile(rf"(?:raise|raising|increase|increasing|boost|lift|hike|up){_WHAT}"),
    ),
    (
        "level",
        False,
        None,
        re.compile(
            rf"(?:lower|lowering|decrease|decreasing|reduce|reducing|drop|soften){_WHAT}"
        ),
    ),
    (
        "light",
        True,
        Size.USUAL,
        re.compile(rf"(?:brighten|brightening|lighten){_WHAT}"),
    ),
    ("light", False, Size.USUAL, re.compile(rf"(?:dim|dimming|darken){_WHAT}")),
    ("heat", True, Size.USUAL, re.compile(rf"(?:warm|warming|heat|heating){_WHAT}")),
    ("heat", False, Size.USUAL, re.compile(rf"(?:cool|cooling|chill){_WHAT}")),
    ("speed", True, Size.USUAL, re.compile(rf"speed{_WHAT}")),
    ("speed", False, Size.USUAL, re.compile(rf"slow{_WHAT}")),
)
COUNTED: Sequence[tuple[bool, re.Pattern[str]]] = (
    (True, re.compile(rf"(?:add|up|plus)(?: {_AT}(?P<what>.*))?")),
    (False, re.compile(rf"(?:take off|knock off|down|minus)(?: {_AT}(?P<what>.*))?")),
)
"""What is said around degrees, and whether they are added."""
WAYS: dict[str, tuple[str, bool]] = {
    word: (of, up)
    for of, up, words in (
        ("heat", True, "warmer hotter toastier cosier warm hot heat heating warmth"),
        ("heat", False, "cooler colder chillier cool cold"),
        ("sound", True, "louder loud sound volume music noisy"),
        ("sound", False, "quieter softer quiet"),
        ("light", True, "brighter lighter bright light"),
        ("light", False, "darker dimmer dark dim"),
        ("speed", True, "faster stronger quicker fast air wind"),
        ("speed", False, "slower gentler weaker slow"),
        ("level", True, "higher high"),
        ("level", False, "low"),
        ("opening", True, "open"),
        ("opening", False, "closed shut"),
        ("damp", True, "humid damp humidity"),
        ("damp", False, "drier dryer dry"),
    )
    for word in words.split()
}
_COMPARED: Final = "|".join(word for word in WAYS if word.endswith("er"))
_PLAIN: Final = "|".join(word for word in WAYS if not word.endswith("er"))
_MORE: Final = r"(?:(?P<less>less)|more)"
QUALITIES = re.compile(
    r"(?P<head>(?:make|making|set|put|get|turn|have|keep|bring|give(?: me| us)?|want|need|i want|let's have)(?: |$))?"
    rf"(?:(?P<what>(?!(?:less|more) ).+?) )?(?:{_MORE} (?=(?:{_PLAIN})\b))?(?P<quality>{_COMPARED}|(?<=more )(?:{_PLAIN})"
    rf"|(?<=less )(?:{_PLAIN}))(?: (?P<where>{_AT}.*))?"
)
NOUNS = frozenset(
    "heat heating warmth sound volume music light air wind humidity".split()  # noqa: SIM905
)
PRONOUNS = frozenset({"it", "them", "that", "this", "those", "these"})
FILLERS = frozenset({"more", "up", "down", "back", "further"})
ARTICLES = frozenset(
    """
    the a an of in on at to my our your his her their this that these those all some
    for from with inside every each up down
    """.split()  # noqa: SIM905
)
PLURALS = frozenset({"all", "these", "those", "every", "each", "both"})
