"""The test voices read what is made for ears, with no sign left over."""

import unicodedata
from pathlib import Path

import pytest
import yaml

from custom_components.jarvis.engines.spoken import speakable

piper = pytest.importorskip("piper")

ROOT = Path(__file__).parents[5]
TEN = slice(0, 100, 10)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_voices_read_ten_replies(language: str) -> None:
    voice = piper.PiperVoice.load(ROOT / f"tests/models/voice/{language}.onnx")
    cases = yaml.safe_load((ROOT / f"bench/speech/{language}.yaml").read_text("utf-8"))
    replies = [speakable(case["say"], language) for case in cases[TEN]]
    assert len(replies) == 10
    for reply in replies:
        assert not [x for x in reply if unicodedata.category(x)[0] in "NS"]
        phonemes = {x for part in voice.phonemize(reply) for x in part}
        assert phonemes <= set(voice.config.phoneme_id_map)
        spoken = sum(len(x.audio_int16_bytes) for x in voice.synthesize(reply))
        assert spoken / 2 / voice.config.sample_rate > 0.03 * len(reply)
