"""Voices: the patterns of one author, and what is wrong with them."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .blocks import Block, Document, Line, Problem, read
from .frame import LANGUAGES, acts, kinds
from .patterns import Begin, Choice, PatternError, Ref, Slot, parse, walk

HABITS = ("openers", "closers", "hesitations", "joiners", "corrections")
"""What the voice says around and between its orders."""
KEYS = (
    "voice",
    "language",
    "persona",
    *HABITS,
    "lists",
    "say",
    "not",
    "several",
    "after",
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of an author: its tree, the act or kind it stands under, its line."""

    text: str
    tree: Choice
    act: str | None
    line: int


@dataclass(frozen=True, slots=True)
class After:
    """What is said before, and what then; every pair goes together."""

    before: list[Pattern]
    then: list[Pattern]


@dataclass(slots=True)
class Voice:
    """An author's patterns: of one clause, of several, and after another turn."""

    name: str
    language: str
    habits: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[Choice]] = field(default_factory=dict)
    single: list[Pattern] = field(default_factory=list)
    several: list[Pattern] = field(default_factory=list)
    after: list[After] = field(default_factory=list)

    def slots(self) -> Counter[str]:
        """Return in how many patterns each slot stands."""
        return Counter(
            cls
            for pattern in self.patterns()
            for cls in {one.cls for one in walk(pattern.tree) if isinstance(one, Slot)}
        )

    def patterns(self) -> list[Pattern]:
        """Return all patterns, those of the turns before left out."""
        then = [pattern for one in self.after for pattern in one.then]
        return [*self.single, *self.several, *then]


def load(path: Path) -> tuple[Voice, list[Problem]]:
    """Return a voice and what is wrong with its file."""
    document = read(path)
    if document.problems:
        return Voice(path.stem, path.parent.name), document.problems
    voice = Voice(document.word("voice"), document.word("language"))
    document.word("persona")
    if voice.language and voice.language not in LANGUAGES:
        document.complain(document.places["language"], "`language:` is fr or en")
    if voice.name and voice.name != path.stem:
        document.complain(document.places["voice"], f"the file is named {path.stem}")
    for key in document.tree:
        if key not in KEYS:
            document.complain(document.places[key], f"there is no `{key}:` in a voice")
    for key in HABITS:
        voice.habits[key] = _plain(document.block(key), document)
    for name, block in document.below("lists").items():
        found = [_pattern(line, None, document) for line in block]
        voice.lists[name] = [one.tree for one in found if one]
    _say(voice, document, "say", list(acts()))
    _say(voice, document, "not", list(kinds()))
    voice.several = _patterns(document.block("several"), document, several=True)
    for entry in document.entries("after"):
        before = _patterns(entry.get("before", []), document)
        then = _patterns(entry.get("then", []), document, several=True)
        if set(entry) != {"before", "then"} or not before or not then:
            document.complain(
                document.places["after"],
                "each entry of `after:` needs `before:` and `then:`",
            )
        voice.after.append(After(before, then))
    _check_lists(voice, document)
    return voice, sorted(document.problems)


def _plain(block: Block, document: Document) -> list[str]:
    for line in block:
        if set("{}[]<>@|") & set(line.text):
            document.complain(
                line.number, "plain words only here, no signs of patterns"
            )
    return [line.text for line in block]


def _say(voice: Voice, document: Document, key: str, allowed: list[str]) -> None:
    for name, block in document.below(key).items():
        if name not in allowed:
            document.complain(
                document.places[f"{key}.{name}"],
                f"`{name}` is not known below `{key}:`",
            )
            continue
        voice.single += _patterns(block, document, act=name)


def _patterns(
    block: Block, document: Document, *, act: str | None = None, several: bool = False
) -> list[Pattern]:
    found, seen = [], dict[str, int]()
    for line in block:
        same = " ".join(line.text.lower().split())
        if same in seen:
            document.complain(line.number, f"the same as line {seen[same]}")
            continue
        seen[same] = line.number
        pattern = _pattern(line, act, document)
        if pattern is None:
            continue
        begins = [node for node in walk(pattern.tree) if isinstance(node, Begin)]
        if several and not _starts_a_clause(pattern.tree):
            document.complain(
                line.number, "begin with @ and the act, as in `@turn_on …`"
            )
        elif not several and begins and act:
            document.complain(
                line.number, f"`@{begins[0].act}` belongs below `several:`"
            )
        found.append(pattern)
    return found


def _starts_a_clause(tree: Choice) -> bool:
    return all(option and isinstance(option[0], Begin) for option in tree.options)


def _pattern(line: Line, act: str | None, document: Document) -> Pattern | None:
    text, number = line.text, line.number
    try:
        return Pattern(text, parse(text), act, number)
    except PatternError as error:
        document.complain(number, f"{error}: {text}")
        return None


def _check_lists(voice: Voice, document: Document) -> None:
    lines = [
        (pattern.line, pattern.tree)
        for pattern in (
            *voice.patterns(),
            *(one for after in voice.after for one in after.before),
        )
    ]
    for line, tree in lines:
        for node in walk(tree):
            if isinstance(node, Ref) and node.name not in voice.lists:
                document.complain(
                    line, f"there is no list `{node.name}` below `lists:`"
                )
    for name, trees in voice.lists.items():
        if any(isinstance(node, Ref) for tree in trees for node in walk(tree)):
            document.complain(
                document.places[f"lists.{name}"], f"list `{name}` uses another list"
            )
