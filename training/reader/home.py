"""Homes: how an author calls rooms, things, people and what is bought."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .blocks import Block, Document, Problem, read
from .frame import FROM_HOME, LANGUAGES, PLAYERS
from .words import bare, words_of

KEYS = ("home", "language", *FROM_HOME)
AT_LEAST = {"room": 4, "light": 5, "cover": 2, "heater": 1, "item": 15, "person": 3}
"""How many of each a home names; of others, none is fine."""


@dataclass(frozen=True, slots=True)
class Name:
    """One thing: the name it was given, and all that it is called."""

    given: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Home:
    """A home's names by slot."""

    name: str
    language: str
    names: dict[str, list[Name]]

    @cached_property
    def places(self) -> list[str]:
        """The rooms' names without article, longest first."""
        found = {bare(said, self.language).lower() for said in self.said("room")}
        found.update(words_of(self.language).rooms)
        return sorted(found, key=lambda text: (-len(text), text))

    def said(self, cls: str) -> list[str]:
        """Return all that the home's things of a slot are called."""
        kinds = PLAYERS if cls == "player" else (cls,)
        return [
            said
            for kind in kinds
            for name in self.names.get(kind, [])
            for said in name.said
        ]

    def given(self) -> dict[str, list[str]]:
        """Return the given names of things and of places, as Home Assistant has them."""
        places = {"room", "floor"}
        skipped = {*places, "where", "where_floor", "item", "person", "source"}
        return {
            "things": [
                n.given for k, v in self.names.items() if k not in skipped for n in v
            ],
            "places": [
                n.given for k, v in self.names.items() if k in places for n in v
            ],
        }


def load(path: Path) -> tuple[Home, list[Problem]]:
    """Return a home and what is wrong with its file."""
    document = read(path)
    if document.problems:
        return Home(path.stem, path.parent.name, {}), document.problems
    home, language = document.word("home"), document.word("language")
    if language and language not in LANGUAGES:
        document.complain(document.places["language"], "`language:` is fr or en")
        language = "en"
    if home and home != path.stem:
        document.complain(document.places["home"], f"the file is named {path.stem}")
    for key in document.tree:
        if key not in KEYS:
            document.complain(document.places[key], f"there is no `{key}:` in a home")
    for key in ("room", "floor") if language else ():
        _check_phrases(document, key, language)
    names = {
        key: _names(document.block(key), document)
        for key in FROM_HOME
        if key in document.tree
    }
    for key, least in AT_LEAST.items():
        if len(names.get(key, [])) < least:
            line = document.places.get(key, 1)
            document.complain(line, f"`{key}:` needs at least {least} lines")
    return Home(home, language, names), document.problems


def _check_phrases(document: Document, key: str, language: str) -> None:
    """Complain of "in the garden" and the like, which "in" is put before again."""
    before = tuple(words_of(language).before_places)
    for line in document.block(key):
        for said in line.text.split("|"):
            if said.strip().lower().startswith(before):
                document.complain(
                    line.number, f"“{said.strip()}” is a whole phrase: below `where:`"
                )


def _names(block: Block, document: Document) -> list[Name]:
    found, seen = [], set[str]()
    for line in block:
        said = tuple(part.strip() for part in line.text.split("|"))
        if not all(said):
            document.complain(line.number, "nothing stands beside a `|`")
            continue
        if marks := set("{}[]<>@=") & set(line.text):
            document.complain(line.number, f"a name holds no `{min(marks)}`")
        if said[0].lower() in seen:
            document.complain(line.number, f"“{said[0]}” stands twice")
        seen.add(said[0].lower())
        found.append(Name(said[0], said))
    return found
