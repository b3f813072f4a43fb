"""Measures shipped weights on utterances whose frames are known, with the product's code.

    python -m training.reader.measure weights.npz .cache/reader/tune
    python -m training.reader.measure weights.npz SHARDS --must-not talk.txt

`--must-not` names a text of one utterance a line in which nobody asks for anything. Shown
are shares: acts right and acts with all their spans right (of utterances with an order),
read as an order (of those without one), each by kind; whether confidence tells the truth;
what a threshold of confidence keeps and lets through; the worst acts; times.
"""

import argparse
import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from custom_components.jarvis.engines.reader import Names, Reader, Reading

from .encode import Row, names_of_homes
from .frame import HERE, ORDER, acts
from .generate import rows

THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """One utterance: what it was, and what was read."""

    kind: str
    language: str
    group: str
    wanted: tuple[str, ...]
    read: tuple[str, ...]
    spans_right: bool
    confidence: float
    seconds: float

    @property
    def acts_right(self) -> bool:
        """Whether just the acts that are wanted were read, in their order."""
        return self.wanted == self.read


def judge(row: Row, reading: Reading, seconds: float = 0.0) -> Judged:
    """Return what a reading is worth."""
    known = acts()
    wanted = [clause for clause in row["clauses"] if clause["act"] in known]
    expected = [
        (clause["act"], {(s["type"], s["start"], s["end"]) for s in clause["spans"]})
        for clause in wanted
    ]
    found = [
        (clause.act, {(span.kind, span.start, span.end) for span in clause.spans})
        for clause in reading.orders
    ]
    group = "one clause" if len(row["clauses"]) == 1 else "several clauses"
    if row["previous"]:
        group += ", after another"
    return Judged(
        kind=row["kind"],
        language=row["language"],
        group=group,
        wanted=tuple(act for act, _ in expected),
        read=tuple(act for act, _ in found),
        spans_right=expected == found,
        confidence=reading.confidence,
        seconds=seconds,
    )


def main(arguments: list[str] | None = None) -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("shards", type=Path)
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--must-not", type=Path)
    parser.add_argument("--no-names", action="store_true", help="the home is unknown")
    options = parser.parse_args(arguments)
    reader = Reader.load(options.weights)
    names = {} if options.no_names else names_of_homes(options.corpus)
    found = rows(options.shards)
    some = found[:: max(1, len(found) // options.count)]
    judged = [measured(reader, row, names.get(row["home"])) for row in some]
    print(*report(judged), sep="\n")
    if options.must_not:
        lines = options.must_not.read_text(encoding="utf-8").splitlines()
        print(
            *report_must_not(reader, [line for line in lines if line.strip()]), sep="\n"
        )


def measured(reader: Reader, row: Row, names: Names | None) -> Judged:
    """Read one utterance, and judge it."""
    clock = time.perf_counter()
    reading = reader.read(row["text"], row["previous"], names)
    return judge(row, reading, time.perf_counter() - clock)


def report(judged: Sequence[Judged]) -> list[str]:
    """Return the measures as lines."""
    orders = [one for one in judged if one.kind == ORDER]
    others = [one for one in judged if one.kind != ORDER]
    lines = [f"{len(judged)} utterances"]
    for title, some in (
        ("orders", orders),
        *_by(orders, "language"),
        *_by(orders, "group"),
    ):
        lines.append(
            f"{title:28} n {len(some):5}  acts {_share(one.acts_right for one in some)}"
            f"  acts and spans {_share(one.spans_right for one in some)}"
        )
    for title, some in (("must not act", others), *_by(others, "kind")):
        lines.append(
            f"{title:28} n {len(some):5}  read as order {_share(bool(one.read) for one in some)}"
        )
    lines += ["", *curve(judged), "", *calibration(judged), "", *worst(orders)]
    times = np.array([one.seconds for one in judged]) * 1000
    lines.append(
        f"ms: median {np.median(times):.2f}, p95 {np.percentile(times, 95):.2f}, "
        f"p99 {np.percentile(times, 99):.2f}"
    )
    return lines


def curve(judged: Sequence[Judged]) -> list[str]:
    """Return what acting from a confidence on would keep and let through."""
    orders = [one for one in judged if one.kind == ORDER]
    others = [one for one in judged if one.kind != ORDER]
    lines = ["from confidence   right acts   wrong acts   unasked (of must not act)"]
    for least in THRESHOLDS:
        done = [one for one in orders if one.read and one.confidence >= least]
        right = sum(one.acts_right for one in done)
        unasked = sum(bool(one.read) and one.confidence >= least for one in others)
        lines.append(
            f"{least:15.2f} {_percent(right, len(orders)):>12}"
            f" {_percent(len(done) - right, len(orders)):>12}"
            f" {_percent(unasked, len(others)):>12}"
        )
    return lines


def calibration(judged: Sequence[Judged]) -> list[str]:
    """Return by confidence how often an utterance read as an order was read right."""
    lines = ["confidence      n     mean    right"]
    for low, high in itertools.pairwise(BINS):
        some = [one for one in judged if one.read and low <= one.confidence < high]
        if some:
            mean = float(np.mean([one.confidence for one in some]))
            right = sum(one.acts_right for one in some)
            lines.append(
                f"{low:.2f}-{min(high, 1):.2f} {len(some):6}  {mean:7.3f}"
                f"  {_percent(right, len(some)):>7}"
            )
    return lines


def worst(orders: Sequence[Judged], most: int = 12) -> list[str]:
    """Return the acts that are read worst, and as what."""
    by_act: dict[str, list[Judged]] = defaultdict(list)
    for one in orders:
        if len(one.wanted) == 1:
            by_act[one.wanted[0]].append(one)
    ranked = sorted(
        by_act.items(), key=lambda item: np.mean([x.acts_right for x in item[1]])
    )
    lines = ["worst acts"]
    for act, some in ranked[:most]:
        wrong = Counter("+".join(x.read) or "none" for x in some if not x.acts_right)
        if wrong:
            told = ", ".join(f"{name} {count}" for name, count in wrong.most_common(3))
            lines.append(f"  {act:18} {_share(x.acts_right for x in some)}  {told}")
    return lines


def report_must_not(reader: Reader, lines: Sequence[str]) -> list[str]:
    """Return how many of these are read as orders, by confidence."""
    readings = [(line, reader.read(line)) for line in lines]
    report = [
        f"{len(lines)} in which nothing is asked, read as orders from confidence on"
    ]
    for least in THRESHOLDS:
        read = [r for _, r in readings if r.orders and r.confidence >= least]
        report.append(f"{least:15.2f} {_percent(len(read), len(lines)):>12}")
    return report


def _by(some: Iterable[Judged], field: str) -> list[tuple[str, list[Judged]]]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in some:
        groups[getattr(one, field)].append(one)
    return [(f"  {name}", group) for name, group in sorted(groups.items())]


def _share(of: Iterable[Any]) -> str:
    values = [bool(one) for one in of]
    return f"{_percent(sum(values), len(values)):>7}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
