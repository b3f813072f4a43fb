"""Wake words: hits by level and noise, and false wakes an hour.

Speech comes from espeak-ng and from the test voices; no person and no model of a person
speaks here, so that the hits are those of synthetic voices that the models were not
trained on. False wakes are counted over `--hours` of generated speech and noise that hold
no wake word.
"""

import argparse
import itertools
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench._audio_lab import RATE, TEXTS, Sound, at_level, level, noise, say
from wyoming_servers.audio import Converter
from wyoming_servers.wire.pcm import AudioFormat
from wyoming_servers.workers.wake.catalogue import find_models
from wyoming_servers.workers.wake.detector import Detector
from wyoming_servers.workers.wake.options import WakeOptions

VOICES = Path(__file__).parents[1] / "tests" / "models" / "voice"
MODELS = find_models(WakeOptions())
WORDS = {
    "hey_jarvis": "Hey Jarvis",
    "okay_nabu": "Okay Nabu",
    "hey_mycroft": "Hey Mycroft",
    "alexa": "Alexa",
}
SPEAKERS = [
    f"en-us+{variant}"
    for variant in ("f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m7")
]
SPEEDS = (110, 140, 170)
PITCHES = (35, 50, 70)
LOW = 0.5
"""A threshold below that of every model, to show what a lower one gives and costs."""
HARD = (
    "Hey Jack, is the car fixed?",
    "Harvest time is here again.",
    "They serve us well every day.",
    "Jars of marmalade are in the cellar.",
    "The service was okay, I knew about it.",
    "Alex asked a question about the microphone.",
)


def report(name: str, value: float, unit: str, n: int) -> None:
    """Print one row."""
    row: dict[str, object] = {"name": name, "value": round(value, 3), "unit": unit}
    row |= {"peer": None, "peer_value": None, "ratio": None, "n": n}
    row |= {"target": None, "met": None}
    print(json.dumps(row), flush=True)


def detections(sound: Sound, *names: str, threshold: float | None = None) -> list[str]:
    """Return the words that are heard in the sound."""
    detector = Detector(
        [MODELS[name] for name in names], threshold=threshold, refractory_seconds=2.0
    )
    found = [heard.name for heard in detector.feed(sound)]
    detector.close()
    return found


def spoken(word: str) -> list[Sound]:
    """Return the word by every synthetic speaker, at -23 dBFS with silence around."""
    made = []
    for voice, speed, pitch in itertools.product(SPEAKERS, SPEEDS, PITCHES):
        sound = say(WORDS[word], voice, speed, pitch)
        made.append(np.pad(at_level(sound, -23.0), RATE))
    return made


def by_test_voice(word: str) -> list[Sound]:
    """Return the word by the English test voice at three paces, if it is here."""
    file = VOICES / "en.onnx"
    if not file.is_file():
        return []
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 - optional

    voice = PiperVoice.load(file)
    made = []
    for pace in (0.85, 1.0, 1.2):
        config = SynthesisConfig(length_scale=pace)
        pieces = voice.synthesize(WORDS[word], syn_config=config)
        pcm = b"".join(piece.audio_int16_bytes for piece in pieces)
        source = AudioFormat(rate=voice.config.sample_rate, width=2, channels=1)
        converter = Converter(source)
        sound = np.concatenate((converter.feed(pcm), converter.finish()))
        made.append(np.pad(at_level(sound, -23.0), RATE))
    return made


def mixed(sound: Sound, kind: str, ratio: float, seed: int) -> Sound:
    """Return the word with noise `ratio` dB below the speech."""
    middle = sound[RATE:-RATE]
    hiss = at_level(noise(kind, len(sound), seed), level(middle) - ratio)
    return (sound + hiss).astype(np.float32)


def hits() -> None:
    """Count how many of the spoken words are heard."""
    for word in WORDS:
        clean = spoken(word)
        heard = sum(word in detections(sound, word) for sound in clean)
        report(f"hits, {word}, espeak-ng", 100 * heard / len(clean), "%", len(clean))
        lower = sum(word in detections(s, word, threshold=LOW) for s in clean)
        report(
            f"hits, {word}, espeak-ng, threshold {LOW}",
            100 * lower / len(clean),
            "%",
            len(clean),
        )
        if own := by_test_voice(word):
            heard = sum(word in detections(sound, word) for sound in own)
            report(f"hits, {word}, test voice", 100 * heard / len(own), "%", len(own))
        # What noise and level take away is shown on the words that are heard without.
        known = [sound for sound in clean if word in detections(sound, word)]
        for decibels in (-20, -30, -40):
            change = np.float32(10 ** ((decibels + 23) / 20))
            kept = sum(word in detections(sound * change, word) for sound in known)
            report_kept(f"{word} at {decibels} dBFS", kept, len(known))
        for kind, ratio in itertools.product(("white", "pink"), (20, 10, 5, 0)):
            kept = sum(
                word in detections(mixed(sound, kind, ratio, seed), word)
                for seed, sound in enumerate(known)
            )
            report_kept(f"{word} over {kind} noise, {ratio} dB", kept, len(known))


def report_kept(name: str, kept: int, count: int) -> None:
    """Print the share of the words heard in silence that are still heard."""
    if count:
        report(f"still heard, {name}", 100 * kept / count, "%", count)


FRENCH = (
    "Demain matin il fera beau, avec quelques nuages dans l'après-midi.",
    "N'oublie pas d'arroser les plantes du salon et de la cuisine.",
    "J'arrive bientôt, je vais chercher du pain et du fromage.",
    "Le service de ce restaurant est vraiment très bon.",
)
KINDS = {
    "English talk": ("en-us", TEXTS),
    "look-alikes": ("en-us", HARD),
    "French talk": ("fr", FRENCH),
}


def pieces(seconds: float) -> Iterator[tuple[str, Sound]]:
    """Yield so much sound without a wake word: talk in two languages, and noise."""
    chance = random.Random(4)
    variants = ("", "+f1", "+f2", "+f3", "+f4", "+m1", "+m2", "+m3", "+m7")
    done = 0.0
    while done < seconds:
        if chance.random() < 0.15:
            loud = noise(
                chance.choice(("white", "pink")), 5 * RATE, chance.randrange(9999)
            )
            kind, sound = "noise", at_level(loud, chance.uniform(-40, -15))
        else:
            kind = chance.choice(list(KINDS))
            language, texts = KINDS[kind]
            voice = language + chance.choice(variants)
            speed = chance.choice((130, 150, 170, 190))
            spoken = np.pad(say(chance.choice(texts), voice, speed), RATE // 4)
            sound = at_level(spoken, chance.uniform(-40, -18))
            hiss = noise(
                chance.choice(("white", "pink")), len(sound), chance.randrange(9999)
            )
            sound = sound + at_level(hiss, chance.uniform(-70, -30))
        done += len(sound) / RATE
        yield kind, sound.astype(np.float32)


def false_wakes(hours: float) -> None:
    """Count the words that nobody said, at the models' own thresholds and at a low one."""
    bounds: dict[str, float | None] = {"": None, f", threshold {LOW}": LOW}
    detectors = {
        name: Detector(
            [MODELS[word] for word in WORDS], threshold=bound, refractory_seconds=2.0
        )
        for name, bound in bounds.items()
    }
    found: Counter[tuple[str, str, str]] = Counter()
    lengths: Counter[str] = Counter()
    busy = 0.0
    for kind, sound in pieces(hours * 3600):
        lengths[kind] += len(sound)
        for name, detector in detectors.items():
            began = time.process_time()
            found.update((heard.name, name, kind) for heard in detector.feed(sound))
            busy += time.process_time() - began
    total = lengths.total() / RATE
    for name, word in itertools.product(bounds, WORDS):
        count = sum(found[word, name, kind] for kind in lengths)
        rate = count / (total / 3600)
        report(f"false wakes an hour, {word}{name}", rate, "1/h", round(total / 60))
        for kind, length in lengths.items():
            if found[word, name, kind]:
                rate = found[word, name, kind] / (length / RATE / 3600)
                minutes = round(length / RATE / 60)
                label = f"false wakes an hour, {word}{name}, {kind} alone"
                report(label, rate, "1/h", minutes)
    share = 100 * busy / len(detectors) / total
    report("share of a core, four words, one stream", share, "%", round(total / 60))


def main() -> None:
    """Measure hits, then false wakes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--hours", type=float, default=2.0, help="of sound without words"
    )
    given = parser.parse_args()
    hits()
    false_wakes(given.hours)


if __name__ == "__main__":
    main()
