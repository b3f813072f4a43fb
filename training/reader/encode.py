"""Turns generated utterances into numbers, with the product's own code for words.

    python -m training.reader.encode .cache/reader/train .cache/reader/train.npz

The arrays, for V different words, N words in all and S utterances:
`table` [V, GROUPS] letter groups, 0 where there are fewer; of each word `word` [N] its row,
`mark` [N] what the home knows of it, `turn` [N] 1 where it is said now, `begins` [N],
`cls` [N] and `span` [N] its labels; `offsets` [S + 1] where utterances begin; `kind` [S].
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from custom_components.jarvis.engines.reader import (
    Names,
    Token,
    ids_of,
    known_words,
    marks_of,
    tokens,
)
from custom_components.jarvis.engines.reader.features import GROUPS
from custom_components.jarvis.engines.reader.reading import joined

from . import corpus as corpora
from .frame import HERE, SPANS, classes, utterance_kinds
from .generate import rows

BUCKETS = 16_384
UNKNOWN_HOME, UNKNOWN_WORD = 0.25, 0.1
"""How often nothing, or not this word, is known to be a name of the home."""

type Row = dict[str, Any]
type Arrays = dict[str, NDArray[np.integer]]


def main(arguments: list[str] | None = None) -> None:
    """Encode a folder of shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shards", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--buckets", type=int, default=BUCKETS)
    options = parser.parse_args(arguments)
    arrays = encode(
        rows(options.shards), names_of_homes(options.corpus), options.buckets
    )
    np.savez(options.out, allow_pickle=False, **arrays)
    print(
        f"{len(arrays['kind'])} utterances, {len(arrays['table'])} words: {options.out}"
    )


def names_of_homes(corpus: Path) -> dict[str, Names]:
    """Return what each home's given names hold."""
    found = {}
    for held_out in (False, True):
        for home in corpora.load(corpus, held_out=held_out).homes:
            given = home.given()
            found[home.name] = Names(
                known_words(given["things"]), known_words(given["places"])
            )
    return found


def encode(found: Sequence[Row], names: dict[str, Names], buckets: int) -> Arrays:
    """Return the arrays of utterances. What is known of the home varies, by a seed."""
    table: dict[str, int] = {}
    columns: dict[str, list[int]] = {
        key: [] for key in ("word", "mark", "turn", "begins", "cls", "span", "kind")
    }
    offsets = [0]
    kinds, rng = utterance_kinds(), Random(0)
    for row in found:
        words, before = joined(row["text"], row["previous"])
        known = names[row["home"]] if rng.random() >= UNKNOWN_HOME else Names()
        columns["word"] += [table.setdefault(word, len(table)) for word in words]
        columns["mark"] += [
            marks_of(word, known) if rng.random() >= UNKNOWN_WORD else 0
            for word in words
        ]
        columns["turn"] += [int(place >= before) for place in range(len(words))]
        for key, labels in labels_of(row, tokens(row["text"])).items():
            columns[key] += [0] * before + labels
        columns["kind"].append(kinds.index(row["kind"]))
        offsets.append(len(columns["word"]))
    ids = np.zeros((len(table), GROUPS), np.int32)
    for word, place in table.items():
        some = ids_of(word, buckets)
        ids[place, : len(some)] = some
    arrays = {key: np.array(column, np.int32) for key, column in columns.items()}
    sizes = np.array([buckets, len(classes()), len(SPANS), len(kinds)], np.int32)
    return {
        **arrays, "table": ids, "offsets": np.array(offsets, np.int32), "sizes": sizes
    }  # fmt: skip


def labels_of(row: Row, said: list[Token]) -> dict[str, list[int]]:
    """Return each word's labels: whether a clause begins, its class, and its span."""
    names = classes()
    begins, cls, span = ([0] * len(said) for _ in range(3))
    clauses = row["clauses"]
    for number, clause in enumerate(clauses):
        end = (
            clauses[number + 1]["start"]
            if number + 1 < len(clauses)
            else len(row["text"])
        )
        inside = [
            place
            for place, token in enumerate(said)
            if token.end > (clause["start"] if number else 0) and token.start < end
        ]
        for place in inside:
            cls[place] = names.index(clause["act"])
        if inside:
            begins[inside[0]] = 1
        for one in clause["spans"]:
            covered = [
                place
                for place in inside
                if said[place].start < one["end"] and said[place].end > one["start"]
            ]
            first = 1 + 2 * SPANS.index(one["type"])
            for place in covered:
                span[place] = first + (place != covered[0])
    return {"begins": begins, "cls": cls, "span": span}


if __name__ == "__main__":
    main()
