"""An action that has to be confirmed before it is done."""

from dataclasses import dataclass


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
