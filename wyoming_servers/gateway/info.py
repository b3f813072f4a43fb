"""Merges what the workers offer into the one Info that clients see."""

from collections.abc import Iterable
from copy import copy

from wyoming.info import AsrProgram, Info, TtsProgram, WakeProgram


def merge(infos: Iterable[Info]) -> Info:
    """Return one Info; programs of the same name become one with all models."""
    asr: dict[str, AsrProgram] = {}
    tts: dict[str, TtsProgram] = {}
    wake: dict[str, WakeProgram] = {}
    for info in infos:
        for hearing in info.asr:
            known = asr.setdefault(hearing.name, copy(hearing))
            if known.models is not hearing.models:
                known.models = [*known.models, *hearing.models]
        for speaking in info.tts:
            voice = tts.setdefault(speaking.name, copy(speaking))
            if voice.voices is not speaking.voices:
                voice.voices = [*voice.voices, *speaking.voices]
        for waking in info.wake:
            wake.setdefault(waking.name, waking)
    return Info(
        asr=list(asr.values()), tts=list(tts.values()), wake=list(wake.values())
    )
