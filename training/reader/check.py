"""Checks authors' files: exact errors by line, and what there is too little of.

python -m training.reader.check training/reader/voices/fr/NAME.yaml
python -m training.reader.check training/reader/homes/fr/NAME.yaml
python -m training.reader.check --say 20 FILE     # and says twenty of its utterances
"""

import argparse
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from . import home as homes
from . import voice as voices
from .blocks import Problem
from .compose import Composer
from .frame import HERE, acts, kinds
from .home import Home
from .patterns import Begin, walk, ways
from .voice import Pattern, Voice

ENOUGH = 500
"""Patterns that a voice should have, all together."""
FEW = 3


def main(arguments: list[str] | None = None) -> int:
    """Check the files named; return 1 if one of them has errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--say", type=int, default=0, help="utterances to say")
    parser.add_argument("--homes", type=Path, default=HERE / "homes")
    options = parser.parse_args(arguments)
    bad = False
    for path in options.files:
        problems, report = check(path, options.say, options.homes)
        for problem in problems:
            print(f"{path}:{problem.line}: {problem.text}")
        bad |= bool(problems)
        if not problems:
            print(f"{path}: no errors", *report, sep="\n  ")
    return int(bad)


def check(
    path: Path, say: int = 0, folder: Path = HERE / "homes"
) -> tuple[list[Problem], list[str]]:
    """Return what is wrong with a file, and a report on what it holds."""
    if not path.exists():
        return [Problem(0, "there is no such file")], []
    if "homes" in path.parts:
        home, problems = homes.load(path)
        return problems, [f"{key}: {len(names)}" for key, names in home.names.items()]
    voice, problems = voices.load(path)
    report = [] if problems else report_on(voice)
    if say and not problems:
        report += _examples(voice, say, folder)
    return problems, report


def report_on(voice: Voice) -> list[str]:
    """Return how many patterns a voice has for each act and kind, and what is missing."""
    patterns = voice.patterns()
    counted = Counter(act for pattern in patterns for act in _acts(pattern))
    total = len(patterns)
    said = sum(min(ways(pattern.tree, voice.lists), 1000) for pattern in patterns)
    report = [
        f"{total} patterns, {said} ways to say them"
        + ("" if total >= ENOUGH else f": {ENOUGH - total} patterns to go"),
        f"several: {len(voice.several)}, after: {len(voice.after)}",
    ]
    for title, known in (("acts", acts()), ("kinds", kinds())):
        listed = ", ".join(f"{name} {counted[name]}" for name in known if counted[name])
        report.append(f"{title}: {listed or 'none'}")
        if none := [name for name in known if not counted[name]]:
            report.append(f"{title} without a pattern: {', '.join(none)}")
        if few := [name for name in known if 0 < counted[name] < FEW]:
            report.append(f"{title} with fewer than {FEW}: {', '.join(few)}")
    acting = sum(counted[name] for name in acts())
    other = sum(counted[name] for name in kinds())
    if other * 3 < acting:
        report.append(
            f"too few that must not act: {other}, a third of {acting} is wanted"
        )
    return report


def _acts(pattern: Pattern) -> set[str]:
    nodes = walk(pattern.tree)
    begun = {node.act for node in nodes if isinstance(node, Begin)}
    return begun | ({pattern.act} if pattern.act else set())


def _examples(voice: Voice, say: int, folder: Path) -> list[str]:
    paths = sorted((folder / voice.language).glob("*.yaml"))
    found: list[Home] = [homes.load(path)[0] for path in paths]
    own = [home for home in found if home.name == voice.name] or found
    if not own:
        return ["no home to say it in"]
    rng = Random(say)
    report = []
    for _ in range(say):
        said = Composer(voice, rng.choice(own), {}).compose(rng)
        if said:
            report.append(shown(said))
    return report


def shown(said: dict[str, Any]) -> str:
    """Return an utterance in one line, clauses and spans marked: `@turn_on [la lampe](thing)`."""
    text, marks = said["text"], []
    for clause in said["clauses"]:
        marks.append((clause["start"], 0, f"@{clause['act']} "))
        for span in clause["spans"]:
            marks += [(span["start"], 1, "["), (span["end"], -1, f"]({span['type']})")]
    for at, _, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    before = f"({said['previous']}) " if said["previous"] else ""
    return f"{said['kind']}: {before}{text}"


if __name__ == "__main__":
    sys.exit(main())
