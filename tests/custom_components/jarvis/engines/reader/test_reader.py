"""The learned reader, with small weights that know a few sentences (scripts/train-reader --check)."""

from pathlib import Path

import numpy as np
import pytest

from custom_components.jarvis.engines.reader import (
    LONGEST,
    Labels,
    Names,
    Network,
    Reader,
    WeightsError,
    ids_of,
    known_words,
    load_weights,
    marks_of,
    save_weights,
    tokens,
)

MADE = Path(__file__).parents[4] / "training" / "reader"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(MADE / "weights.npz")


def test_numpy_gives_what_the_trainer_gives() -> None:
    network = Network(load_weights(MADE / "weights.npz"))
    with np.load(MADE / "parity.npz") as file:
        made = {name: file[name] for name in file.files}
    for row, there in enumerate(made["there"] > 0):
        ids = [
            [one for one in some if one] for some in made["ids"][row][there].tolist()
        ]
        before = int((made["turn"][row][there] == 0).sum())
        scores = network.scores(ids, made["mark"][row][there].tolist(), before)
        assert np.allclose(scores.kind, made["kind"][row], atol=1e-3)
        for name in ("begins", "classes", "spans"):
            said = made[name][row][there][before:]
            assert np.allclose(getattr(scores, name), said, atol=1e-3), name


@pytest.mark.parametrize(
    ("text", "previous", "kind", "clauses"),
    [
        ("Allume le plafonnier", None, "order", ["turn_on thing=plafonnier"]),
        ("allume la lampe du salon", None, "order", ["turn_on thing=lampe place=salon"]),
        ("mets la guirlande a 30 %", None, "order",
         ["brightness_set thing=guirlande value=30 %"]),
        ("éteins tout sauf le plafonnier", None, "order", ["turn_off except=plafonnier"]),
        ("j'ai froid aux pieds, mets le chauffage à 20 degrés", None, "order",
         ["talk", "temperature_set thing=chauffage value=20 degrés"]),
        ("et la guirlande aussi", "allume le plafonnier", "order", ["again thing=guirlande"]),
        ("n'éteins pas le plafonnier", None, "negation", ["negation thing=plafonnier"]),
        ("est-ce que la guirlande est allumée ?", None, "question",
         ["question thing=guirlande"]),
        ("turn on the ceiling light", None, "order", ["turn_on thing=ceiling light"]),
        ("the fairy lights on and the ceiling light off", None, "order",
         ["turn_on thing=fairy lights", "turn_off thing=ceiling light"]),
        ("Add milk and eggs to the shopping list.", None, "order",
         ["list_add item=milk item=eggs thing=shopping list"]),
        ("actually turn it off", "turn on the ceiling light", "order",
         ["turn_off pronoun=it"]),
        ("I already turned off the ceiling light", None, "past",
         ["past thing=ceiling light"]),
        ("Tom, close the curtains please", None, "other_person",
         ["other_person addressee=Tom thing=curtains"]),
    ],
)  # fmt: skip
def test_reads(
    reader: Reader, text: str, previous: str | None, kind: str, clauses: list[str]
) -> None:
    reading = reader.read(text, previous)
    found = [
        " ".join([one.act, *(f"{s.kind}={text[s.start : s.end]}" for s in one.spans)])
        for one in reading.clauses
    ]
    assert (reading.kind, found) == (kind, clauses)
    assert bool(reading.orders) == (kind == "order")
    assert 0 <= reading.confidence <= 1
    assert (reading.confidence > 0.5) == (kind == "order")


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "𝄞", "?", "a", "ä" * 500, "lampe " * 500, "ß₂½"]
)
def test_reads_anything(reader: Reader, text: str) -> None:
    reading = reader.read(text, text, Names(known_words([text]), known_words([text])))
    for clause in reading.clauses:
        for span in clause.spans:
            assert clause.start <= span.start < span.end <= clause.end <= len(text)
    assert reader.read(" ").clauses == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Éteins l'entrée à 21,5 °C",
            ["Éteins", "l'", "entrée", "à", "21,5", "°", "C"],
        ),
        (
            "don’t, 20h30 éteins-la",
            ["don’", "t", ",", "20", "h", "30", "éteins", "-", "la"],
        ),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    found = tokens(text)
    assert [token.text for token in found] == words
    assert all(text[token.start : token.end] == token.text for token in found)


def test_a_text_is_read_up_to_its_longest() -> None:
    assert len(tokens("lampe " * 500)) == LONGEST


def test_letter_groups() -> None:
    for word in ("a", "21", "21,5", "anticonstitutionnellement", "?"):
        assert ids_of(word, 50)
        assert all(0 < one < 50 for one in ids_of(word, 50))
    assert set(ids_of("ampoule", 2**20)) & set(ids_of("ampoules", 2**20))
    assert ids_of("Été", 2**20) == ids_of("été", 2**20) != ids_of("ete", 2**20)
    assert ids_of("l’", 2**20) == ids_of("l'", 2**20)


def test_what_the_home_knows_of_a_word() -> None:
    names = Names(known_words(["Lampe du Salon"]), known_words(["le salon", "l'Étage"]))
    marks = {
        word: marks_of(word, names) for word in ("LAMPE", "salon", "etage", "du", "le")
    }
    assert marks == {"LAMPE": 1, "salon": 3, "etage": 2, "du": 0, "le": 0}


def test_eight_bits_are_near(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    arrays = {
        "groups": rng.standard_normal((7, 5)).astype(np.float32),
        "kind": rng.standard_normal((5, 3)).astype(np.float32),
        "kind.bias": rng.standard_normal(3).astype(np.float32),
    }
    labels = Labels(
        ("a", "b"), 1, ("order", "talk"), ("thing",), 2, kind_temperature=1.5
    )
    save_weights(tmp_path / "w.npz", labels, arrays)
    weights = load_weights(tmp_path / "w.npz")
    assert weights.labels == labels
    assert np.allclose(weights.arrays["kind"], arrays["kind"], atol=0.02)
    assert np.array_equal(weights.arrays["kind.bias"], arrays["kind.bias"])
    groups = weights.groups * weights.group_scales[:, None]
    assert np.allclose(groups, arrays["groups"], atol=0.02)


@pytest.mark.parametrize("made", ["text", "other"])
def test_files_that_hold_no_weights(tmp_path: Path, made: str) -> None:
    path = tmp_path / "w.npz"
    if made == "text":
        path.write_text("no weights")
    else:
        np.savez(path, other=np.zeros(3))
    with pytest.raises(WeightsError):
        load_weights(path)
    with pytest.raises(FileNotFoundError):
        load_weights(tmp_path / "nothing.npz")
