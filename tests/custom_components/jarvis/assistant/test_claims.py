"""How little of an ordinary answer waits, and that a claim waits whole."""

from pathlib import Path

import pytest
import yaml

from custom_components.jarvis.assistant.verification.claim_gate import ClaimGate
from custom_components.jarvis.assistant.verification.claims import Request, claim_of
from custom_components.jarvis.assistant.verification.purpose import Purpose
from tests.fakes.ollama import pieces

FOLDER = Path(__file__).parent
ORDINARY: dict[str, list[str]] = yaml.safe_load(
    (FOLDER / "ordinary.yaml").read_text("utf-8")
)
FALSE: dict[str, list[str]] = yaml.safe_load(
    (FOLDER / "false_claims.yaml").read_text("utf-8")
)
NAMES = frozenset({"guirlande", "lampe", "salon", "kitchen", "light"})
TALK = Request(purpose=Purpose.TALK, names=NAMES)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_ordinary_words_hardly_wait(language: str) -> None:
    held: list[int] = []
    for text in ORDINARY[language]:
        gate = ClaimGate(TALK)
        sent = passed = ""
        for piece in pieces(text):
            sent += piece
            passed += gate.feed(piece)
            held.append(len(sent) - len(passed))
        assert passed + gate.end() == text
    # Words of two deltas at most, and three deltas of four pass at once.
    assert max(held) < 20
    assert sum(held) / len(held) < 1.5
    assert sum(map(bool, held)) / len(held) < 0.3


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_of_a_claim_is_let_go(language: str) -> None:
    for text in FALSE[language]:
        gate = ClaimGate(TALK)
        passed = "".join(gate.feed(piece) for piece in pieces(text)) + gate.end()
        assert gate.claimed, text
        assert not claim_of(passed, TALK), text
        assert len(passed) < 30, text


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_pieces_of_any_size_make_no_difference(size: int) -> None:
    text = "Bonsoir ! La capitale est Paris. Voilà, la lampe est allumée. Autre chose ?"
    gate = ClaimGate(TALK)
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    passed = "".join(gate.feed(part) for part in parts) + gate.end()
    assert passed == "Bonsoir ! La capitale est Paris. "
    assert gate.claimed.startswith("Voilà, la lampe")
