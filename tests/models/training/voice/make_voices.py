"""Make the test voices: records, learns durations, writes ONNX and JSON.

python make_voices.py --out ../../voice
"""

import argparse
import json
from pathlib import Path

from characters import CHARACTERS, parse, phoneme_id_map
from durations import learn
from graph import build
from inventory import LANGUAGES, Language
from piper.phonemize_espeak import EspeakPhonemizer
from sentences import TRAINING
from speech import RATE
from units import record


def configuration(language: Language) -> dict[str, object]:
    """Compose the voice's `.onnx.json`, as Piper reads it."""
    return {
        "dataset": "jarvis_test",
        "audio": {"sample_rate": RATE, "quality": "x_low"},
        "espeak": {"voice": language.voice},
        "language": {
            "code": language.code,
            "family": language.name,
            "region": language.region,
            "name_native": language.name_native,
            "name_english": language.name_english,
        },
        "inference": {"noise_scale": 0.0, "length_scale": 1.0, "noise_w": 0.0},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": phoneme_id_map(),
        "num_symbols": len(CHARACTERS),
        "num_speakers": 1,
        "speaker_id_map": {},
        "piper_version": "1.0.0",
        "hop_length": 256,
    }


def make(language: Language, folder: Path) -> Path:
    """Make one voice and return the path of its model."""
    texts = TRAINING[language.name]
    phonemizer = EspeakPhonemizer()
    phrases = {
        text: parse(
            language,
            "".join(
                c for part in phonemizer.phonemize(language.voice, text) for c in part
            ),
        )
        for text in texts
    }
    units = record(language, texts)
    durations = learn(language, texts, phrases)
    model = build(language, units, durations)
    path = folder / f"{language.name}.onnx"
    path.write_bytes(model.SerializeToString(deterministic=True))
    text = json.dumps(configuration(language), ensure_ascii=False, indent=1)
    path.with_name(path.name + ".json").write_text(text + "\n", encoding="utf-8")
    print(
        f"{path.name}: {len(units)} units, {path.stat().st_size / 1e6:.2f} MB, "
        f"durations explain {durations.explained:.0%}"
    )
    return path


def main() -> None:
    """Make the voices into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES.values():
        make(language, arguments.out)


if __name__ == "__main__":
    main()
