"""The things that may be spoken of, and which of them a phrase names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ...engines.language import Action, Order, Spellings, Unit, words_alike
from .kinds import COVERING, KINDS, OPENINGS, ROOM_WORDS, STOP_WORDS, Fit, Kind, best_of
from .things import Index, Thing, key_words

ALIKE = 0.8
"""From here on a misheard name is taken for the name."""
PERHAPS = 0.68
"""From here on it is asked whether the name was meant."""
HARDLY = 0.45
"""Below this a word is another word, however alike the rest of the name is."""
FEW = 3
"""Things among which one is asked to choose, at most."""
MARGIN = 0.1
"""By how much the best name must be ahead of the next."""

_HERE = frozenset({"room", "piece", "ici", "here"})
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
_SET_DOMAINS = {
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
    area_words: list[tuple[frozenset[str], str]] = field(default_factory=list)
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
        if order.plural and order.action in {Action.DIM, Action.BRIGHTEN}:
            # No sentence of core's was asked before, which knows what a plural is.
            found = self._by_kind(words, order, allowed)
            if found:
                return found
        if self._generic(words, allowed):
            found = self._by_kind(words, order, allowed)
            if found or found.doubtful:
                return found
        return (
            self._by_name(words, order, allowed)
            or self._by_kind(words, order, allowed)
            or self._by_parts(words, allowed)
            or (Found() if order.exact else self._by_sound(order, words, allowed))
        )

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

    def _allowed(self, order: Order) -> list[Thing]:
        domains: frozenset[str] = frozenset()
        if order.action is Action.SET and order.unit is not None:
            domains = _SET_DOMAINS[order.unit]
        elif order.action is not None:
            domains = _DOMAINS.get(order.action, frozenset())
        if order.kinds:
            domains &= order.kinds
        return [thing for thing in self.things if thing.domain in domains]

    def _by_name(
        self, words: frozenset[str], order: Order, allowed: Sequence[Thing]
    ) -> Found:
        named = [thing for thing in allowed if words in thing.name_words]
        if not named:
            # One word heard as two, or two as one: "télé vision", "bath room light".
            run_on = "".join(order.target)
            named = [t for t in allowed if run_on in map("".join, t.spoken)]
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
            # A room alone means its lights, or its blinds where one opens or closes.
            kind = COVERING if moves else Kind("light")
            return self._all_of(kind, area_id, allowed)
        for word in words:
            if (kind_said := kinds.get(word)) is None:
                continue
            rest = words - {word}
            if not rest:
                return self._of_kind(kind_said, order, allowed)
            area_id = self.area_of(rest)
            if area_id is not None:
                return self._all_of(kind_said, area_id, allowed)
        return Found()

    def _of_kind(self, kind: Kind, order: Order, allowed: Sequence[Thing]) -> Found:
        """Find "la lumière" without a room: here, the only one, or all of them."""
        if self.here is not None:
            here = self._all_of(kind, self.here, allowed)
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

    def _all_of(self, kind: Kind, area_id: str, allowed: Sequence[Thing]) -> Found:
        """Find all of a kind in a room, or what to ask where it is not certain."""
        there = [thing for thing in allowed if thing.area_id == area_id]
        fit, things = best_of(kind, there)
        if not things:
            return Found()
        if fit is Fit.MAYBE or (len(things) > 1 and any(t.guarded for t in things)):
            return Found(doubtful=tuple(thing.entity_id for thing in things))
        if len(things) == 1:
            return Found(entity_ids=(things[0].entity_id,), area_id=area_id)
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
        areas = {area_id: names for names, area_id in self.area_words}
        found = []
        for thing in allowed:
            if thing.guarded:
                continue
            room = areas.get(thing.area_id or "", frozenset())
            if any(words <= name | room and words & name for name in thing.name_words):
                found.append(thing)
        if len(found) == 1:
            return Found(entity_ids=(found[0].entity_id,))
        return Found()

    def _by_sound(
        self, order: Order, words: frozenset[str], allowed: Sequence[Thing]
    ) -> Found:
        """Find a name that was misheard by a sound or two."""
        stop_words = STOP_WORDS[self.language]
        heard = [word for word in order.target if word not in stop_words]
        known = self.known_words()
        ranked = sorted(
            (
                (self._likeness(heard, words, known, thing), thing.entity_id)
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

    def _likeness(
        self,
        heard: Sequence[str],
        words: frozenset[str],
        known: frozenset[str],
        thing: Thing,
    ) -> float:
        best = 0.0
        stop_words = STOP_WORDS[self.language]
        for spoken, name_words in zip(thing.spoken, thing.name_words, strict=True):
            strange = words - name_words
            # A word that this home or every home has was said on purpose: the bedroom
            # is not a misheard bathroom. Nor are numbers alike.
            if strange & known or any(word[0].isdigit() for word in words ^ name_words):
                continue
            # Nothing that was said may be left over: "the bedroom blind of Leo's".
            if strange and name_words <= words:
                continue
            if not _word_by_word(strange, name_words - words, self.language):
                continue
            name = [word for word in spoken if word not in stop_words]
            best = max(best, words_alike(heard, name, self.language))
        return best

    def known_words(self) -> frozenset[str]:
        """Return the words that are said on purpose: of this home, or of any."""
        known = set(ROOM_WORDS) | KINDS[self.language].keys()
        known |= self.index.by_word.keys()
        for names, _ in self.area_words:
            known |= names
        return frozenset(known)


def _word_by_word(heard: frozenset[str], named: frozenset[str], language: str) -> bool:
    """Return whether each word that differs may be one that was misheard.

    Words are only paired where there are as many of them: speech-to-text also hears one
    word as two.
    """
    if len(heard) != len(named):
        return True
    return all(
        any(words_alike([word], [other], language) >= HARDLY for other in named)
        for word in heard
    )
