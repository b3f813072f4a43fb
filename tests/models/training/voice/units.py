"""Units: the stretch of speech from the middle of one phone to that of the next.

Each pair of phones is spoken by espeak-ng inside a carrier word given in its own
phoneme notation. The stretch is cut on pitch marks and kept as rows of one
period, so that the graph can repeat, drop and re-space periods.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from epochs import PERIOD, pitch_marks, respaced
from inventory import DIPHTHONGS, SILENCE, STOPS, Language
from speech import Segment, Speaker, Utterance

PHASE = np.pi / 2
"""Radians of the fundamental at a mark: where espeak-ng's pulse is strongest."""

CARRIER_RATE = 140
"""Words per minute of the carriers; a little slow, periods can be dropped."""

_QUIET = 0.0015
_LONGEST_HALF = 7
_LONGEST_GLIDE = 10


@dataclass(frozen=True, kw_only=True)
class Unit:
    """`left + right + 1` rows of `PERIOD` samples; grain k is rows k and k + 1.

    `left` grains belong to the second half of the first phone, `right` grains
    to the first half of the second phone.
    """

    left: int
    right: int
    rows: np.ndarray


@dataclass(frozen=True, kw_only=True)
class Phone:
    """One phone in an utterance, in samples: its range and where to cut it."""

    name: str
    start: int
    cut: int
    end: int


def phones_of(utterance: Utterance, language: Language) -> list[Phone]:
    """List an utterance's phones, each closure counted to the stop after it."""
    segments = _split(utterance.segments, language)
    loud = np.abs(utterance.samples) > _QUIET
    starts = []
    for index, segment in enumerate(segments):
        start = segment.start
        floor = segments[index - 1].start if index else 0
        sounding = np.flatnonzero(loud[floor:start])
        quiet_from = floor + (int(sounding[-1]) + 1 if len(sounding) else 0)
        starts.append(quiet_from if start - quiet_from > PERIOD // 2 else start)
    ends = [*starts[1:], segments[-1].end if segments else 0]
    return [
        Phone(
            name=segment.name,
            start=start,
            cut=_cut(segment, start, end, loud),
            end=end,
        )
        for segment, start, end in zip(segments, starts, ends, strict=True)
    ]


def _cut(segment: Segment, start: int, end: int, loud: np.ndarray) -> int:
    if segment.name not in STOPS:
        return max(start, segment.start) + (end - max(start, segment.start)) // 2
    if segment.start > start:
        return max(start, segment.start - PERIOD // 2)
    return start + (end - start) * 35 // 100


def _split(segments: tuple[Segment, ...], language: Language) -> list[Segment]:
    result: list[Segment] = []
    for segment in segments:
        names = language.names(segment.name)
        edges = np.linspace(segment.start, segment.end, len(names) + 1).round()
        for name, (start, end) in zip(names, pairwise(edges), strict=True):
            begin = int(start)
            if name == SILENCE and result and result[-1].name == SILENCE:
                begin = result.pop().start
            result.append(Segment(name=name, start=begin, end=int(end)))
    return result


def carriers(language: Language, first: str, second: str) -> Iterator[str]:
    """Yield phoneme strings that should contain the pair, the best first."""
    one, two = language.mnemonic(first), language.mnemonic(second)
    rhotic = language.split_mnemonics.get(first + second)
    if rhotic:
        yield f"[[t'{rhotic}ta]]"
    if first == "ɹ" and second not in language.vowels:
        yield f"[[t'A@{two}a]]" if two else "[[t'A@]]"
    for template in _CARRIERS[language.kind(first), language.kind(second)]:
        yield f"[[{template.format(one, two)}]]"


_CARRIERS = {
    ("silence", "vowel"): ("'{1}ta", "{1}t'a"),
    ("silence", "consonant"): ("{1}'ata",),
    ("vowel", "silence"): ("tat'{0}", "t'at{0}"),
    ("consonant", "silence"): ("t'a{0}",),
    ("vowel", "vowel"): (
        "t'{0}{1}ta",
        "t'{0}'{1}ta",
        "t'{0}||'{1}ta",
        "t'{0}||{1}t'a",
        "t{0}||'{1}ta",
    ),
    ("vowel", "consonant"): ("t'{0}{1}a", "t'{0}{1}", "t'{0}||{1}'a", "t{0}{1}'a"),
    ("consonant", "vowel"): ("ta{0}'{1}ta", "t'a{0}||'{1}ta", "t'a{0}{1}ta"),
    ("consonant", "consonant"): ("ta{0}{1}'a", "t'a{0}{1}a", "t'a{0}||{1}'a"),
}
"""Carriers by the kinds of the two phones; `||` is a word boundary."""


def record(language: Language, texts: tuple[str, ...]) -> dict[tuple[str, str], Unit]:
    """Cut a unit for every pair of phones.

    Pairs that occur in `texts` are cut out of them, because running speech has
    the usual stress and timing; of several, one of middling length is taken. The
    others are cut out of carrier words, and what espeak-ng can't be made to say
    is joined from the halves of two other units.
    """
    speaker = Speaker(language.voice, rate=CARRIER_RATE, pitch=language.pitch)
    found: dict[tuple[str, str], list[Unit]] = {}
    for text in texts:
        spoken = _Spoken(speaker.say(text), language)
        for pair in spoken.places:
            found.setdefault(pair, []).extend(spoken.units(pair))
    units = {pair: _middling(choice) for pair, choice in found.items()}
    pairs = [(a, b) for a in language.phones for b in language.phones][1:]
    for pair in pairs:
        if pair in units:
            continue
        for carrier in carriers(language, *pair):
            spoken = _Spoken(speaker.say(carrier), language)
            if pair in spoken.places:
                units[pair] = spoken.units(pair)[0]
                break
    for first, second in pairs:
        if (first, second) not in units:
            head = units.get((first, "ʔ"), units[first, SILENCE])
            tail = units.get(("ʔ", second), units[SILENCE, second])
            units[first, second] = _joined(head, tail)
    return units


class _Spoken:
    """An utterance and the places where each pair of phones occurs in it."""

    def __init__(self, utterance: Utterance, language: Language) -> None:
        self._utterance = utterance
        self._marks = pitch_marks(utterance.samples, phase=PHASE)
        self._wave = respaced(utterance.samples, self._marks)
        silence = Phone(name=SILENCE, start=0, cut=0, end=0)
        phones = [silence, *phones_of(utterance, language)]
        self.places: dict[tuple[str, str], list[tuple[Phone, Phone]]] = {}
        for one, two in pairwise(phones):
            if (one.name, two.name) != (SILENCE, SILENCE):
                place = self.places.setdefault((one.name, two.name), [])
                place.append((one, two))

    def units(self, pair: tuple[str, str]) -> list[Unit]:
        """All units of a pair."""
        return [
            _cut_unit(self._wave, self._marks, one, two)
            for one, two in self.places[pair]
        ]


def _middling(choice: list[Unit]) -> Unit:
    """Choose the first unit whose halves are nearest to the median lengths."""
    left = float(np.median([unit.left for unit in choice]))
    right = float(np.median([unit.right for unit in choice]))
    return min(choice, key=lambda u: abs(u.left - left) + abs(u.right - right))


def _joined(head: Unit, tail: Unit) -> Unit:
    rows = np.concatenate([head.rows[: head.left], tail.rows[tail.left :]])
    return Unit(left=head.left, right=tail.right, rows=rows)


def _cut_unit(wave: np.ndarray, marks: np.ndarray, one: Phone, two: Phone) -> Unit:
    begin = _nearest(marks, one.cut)
    border = _nearest(marks, two.start)
    finish = _nearest(marks, two.cut)
    if one.name == SILENCE:
        begin = border - 1
    if two.name == SILENCE:
        finish = border + 1
    border = max(border, begin + 1)
    finish = max(finish, border + 1)
    begin = max(begin, border - _longest(one.name))
    finish = min(finish, border + _longest(two.name))
    rows = np.zeros((finish - begin + 1, PERIOD))
    for index in range(len(rows)):
        mark = begin + index - 1
        if 0 <= mark < len(wave) // PERIOD:
            rows[index] = wave[mark * PERIOD : (mark + 1) * PERIOD]
    if one.name == SILENCE:
        rows[0] = 0.0
    if two.name == SILENCE:
        rows[-1] = 0.0
    return Unit(left=border - begin, right=finish - border, rows=rows)


def _longest(name: str) -> int:
    return _LONGEST_GLIDE if name in DIPHTHONGS else _LONGEST_HALF


def _nearest(marks: np.ndarray, sample: int) -> int:
    return int(np.argmin(np.abs(marks - sample)))
