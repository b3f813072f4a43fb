"""What is generated: its labels, its noise, and that a run can be taken up again."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from training.reader import corpus as corpora
from training.reader.compose import Composer, Shares
from training.reader.frame import ORDER, SPANS, acts, classes
from training.reader.generate import generate, main, rows
from training.reader.home import Home
from training.reader.home import load as load_home
from training.reader.noise import heard, typed, written
from training.reader.patterns import parse
from training.reader.saying import NotInThisHomeError, Saying
from training.reader.sounds import by_sound
from training.reader.utterance import Words, annotated, text_of, to_words

CORPUS = Path(__file__).parent / "corpus"


def home(language: str) -> Home:
    return load_home(CORPUS / "homes" / language / f"tiny_{language}.yaml")[0]


def said(pattern: str, where: Home) -> Words:
    return to_words(Saying(where, {}, Random(1)).say(parse(f"@turn_on {pattern}")))


def marked(words: Words) -> list[tuple[str, str]]:
    row = annotated(words)
    return [
        (span["type"], row["text"][span["start"] : span["end"]])
        for clause in row["clauses"]
        for span in clause["spans"]
    ]


@pytest.mark.parametrize(
    ("names", "pattern", "text", "spans"),
    [
        ({"room": "le salon"}, "la lampe de {room}", "la lampe du salon", [("place", "salon")]),
        ({"room": "les combles"}, "monte à {room}", "monte aux combles", [("place", "combles")]),
        ({"room": "l'entrée"}, "va à {room}", "va à l'entrée", [("place", "entrée")]),
        ({"person": "Anna"}, "le lit de {person}", "le lit d'Anna", []),
        ({"light": "l'applique"}, "allume la {light.bare}", "allume l'applique",
         [("thing", "applique")]),
        ({"light": "la lampe du salon"}, "allume {light}", "allume la lampe du salon",
         [("thing", "lampe"), ("place", "salon")]),
        ({"light": "la lampe du salon"}, "tout sauf {except:light}",
         "tout sauf la lampe du salon", [("except", "lampe du salon")]),
        ({"item": "de l'huile d'olive"}, "plus de {item.bare}", "plus d'huile d'olive",
         [("item", "huile d'olive")]),
        ({"cover": "le volet"}, "{cover} {direction=un peu}", "le volet un peu",
         [("thing", "volet"), ("direction", "un peu")]),
        ({}, "ferme {thing=les volets}", "ferme les volets", [("thing", "volets")]),
    ],
)  # fmt: skip
def test_french_names(
    names: dict[str, str], pattern: str, text: str, spans: list[tuple[str, str]]
) -> None:
    base = home("fr").names
    for cls, name in names.items():
        base[cls] = [type(base["room"][0])(name, (name,))]
    words = said(pattern, Home("h", "fr", base))
    assert text_of(words) == text
    assert marked(words) == spans


def test_english_names_with_a_room_in_front() -> None:
    base = home("en").names
    base["light"] = [type(base["room"][0])("the kitchen light", ("the kitchen light",))]
    words = said("turn on {light}", Home("h", "en", base))
    assert marked(words) == [("place", "kitchen"), ("thing", "light")]


def test_the_same_and_another() -> None:
    for seed in range(20):
        saying = Saying(home("fr"), {}, Random(seed))
        words = to_words(saying.say(parse("@turn_on {fan#a} {room#b} {room} {room#b}")))
        places = [text for span, text in marked(words) if span == "place"]
        assert places[0] == places[2] != places[1]
    with pytest.raises(NotInThisHomeError):
        said("ferme {gate}", home("fr"))


def generated(language: str, count: int = 400) -> list[dict[str, Any]]:
    corpus = corpora.load(CORPUS)
    (voice,) = (one for one in corpus.voices if one.language == language)
    alikes = by_sound(corpus.vocabulary(language), language)
    rng = Random(3)
    found = [Composer(voice, home(language), alikes).compose(rng) for _ in range(count)]
    return [one for one in found if one]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_rows_are_sound(language: str) -> None:
    found = generated(language)
    for row in found:
        text, last = row["text"], -1
        assert text == text.strip() != ""
        assert row["clauses"]
        for clause in row["clauses"]:
            assert clause["act"] in classes()
            assert clause["start"] > last
            last = clause["start"]
            for span in clause["spans"]:
                assert span["type"] in SPANS
                assert clause["start"] <= span["start"] < span["end"] <= len(text)
                assert text[span["start"] : span["end"]].strip() != ""
        asked = any(clause["act"] in acts() for clause in row["clauses"])
        assert (row["kind"] == ORDER) == asked
    assert any(len(row["clauses"]) > 1 for row in found)
    assert any(row["previous"] for row in found)
    spans = {s["type"] for row in found for c in row["clauses"] for s in c["spans"]}
    assert {"retracted", "except", "pronoun", "addressee"} <= spans
    others = sum(row["kind"] != ORDER for row in found)
    assert 0.15 < others / len(found) < 0.5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_joined_orders_stay_what_they_are(language: str) -> None:
    (voice,) = (v for v in corpora.load(CORPUS).voices if v.language == language)
    always = Shares(several=0, after=0, joined=1, correction=0)
    composer, rng, longer = Composer(voice, home(language), {}, always), Random(5), 0
    for row in (composer.compose(rng) for _ in range(300)):
        assert row
        read = [clause["act"] for clause in row["clauses"]]
        assert len(read) == 1 or read[0] in acts()
        longer += read == ["other_person"] and len(row["clauses"][0]["spans"]) > 2
    assert longer


@pytest.mark.parametrize("language", ["fr", "en"])
def test_noise_keeps_labels(language: str) -> None:
    corpus = corpora.load(CORPUS)
    (voice,) = (one for one in corpus.voices if one.language == language)
    alikes = by_sound(corpus.vocabulary(language), language)
    quiet = Shares(clean=1, hesitation=0, correction=0, opener=0, closer=0)
    rng, changed = Random(2), 0
    for _ in range(100):
        pattern = rng.choice(voice.single)
        try:
            bits = Saying(home(language), voice.lists, rng).say(pattern.tree)
        except NotInThisHomeError:
            continue
        words = to_words([pattern.act or "", *bits])
        for noisy in (
            typed(words, language, rng),
            heard(words, language, alikes, rng, share=0.5),
            written(words, rng),
        ):
            before, after = marked(words), marked(noisy)
            assert [kind for kind, _ in before] == [kind for kind, _ in after]
            changed += text_of(noisy) != text_of(words)
    assert changed > 100
    assert Composer(voice, home(language), alikes, quiet).compose(Random(1))


def test_the_same_seed_gives_the_same_and_a_run_goes_on(tmp_path: Path) -> None:
    main(["--corpus", str(CORPUS), "--count", "30", "--out", str(tmp_path / "a")])
    first = {path.name: path.read_text() for path in (tmp_path / "a").glob("*.jsonl")}
    assert len(first) == 2
    lost = tmp_path / "a" / next(iter(first))
    lost.unlink()
    kept = next(path for path in (tmp_path / "a").glob("*.jsonl"))
    age = kept.stat().st_mtime_ns
    main(["--corpus", str(CORPUS), "--count", "30", "--out", str(tmp_path / "a")])
    assert lost.read_text() == first[lost.name]
    assert kept.stat().st_mtime_ns == age
    assert len(rows(tmp_path / "a")) == 60
    assert json.loads(lost.read_text().splitlines()[0])["voice"].startswith("tiny")
    corpus = corpora.load(CORPUS)
    assert generate(corpus, tmp_path / "a", 30, 2, "another seed") == 60


def test_whole_voices_and_homes_are_held_out(tmp_path: Path) -> None:
    for folder in ("voices", "homes"):
        (tmp_path / folder).symlink_to(CORPUS / folder)
    (tmp_path / "split.yaml").write_text("voices: [tiny_fr]\nhomes: [tiny_fr]")
    train = corpora.load(tmp_path)
    tune = corpora.load(tmp_path, held_out=True)
    assert [one.name for one in (*train.voices, *train.homes)] == ["tiny_en", "tiny_en"]
    assert [one.name for one in (*tune.voices, *tune.homes)] == ["tiny_fr", "tiny_fr"]
    (tmp_path / "split.yaml").write_text("voices: [nobody]\nhomes: []")
    with pytest.raises(corpora.CorpusError, match="nobody"):
        corpora.load(tmp_path)
