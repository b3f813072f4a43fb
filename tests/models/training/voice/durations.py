"""How long each phone lasts, learned from espeak-ng's own timing.

The logarithm of a phone's duration is a sum of table entries: one for it and
the phone before, one for it and the phone after, one for its stress, and one for
its place (end of a word, distance to the next pause). The tables are found by
ridge regression, so entries never seen stay at zero.
"""

from dataclasses import dataclass

import numpy as np
from inventory import SILENCE, Language
from speech import RATE, Speaker
from units import phones_of

RATE_WPM = 150
"""espeak-ng's words per minute at which the durations are measured."""

STRESSES = 3
PLACES = 6
_SHORTEST = 0.02
_RIDGE = 0.6


@dataclass(frozen=True, kw_only=True)
class Durations:
    """Tables of log seconds over indices into `Language.phones`.

    before[previous, phone], after[phone, next], stress[phone, stress] and
    place[kind, place]; kind is 1 for a vowel and 0 for a consonant.
    """

    before: np.ndarray
    after: np.ndarray
    stress: np.ndarray
    place: np.ndarray
    explained: float


@dataclass(frozen=True, kw_only=True)
class Context:
    """One phone of a sentence as the tables see it."""

    before: int
    phone: int
    after: int
    stress: int
    place: int
    vowel: int


def place_of(word_end: bool, to_pause: int) -> int:
    """Place index: inside a word, at its end, or 1, 2, 3, 4 phones to a pause."""
    if to_pause <= PLACES - 2:
        return 1 + to_pause
    return int(word_end)


def learn(
    language: Language,
    texts: tuple[str, ...],
    phrases: dict[str, list[tuple[str, int, bool]]],
) -> Durations:
    """Fit the tables to espeak-ng's timing of `texts`.

    `phrases` gives for each text its phones as Piper's phonemizer sees them:
    name, stress and whether a word ends there. A text in which espeak-ng's
    events do not name the same phones is left out.
    """
    speaker = Speaker(language.voice, rate=RATE_WPM, pitch=language.pitch)
    contexts: list[Context] = []
    targets: list[float] = []
    for text in texts:
        spoken = phones_of(speaker.say(text), language)
        names = [p.name for p in spoken if p.name != SILENCE]
        expected = phrases[text]
        if names != [name for name, _, _ in expected if name != SILENCE]:
            continue
        lengths = iter((p.end - p.start) / RATE for p in spoken if p.name != SILENCE)
        for context in contexts_of(language, expected):
            contexts.append(context)
            targets.append(np.log(max(next(lengths), _SHORTEST)))
    return _fit(language, contexts, np.array(targets))


def contexts_of(
    language: Language, phones: list[tuple[str, int, bool]]
) -> list[Context]:
    """Return the contexts of all phones but the pauses."""
    index = {name: number for number, name in enumerate(language.phones)}
    padded = [(SILENCE, 0, True), *phones, (SILENCE, 0, True)]
    result = []
    to_pause = 0
    for position in range(len(padded) - 2, 0, -1):
        name, stress, word_end = padded[position]
        to_pause = 0 if name == SILENCE else to_pause + 1
        if name == SILENCE:
            continue
        result.append(
            Context(
                before=index[padded[position - 1][0]],
                phone=index[name],
                after=index[padded[position + 1][0]],
                stress=stress,
                place=place_of(word_end, to_pause),
                vowel=int(name in language.vowels),
            )
        )
    return result[::-1]


def _fit(language: Language, contexts: list[Context], targets: np.ndarray) -> Durations:
    size = len(language.phones)
    shapes = ((size, size), (size, size), (size, STRESSES), (2, PLACES))
    offsets = np.cumsum([0, *(a * b for a, b in shapes)])
    matrix = np.zeros((len(contexts), int(offsets[-1]) + 1))
    for row, c in zip(matrix, contexts, strict=True):
        row[offsets[0] + c.before * size + c.phone] = 1
        row[offsets[1] + c.phone * size + c.after] = 1
        row[offsets[2] + c.phone * STRESSES + c.stress] = 3
        row[offsets[3] + c.vowel * PLACES + c.place] = 3
    matrix[:, -1] = 10
    gram = matrix @ matrix.T + _RIDGE * np.eye(len(matrix))
    weights = matrix.T @ np.linalg.solve(gram, targets)
    error = targets - matrix @ weights
    tables = [
        weights[start:end].reshape(shape)
        for start, end, shape in zip(offsets, offsets[1:], shapes, strict=False)
    ]
    return Durations(
        before=tables[0],
        after=tables[1],
        stress=tables[2] * 3 + weights[-1] * 10,
        place=tables[3] * 3,
        explained=float(1 - error.var() / targets.var()),
    )
