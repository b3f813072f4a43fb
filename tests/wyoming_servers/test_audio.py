"""Sound conversion against closed forms: sines in, sines out."""

import tracemalloc

import numpy as np
import pytest

from wyoming_servers.audio import Converter
from wyoming_servers.wire.pcm import AudioFormat

RATES = [8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000]


def pcm(values: np.ndarray, width: int) -> bytes:
    """Encode floats in [-1, 1] as little-endian PCM."""
    full = 2.0 ** (8 * width - 1) - 1
    whole = np.round(values * full).astype(np.int64)
    if width == 1:
        return (whole + 128).astype(np.uint8).tobytes()
    raw = whole.astype("<i8").view(np.uint8).reshape(-1, 8)
    return raw[:, :width].tobytes()


def convert(raw: bytes, source: AudioFormat, steps: list[int]) -> np.ndarray:
    converter = Converter(source)
    pieces, at = [], 0
    for step in steps:
        pieces.append(converter.feed(raw[at : at + step]))
        at += step
    pieces += [converter.feed(raw[at:]), converter.finish()]
    return np.concatenate(pieces)


def decibels(values: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(values**2)) + 1e-12))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("rate", RATES)
def test_a_sine_stays_a_sine(rate: int, width: int, channels: int) -> None:
    seconds, pitch = 0.5, 1000.0
    time = np.arange(int(rate * seconds)) / rate
    wave = np.repeat(0.5 * np.sin(2 * np.pi * pitch * time), channels)
    source = AudioFormat(rate=rate, width=width, channels=channels)
    found = convert(pcm(wave, width), source, [])
    assert found.dtype == np.float32
    assert len(found) == pytest.approx(seconds * 16_000, abs=1)
    wanted = 0.5 * np.sin(2 * np.pi * pitch * np.arange(len(found)) / 16_000)
    error = decibels((found - wanted)[400:-400])
    assert error < (-40 if width == 1 else -80)


@pytest.mark.parametrize("rate", [r for r in RATES if r > 16_000])
def test_what_16_khz_cannot_hold_is_gone_and_not_folded(rate: int) -> None:
    time = np.arange(rate) / rate
    wave = 0.5 * np.sin(2 * np.pi * min(9_500.0, 0.45 * rate) * time)
    source = AudioFormat(rate=rate, width=2, channels=1)
    assert decibels(convert(pcm(wave, 2), source, [])[400:-400]) < -80


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
def test_the_cut_into_chunks_does_not_matter(rate: int) -> None:
    random = np.random.default_rng(rate)
    raw = pcm(random.uniform(-0.9, 0.9, 2 * rate), 3)
    source = AudioFormat(rate=rate, width=3, channels=2)
    steps = random.integers(1, 4000, 40).tolist()
    whole, cut = convert(raw, source, []), convert(raw, source, steps)
    assert whole.shape == cut.shape
    assert np.abs(whole - cut).max() < 1e-6


def test_the_channels_are_averaged() -> None:
    both = np.array([0.5, -0.5, 0.5, 0.25])
    source = AudioFormat(rate=16_000, width=4, channels=2)
    assert convert(pcm(both, 4), source, [3]) == pytest.approx([0.0, 0.375], abs=1e-6)


def test_half_a_frame_at_the_end_is_dropped() -> None:
    source = AudioFormat(rate=16_000, width=2, channels=2)
    assert len(convert(bytes(4 * 10 + 3), source, [1, 1])) == 10


def test_nothing_gives_nothing() -> None:
    for rate in RATES:
        source = AudioFormat(rate=rate, width=2, channels=1)
        assert len(convert(b"", source, [])) == 0


@pytest.mark.parametrize("rate", [8_001, 22_051, 44_099, 47_999])
def test_odd_rates_sound_the_same(rate: int) -> None:
    wave = 0.5 * np.sin(2 * np.pi * 1000.0 * np.arange(rate) / rate)
    found = convert(pcm(wave, 2), AudioFormat(rate=rate, width=2, channels=1), [])
    wanted = 0.5 * np.sin(2 * np.pi * 1000.0 * np.arange(len(found)) / 16_000)
    assert decibels((found - wanted)[400:-400]) < -60


def test_neither_size_nor_number_of_rates_takes_much_memory() -> None:
    tracemalloc.start()
    try:
        for rate in range(47_900, 48_000, 5):
            source = AudioFormat(rate=rate, width=2, channels=1)
            assert len(convert(bytes(rate), source, []))
        minute = AudioFormat(rate=8_000, width=2, channels=1)
        assert len(convert(bytes(2 * 60 * 8_000), minute, [])) == 60 * 16_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Nine tables of filters and the sound itself; it was a gigabyte.
    assert most < 64 * 1024 * 1024
