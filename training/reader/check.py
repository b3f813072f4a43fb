"""Checks authors' files: exact errors by line, and what there is too little of.

python -m training.reader.check training/reader/voices/fr/NAME.yaml
python -m training.reader.check training/reader/homes/fr/NAME.yaml
python -m training.reader.check --say 20 FILE     # and says twenty of its utterances
"""

import argparse
import sys
from pathlib import Path
from random import Random
from typing import Any

from . import home as homes
from . import voice as voices
from .advice import advice_on, counts_of
from .blocks import Problem
from .compose import Composer
from .frame import HERE
from .home import Home
from .voice import Voice


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
    if problems:
        return problems, []
    paths = sorted((folder / voice.language).glob("*.yaml"))
    found = [homes.load(one)[0] for one in paths]
    own = [home for home in found if home.name == voice.name]
    report = [*counts_of(voice), *advice_on(voice, own[0] if own else None)]
    if say:
        report += _examples(voice, own or found, say)
    return problems, report


def _examples(voice: Voice, where: list[Home], say: int) -> list[str]:
    if not where:
        return ["no home to say it in"]
    rng = Random(say)
    report = []
    for _ in range(say):
        said = Composer(voice, rng.choice(where), {}).compose(rng)
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
