"""Judge the test voices; one JSON object a line.

    python evaluate.py --voices ../../voice
    python evaluate.py --voices ../../voice --ear ../../ear --show

Without ``--ear`` only the comparison with espeak-ng's own speech is made. The ear
is a Whisper model folder for faster-whisper.
"""

import argparse
import json
import math
import re
import sys
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, SupportsFloat

import numpy as np
from inventory import LANGUAGES, Language
from numerals import spelled
from piper import PiperVoice, SynthesisConfig
from sentences import EVALUATION
from spectra import distortion, level, sharpest_step
from speech import RATE, Speaker

COMPARED_RATE = 150


def report(
    name: str,
    value: SupportsFloat,
    unit: str,
    n: int,
    target: float | None,
    *,
    most: bool,
) -> None:
    """Print one figure; `most` says whether the target is an upper limit."""
    figure, met = float(value), None
    if target is not None:
        met = figure <= target if most else figure >= target
    line = {
        "name": name,
        "value": round(figure, 4),
        "unit": unit,
        "n": n,
        "target": target,
        "met": met,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def spoken(voice: PiperVoice, text: str, *, pace: float = 1.0) -> np.ndarray:
    """Speak a text through Piper, without its scaling of the level."""
    settings = SynthesisConfig(length_scale=pace, normalize_audio=False)
    parts = [part.audio_float_array for part in voice.synthesize(text, settings)]
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def words_of(text: str, language: str) -> list[str]:
    """Split into lower-case words; digits are spelled out, hyphens separate."""
    text = unicodedata.normalize("NFC", text.lower()).replace("’", "'")
    percent, hours = (
        (" pour cent", " heures ") if language == "fr" else (" percent", " ")
    )
    text = re.sub(r"(?<=\d)(:|\s*h\b|h(?=\d))", hours, text).replace("%", percent)
    text = re.sub(
        r"\d{1,3}", lambda found: f" {spelled(int(found[0]), language)} ", text
    )
    words = re.findall(r"[^\W_]+'?[^\W_]*", text.replace("-", " "))
    return [_ONE_FORM.get(word, word) for word in words]


_ONE_FORM = {"vingts": "vingt", "cents": "cent", "une": "un"}
"""Spellings of one number that digits can't tell apart."""


def understood(expected: Sequence[str], heard: Sequence[str]) -> int:
    """Count expected words heard in order (longest common subsequence)."""
    row = [0] * (len(heard) + 1)
    for word in expected:
        previous = 0
        for index, other in enumerate(heard, 1):
            above = row[index]
            better = max(row[index], row[index - 1])
            row[index] = previous + 1 if word == other else better
            previous = above
    return row[-1]


def compare(language: Language, voice: PiperVoice) -> None:
    """Report figures against espeak-ng's speech of the same sentences."""
    speaker = Speaker(language.voice, rate=COMPARED_RATE, pitch=language.pitch)
    other_speaker = Speaker(language.voice, rate=170, pitch=60)
    distances, varied, others, lengths, steps, levels = ([] for _ in range(6))
    elapsed = seconds = slower = 0.0
    texts = EVALUATION[language.name]
    for number, text in enumerate(texts):
        begin = time.perf_counter()
        samples = spoken(voice, text)
        elapsed += time.perf_counter() - begin
        seconds += len(samples) / RATE
        slower += len(spoken(voice, text, pace=1.5)) / RATE
        reference = speaker.say(text).samples
        distances.append(distortion(samples, reference))
        varied.append(distortion(other_speaker.say(text).samples, reference))
        others.append(distortion(samples, speaker.say(texts[-1 - number]).samples))
        lengths.append(abs(math.log(_extent(samples) / _extent(reference))))
        steps.append(sharpest_step(samples) / sharpest_step(reference))
        levels.append(level(samples))
    prefix, n = f"voice_{language.name}_", len(texts)
    report(prefix + "distortion", np.mean(distances), "dB", n, None, most=True)
    report(
        prefix + "distortion_espeak_varied", np.mean(varied), "dB", n, None, most=True
    )
    report(prefix + "distortion_other_text", np.mean(others), "dB", n, None, most=True)
    report(prefix + "length_error", np.mean(lengths), "log ratio", n, 0.15, most=True)
    report(prefix + "sharpest_step", np.median(steps), "ratio", n, 2.0, most=True)
    report(prefix + "level", np.mean(levels), "dBFS", n, None, most=True)
    report(prefix + "pace_1.5", slower / seconds, "ratio", n, 1.3, most=False)
    report(prefix + "real_time", elapsed / seconds, "ratio", n, 0.1, most=True)


def _extent(samples: np.ndarray) -> float:
    loud = np.flatnonzero(np.abs(samples) > 0.003)
    return float(loud[-1] - loud[0]) if len(loud) else 1.0


def listen(language: Language, voice: PiperVoice, ear: Any, *, show: bool) -> None:
    """Report the words that the ear understands, of the voice and of espeak-ng."""
    speaker = Speaker(language.voice, rate=COMPARED_RATE, pitch=language.pitch)
    found = {"words": 0, "espeak_words": 0}
    right = total = 0
    texts = EVALUATION[language.name]
    for text in texts:
        expected = words_of(text, language.name)
        total += len(expected)
        own, _ = _heard(ear, spoken(voice, text), language.name)
        _, guessed = _heard(ear, spoken(voice, text), None)
        plain, _ = _heard(ear, speaker.say(text).samples, language.name)
        right += guessed == language.name
        found["words"] += understood(expected, words_of(own, language.name))
        found["espeak_words"] += understood(expected, words_of(plain, language.name))
        if show and words_of(own, language.name) != expected:
            print(f"{text} → {own}", file=sys.stderr)
    prefix = f"voice_{language.name}_"
    report(
        prefix + "words_understood", found["words"] / total, "", total, 0.8, most=False
    )
    report(
        prefix + "espeak_words_understood",
        found["espeak_words"] / total,
        "",
        total,
        None,
        most=False,
    )
    ratio = found["words"] / max(1, found["espeak_words"])
    report(prefix + "words_against_espeak", ratio, "ratio", total, None, most=False)
    n = len(texts)
    report(prefix + "language_right", right / n, "", n, None, most=False)


def _heard(ear: Any, samples: np.ndarray, language: str | None) -> tuple[str, str]:
    peak = max(float(np.abs(samples).max(initial=0.0)), 1e-6)
    silence = np.zeros(RATE // 5)
    padded = np.concatenate([silence, samples * (0.5 / peak), silence])
    segments, info = ear.transcribe(
        padded.astype(np.float32), language=language, beam_size=1, temperature=0.0
    )
    return " ".join(segment.text.strip() for segment in segments), info.language


def main() -> None:
    """Judge the voices in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--ear", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--show", action="store_true", help="print misheard texts")
    arguments = parser.parse_args()
    ear = None
    if arguments.ear:
        from faster_whisper import WhisperModel

        ear = WhisperModel(str(arguments.ear), device="cpu", compute_type="int8")
    for name in arguments.language or LANGUAGES:
        path = arguments.voices / f"{name}.onnx"
        voice = PiperVoice.load(path)
        report(f"voice_{name}_size", path.stat().st_size / 1e6, "MB", 1, 4.0, most=True)
        compare(LANGUAGES[name], voice)
        if ear:
            listen(LANGUAGES[name], voice, ear, show=arguments.show)


if __name__ == "__main__":
    main()
