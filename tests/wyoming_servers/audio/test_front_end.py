"""The front end does to sound what its stages promise."""

import numpy as np
import pytest

from bench._audio_lab import (
    MONO,
    RATE,
    STEREO,
    active_level,
    at_level,
    distortion,
    echo_of,
    level,
    noise,
    pcm16,
    speech,
    through,
)
from wyoming_servers.audio import FrontEnd, make_stages
from wyoming_servers.audio.ring import FRAME, FrameRing
from wyoming_servers.audio.stages import FullStages
from wyoming_servers.wire.pcm import AudioFormat
from wyoming_servers.wire.stages import ECHO, GAIN, HIGH_PASS, NOISE, STAGES

ENGINES = ["light", "livekit"]


def hum(hertz: float, seconds: float = 3.0) -> np.ndarray:
    time = np.arange(int(seconds * RATE)) / RATE
    return (0.1 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def test_the_library_works_on_the_rings_memory_in_place() -> None:
    ring = FrameRing()
    stages = FullStages(frozenset({HIGH_PASS}))
    changed = 0
    for _ in range(20):
        ring.write(hum(20.0, 0.01))
        frame = ring.take()
        assert frame is not None
        before = ring._memory.copy()
        stages.process(frame, None)
        changed += int((ring._memory != before).sum())
        outside = np.ones(len(before), bool)
        at = int(np.flatnonzero(before != ring._memory)[0]) if changed else 0
        outside[at // FRAME * FRAME : at // FRAME * FRAME + FRAME] = False
        np.testing.assert_array_equal(ring._memory[outside], before[outside])
    assert changed > 10 * FRAME


@pytest.mark.parametrize("stages", [(), (ECHO,)])
def test_without_stages_every_sample_comes_through(stages: tuple[str, ...]) -> None:
    sound = speech(1.0)
    front_end = FrontEnd(MONO, frozenset(stages))
    pcm = pcm16(sound)
    out = [front_end.feed(pcm[at : at + 777]) for at in range(0, len(pcm), 777)]
    out.append(front_end.finish())
    np.testing.assert_allclose(np.concatenate(out), sound, atol=1 / 32768)
    # An echo canceller without a reference is none, and does not count as one.
    assert front_end.worked == []


@pytest.mark.parametrize("seconds", [0.001, 0.0101, 0.5, 3.3339])
@pytest.mark.parametrize("engine", ENGINES)
def test_no_sample_is_lost_or_added(engine: str, seconds: float) -> None:
    sound = speech(seconds)
    assert len(through(sound, NOISE, engine=engine)) == len(sound)


@pytest.mark.parametrize("engine", ENGINES)
def test_high_pass(engine: str) -> None:
    late = slice(RATE, None)
    low, high = hum(30.0), hum(440.0)
    assert level(through(low, HIGH_PASS, engine=engine)[late]) < level(low) - 12
    kept = level(through(high, HIGH_PASS, engine=engine)[late])
    assert kept == pytest.approx(level(high), abs=1.0)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["white", "pink"])
def test_noise_goes_and_speech_stays(engine: str, kind: str) -> None:
    clean = at_level(speech(6.0), -20.0, active=True)
    quiet = np.concatenate((np.zeros(3 * RATE, np.float32), clean))
    mixed = quiet + at_level(noise(kind, len(quiet)), level(clean) - 10.0)
    out = through(mixed.astype(np.float32), NOISE, engine=engine)
    still = slice(2 * RATE, 3 * RATE)
    assert level(out[still]) < level(mixed[still]) - 10
    speaking = slice(3 * RATE, None)
    assert distortion(clean, out[speaking]) > distortion(clean, mixed[speaking])


@pytest.mark.parametrize("given", [-50.0, -35.0, -20.0])
def test_gain(given: float) -> None:
    spoken = at_level(speech(20.0), given, active=True)
    out = through(spoken, GAIN)
    assert active_level(out[15 * RATE :]) == pytest.approx(-22.0, abs=2.0)


def test_echo_goes_with_a_second_channel_and_stays_without() -> None:
    played = at_level(speech(9.0), -20.0)
    heard = echo_of(played)
    after = slice(5 * RATE, None)
    out = through(heard, ECHO, played=played)
    assert level(out[after]) < level(heard[after]) - 30
    alone = through(heard, ECHO)
    assert level(alone[after]) == pytest.approx(level(heard[after]), abs=0.1)


def test_an_announced_reference_does_what_a_second_channel_does() -> None:
    played = at_level(speech(6.0), -20.0)
    heard = echo_of(played)
    front_end = FrontEnd(MONO, frozenset({ECHO}), referenced=True)
    assert front_end.worked == [ECHO]
    near, far = pcm16(heard), pcm16(played)
    parts = []
    for at in range(0, len(near), 2000):
        front_end.reference(far[at : at + 2000])
        parts.append(front_end.feed(near[at : at + 2000]))
    out = np.concatenate((*parts, front_end.finish()))
    stereo = through(heard, ECHO, played=played)
    assert level(out[4 * RATE :]) < level(heard[4 * RATE :]) - 25
    assert level(stereo[4 * RATE :]) < level(heard[4 * RATE :]) - 25


def test_a_reference_that_comes_late_stays_beside_the_microphone() -> None:
    played = at_level(speech(8.0), -20.0)
    heard = echo_of(played)
    front_end = FrontEnd(MONO, frozenset({ECHO}), referenced=True)
    near, far = pcm16(heard), pcm16(played)
    step = RATE // 5 * 2
    parts = []
    for number, at in enumerate(range(0, len(near), step)):
        # The third piece of the reference is one piece too late.
        if number != 2:
            front_end.reference(far[at - step * (number == 3) : at + step])
        parts.append(front_end.feed(near[at : at + step]))
    out = np.concatenate(parts)
    assert level(out[5 * RATE :]) < level(heard[5 * RATE :]) - 25


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_format(rate: int, width: int, channels: int) -> None:
    source = AudioFormat(rate=rate, width=width, channels=channels)
    front_end = FrontEnd(source, frozenset(STAGES))
    pcm = np.random.default_rng(2).bytes(rate // 2 * source.frame_bytes)
    out = [front_end.feed(pcm[at : at + 1001]) for at in range(0, len(pcm), 1001)]
    out.append(front_end.finish())
    samples = np.concatenate(out)
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(RATE / 2, abs=1)
    assert np.abs(samples).max() <= 1.0
    assert (ECHO in front_end.worked) == (channels == 2)


def test_the_stereo_channels_are_not_mixed() -> None:
    """With a reference the microphone is the first channel alone."""
    front_end = FrontEnd(STEREO, frozenset({ECHO}))
    silence = np.zeros(RATE, np.float32)
    out = front_end.feed(pcm16(silence, noise("white", RATE)))
    # The canceller fills in a comfort noise of a bit or two.
    assert level(out) < -60


def test_what_an_engine_cannot_do_is_an_error() -> None:
    with pytest.raises(ValueError, match="light"):
        make_stages(frozenset({GAIN}), "light")
    with pytest.raises(ValueError, match="livekit"):
        make_stages(frozenset({NOISE}), "magic")
