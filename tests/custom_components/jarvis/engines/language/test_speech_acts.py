"""What an utterance is for, in whatever words."""

from pathlib import Path

import pytest
import yaml

from custom_components.jarvis.engines.language import Act, read_acts

TABLE: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("speech_acts.yaml").read_text("utf-8")
)


ACTING = {Act.ORDER, Act.NEED}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_orders_and_needs_are_told_from_words(language: str) -> None:
    wrong = [
        text
        for kind, texts in TABLE[language].items()
        for text in texts
        if (kind == "act")
        != any(
            # What is to be noted or said on has something done, too.
            p.act in (ACTING | {Act.RELAY} if kind == "act" else ACTING)
            for p in read_acts(text, language)
        )
    ]
    assert wrong == []
    assert sum(map(len, TABLE[language].values())) >= 150
