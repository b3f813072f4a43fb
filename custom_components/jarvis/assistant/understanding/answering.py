"""Puts into words what states tell, and never more than they tell.

What does not answer is named: an "all closed" that leaves a silent sensor out would be
believed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeassistant.core import HomeAssistant, State

from ...engines.language import (
    Asking,
    NounPhrase,
    Question,
    counted,
    enumerate_phrases,
    named,
    none_of,
)
from ..home import holds, thing_name, without_groups, word_of
from ..sentences import say, say_state
from ..telling import plural_form
from .measuring import measured_word, quantity
from .scope import Scope
from .subjects import POWERED

NAMED_AT_MOST = 8
"""Things that are listed by name where they are asked for; nobody remembers more."""
NAMED_OF_ALL = 3
"""Things that are named where "everything" is asked of: the rest is counted."""
COUNTED_FROM = 4
"""From this many on, things that are not asked for are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer in words, and the states that it is about."""

    speech: str
    matched: tuple[State, ...] = ()
    unmatched: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Words the answer to one question about things that can be in a state."""

    hass: HomeAssistant
    language: str
    scope: Scope
    question: Question
    asked: str
    """The state that is asked for."""

    def answer(self) -> Told | None:
        """Return the answer; None where nothing that was named is there any more."""
        states = [
            state
            for thing in self.scope.things
            if (state := self.hass.states.get(thing.entity_id)) is not None
        ]
        states = without_groups(states)
        if not states:
            return self._none_there()
        wanted = not self.question.negated
        meant = {
            thing.entity_id: part.asked
            for part in self.scope.parts
            for thing in part.things
        }
        verdicts = [
            (state, holds(state, meant.get(state.entity_id, self.asked)))
            for state in states
        ]
        right = [state for state, verdict in verdicts if verdict is wanted]
        wrong = [state for state, verdict in verdicts if verdict is (not wanted)]
        mute = [state for state, verdict in verdicts if verdict is None]
        speech = self._speech(right, wrong, mute)
        keep = right if self.question.asking in _LISTED else states
        return Told(
            speech=speech,
            matched=tuple(keep),
            unmatched=tuple(state for state in states if state not in keep),
        )

    def _speech(self, right: list[State], wrong: list[State], mute: list[State]) -> str:
        if not right and not wrong:
            return self._sentence(self.clauses(mute))
        asking = self.question.asking
        if asking is Asking.IS and (len(right) + len(wrong) + len(mute)) == 1:
            return self._about_one(right, wrong)
        match asking:
            case Asking.ANY:
                return self._any(right, wrong, mute)
            case Asking.WHICH:
                return self._which(right, wrong, mute)
            case Asking.COUNT:
                return self._count(right, wrong, mute)
            case Asking.IS if right and wrong and self.asked not in _SAFE:
                # Neither yes nor no: some are and some are not.
                return self._facts(right, wrong, mute)
        return self._all(right, wrong, mute)

    def _about_one(self, right: list[State], wrong: list[State]) -> str:
        clauses = self.clauses(right or wrong)
        if self.question.negated:
            # "Is it not closed?" is answered by what it is: a yes could mean either.
            return self._sentence(clauses)
        return self._say("as_asked" if right else "otherwise", clauses=clauses)

    def _all(self, right: list[State], wrong: list[State], mute: list[State]) -> str:
        if wrong:
            return self._say(
                "otherwise", clauses=self._and_mute(self._first_of(wrong), mute)
            )
        clauses = self._alike(right)
        if mute:
            return self._say("unsure", silent=self.clauses(mute), clauses=clauses)
        return self._say("as_asked", clauses=clauses)

    def _first_of(self, states: list[State]) -> str:
        """Say how things are; out of all there is, the first ones are named."""
        more = len(states) - NAMED_OF_ALL
        if not self.scope.parts or more <= 0:
            return self.clauses(states)
        return say(
            self.language,
            "answers.and_more",
            clauses=self.clauses(states[:NAMED_OF_ALL]),
            count=str(more),
        )

    def _any(self, right: list[State], wrong: list[State], mute: list[State]) -> str:
        if right:
            return self._say(
                "as_asked", clauses=self._and_mute(self.clauses(right), mute)
            )
        if mute:
            return self._say("not_known", silent=self.clauses(mute))
        return self._say("otherwise", clauses=self._alike(wrong))

    def _which(self, right: list[State], wrong: list[State], mute: list[State]) -> str:
        if right:
            return self._sentence(self._and_mute(self.clauses(right), mute))
        if mute:
            return self._say("not_known", silent=self.clauses(mute))
        if self.scope.noun == "person":
            return self._say("nobody")
        if self.scope.noun in {POWERED.noun, ""} and not self.question.negated:
            return self._say(f"none.{self.asked}")
        return self._sentence(self._alike(wrong))

    def _count(self, right: list[State], wrong: list[State], mute: list[State]) -> str:
        total = len(right) + len(wrong) + len(mute)
        if not right:
            text = self._and_mute(self._alike(wrong), mute)
            return self._say("count_none", clauses=text)
        listed = [self._name(state).text for state in right]
        if len(listed) > NAMED_AT_MOST:
            others = str(len(listed) - NAMED_AT_MOST + 1)
            listed = listed[: NAMED_AT_MOST - 1]
            listed.append(say(self.language, "explain.others", count=others))
        names = enumerate_phrases(listed, self.language)
        text = say(
            self.language,
            "answers.count",
            count=str(len(right)),
            total=str(total),
            names=names,
        )
        return self._sentence(self._and_mute(text, mute))

    def _facts(self, right: list[State], wrong: list[State], mute: list[State]) -> str:
        both = [self.clauses(right), self._alike(wrong, rest=True)]
        return self._sentence(
            self._and_mute(enumerate_phrases(both, self.language), mute)
        )

    def _none_there(self) -> Told | None:
        if not self.scope.noun:
            return None
        if self.scope.noun == POWERED.noun:
            return Told(speech=self._say(f"none.{self.asked}"))
        if self.scope.noun == "person":
            return Told(speech=self._say("no_person"))
        phrase = none_of(self.scope.noun, self.scope.place or None, self.language)
        return Told(speech=self._say("unknown_kind", what=phrase))

    def _alike(self, states: Sequence[State], *, rest: bool = False) -> str:
        """Say how things are that nobody asked to have named: many are counted."""
        groups: dict[tuple[str, str], list[NounPhrase]] = {}
        for noun, alike in self._kinds(states):
            words = {told_of(self.hass, state) for state in alike}
            if len(alike) < COUNTED_FROM or len(words) > 1 or not noun:
                for state in alike:
                    groups.setdefault(told_of(self.hass, state), []).append(
                        self._name(state)
                    )
                continue
            place = None if rest else self.scope.place or None
            phrase = counted(len(alike), noun, place, self.language)
            groups.setdefault(words.pop(), []).append(phrase)
        return self._joined(groups)

    def _kinds(self, states: Sequence[State]) -> Iterable[tuple[str, Sequence[State]]]:
        """Return the noun that counts them, and the things."""
        if not self.scope.parts:
            return [(self.scope.noun, states)]
        found = []
        for part in self.scope.parts:
            inside = {thing.entity_id for thing in part.things}
            if alike := [state for state in states if state.entity_id in inside]:
                found.append((part.noun, alike))
        return found

    def _and_mute(self, text: str, mute: Sequence[State]) -> str:
        if not mute:
            return text
        return say(
            self.language, "answers.beside", clauses=text, silent=self.clauses(mute)
        )

    def clauses(self, states: Iterable[State]) -> str:
        """Say how things are, those that are alike together."""
        groups: dict[tuple[str, str], list[NounPhrase]] = {}
        for state in states:
            groups.setdefault(told_of(self.hass, state), []).append(self._name(state))
        return self._joined(groups)

    def _joined(self, groups: Mapping[tuple[str, str], list[NounPhrase]]) -> str:
        return enumerate_phrases(
            [
                say_state(self.language, self._subject(phrases), word, value=value)
                for (word, value), phrases in groups.items()
            ],
            self.language,
        )

    def _subject(self, phrases: list[NounPhrase]) -> NounPhrase:
        if len(phrases) <= NAMED_AT_MOST:
            return together(phrases, self.language)
        if self.scope.parts:
            # No noun counts things of several kinds.
            more = str(len(phrases) - NAMED_AT_MOST + 1)
            others = say(self.language, "explain.others", count=more)
            last = NounPhrase(text=others, form=plural_form(phrases))
            return together([*phrases[: NAMED_AT_MOST - 1], last], self.language)
        return counted(len(phrases), self.scope.noun, None, self.language)

    def _name(self, state: State) -> NounPhrase:
        return phrase_of(self.hass, state, self.language, self.scope.said)

    def _say(self, key: str, **parts: str) -> str:
        return self._sentence(say(self.language, f"answers.{key}", **parts))

    @staticmethod
    def _sentence(text: str) -> str:
        return sentence(text)


_LISTED = frozenset({Asking.WHICH, Asking.ANY, Asking.COUNT})
_SAFE = frozenset({"armed", "closed", "home", "locked", "off"})
"""States that are asked for to hear whether any is otherwise."""


def told_of(hass: HomeAssistant, state: State) -> tuple[str, str]:
    """Return the word for a state and its value as it is said."""
    word, value = word_of(state)
    if word == "value" and state.domain == "sensor":
        return measured_word(state), quantity(hass, state.state, state)
    return word, value


def phrase_of(
    hass: HomeAssistant, state: State, language: str, said: str = ""
) -> NounPhrase:
    """Return what to call a thing in a sentence; a person has no article."""
    name = thing_name(hass, state, language, said)
    if state.domain in {"person", "device_tracker"}:
        return NounPhrase(text=name, form="ms" if language == "fr" else "s")
    return named(name, language)


def together(phrases: list[NounPhrase], language: str) -> NounPhrase:
    """Return several things as one subject."""
    if len(phrases) == 1:
        return phrases[0]
    text = enumerate_phrases([phrase.text for phrase in phrases], language)
    return NounPhrase(text=text, form=plural_form(phrases))


def sentence(text: str) -> str:
    """Return a text as a sentence."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
