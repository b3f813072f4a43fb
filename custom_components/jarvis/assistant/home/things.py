"""Exposed entities as they can be spoken of, and what leads to them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from ...engines.language import digits_for_numbers, names_way_in, singular
from .kinds import KEPT_RUNNING, STOP_WORDS

_GUARDED = frozenset({"lock", "alarm_control_panel"})
_GUARDED_CLASSES = frozenset({"garage", "gate", "door"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An exposed entity, as it can be spoken of."""

    entity_id: str
    names: tuple[str, ...]
    name_words: tuple[frozenset[str], ...]
    """For each name, the words that tell it apart."""
    spoken: tuple[tuple[str, ...], ...] = ()
    """For each name, its folded words in order."""
    device_class: str = ""
    modes: frozenset[str] = frozenset()
    """What a climate entity can do: "heat", "cool"."""
    area_id: str | None = None

    @property
    def domain(self) -> str:
        """Domain of the entity."""
        return self.entity_id.partition(".")[0]

    @property
    def traits(self) -> frozenset[str]:
        """What tells its kind besides its names."""
        return self.modes | {self.device_class} - {""}

    @property
    def keeps_running(self) -> bool:
        """True for what is switched off only when it is named, like a freezer."""
        return any(words & KEPT_RUNNING for words in self.name_words)

    @property
    def guarded(self) -> bool:
        """True for what is never moved on a guess."""
        if self.domain == "cover" and not self.device_class:
            return names_way_in(self.names)
        return self.domain in _GUARDED or self.device_class in _GUARDED_CLASSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What leads to things: the words of their names, their area, their domain."""

    by_id: dict[str, Thing] = field(default_factory=dict)
    by_word: dict[str, list[Thing]] = field(default_factory=dict)
    by_area: dict[str, list[Thing]] = field(default_factory=dict)
    by_domain: dict[str, list[Thing]] = field(default_factory=dict)

    @classmethod
    def of(cls, things: Iterable[Thing]) -> Self:
        """Index things; each stands once under a word, however often it is named so."""
        index = cls()
        for thing in things:
            index.add(thing)
        return index

    def add(self, thing: Thing) -> None:
        """Index one more thing."""
        self.by_id[thing.entity_id] = thing
        self.by_domain.setdefault(thing.domain, []).append(thing)
        if thing.area_id is not None:
            self.by_area.setdefault(thing.area_id, []).append(thing)
        for word in frozenset[str]().union(*thing.name_words):
            self.by_word.setdefault(word, []).append(thing)


def key_words(said: Iterable[str], language: str) -> frozenset[str]:
    """Return the words that tell things apart, in the singular, numbers in digits."""
    stop_words = STOP_WORDS[language]
    return frozenset(
        singular(_owner(word))
        for word in digits_for_numbers(said)
        if word not in stop_words
    )


def _owner(word: str) -> str:
    """Return a word without the ending of a possessive, which many leave out.

    "Kyle's office" is typed and heard as "Kyles office" too.
    """
    return word.removesuffix("s").removesuffix("'") if word[-2:-1] == "'" else word
