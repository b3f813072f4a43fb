"""One window of sound through Whisper: encoder once, decoder, and what to think of it."""

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FULL_FRAMES = 3_000
"""Frames (10 ms each) of the window that Whisper was trained on."""

_EXTRA_FRAMES = 100
"""Silence behind the speech in a short window: the model listens for the end."""
_STEP_FRAMES = 50
_TOKENS_A_SECOND = 25
_TOKENS_BESIDES = 32
"""Nobody speaks more tokens a second: a decoder that writes more has lost its way."""
_LONGEST = 448
_COMMAND_TOKENS = 16
_REPEATS = 2.4
"""Compression ratio of text that goes in circles; Whisper's own figure."""
_NO_SPEECH = 0.6
_IMPROBABLE = -1.0
"""Whisper's own figures for silence: no-speech probability, mean log probability."""
_DOUBTFUL = -0.8
type Features = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """Text of one window and the model's own opinion of it."""

    text: str
    language: str
    log_prob: float
    """Mean log probability of the tokens."""
    no_speech: float
    """Probability that nobody speaks."""
    repeats: float
    """Compression ratio of the text."""

    @property
    def silent(self) -> bool:
        """Whisper's rule: nobody spoke, and the text is improbable as well."""
        return self.no_speech > _NO_SPEECH and self.log_prob < _IMPROBABLE

    @property
    def doubtful(self) -> bool:
        """Not good enough to rest on a short window."""
        return (
            not self.text
            or self.repeats > _REPEATS
            or self.log_prob < _DOUBTFUL
            or self.no_speech > _NO_SPEECH
        )


def short_frames(frames: int) -> int:
    """Return the window for so many frames of sound."""
    wanted = frames + _EXTRA_FRAMES
    return min(FULL_FRAMES, -(-wanted // _STEP_FRAMES) * _STEP_FRAMES)


@dataclass(frozen=True, kw_only=True)
class Decoder:
    """Decodes windows with one loaded model (a faster_whisper.WhisperModel)."""

    model: Any
    beam_size: int
    task: str
    initial_prompt: str | None

    def decode(
        self,
        features: Features,
        frames: int,
        *,
        language: str | None,
        among: list[str],
        hotwords: str | None,
    ) -> Decoded:
        """Decode features of shape (mels, n), cut or padded to `frames`.

        The language is found among the given ones when it is None. The encoder runs
        once, also when the language is to be found.
        """
        from faster_whisper.audio import pad_or_trim  # noqa: PLC0415
        from faster_whisper.transcribe import get_suppressed_tokens  # noqa: PLC0415

        encoded = self.model.encode(pad_or_trim(features, frames))
        multilingual = self.model.model.is_multilingual
        if language is None or not multilingual:
            language = self._language(encoded, among) if multilingual else "en"
        tokenizer = self._tokenizer(language)
        seconds = features.shape[-1] / 100
        prompt = self.model.get_prompt(
            tokenizer,
            tokenizer.encode(f" {self.initial_prompt}") if self.initial_prompt else [],
            # With timestamps, as the model was mostly trained: it drops fewer last words.
            without_timestamps=False,
            hotwords=hotwords,
        )
        longest = len(prompt) + _TOKENS_BESIDES + int(seconds * _TOKENS_A_SECOND)
        common = {
            "beam_size": self.beam_size,
            "max_length": min(_LONGEST, longest),
            "return_scores": True,
            "return_no_speech_prob": True,
            "suppress_tokens": list(get_suppressed_tokens(tokenizer, [-1])),
        }
        found = self._generate(encoded, prompt, tokenizer, language, common)
        if found.repeats > _REPEATS:
            # Going in circles: forbid it. Unlike a higher temperature this is no lottery.
            common["no_repeat_ngram_size"] = 3
            found = self._generate(encoded, prompt, tokenizer, language, common)
        return found

    def find_language(self, features: Features, among: list[str]) -> str:
        """Return the likeliest of the given languages of features of shape (mels, n)."""
        from faster_whisper.audio import pad_or_trim  # noqa: PLC0415

        if not self.model.model.is_multilingual:
            return "en"
        encoded = self.model.encode(pad_or_trim(features, FULL_FRAMES))
        return self._language(encoded, among)

    def write(self, features: Features, frames: int, language: str) -> None:
        """Do the work of a short command on features of shape (mels, n).

        As many tokens are written whatever the sound is.
        """
        from faster_whisper.audio import pad_or_trim  # noqa: PLC0415

        tokenizer = self._tokenizer(language)
        prompt = self.model.get_prompt(tokenizer, [])
        self.model.model.generate(
            self.model.encode(pad_or_trim(features, frames)),
            [prompt],
            beam_size=self.beam_size,
            max_length=len(prompt) + _COMMAND_TOKENS,
            suppress_tokens=[tokenizer.eot],
        )

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415

        return Tokenizer(
            self.model.hf_tokenizer,
            self.model.model.is_multilingual,
            task=self.task,
            language=language,
        )

    def _language(self, encoded: Any, among: list[str]) -> str:
        ranked = self.model.model.detect_language(encoded)[0]
        codes = [token[2:-2] for token, _ in ranked]
        chosen: str = next((code for code in codes if code in among), codes[0])
        return chosen

    def _generate(
        self,
        encoded: Any,
        prompt: list[int],
        tokenizer: Any,
        language: str,
        common: dict[str, Any],
    ) -> Decoded:
        result = self.model.model.generate(encoded, [prompt], **common)[0]
        tokens = result.sequences_ids[0]
        text = tokenizer.decode([t for t in tokens if t < tokenizer.eot]).strip()
        raw = text.encode()
        return Decoded(
            text=text,
            language=language,
            log_prob=result.scores[0] * len(tokens) / (len(tokens) + 1),
            no_speech=result.no_speech_prob,
            repeats=len(raw) / len(zlib.compress(raw)) if raw else 0.0,
        )
