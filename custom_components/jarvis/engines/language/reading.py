"""Reads the orders of an utterance, by the grammar of its language.

Only the form of a sentence is read here. What is known word by word is accepted and the
rest refused: a question, a report or a condition must never become an action. What the
targets are is found out by whoever knows the home.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from . import grammar_en, grammar_fr, polite_en, polite_fr
from .amounts import strip_amount
from .grammar import joined, original
from .numbers import read_number
from .orders import SOUND_WORDS, Action, Amount, Change, Order, Shift, speaks_of_sound
from .shifts import read_shift
from .speech_acts import corrects_itself
from .text import Word, words


class Grammar(Protocol):
    """What the module of a language offers."""

    WHOLE: frozenset[str]
    """Words for all there are of a kind."""
    SOFT_STOPS: frozenset[str]
    """Words of time and exception, which only a plain command may hold."""
    CONJUNCTIONS: frozenset[str]

    LANGUAGE: str

    def stopped(self, said: Sequence[Word]) -> bool:
        """Return whether a word forbids to take the sentence for an order."""

    def rearranged(self, said: Sequence[Word]) -> Sequence[Word]:
        """Return the words with what holds for all parts in front of them."""

    def strip_front(self, said: Sequence[Word]) -> Sequence[Word]:
        """Return the words without greetings and polite forms before the verb."""

    def strip_back(self, said: Sequence[Word]) -> Sequence[Word]:
        """Return the words without polite forms at the end."""

    def repeated(self, said: Sequence[Word]) -> Order | None:
        """Read "et dans la cuisine": an order without a verb."""

    def order(self, text: str, said: Sequence[Word]) -> Order | None:
        """Read an order that begins with its verb."""

    def target(self, said: Sequence[Word]) -> tuple[tuple[str, ...], bool]:
        """Return the words that name something, and whether they are a plural."""


MOST_WORDS = 60
"""Words that an order has at most: what is longer is a tale."""

_MAY_SHIFT = frozenset({None, Action.OPEN, Action.CLOSE})
"""What a verb may say that changes something by a step as well."""
_PUTTING = frozenset({"mets", "met", "mettre", "mettez"})
_COMPARING = frozenset({"plus", "moins", "davantage"})
""""Mets plus de lumière" is no order to turn it on."""
_HALVES = frozenset({"demi", "demie", "half"})

_GRAMMARS: dict[str, Grammar] = {"fr": grammar_fr, "en": grammar_en}
_REMARKS = {"fr": polite_fr.REMARK, "en": polite_en.REMARK}


def read_orders(text: str, language: str) -> list[Order] | None:
    """Return the orders of an utterance, None when it is none or not understood."""
    grammar = _GRAMMARS[language]
    head, comma, tail = text.rpartition(",")
    if comma and _REMARKS[language].match(joined(words(tail)[:MOST_WORDS])):
        text = head
    elif (tail := text.partition(",")[2]) and _REMARKS[language].match(
        joined(words(text)[:MOST_WORDS])
    ):
        text = tail
    everything = words(text)
    if len(everything) > MOST_WORDS:
        return None
    if (order := _repetition(everything, grammar)) is not None:
        return [order]
    said = grammar.strip_back(grammar.strip_front(everything))
    if not said or grammar.stopped(said):
        return None
    orders: list[Order] = []
    for part in split_clauses(text, grammar.rearranged(said), grammar):
        stripped = grammar.strip_back(grammar.strip_front(part))
        if not stripped:
            continue
        order = _read_part(text, stripped, orders, grammar)
        if order is None:
            return None
        orders.append(order)
    if len(orders) > 1 and corrects_itself(text, language):
        # "Turn on the lamp, sorry, the fan": not both.
        return None
    return orders or None


def read_clauses(text: str, language: str) -> list[str]:
    """Return the parts of an utterance that are joined by "and", none for one alone.

    None either for what is no order from end to end, or speaks of times and exceptions.
    """
    grammar = _GRAMMARS[language]
    said = strip_ends(words(text)[: MOST_WORDS + 1], grammar)
    if not said or len(said) > MOST_WORDS or grammar.stopped(said):
        return []
    if _folds(said) & grammar.SOFT_STOPS:
        return []
    clauses = [original(text, part) for part in split_clauses(text, said, grammar)]
    return clauses if len(clauses) > 1 else []


def speaks_of_all(said: Sequence[str], language: str) -> bool:
    """Return whether folded words speak of all there are of a kind."""
    return not _GRAMMARS[language].WHOLE.isdisjoint(said)


def strip_ends(said: Sequence[Word], grammar: Grammar) -> Sequence[Word]:
    """Return the words without what is polite at either end."""
    return grammar.strip_back(grammar.strip_front(said))


def bare(text: str, language: str) -> str:
    """Return an utterance without what is said for politeness around it."""
    grammar = _GRAMMARS[language]
    return original(text, grammar.strip_back(grammar.strip_front(words(text))))


def _repetition(said: Sequence[Word], grammar: Grammar) -> Order | None:
    said = grammar.strip_back(said)
    if not said or grammar.stopped(said) or _folds(said) & grammar.SOFT_STOPS:
        return None
    return grammar.repeated(said)


def _read_part(
    text: str, part: Sequence[Word], before: Sequence[Order], grammar: Grammar
) -> Order | None:
    order = _of_amount(text, part, grammar)
    if order is None and before and before[-1].action is not None:
        # "allume le salon et la cuisine": the second has the first one's verb.
        target, plural = grammar.target(part)
        shared = before[-1].whole and not plural
        order = replace(
            before[-1],
            target=target,
            plural=plural or shared,
            whole=shared,
            refers=False,
            sentence="",
        )
    if order is not None:
        order = _of_sound(order, joined(part), grammar.LANGUAGE)
        if order.plural and not _folds(part[:4]).isdisjoint(grammar.WHOLE):
            order = replace(order, whole=True)
    if order is not None and _soft_stops(part, grammar):
        order = replace(order, plain_only=True)
    return order


def _of_amount(text: str, part: Sequence[Word], grammar: Grammar) -> Order | None:
    """Read an order, and by how much it changes something, if it does."""
    bare, amount = strip_amount(part, grammar.LANGUAGE)
    # "A bit, please": what was said last is polite again.
    bare = grammar.strip_back(bare) or bare
    order = grammar.order(text, bare)
    if order is not None and (order.value is not None or order.white is not None):
        counted = amount is not None and amount.figure is not None
        return grammar.order(text, part) if counted else order
    if order is not None and order.action in {Action.DIM, Action.BRIGHTEN}:
        up = order.action is Action.BRIGHTEN
        shift = Shift(up=up, of=Change.LIGHT, amount=amount or Amount())
        return replace(order, shift=shift)
    puts = bare[0].fold in _PUTTING and not _folds(bare).isdisjoint(_COMPARING)
    if order is None or order.kinds or order.action in _MAY_SHIFT or puts:
        shifted = read_shift(bare, amount, grammar.LANGUAGE)
        if shifted is not None and shifted.shift is not None:
            if shifted.shift.amount is None and order is not None:
                # "Monte le volet" opens it, "monte le chauffage" cannot.
                if order.kinds:
                    return replace(order, shift=shifted.shift)
                shifted = replace(shifted, sentence=order.sentence)
            return shifted
    return (
        order if amount is None or amount.figure is None else grammar.order(text, part)
    )


def _soft_stops(part: Sequence[Word], grammar: Grammar) -> set[str]:
    """Return the words of time; "every light" has none, "every morning" two."""
    found = _folds(part) & grammar.SOFT_STOPS
    return found - (_folds(part[:3]) & grammar.WHOLE if len(found) == 1 else set())


def _of_sound(order: Order, said: str, language: str) -> Order:
    """Read "coupe le son de la télé": what is switched is the sound, not the device."""
    muted = {Action.OFF: Action.MUTE, Action.ON: Action.UNMUTE}.get(
        order.action or Action.SET
    )
    if muted is None or not speaks_of_sound(said, language):
        return order
    target = tuple(word for word in order.target if word not in SOUND_WORDS)
    return replace(order, action=muted, target=target)


def split_clauses(
    text: str, said: Sequence[Word], grammar: Grammar, marks: str = ","
) -> list[Sequence[Word]]:
    """Cut a sentence at its conjunctions and at the marks between words."""
    parts: list[Sequence[Word]] = []
    start = 0
    for place, word in enumerate(said):
        around = tuple(w.fold for w in said[max(place - 1, 0) : place + 2])
        if word.fold in grammar.CONJUNCTIONS:
            if read_number(around, grammar.LANGUAGE) is not None:
                continue  # "vingt et un"
            if _folds(said[place + 1 : place + 3]) & _HALVES:
                continue  # "dix-neuf et demi"
            parts.append(said[start:place])
            start = place + 1
        elif place > start and _marked(text[said[place - 1].end : word.start], marks):
            parts.append(said[start:place])
            start = place
    parts.append(said[start:])
    return [part for part in parts if part]


def _marked(between: str, marks: str) -> bool:
    """Return whether a mark stands between two words; "p.m." is one."""
    return not set(marks).isdisjoint(between) and (" " in between or "," in between)


def _folds(said: Sequence[Word]) -> set[str]:
    return {word.fold for word in said}
