"""Finds what a question is about: things by name, or those of a kind and a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import floor_registry as fr

from ...engines.language import folded
from ..home import Home, Thing, area_name, key_words, tells
from .subjects import ALL_THERE_IS, LOCK, PERSON, PRESENCE, SUBJECTS, Subject

_AND = frozenset({"and", "et", "ou", "or"})
_WHOLE_HOME = frozenset({"maison", "house", "home", "appartement", "flat", "apartment"})
_NOISE = frozenset(
    """
    tout tou toute everything anything something all any every each both chose quelque
    thing
    encore still other autre one ones qui ce cette ces this that these those de there
    1 n' there's y il elle anyone anybody capteur sensor
    """.split()  # noqa: SIM905 - a text is easier to keep in order
)
_PRONOUNS = frozenset(
    """
    laquelle lequel lesquelle lesquel elle il ils elles it they them one ones 1
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A room or a floor."""

    area_ids: frozenset[str]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The things of one kind among all there is."""

    things: tuple[Thing, ...]
    noun: str
    asked: str
    """The state in which they are as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The things that a question is about."""

    things: tuple[Thing, ...]
    noun: str = ""
    """What counts them: see `counted`; "" where they were named."""
    place: str = ""
    """The name of the room or the floor."""
    said: str = ""
    """What the user called it."""
    asked: str = ""
    """The state that is meant where none was said."""
    parts: tuple[Part, ...] = ()
    """What `things` are, kind by kind, where nothing less than all is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoping:
    """Finds the scope of one question."""

    hass: HomeAssistant
    home: Home
    language: str
    spoken_of: tuple[str, ...] = ()
    """Entities that the turn before was about."""
    one_answer: bool = False
    """Whether yes or no is asked of all together, rather than which or how many."""

    def find(
        self, target: Sequence[str], where: Sequence[str], asked: str
    ) -> Scope | None:
        """Return what is meant; None where the words name nothing of a home."""
        place = self.place(where) if where else None
        if where and place is None:
            # "The door of the fridge": the words may all belong to a name.
            return self._find([*target, *where], None, asked)
        return self._find(target, place, asked)

    def place(self, words: Iterable[str]) -> Place | None:
        """Return the room or floor that words name, and no more."""
        keys = key_words(words, self.home.language) - {"here", "ici"}
        if not keys:
            here = self.home.here
            return self._room(here) if here else None
        if keys <= _WHOLE_HOME:
            return Place(area_ids=frozenset(), name="")
        if area_id := self.home.area_of(keys):
            return self._room(area_id)
        for level in fr.async_get(self.hass).async_list_floors():
            for name in (level.name, *level.aliases):
                if key_words(folded(name), self.home.language) == keys:
                    areas = ar.async_get(self.hass).async_list_areas()
                    inside = {a.id for a in areas if a.floor_id == level.floor_id}
                    return Place(area_ids=frozenset(inside or {""}), name=name)
        return None

    def _room(self, area_id: str) -> Place:
        name = area_name(self.hass, area_id, self.language)
        return Place(area_ids=frozenset({area_id}), name=name)

    def _find(
        self, target: Sequence[str], place: Place | None, asked: str
    ) -> Scope | None:
        words = key_words(target, self.home.language)
        if place is None and words and words <= _PRONOUNS:
            known = self.home.index.by_id
            things = [known[key] for key in self.spoken_of if key in known]
            able = tuple(t for t in things if _able(t, asked))
            if able:
                return Scope(things=able)
        bare = words - _NOISE
        if not bare or (self.one_answer and place is None and bare <= _WHOLE_HOME):
            return self._everything(place, asked)
        return (
            self._named(words, target, place, asked)
            or self._of_kind(bare, target, place, asked)
            or self._in_parts(bare, target, place, asked)
            or self._several(target, place, asked)
        )

    def _everything(self, place: Place | None, asked: str) -> Scope | None:
        """Find all that a state can be asked of; each thing is of its first kind."""
        meant = ALL_THERE_IS.get(asked, ())
        if not self.one_answer:
            meant = tuple((kind, state) for kind, state in meant if state == asked)
        parts: list[Part] = []
        seen: set[str] = set()
        for subject, state in meant:
            found = tuple(
                t
                for t in self.home.things
                if t.entity_id not in seen
                and subject.covers(t, state)
                and _inside(t, place)
            )
            seen |= {thing.entity_id for thing in found}
            parts.append(Part(things=found, noun=subject.noun, asked=state))
        if not parts:
            return None
        # Where no lock is known, nothing can be said to be locked.
        known = parts if parts[0].things or asked != "locked" else []
        return Scope(
            things=tuple(thing for part in known for thing in part.things),
            parts=tuple(known),
            asked=asked,
            noun=parts[0].noun,
            place=place.name if place else "",
        )

    def _named(
        self,
        words: frozenset[str],
        target: Sequence[str],
        place: Place | None,
        asked: str,
    ) -> Scope | None:
        """Find things by the whole of a name."""
        found = [
            t
            for t in self.home.things
            if words in t.name_words and _able(t, asked) and _inside(t, place)
        ]
        here = [t for t in found if self.home.here and t.area_id == self.home.here]
        found = here or found
        if not found:
            return None
        return Scope(things=tuple(found), said=" ".join(target))

    def _of_kind(
        self,
        words: frozenset[str],
        target: Sequence[str],
        place: Place | None,
        asked: str,
    ) -> Scope | None:
        """Find all of a kind: "the kitchen windows", "les portes du premier étage"."""
        for subject in SUBJECTS:
            if not words & subject.words or not (asked or subject.asked):
                continue
            if subject is PERSON and not asked and place is not None:
                if place.area_ids:
                    # "Is there anybody in the kitchen?": a detector can tell.
                    return self._all_of(PRESENCE, place, PRESENCE.asked)
                place = None
            state = asked or subject.asked
            if not any(tells(*kind, state) for kind in _kinds(subject, state)):
                continue
            rest = words - subject.words - _OF.get(subject.noun, frozenset())
            inner = place or (self.place(rest) if rest else None)
            if rest and inner is None:
                named = self._by_rest(subject, rest, state)
                if named:
                    return replace(named, said=" ".join(target))
                continue
            if rest and place is not None:
                named = self._by_rest(subject, rest, state, place)
                return replace(named, said=" ".join(target)) if named else None
            return self._all_of(subject, inner, state)
        return None

    def _by_rest(
        self,
        subject: Subject,
        rest: frozenset[str],
        asked: str,
        place: Place | None = None,
    ) -> Scope | None:
        """Find "the front door" for the contact sensor "Front door contact"."""
        things = [
            thing
            for thing in self.home.things
            if subject.covers(thing, asked)
            and _inside(thing, place)
            and any(rest <= words for words in thing.name_words)
        ]
        return Scope(things=tuple(things), asked=asked) if things else None

    def _all_of(self, subject: Subject, place: Place | None, asked: str) -> Scope:
        things = [t for t in self.home.things if subject.covers(t, asked)]
        if not things and asked in {"locked", "unlocked"}:
            subject = LOCK
        return Scope(
            things=tuple(t for t in things if _inside(t, place)),
            asked=asked,
            noun=subject.noun,
            place=place.name if place else "",
        )

    def _in_parts(
        self,
        words: frozenset[str],
        target: Sequence[str],
        place: Place | None,
        asked: str,
    ) -> Scope | None:
        """Find the one thing that has the words in its name."""
        found = [
            thing
            for thing in self.home.things
            if _able(thing, asked)
            and _inside(thing, place)
            and any(words <= names for names in thing.name_words)
        ]
        if len(found) == 1:
            return Scope(things=tuple(found), said=" ".join(target))
        if asked in {"on", "off"} and (room := self.place(words)) and room.area_ids:
            # "Is the kitchen off?" means its lights.
            light = next(s for s in SUBJECTS if s.noun == "light")
            return self._all_of(light, room, asked)
        return None

    def _several(
        self, target: Sequence[str], place: Place | None, asked: str
    ) -> Scope | None:
        """Find "the windows and the doors", each part for itself."""
        parts: list[list[str]] = [[]]
        for word in target:
            if word in _AND:
                parts.append([])
            else:
                parts[-1].append(word)
        if len(parts) < 2:
            return None
        scopes = [self._find(part, place, asked) for part in parts if part]
        if not all(scopes):
            return None
        found = [scope for scope in scopes if scope is not None]
        things = {t.entity_id: t for scope in found for t in scope.things}
        return Scope(things=tuple(things.values()))


_OF = {
    "leak": frozenset({"eau", "water"}),
    "garage": frozenset({"porte", "door"}),
    "window": frozenset({"roof", "toit"}),
    "climate": frozenset({"air"}),
    "gas": frozenset({"carbone", "carbon"}),
    "vacuum": frozenset({"cleaner"}),
    "lawn_mower": frozenset({"lawn"}),
    "lock": frozenset({"porte", "door"}),
}
"""Words that go with a kind and say nothing more."""


def _able(thing: Thing, asked: str) -> bool:
    return not asked or tells(thing.domain, thing.device_class, asked)


def _inside(thing: Thing, place: Place | None) -> bool:
    if place is None or not place.area_ids:
        return True
    return thing.area_id in place.area_ids


def _kinds(subject: Subject, asked: str) -> Iterable[tuple[str, str]]:
    """Return the kinds of things of a subject, with locks where these are asked of."""
    if subject.called and asked in {"locked", "unlocked"}:
        return {("lock", ""), *subject.kinds}
    return subject.kinds
