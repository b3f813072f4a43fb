"""The things that may be spoken of, and which of them a phrase names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ...engines.language import Action, Change, Order, Spellings, Unit, retyped
from .kinds import COVERING, KINDS, OPENINGS, ROOM_WORDS, STOP_WORDS, Fit, Kind, best_of
from .likeness import likeness_of, with_room
from .things import Index, Thing, key_words

ALIKE = 0.8
"""From here on a misheard name is taken for the name."""
PERHAPS = 0.68
"""From here on it is asked whether the name was meant."""
FEW = 3
"""Things among which one is asked to choose, at most."""
MARGIN = 0.1
"""By how much the best name must be ahead of the next."""

_HERE = frozenset({"room", "piece", "ici", "here"})
_WHOLE_HOME = frozenset(
    """
    maison appartement appart logement partout house home flat apartment place
    everywhere whole entire bateau boat barge chalet studio caravane caravan
    """.split()  # noqa: SIM905
)
_MOST_COUNTED = 9
_ON_OFF = frozenset(
    """
    light switch fan input_boolean media_player climate humidifier siren scene script
    remote water_heater group
    """.split()  # noqa: SIM905
)
_DOMAINS: dict[Action, frozenset[str]] = {
    Action.ON: _ON_OFF,
    Action.OFF: _ON_OFF - {"scene", "script"},
    Action.OPEN: frozenset({"cover", "valve"}),
    Action.CLOSE: frozenset({"cover", "valve"}),
    Action.LOCK: frozenset({"lock"}),
    Action.UNLOCK: frozenset({"lock"}),
    Action.DIM: frozenset({"light"}),
    Action.BRIGHTEN: frozenset({"light"}),
    Action.MUTE: frozenset({"media_player"}),
    Action.UNMUTE: frozenset({"media_player"}),
}
STEPPED: dict[Change, frozenset[str]] = {
    Change.LEVEL: frozenset(
        "climate cover fan humidifier light media_player valve".split()  # noqa: SIM905
    ),
    Change.OPENING: frozenset({"cover", "valve"}),
    Change.HEAT: frozenset({"climate"}),
    Change.SOUND: frozenset({"media_player"}),
    Change.LIGHT: frozenset({"light"}),
    Change.SPEED: frozenset({"fan"}),
    Change.DAMP: frozenset({"humidifier"}),
}
"""Domains of what can be more or less."""
_PLAIN_DOMAINS = frozenset({"climate", "cover", "fan", "light", "water_heater"})
"""What a number without a unit may be for: of a player it may be a channel."""
_SET_DOMAINS: dict[Unit | None, frozenset[str]] = {
    Unit.PERCENT: frozenset({"light", "cover", "valve", "fan", "media_player"}),
    Unit.DEGREES: frozenset({"climate", "water_heater"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a phrase names."""

    entity_ids: tuple[str, ...] = ()
    area_id: str | None = None
    domain: str = ""
    """With `area_id`, or alone for the whole home: all of this domain."""
    device_class: str = ""
    doubtful: tuple[str, ...] = ()
    """Entities of which one may be meant: to be asked."""

    def __bool__(self) -> bool:
        """Return whether anything was found for sure."""
        return bool(self.entity_ids or self.domain)


@dataclass(slots=True, kw_only=True)
class Home:
    """A snapshot of the things and rooms that may be spoken of."""

    things: list[Thing]
    index: Index
    places: tuple[str, ...] = ()
    """The names of areas, then of floors."""
    area_words: list[tuple[frozenset[str], str]] = field(default_factory=list)
    floor_words: list[tuple[frozenset[str], frozenset[str]]] = field(
        default_factory=list
    )
    """The areas of each floor, by its names."""
    spellings: Spellings = field(default_factory=lambda: Spellings(()), compare=False)
    """Names that are not said as they are written."""
    here: str | None = None
    """The area that the speaker is in."""
    language: str = "fr"

    def find(self, order: Order) -> Found:
        """Return what an order is about."""
        words = key_words(order.target, self.language)
        if not words:
            return Found()
        allowed = self._allowed(order)
        if order.whole or (
            order.plural and order.action in {Action.DIM, Action.BRIGHTEN}
        ):
            # No sentence of core's was asked before, which knows what a plural is.
            found = self._by_kind(words, order, allowed)
            if found:
                return found
        if self._generic(words, allowed):
            found = self._by_kind(words, order, allowed)
            if found or found.doubtful:
                return found
        return (
            self._spelt(words, order, allowed)
            or self._retyped(words, order, allowed)
            or (Found() if order.exact else self._by_sound(order, words, allowed))
        )

    def _spelt(
        self, words: frozenset[str], order: Order, allowed: Sequence[Thing]
    ) -> Found:
        return (
            self._by_name(words, order, allowed)
            or self._by_kind(words, order, allowed)
            or self._by_parts(words, allowed)
            or self._by_count(words, order, allowed)
        )

    def _retyped(
        self, words: frozenset[str], order: Order, allowed: Sequence[Thing]
    ) -> Found:
        """Find what was typed in a hurry, "radaiteur", or in a room that was misheard."""
        known = self.known_words()
        meant = frozenset(retyped(word, known) for word in words)
        rooms = [names for names, _ in self.area_words]
        kinds = KINDS[self.language].keys()
        meant = with_room(meant, rooms, kinds, self.language)
        if order.exact or meant == words:
            return Found()
        found = self._spelt(meant, order, allowed)
        return Found() if any(t.guarded for t in self.of(found)) else found

    def _generic(self, words: frozenset[str], allowed: Sequence[Thing]) -> bool:
        """Return whether words name a kind of which there is something here.

        "La lumière" is the one of the room, whatever is called "Lumière" elsewhere.
        """
        kinds = KINDS[self.language]
        if self.here is None or not words <= kinds.keys():
            return False
        here = [thing for thing in allowed if thing.area_id == self.here]
        return not any(words in thing.name_words for thing in here) and any(
            kinds[word].fit(thing) > Fit.MAYBE for word in words for thing in here
        )

    def in_area(self, area_id: str, domains: Iterable[str]) -> list[Thing]:
        """Return the things of an area that are of one of the domains."""
        wanted = set(domains)
        return [t for t in self.things if t.area_id == area_id and t.domain in wanted]

    def area_of(self, words: frozenset[str]) -> str | None:
        """Return the area that words name, all of them and no more.

        "The room" is the one that the speaker is in.
        """
        if words and words <= _HERE:
            return self.here
        for names, area_id in self.area_words:
            if names == words:
                return area_id
        return None

    def place_of(self, words: frozenset[str]) -> frozenset[str] | None:
        """Return the areas of the room or floor that words name; none for the home."""
        if (area_id := self.area_of(words)) is not None:
            return frozenset({area_id})
        for names, area_ids in self.floor_words:
            if names == words:
                return area_ids
        return frozenset() if words and words <= _WHOLE_HOME else None

    def shared(self, orders: Sequence[Order]) -> list[Order]:
        """Return orders with the place that is said once, at the end, for several kinds.

        "Ferme les volets et les stores de l'étage": the shutters are those up there, too.
        """
        found = list(orders)
        kinds = KINDS[self.language].keys()
        for place in range(len(found) - 1, 0, -1):
            order, before = found[place], found[place - 1]
            said = key_words(order.target, self.language)
            rest = said - kinds
            if (
                order.plural
                and before.plural
                and not order.sentence
                and before.action is order.action
                and said & kinds
                and key_words(before.target, self.language) <= kinds
                and self.place_of(rest) is not None
            ):
                where = tuple(
                    w for w in order.target if key_words((w,), self.language) <= rest
                )
                target = (*before.target, *where)
                found[place - 1] = replace(before, target=target, sentence="")
        return found

    def of(self, found: Found) -> list[Thing]:
        """Return the things that were found."""
        if found.entity_ids:
            by_id = self.index.by_id
            return [by_id[each] for each in found.entity_ids if each in by_id]
        return [
            thing
            for thing in self.index.by_domain.get(found.domain, ())
            if found.device_class in {"", thing.device_class}
            and found.area_id in {None, thing.area_id}
        ]

    def _allowed(self, order: Order) -> list[Thing]:
        domains: frozenset[str] = frozenset()
        if order.white is not None:
            domains = frozenset({"light"})
        elif order.shift is not None:
            return [t for t in self.things if t.domain in STEPPED[order.shift.of]]
        elif order.action is Action.SET:
            domains = _SET_DOMAINS.get(order.unit, _PLAIN_DOMAINS)
        elif order.action is not None:
            domains = _DOMAINS.get(order.action, frozenset())
        if order.kinds:
            domains &= order.kinds
        return [thing for thing in self.things if thing.domain in domains]

    def _by_name(
        self, words: frozenset[str], order: Order, allowed: Sequence[Thing]
    ) -> Found:
        # One word heard as two, or two as one: "télé vision", "dés humidificateur".
        run_on = "".join(order.target)
        named = [t for t in allowed if run_on in map("".join, t.spoken)]
        if not named:
            named = [thing for thing in allowed if words in thing.name_words]
        if len(named) > 1 and self.here is not None:
            named = [thing for thing in named if thing.area_id == self.here] or named
        if len(named) == 1:
            return Found(entity_ids=(named[0].entity_id,))
        return Found(doubtful=tuple(thing.entity_id for thing in named))

    def _by_kind(
        self, words: frozenset[str], order: Order, allowed: Sequence[Thing]
    ) -> Found:
        """Find "les volets de la chambre", "the kitchen lights", "la cuisine"."""
        if order.action is Action.OFF:
            allowed = [thing for thing in allowed if not thing.keeps_running]
        moves = order.action in {Action.OPEN, Action.CLOSE}
        kinds = KINDS[self.language] | (OPENINGS if moves else {})
        area_id = self.area_of(words)
        if area_id is not None and not words & kinds.keys():
            # A room alone means its lights, its blinds where one opens or closes, and
            # its heating where a value is no percentage.
            degrees = order.value is not None and order.unit is not Unit.PERCENT
            kind = COVERING if moves else Kind("climate" if degrees else "light")
            if order.action is Action.LOCK:
                kind = Kind("lock")
            return self._all_of(kind, frozenset({area_id}), allowed)
        for word in words:
            if (kind_said := kinds.get(word)) is None:
                continue
            rest = words - {word}
            if not rest:
                return self._of_kind(kind_said, order, allowed)
            place = self.place_of(rest)
            if place is not None:
                return self._all_of(kind_said, place, allowed)
        return Found()

    def _by_count(
        self, words: frozenset[str], order: Order, allowed: Sequence[Thing]
    ) -> Found:
        """Find "les deux lampes de chevet": as many as were said, or nothing."""
        counts = [word for word in words if word.isdigit()]
        if len(counts) != 1 or not 2 <= int(counts[0]) <= _MOST_COUNTED:
            return Found()
        rest = words - set(counts)
        found = self._by_kind(rest, replace(order, plural=True), allowed)
        things = self.of(found) if found else self._in_parts(rest, allowed)
        if len(things) != int(counts[0]) or any(thing.guarded for thing in things):
            return Found()
        return Found(entity_ids=tuple(thing.entity_id for thing in things))

    def _of_kind(self, kind: Kind, order: Order, allowed: Sequence[Thing]) -> Found:
        """Find "la lumière" without a room: here, the only one, or all of them.

        "Toutes les lumières" are those of the home, whichever room the speaker is in.
        """
        if self.here is not None and not order.whole:
            here = self._all_of(kind, frozenset({self.here}), allowed)
            if here or here.doubtful:
                return here
        fit, things = best_of(kind, allowed)
        if len(things) == 1 and fit > Fit.MAYBE:
            return Found(entity_ids=(things[0].entity_id,))
        if fit is Fit.MAYBE and len(things) <= FEW:
            return Found(doubtful=tuple(thing.entity_id for thing in things))
        if fit > Fit.MAYBE and order.plural and not things[0].guarded:
            return self._many(kind, None, things)
        return Found()

    def _all_of(
        self, kind: Kind, place: frozenset[str], allowed: Sequence[Thing]
    ) -> Found:
        """Find all of a kind in a place, or what to ask where it is not certain."""
        there = [thing for thing in allowed if not place or thing.area_id in place]
        area_id = next(iter(place)) if len(place) == 1 else None
        fit, things = best_of(kind, there)
        if not things:
            return Found()
        if fit is Fit.MAYBE or (len(things) > 1 and any(t.guarded for t in things)):
            return Found(doubtful=tuple(thing.entity_id for thing in things))
        if len(things) == 1:
            return Found(entity_ids=(things[0].entity_id,), area_id=area_id)
        if len(place) > 1:
            return Found(entity_ids=tuple(thing.entity_id for thing in things))
        return self._many(kind, area_id, things)

    def _many(self, kind: Kind, area_id: str | None, things: Sequence[Thing]) -> Found:
        """Return several things: as all of their domain only where they are all of it."""
        ids = tuple(thing.entity_id for thing in things)
        alike = kind.device_class or not any(
            thing.domain == kind.domain
            and area_id in {None, thing.area_id}
            and thing.entity_id not in ids
            for thing in self.things
        )
        return Found(
            entity_ids=ids if area_id is not None or not alike else (),
            area_id=area_id,
            domain=kind.domain if alike else "",
            device_class=kind.device_class if alike else "",
        )

    def _by_parts(self, words: frozenset[str], allowed: Sequence[Thing]) -> Found:
        """Find "la lampe de la chambre" for the lamp "Lampe de chevet" of that room."""
        if words <= KINDS[self.language].keys() | OPENINGS.keys() | _HERE:
            return Found()  # "la lumière" is any of them
        found = self._in_parts(words, allowed)
        return Found(entity_ids=(found[0].entity_id,)) if len(found) == 1 else Found()

    def _in_parts(self, words: frozenset[str], allowed: Iterable[Thing]) -> list[Thing]:
        """Return what has all words in its name and its room, one at least in its name."""
        areas = {area_id: names for names, area_id in self.area_words}
        found = []
        for thing in allowed:
            if thing.guarded:
                continue
            room = areas.get(thing.area_id or "", frozenset())
            if any(words <= name | room and words & name for name in thing.name_words):
                found.append(thing)
        return found

    def _by_sound(
        self, order: Order, words: frozenset[str], allowed: Sequence[Thing]
    ) -> Found:
        """Find a name that was misheard by a sound or two."""
        stop_words = STOP_WORDS[self.language]
        heard = [word for word in order.target if word not in stop_words]
        known = self.known_words()
        ranked = sorted(
            (
                (
                    likeness_of(thing, heard, words, known, self.language),
                    thing.entity_id,
                )
                for thing in allowed
                if not thing.guarded
            ),
            reverse=True,
        )
        ranked = [entry for entry in ranked if entry[0] >= PERHAPS - MARGIN]
        if not ranked or ranked[0][0] < PERHAPS:
            return Found()
        best = ranked[0][0]
        rivals = tuple(entity for score, entity in ranked if score > best - MARGIN)
        if best >= ALIKE and len(rivals) == 1:
            return Found(entity_ids=rivals)
        return Found(doubtful=rivals) if len(rivals) <= FEW else Found()

    def known_words(self) -> frozenset[str]:
        """Return the words that are said on purpose: of this home, or of any."""
        known = set(ROOM_WORDS) | KINDS[self.language].keys()
        known |= self.index.by_word.keys()
        for names, _ in self.area_words:
            known |= names
        return frozenset(known)
