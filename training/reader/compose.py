"""Makes whole utterances of a voice in a home: one order, several, or after another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .frame import ORDER, acts
from .home import Home
from .noise import SoundAlikes, heard, typed, written
from .saying import NotInThisHomeError, Saying
from .utterance import Bit, Words, annotated, said_after, text_of, to_words
from .voice import Pattern, Voice

TRIES = 30
SCOPED = frozenset({"other_person", "condition"})
"""Kinds that hold for the orders joined to them too."""
BESIDE = frozenset({"negation", "past", "talk", "question"})
"""Kinds that may stand behind an order."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How often what happens; the rest is one order as its author wrote it."""

    several: float = 0.14
    after: float = 0.14
    joined: float = 0.12
    other: float = 0.4
    """Of single clauses: those that must not act, where the voice has any."""
    clean: float = 0.35
    typed: float = 0.2
    opener: float = 0.12
    closer: float = 0.12
    hesitation: float = 0.06
    correction: float = 0.04


@dataclass(frozen=True, slots=True)
class Composer:
    """A voice in a home."""

    voice: Voice
    home: Home
    alikes: SoundAlikes
    shares: Shares = Shares()

    def compose(self, rng: Random) -> dict[str, Any] | None:
        """Return one annotated utterance (FORMAT.md), None if nothing fits the home."""
        for _ in range(TRIES):
            try:
                previous, words = self._said(rng)
            except NotInThisHomeError:
                continue
            if words:
                return self._finished(previous, words, rng)
        return None

    def _said(self, rng: Random) -> tuple[Words, Words]:
        voice, shares, draw = self.voice, self.shares, rng.random()
        if voice.several and draw < shares.several:
            return (), self._one(
                rng.choice(voice.several), Saying(self.home, voice.lists, rng)
            )
        if voice.after and draw < shares.several + shares.after:
            return self._follow_up(rng)
        saying = Saying(self.home, voice.lists, rng)
        pattern = self._single(rng)
        words = self._corrected(pattern, self._one(pattern, saying), rng)
        joiners = voice.habits.get("joiners")
        if joiners and rng.random() < shares.joined:
            words = self._joined(pattern, words, rng.choice(joiners), saying)
        before: Words = ()
        if rng.random() < 0.15:  # a turn before that has nothing to do with this one
            before = self._one(self._single(rng), Saying(self.home, voice.lists, rng))
        return before, words

    def _single(self, rng: Random) -> Pattern:
        """Return a pattern: first whether it may act, then which act, then which words."""
        groups: dict[bool, dict[str, list[Pattern]]] = {}
        known = acts()
        for pattern in self.voice.single:
            act = pattern.act or ""
            groups.setdefault(act in known, {}).setdefault(act, []).append(pattern)
        may_act = rng.random() >= self.shares.other
        by_act = groups.get(may_act) or next(iter(groups.values()))
        weights = [len(group) ** 0.5 for group in by_act.values()]
        return rng.choice(rng.choices(list(by_act.values()), weights)[0])

    def _one(self, pattern: Pattern, saying: Saying) -> Words:
        bits = saying.say(pattern.tree)
        return to_words([pattern.act, *bits] if pattern.act else bits)

    def _follow_up(self, rng: Random) -> tuple[Words, Words]:
        after = rng.choice(self.voice.after)
        saying = Saying(self.home, self.voice.lists, rng)
        before = self._one(rng.choice(after.before), saying)
        return before, self._one(rng.choice(after.then), saying)

    def _joined(
        self, first: Pattern, words: Words, joiner: str, saying: Saying
    ) -> Words:
        """Return words with another clause, where that leaves the first what it was.

        "Don't do this and that" bans both. What is asked of somebody else, or for a
        certain case, goes on to be so: the order that follows is of the same clause.
        """
        scoped = first.act in SCOPED
        if first.act not in acts() and not scoped:
            return words
        second = self._single(saying.rng)
        if second.act not in acts() and (scoped or second.act not in BESIDE):
            return words
        also = self._behind(joiner, self._one(second, saying))
        if scoped:
            also = tuple(replace(word, act=None) for word in also)
        return said_after(words, also)

    def _corrected(self, pattern: Pattern, words: Words, rng: Random) -> Words:
        """Return words in which a name or value was first said wrong, now and then."""
        corrections = self.voice.habits.get("corrections")
        spans = sorted(
            {(w.group, w.span) for w in words if w.span in {"thing", "place", "value"}}
        )
        if not corrections or not spans or rng.random() >= self.shares.correction:
            return words
        group, span = rng.choice(spans)
        other = self._one(pattern, Saying(self.home, self.voice.lists, rng))
        first = next((w.group for w in other if w.span == span), None)
        wrong = [w for w in other if w.span == span and w.group == first]
        at = next(i for i, word in enumerate(words) if word.group == group)
        begin = words[at].act
        wrong = [replace(w, span="retracted", group=0, act=None) for w in wrong]
        if not wrong or wrong[0].text.lower() == words[at].text.lower():
            return words
        turn = to_words([Bit(rng.choice(corrections))])
        wrong[0] = replace(wrong[0], space=words[at].space, act=begin)
        rest = (replace(words[at], space=True, act=None), *words[at + 1 :])
        return said_after((*words[:at], *wrong, *turn), rest)

    def _behind(self, joiner: str, words: Words) -> Words:
        """Return words with a joining word before them that begins their clause."""
        act = words[0].act
        joined = list(to_words([Bit(joiner)]))
        joined[0] = replace(joined[0], space=joined[0].text[0].isalnum())
        behind = [*joined, replace(words[0], act=None, space=True), *words[1:]]
        begin = next(i for i, w in enumerate(behind) if w.text[0].isalnum())
        behind[begin] = replace(behind[begin], act=act)
        return tuple(behind)

    def _finished(self, previous: Words, words: Words, rng: Random) -> dict[str, Any]:
        habits, shares = self.voice.habits, self.shares
        if (openers := habits.get("openers")) and rng.random() < shares.opener:
            words = self._behind(rng.choice(openers), words)
        if (closers := habits.get("closers")) and rng.random() < shares.closer:
            closer = to_words([Bit(rng.choice(closers))])
            words = (
                *words,
                replace(closer[0], space=closer[0].text[0].isalnum()),
                *closer[1:],
            )
        if (
            hesitations := habits.get("hesitations")
        ) and rng.random() < shares.hesitation:
            words = _hesitant(words, rng.choice(hesitations), rng)
        clean = [word.act for word in words if word.act]
        words = self._noisy(words, rng)
        known = acts()
        kind = ORDER if any(act in known for act in clean) else _first(clean)
        before = text_of(written(previous, rng)) if previous else None
        return {**annotated(words), "kind": kind, "previous": before}

    def _noisy(self, words: Words, rng: Random) -> Words:
        draw, language = rng.random(), self.voice.language
        if draw >= self.shares.clean:
            if draw < self.shares.clean + self.shares.typed:
                words = typed(words, language, rng)
            else:
                words = heard(words, language, self.alikes, rng)
        return written(words, rng)


def _first(kinds: list[str]) -> str:
    """Return the kind of an utterance that must not act: small talk counts least."""
    return next((kind for kind in kinds if kind != "talk"), kinds[0])


def _hesitant(words: Words, sound: str, rng: Random) -> Words:
    places: Sequence[int] = [i for i, word in enumerate(words) if i and word.space]
    if not places:
        return words
    at = rng.choice(places)
    inside = words[at].group == words[at - 1].group and not words[at].act
    span, group = (words[at].span, words[at].group) if inside else (None, 0)
    said = [replace(w, span=span, group=group) for w in to_words([Bit(sound)])]
    return (*words[:at], *said, *words[at:])
