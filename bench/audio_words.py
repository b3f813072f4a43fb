"""What counts: the test ear's word errors with and without the audio front end.

Sentences are those of the ear's own evaluation, spoken by espeak-ng; noise is half white,
half pink. `--table` prints the result as the table of docs/audio.md instead of rows.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench._audio_lab import (
    RATE,
    ROOT,
    Sound,
    at_level,
    echo_of,
    noise,
    speech,
    through,
)
from wyoming_servers.wire.stages import ECHO, GAIN, HIGH_PASS, NOISE
from wyoming_servers.workers.stt.engine import Engine
from wyoming_servers.workers.stt.options import SttOptions

_TRAINING = ROOT / "tests" / "models" / "training" / "ear"
SPEECH_LEVEL = -26.0
ECHO_LEAD = 5 * RATE
CHAINS: dict[str, tuple[tuple[str, ...], str]] = {
    "off": ((), "auto"),
    "high-pass": ((HIGH_PASS,), "auto"),
    "noise, light": ((NOISE,), "light"),
    "noise, full": ((NOISE,), "livekit"),
    "gain": ((GAIN,), "auto"),
    "high-pass, noise, gain": ((HIGH_PASS, NOISE, GAIN), "auto"),
    "echo": ((ECHO,), "auto"),
    "all": ((HIGH_PASS, ECHO, NOISE, GAIN), "auto"),
}


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence with its clean sound."""

    language: str
    text: str
    sound: Sound


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A sentence as a microphone hears it."""

    heard: Sound
    played: Sound | None = None
    lead: int = 0
    """Samples before the utterance, heard by the front end and not by the ear."""


def sentences(count: int) -> list[Sentence]:
    """Return as many sentences of each language."""
    sys.path.insert(0, str(_TRAINING))
    import corpus  # type: ignore[import-not-found]  # noqa: PLC0415 - of the training
    import speech as voices  # type: ignore[import-not-found]  # noqa: PLC0415

    made = []
    for language, voice in (("fr", "fr"), ("en", "en-us")):
        for item in corpus.evaluation(count, language):
            sound = voices.say(item.spoken[0], corpus.Voice(name=voice))
            padded = np.pad(at_level(sound, SPEECH_LEVEL, active=True), RATE // 2)
            made.append(Sentence(language=language, text=item.texts[0], sound=padded))
    return made


def in_quiet(sound: Sound, _: int) -> Scene:
    return Scene(heard=sound)


def quietly(sound: Sound, _: int) -> Scene:
    return Scene(heard=at_level(sound, -45.0, active=True))


def in_noise(ratio: float) -> Callable[[Sound, int], Scene]:
    def scene(sound: Sound, index: int) -> Scene:
        kind = ("white", "pink")[index % 2]
        lead = RATE
        hiss = noise(kind, len(sound) + lead, seed=index)
        heard = np.pad(sound, (lead, 0)) + at_level(hiss, SPEECH_LEVEL - ratio)
        return Scene(heard=heard.astype(np.float32), lead=lead)

    return scene


def in_echo(lead: int) -> Callable[[Sound, int], Scene]:
    def scene(sound: Sound, index: int) -> Scene:
        voice = ("en-gb+m3", "fr+m1")[index % 2]
        played = at_level(speech(10.0, voice), -20.0)
        played = np.roll(played, index * 1777)
        played = np.resize(played, len(sound) + lead)
        # The loudspeaker is as loud at the microphone as the person.
        echo = at_level(echo_of(played), SPEECH_LEVEL, active=True)
        hiss = at_level(noise("pink", len(echo), seed=index), -60.0)
        heard = np.pad(sound, (lead, 0)) + echo + hiss
        return Scene(heard=heard.astype(np.float32), played=played, lead=lead)

    return scene


SCENES: dict[str, Callable[[Sound, int], Scene]] = {
    "quiet": in_quiet,
    "soft speech (-45 dBFS)": quietly,
    "noise 20 dB": in_noise(20.0),
    "noise 10 dB": in_noise(10.0),
    "noise 5 dB": in_noise(5.0),
    "noise 0 dB": in_noise(0.0),
    "echo, from the start": in_echo(0),
    "echo, 5 s before": in_echo(ECHO_LEAD),
}


def word_errors(ear: Engine, chain: str, scene: str, given: list[Sentence]) -> float:
    """Return the word error rate in percent."""
    from evaluate import errors, tokens_of  # type: ignore[import-not-found]  # noqa: PLC0415

    stages, engine = CHAINS[chain]
    wrong = total = 0
    for index, sentence in enumerate(given):
        made = SCENES[scene](sentence.sound, index)
        played = made.played if ECHO in stages else None
        clean = through(made.heard, *stages, engine=engine, played=played)
        # The ear gets half a second of what was before, as the satellite would send it.
        begin = max(0, made.lead - RATE // 2) if made.lead else 0
        heard = ear.hear(clean[begin:], language=sentence.language)
        reference = tokens_of(sentence.text)
        wrong += errors(reference, tokens_of(heard.text))
        total += len(reference)
    return 100 * wrong / total


def main() -> None:
    """Measure every chain in every scene that it has to do with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ear", type=Path, default=ROOT / "tests" / "models" / "ear")
    parser.add_argument("--count", type=int, default=40, help="sentences a language")
    parser.add_argument("--full-window", action="store_true", help="ten times slower")
    parser.add_argument("--table", action="store_true")
    known = parser.parse_args()
    if not (known.ear / "model.bin").is_file():
        sys.exit(f"There is no speech model in {known.ear}; name one with --ear.")
    options = SttOptions(beam_size=1, threads=1, short_window=not known.full_window)
    ear = Engine(known.ear, options)
    given = sentences(known.count)
    rates: dict[tuple[str, str], float] = {}
    for scene in SCENES:
        for chain, (stages, _) in CHAINS.items():
            if ECHO in stages and not scene.startswith("echo"):
                continue
            rate = rates[chain, scene] = word_errors(ear, chain, scene, given)
            row = {
                "name": f"word errors, {scene}, {chain}",
                "value": round(rate, 2),
                "unit": "%",
                "peer": "no front end",
                "peer_value": round(rates["off", scene], 2),
                "ratio": round(rate / rates["off", scene], 3)
                if rates["off", scene]
                else None,
                "n": len(given),
                "target": None,
                "met": None,
            }
            if not known.table:
                print(json.dumps(row), flush=True)
    if known.table:
        print("| | " + " | ".join(CHAINS) + " |")
        print("|---" * (len(CHAINS) + 1) + "|")
        for scene in SCENES:
            cells = (rates.get((chain, scene)) for chain in CHAINS)
            shown = ("–" if rate is None else f"{rate:.1f}" for rate in cells)
            print(f"| {scene} | {' | '.join(shown)} |")


if __name__ == "__main__":
    main()
