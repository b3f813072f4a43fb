"""Generates annotated utterances from voices and homes, as FORMAT.md describes them.

    python -m training.reader.generate --count 100000 --out .cache/reader/train
    python -m training.reader.generate --count 4000 --held-out --out .cache/reader/tune

`--count` is for each language. The same files, seed and count give the same utterances.
They are written in shards: a run that was stopped goes on with the shards that are missing.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from . import corpus as corpora
from .compose import Composer
from .corpus import Corpus
from .frame import HERE, LANGUAGES
from .sounds import by_sound

SHARD = 10_000
OWN_HOME = 0.34
"""Share of utterances in the home that bears the voice's own name, where there is one."""


def main(arguments: list[str] | None = None) -> None:
    """Generate the shards that are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    corpus = corpora.load(options.corpus, held_out=options.held_out)
    if not corpus.voices or not corpus.homes:
        raise SystemExit("no voices or no homes: see split.yaml for what is held out")
    stamp = f"{corpora.digest(options.corpus)}-{options.seed}-{options.held_out}"
    written = generate(corpus, options.out, options.count, options.seed, stamp)
    print(f"{written} utterances written to {options.out}")


def generate(corpus: Corpus, out: Path, count: int, seed: int, stamp: str) -> int:
    """Write the missing shards, `count` utterances a language; return what was written.

    A shard that another corpus or seed made (another `stamp`) is made anew.
    """
    out.mkdir(parents=True, exist_ok=True)
    marker = out / "stamp"
    if not marker.exists() or marker.read_text() != stamp:
        for old in out.glob("*.jsonl"):
            old.unlink()
        marker.write_text(stamp)
    total = 0
    for language in LANGUAGES:
        if not any(voice.language == language for voice in corpus.voices):
            continue
        alikes = by_sound(corpus.vocabulary(language), language)
        for number, start in enumerate(range(0, count, SHARD)):
            size = min(SHARD, count - start)
            path = out / f"{language}-{number:04}-{size}.jsonl"
            if path.exists():
                continue
            rng = Random(f"{seed} {language} {number}")
            lines = [_line(corpus, language, alikes, rng) for _ in range(size)]
            part = path.with_suffix(".part")
            part.write_text("".join(lines), encoding="utf-8")
            part.replace(path)
            total += size
    return total


def _line(
    corpus: Corpus, language: str, alikes: dict[str, list[str]], rng: Random
) -> str:
    voices = [voice for voice in corpus.voices if voice.language == language]
    homes = [home for home in corpus.homes if home.language == language]
    for _ in range(100):
        voice = rng.choice(voices)
        own = [home for home in homes if home.name == voice.name]
        home = own[0] if own and rng.random() < OWN_HOME else rng.choice(homes)
        said = Composer(voice, home, alikes).compose(rng)
        if said is not None:
            row = {"language": language, "voice": voice.name, "home": home.name, **said}
            return json.dumps(row, ensure_ascii=False) + "\n"
    raise corpora.CorpusError(f"the homes of {language} have nothing of what is said")


def rows(folder: Path) -> list[dict[str, Any]]:
    """Return the utterances of a folder, languages mixed as the shards come."""
    found: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            found += [json.loads(line) for line in file]
    return found


def counts(found: list[dict[str, Any]]) -> Counter[str]:
    """Return how often each class of clauses occurs."""
    return Counter(clause["act"] for row in found for clause in row["clauses"])


if __name__ == "__main__":
    main()
