"""An action that has to be confirmed before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One of the things that would be done."""

    key: str
    """A key of the sentences `acts`."""
    parts: tuple[tuple[str, str], ...] = ()
    """What stands in that sentence, but for the names of the things."""
    entity_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, key: str, entity_ids: Iterable[str] = (), **parts: str) -> Self:
        """Return a clause by its sentence."""
        return cls(key=key, parts=tuple(parts.items()), entity_ids=tuple(entity_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAction:
    """What would be moved, and how."""

    entity_ids: tuple[str, ...] = ()
    """What would be moved; of a tool that names no entity, the tool's own name."""
    verb: str = ""
    """A key of the sentences `guard` and `offer`."""
    what: str = ""
    """What to call it, "" for the names of the entities."""
    critical: bool = True
    """False for what needs the user's yes and never a code."""
    asked_for: bool = True
    """False where a model wants it and the user's words do not: a code that was said
    in the same breath is then not meant for it."""
    clauses: tuple[Clause, ...] = ()
    """All that would be done, where the question has to tell."""
    contrary: bool = False
    """Whether these contradict each other: which is meant is asked, and no yes does any."""
