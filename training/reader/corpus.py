"""The authors' files: all voices and homes, and which are held out for tuning."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from . import home as homes
from . import voice as voices
from .blocks import Problem
from .frame import HERE, LANGUAGES
from .home import Home
from .patterns import Choice, Text, walk
from .voice import Voice

SOURCES = ("*.py", "*.yaml", "words/*.yaml")


class CorpusError(ValueError):
    """A file of the corpus has problems; the message names them."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Voices and homes, either those to train on or those held out."""

    voices: list[Voice]
    homes: list[Home]

    def vocabulary(self, language: str) -> set[str]:
        """Return the words that voices and homes of a language write, in lower case."""
        found: set[str] = set()
        for one in self.voices:
            if one.language == language:
                trees = [pattern.tree for pattern in one.patterns()]
                trees += [tree for group in one.lists.values() for tree in group]
                for tree in trees:
                    found.update(_words(tree))
        for home in self.homes:
            if home.language == language:
                for names in home.names.values():
                    for name in names:
                        found.update(" ".join(name.said).lower().split())
        return found


def load(folder: Path = HERE, *, held_out: bool = False) -> Corpus:
    """Return the voices and homes of a folder. Raises CorpusError."""
    split = yaml.safe_load((folder / "split.yaml").read_text(encoding="utf-8"))
    all_voices = list(_loaded(folder / "voices", voices.load))
    all_homes = list(_loaded(folder / "homes", homes.load))
    for key, known in (("voices", all_voices), ("homes", all_homes)):
        if missing := set(split[key]) - {one.name for one in known}:
            raise CorpusError(
                f"split.yaml: {key} names no {', '.join(sorted(missing))}"
            )
    return Corpus(
        [one for one in all_voices if (one.name in split["voices"]) == held_out],
        [one for one in all_homes if (one.name in split["homes"]) == held_out],
    )


def _loaded[T](
    folder: Path, load: Callable[[Path], tuple[T, list[Problem]]]
) -> Iterator[T]:
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.yaml")):
            one, problems = load(path)
            if problems:
                raise CorpusError(_told(path, problems))
            yield one


def _told(path: Path, problems: list[Problem]) -> str:
    first = "; ".join(f"line {one.line}: {one.text}" for one in problems[:3])
    return f"{path}: {first}"


def digest(folder: Path = HERE) -> str:
    """Return a short digest of all that decides what is generated."""
    patterns = (*SOURCES, "voices/*/*.yaml", "homes/*/*.yaml")
    paths = {path for pattern in patterns for path in folder.glob(pattern)}
    paths |= {path for pattern in SOURCES for path in HERE.glob(pattern)}
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _words(tree: Choice) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, Text):
            yield from node.text.lower().split()
