"""Measure an exported ear through faster-whisper: one JSON object a line.

Sentences come from the corpus by voice variants that training never drew.
"""

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
import faster_whisper.transcribe
import numpy as np
import speech
from faster_whisper import WhisperModel
from numpy.typing import NDArray

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One recording with its sentence."""

    language: str
    text: str
    prompt: str
    audio: NDArray[np.float32]


def tokens_of(text: str) -> list[str]:
    """Words for the comparison: lower case, no punctuation at word ends."""
    return re.findall(r"[\w%'-]+(?:[.,]\d+)?", text.lower())


def errors(reference: list[str], heard: list[str]) -> int:
    """Word edit distance."""
    row = list(range(len(heard) + 1))
    for i, word in enumerate(reference, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            change = before + (word != other)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, change)
    return row[-1]


def samples(
    count: int,
    snr: Callable[[int], float],
    *,
    texts: set[str] | None = None,
    default_voice: bool = False,
) -> list[Sample]:
    """`count` recordings, half French; `snr(n)` is the noise level of the n-th."""
    made = []
    for language in LANGUAGES:
        drawn = corpus.evaluation(count // 2, language, unseen=texts)
        for n, original in enumerate(drawn):
            item = original
            if default_voice:
                name = {"fr": "fr", "en": "en-us"}[language]
                item = replace(item, voice=corpus.Voice(name=name))
            kind = speech.NOISES[n % len(speech.NOISES)]
            clip = speech.clip(item, snr=snr(n), noise_kind=kind)
            made.append(
                Sample(
                    language=language,
                    text=item.texts[0],
                    prompt=item.prompt,
                    audio=clip.audio,
                )
            )
    return made


class Ear:
    """The exported model and the report."""

    def __init__(self, folder: Path, verbose: bool) -> None:
        self.model = WhisperModel(str(folder), device="cpu", compute_type="int8")
        self.verbose = verbose

    def hear(self, audio: NDArray[np.float32], **options: object) -> str:
        """Return the transcript."""
        segments, _ = self.model.transcribe(audio, **options)
        return " ".join(segment.text.strip() for segment in segments)

    def word_error_rate(
        self,
        name: str,
        clips: list[Sample],
        target: float | None = None,
        *,
        hotwords: bool = False,
        detect: bool = False,
        **options: object,
    ) -> None:
        """Print the word error rate in percent."""
        wrong = total = exact = 0
        for sample in clips:
            heard = self.hear(
                sample.audio,
                language=None if detect else sample.language,
                hotwords=sample.prompt if hotwords else None,
                **options,
            )
            reference = tokens_of(sample.text)
            missed = errors(reference, tokens_of(heard))
            wrong, total = wrong + missed, total + len(reference)
            exact += not missed
            if missed and self.verbose:
                print(f"#  {sample.text} | {heard}")
        rate = 100 * wrong / total
        report(name, rate, "% WER", len(clips), target, below=True)
        report(f"{name}.exact", 100 * exact / len(clips), "%", len(clips))


def report(
    name: str,
    value: float,
    unit: str,
    n: int,
    target: float | None = None,
    *,
    below: bool = False,
) -> None:
    """One line of the result."""
    met = None
    if target is not None:
        met = value <= target if below else value >= target
    line = {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "n": n,
        "target": target,
        "met": met,
    }
    print(json.dumps(line), flush=True)


def languages(ear: Ear, clips: list[Sample]) -> None:
    """Share of clips whose language is recognised."""
    right = sum(
        ear.model.detect_language(sample.audio)[0] == sample.language
        for sample in clips
    )
    report("language", 100 * right / len(clips), "%", len(clips), 98)


def silence(ear: Ear, count: int) -> None:
    """Share of speechless clips that give no text."""
    rng = np.random.default_rng(5)
    quiet = 0
    for n in range(count):
        length = int(speech.RATE * rng.uniform(0.5, 6))
        kind = ("white", "pink", "brown", "hum", "clicks", "zero")[n % 6]
        audio = np.zeros(length, np.float32)
        if kind != "zero":
            audio = speech.noise(kind, length, rng) * 10 ** rng.uniform(-4, -1)
        heard = ear.hear(audio.astype(np.float32), language=LANGUAGES[n % 2])
        quiet += not heard
        if heard and ear.verbose:
            print(f"#  [{kind}] {heard}")
    report("no_speech", 100 * quiet / count, "% silent", count, 95)


def short_window(ear: Ear, clips: list[Sample]) -> None:
    """Measure with features padded to 1000 frames only."""
    plain = faster_whisper.transcribe.pad_or_trim
    faster_whisper.transcribe.pad_or_trim = lambda array: plain(array, 1000)
    try:
        ear.word_error_rate("window_1000", clips, 5, beam_size=1)
    finally:
        faster_whisper.transcribe.pad_or_trim = plain


def long_clips(ear: Ear, count: int) -> None:
    """Measure two sentences in one recording."""
    made = []
    for language in LANGUAGES:
        items = corpus.evaluation(count, language, seed=77)
        for first, second in zip(items[::2], items[1::2], strict=True):
            joined = replace(
                first,
                texts=first.texts + second.texts,
                spoken=first.spoken + second.spoken,
            )
            clip = speech.clip(joined, snr=30)
            text = " ".join(joined.texts[: len(clip.spans)])
            made.append(
                Sample(language=language, text=text, prompt="", audio=clip.audio)
            )
    ear.word_error_rate("two_sentences", made, 8, beam_size=1)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="exported folder")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--quick", action="store_true", help="only the main figure")
    parser.add_argument("--unseen", type=Path, nargs="*", help="training shards")
    parser.add_argument("--verbose", action="store_true", help="print the mistakes")
    args = parser.parse_args()
    ear = Ear(args.model, args.verbose)
    count = args.count

    def clean(n: int) -> float:
        return (99.0, 30.0, 25.0, 20.0)[n % 4]

    main_clips = samples(count, clean)
    ear.word_error_rate("held_out", main_clips, 5, beam_size=1)
    languages(ear, main_clips)
    if args.quick:
        return
    ear.word_error_rate("held_out.beam5", main_clips, 5, beam_size=5)
    ear.word_error_rate("held_out.detected", main_clips, 5, beam_size=1, detect=True)
    ear.word_error_rate("held_out.hotwords", main_clips, 5, beam_size=1, hotwords=True)
    ear.word_error_rate(
        "held_out.no_timestamps",
        main_clips,
        5,
        beam_size=1,
        without_timestamps=True,
    )
    short_window(ear, main_clips)
    plain = samples(count, lambda n: 99.0, default_voice=True)
    ear.word_error_rate("default_voice", plain, 1, beam_size=1)
    for level in (20, 10, 5, 0):
        noisy = samples(count, lambda n, level=level: float(level))
        ear.word_error_rate(f"snr_{level}", noisy, beam_size=1)
    if args.unseen:
        texts = set()
        for folder in args.unseen:
            for path in folder.glob("*.json"):
                for entry in json.loads(path.read_text(encoding="utf-8")):
                    texts.update(entry["texts"])
        novel = samples(count, clean, texts=texts)
        ear.word_error_rate("unseen_sentences", novel, 5, beam_size=1)
    long_clips(ear, count // 8 * 2)
    silence(ear, 60)
    size = sum(path.stat().st_size for path in args.model.iterdir())
    report("folder", size / 1e6, "MB", 1, 12, below=True)


if __name__ == "__main__":
    main()
