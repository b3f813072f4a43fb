"""How much of written replies is said right, beside num2words on their digits alone.

The cases are in `speech/*.yaml`. What counts are the words: case, hyphens and
punctuation do not, but in a case of several lines a pause must be where one is expected.

`--show` prints each case of the half worked with that did not come out right.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml
from num2words import num2words

from custom_components.jarvis.engines.spoken import speakable

FOLDER = Path(__file__).parent / "speech"
RIGHT_AT_LEAST = 95.0

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PAUSE = re.compile(r"[\s]*[.,;:!?…\n](?:[\s.,;:!?…]*)")
_OTHER = re.compile(r"[^\w.']+")


def heard(text: str, *, pauses: bool) -> str:
    """Return what is left of a text when it is said."""
    text = _PAUSE.sub(" . " if pauses else " ", text.casefold().replace("’", "'"))
    return _OTHER.sub(" ", text).strip(" .")


def peer(text: str, language: str) -> str:
    """Return text with num2words' words for its numbers."""

    def say(match: re.Match[str]) -> str:
        number = match[0].replace(",", ".")
        value = float(number) if "." in number else int(number)
        return str(num2words(value, lang=language))

    return _NUMBER.sub(say, text)


def is_right(case: dict[str, Any], said: str) -> bool:
    pauses = "\n" in case["say"]
    expected = {heard(x, pauses=pauses) for x in (case["as"], *case.get("or", ()))}
    return heard(said, pauses=pauses) in expected


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    missed = False
    for language in ("fr", "en"):
        cases = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
        for held_out in (False, True):
            some = [x for x in cases if x.get("held_out", False) is held_out]
            said = [speakable(x["say"], language) for x in some]
            if show and not held_out:
                for case, text in zip(some, said, strict=True):
                    if not is_right(case, text):
                        print(f"{case['say']!r}: {text!r}", file=sys.stderr)
            ours = 100 * sum(map(is_right, some, said, strict=True)) / len(some)
            peers = [peer(x["say"], language) for x in some]
            theirs = 100 * sum(map(is_right, some, peers, strict=True)) / len(some)
            missed |= ours < RIGHT_AT_LEAST
            line = {
                "name": f"speech {language} {'held out' if held_out else 'worked with'}",
                "value": round(ours, 1),
                "unit": "% right",
                "peer": "num2words",
                "peer_value": round(theirs, 1),
                "ratio": round(ours / theirs, 2) if theirs else None,
                "n": len(some),
                "target": RIGHT_AT_LEAST,
                "met": ours >= RIGHT_AT_LEAST,
            }
            print(json.dumps(line))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
