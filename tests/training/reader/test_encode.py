"""From utterances to numbers, batches, and measures of what was read."""

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from custom_components.jarvis.engines.reader import Reader, tokens
from training.reader import corpus as corpora
from training.reader.batches import Encoded
from training.reader.compose import Composer
from training.reader.encode import encode, labels_of, names_of_homes
from training.reader.export import temperature
from training.reader.frame import SPANS, classes
from training.reader.measure import curve, judge, measured, report, report_must_not

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    corpus, rng, rows = corpora.load(CORPUS), Random(11), []
    for voice, home in zip(corpus.voices, corpus.homes, strict=True):
        composer = Composer(voice, home, {})
        about = {"language": voice.language, "voice": voice.name, "home": home.name}
        rows += [about | said for _ in range(150) if (said := composer.compose(rng))]
    return rows


def test_labels_of_words() -> None:
    text = "Bon, la lampe du salon on and the spots, off."
    spots = text.index("spots")
    row = {
        "text": text,
        "clauses": [
            {"act": "turn_on", "start": 5, "spans": [
                {"type": "thing", "start": 8, "end": 13},
                {"type": "place", "start": 17, "end": 22}]},
            {"act": "turn_off", "start": text.index("and"), "spans": [
                {"type": "thing", "start": spots, "end": spots + 5}]},
        ],
    }  # fmt: skip
    labels = labels_of(row, tokens(text))
    words = [token.text for token in tokens(text)]
    begun = [
        word for word, begins in zip(words, labels["begins"], strict=True) if begins
    ]
    assert begun == ["Bon", "and"]
    off = classes().index("turn_off")
    assert (
        next(w for w, c in zip(words, labels["cls"], strict=True) if c == off) == "and"
    )
    thing, place = 1 + 2 * SPANS.index("thing"), 1 + 2 * SPANS.index("place")
    spans = dict(zip(words, labels["span"], strict=True))
    assert (spans["lampe"], spans["salon"], spans["spots"]) == (thing, place, thing)
    assert spans["du"] == spans["off"] == 0


def test_batches_are_whole_and_go_on_where_they_were(
    found: list[dict[str, Any]], tmp_path: Path
) -> None:
    arrays = encode(found, names_of_homes(CORPUS), 1024)
    np.savez(tmp_path / "a.npz", **arrays)
    data = Encoded(tmp_path / "a.npz")
    assert len(data) == len(found)
    groups = data.groups(np.arange(len(data)), 240)
    assert {int(one) for group in groups for one in group} == set(range(len(found)))
    for group in groups:
        batch = data.batch(group)
        lengths = [
            int(arrays["offsets"][one + 1] - arrays["offsets"][one]) for one in group
        ]
        assert batch["there"].sum(axis=1).tolist() == lengths
        assert ((batch["ids"] > 0).any(axis=2) == (batch["there"] > 0)).all()
    whole, later = data.endless(1, 240, 0), data.endless(1, 240, len(groups) + 2)
    for _ in range(len(groups) + 2):
        next(whole)
    for _ in range(5):
        first, second = next(whole), next(later)
        assert all(np.array_equal(first[name], second[name]) for name in first)


def test_measures(found: list[dict[str, Any]]) -> None:
    reader = Reader.load(HERE / "weights.npz")
    names = names_of_homes(CORPUS)
    judged = [measured(reader, row, names[row["home"]]) for row in found]
    orders = [one for one in judged if one.wanted]
    assert np.mean([one.acts_right for one in orders]) > 0.95
    assert np.mean([one.spans_right for one in orders]) > 0.9
    told = "\n".join(report(judged))
    assert "read as order" in told
    assert "worst acts" in told
    kept = [line.split() for line in curve(judged)[1:]]
    shares = [float(line[1]) for line in kept]
    assert shares == sorted(shares, reverse=True)
    assert report_must_not(reader, ["send an email to Tom", "turn on the spots"])[1:]


def test_a_part_or_another_act_is_not_right() -> None:
    reader = Reader.load(HERE / "weights.npz")
    text = "turn on the ceiling light"
    row: dict[str, Any] = {
        "text": text, "previous": None, "kind": "order", "language": "en",
        "clauses": [{"act": "turn_on", "start": 0, "spans": [
            {"type": "thing", "start": 12, "end": 25}]}],
    }  # fmt: skip
    reading = reader.read(text)
    assert judge(row, reading).spans_right
    row["clauses"][0]["spans"][0]["end"] = 19
    assert not judge(row, reading).spans_right
    row["clauses"][0]["act"] = "turn_off"
    assert not judge(row, reading).acts_right
    row |= {"kind": "talk", "clauses": [{"act": "talk", "start": 0, "spans": []}]}
    assert judge(row, reading).read == ("turn_on",)


def test_temperature() -> None:
    rng = np.random.default_rng(1)
    true = rng.standard_normal((4000, 5)).astype(np.float32) * 2
    odds = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    right = [int(rng.choice(5, p=one / one.sum())) for one in odds.astype(float)]
    assert temperature(list(true * 3), right) == pytest.approx(3, rel=0.1)
