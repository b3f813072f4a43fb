"""The home as it is seen: what there is, what it is called, what its states tell."""

from .home import ALIKE, STEPPED, Found, Home
from .kinds import (
    KEPT_RUNNING,
    KINDS,
    OPENINGS,
    Fit,
    Kind,
    best_of,
    common_kind,
    kinds_of,
)
from .names import area_name, speaks, thing_name, thing_names
from .retrieval import retrieve
from .slot_values import number, slot_text
from .snapshot import async_look_ahead, look_around
from .states import CONTACTS, holds, silent, tells, without_groups, word_of
from .targets import (
    LISTS,
    READING,
    TIMERS,
    can_move,
    intent_targets,
    is_known,
    match_failure,
    moves_entities,
    used_slots,
    with_members,
)
from .things import Thing, key_words
from .tool_targets import is_harmless, is_made_by_user, script_of, tool_targets, waits
from .vocabulary import spoken_names

__all__ = [
    "ALIKE",
    "CONTACTS",
    "KEPT_RUNNING",
    "KINDS",
    "LISTS",
    "OPENINGS",
    "READING",
    "STEPPED",
    "TIMERS",
    "Fit",
    "Found",
    "Home",
    "Kind",
    "Thing",
    "area_name",
    "async_look_ahead",
    "best_of",
    "can_move",
    "common_kind",
    "holds",
    "intent_targets",
    "is_harmless",
    "is_known",
    "is_made_by_user",
    "key_words",
    "kinds_of",
    "look_around",
    "match_failure",
    "moves_entities",
    "number",
    "retrieve",
    "script_of",
    "silent",
    "slot_text",
    "speaks",
    "spoken_names",
    "tells",
    "thing_name",
    "thing_names",
    "tool_targets",
    "used_slots",
    "waits",
    "with_members",
    "without_groups",
    "word_of",
]
