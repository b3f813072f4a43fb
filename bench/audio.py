"""The audio front end: time a frame, delay, echo, noise, speech distortion and gain.

Targets without a peer are the project's; what peers do was measured with the same
sounds by the libraries themselves, see docs/audio.md.
"""

import json
import time

import numpy as np

from bench._audio_lab import (
    FRAME,
    RATE,
    Sound,
    active_level,
    at_level,
    delay_of,
    distortion,
    echo_of,
    level,
    noise,
    speech,
    through,
)
from wyoming_servers.audio.ring import FrameRing
from wyoming_servers.audio.stages import make_stages
from wyoming_servers.wire.stages import ECHO, GAIN, HIGH_PASS, NOISE, STAGES


def report(
    name: str,
    value: float,
    unit: str,
    target: float | None = None,
    *,
    below: bool = False,
    peer: str | None = None,
    peer_value: float | None = None,
    n: int = 1,
) -> None:
    """Print one row; `met` says whether the target holds."""
    met = None
    if target is not None:
        met = bool(value <= target if below else value >= target)
    row = {
        "name": name,
        "value": round(float(value), 4),
        "unit": unit,
        "peer": peer,
        "peer_value": peer_value,
        "ratio": round(value / peer_value, 3) if peer_value else None,
        "n": n,
        "target": target,
        "met": met,
    }
    print(json.dumps(row), flush=True)


def frame_times() -> None:
    """Time 10 ms frames one by one, ring included."""
    cases = {
        "all": (frozenset(STAGES), "livekit"),
        "noise and high-pass, full": (frozenset({HIGH_PASS, NOISE}), "livekit"),
        "noise and high-pass, light": (frozenset({HIGH_PASS, NOISE}), "light"),
    }
    near, far = speech(30.0), speech(30.0, "en-gb")
    for name, (wanted, engine) in cases.items():
        stages = make_stages(wanted, engine)
        near_ring, far_ring = FrameRing(), FrameRing()
        times: list[float] = []
        for at in range(0, len(near) - FRAME + 1, FRAME):
            began = time.perf_counter()
            near_ring.write(near[at : at + FRAME])
            far_ring.write(far[at : at + FRAME])
            frame = near_ring.take()
            assert frame is not None
            stages.process(frame, far_ring.take())
            times.append(time.perf_counter() - began)
        label = f"frame, {name}"
        median, late = np.percentile(times, [50, 99]) * 1000
        report(f"{label}, median", median, "ms", n=len(times))
        report(f"{label}, p99", late, "ms", 1.0, below=True, n=len(times))


def delays() -> None:
    """How much later the sound comes out, whole chain, by cross-correlation."""
    given = at_level(speech(10.0), -26.0, active=True)
    played = np.zeros_like(given)
    for name, stages, engine, far in (
        ("high-pass, light", (HIGH_PASS,), "light", None),
        ("noise, light", (NOISE,), "light", None),
        ("noise, full", (NOISE,), "livekit", None),
        ("gain", (GAIN,), "auto", None),
        ("all", STAGES, "auto", played),
    ):
        out = through(given, *stages, engine=engine, played=far)
        report(f"delay, {name}", delay_of(given, out) / RATE * 1000, "ms")


def echoes() -> None:
    """Echo return loss enhancement after 5 s; the far end speaks, the near end is quiet."""
    played = at_level(speech(20.0), -20.0)
    hiss = at_level(noise("pink", len(played)), -60.0)
    after = slice(5 * RATE, None)
    for name, saturated, target in (("", False, 35.0), (", saturated", True, 20.0)):
        heard = echo_of(played, saturated=saturated) + hiss
        for label, stages in (
            ("echo only", (ECHO,)),
            ("without gain", (HIGH_PASS, ECHO, NOISE)),
            ("all", STAGES),
        ):
            out = through(heard, *stages, played=played)
            gone = level(heard[after]) - level(out[after])
            wanted = target if label == "echo only" else None
            report(f"echo return loss{name}, {label}", gone, "dB", wanted)
    heard = echo_of(played) + hiss
    silent = through(heard, ECHO, played=np.zeros_like(played))
    report(
        "echo return loss without a reference",
        level(heard[after]) - level(silent[after]),
        "dB",
    )


def noises() -> None:
    """Noise reduction in a lead-in without speech, and what is left of the speech."""
    lead = 3 * RATE
    clean = at_level(speech(12.0), -20.0, active=True)
    quiet = np.concatenate((np.zeros(lead, np.float32), clean))
    # Measured with these libraries by themselves: the least that the chain may do.
    known = {
        ("light", "white"): 13.6,
        ("light", "pink"): 12.8,
        ("livekit", "white"): 13.6,
        ("livekit", "pink"): 12.7,
    }
    for engine in ("light", "livekit"):
        for kind in ("white", "pink"):
            hiss = at_level(noise(kind, len(quiet)), level(clean) - 10.0)
            mixed = (quiet + hiss).astype(np.float32)
            out = through(mixed, NOISE, engine=engine)
            still = slice(2 * RATE, lead)
            less = level(mixed[still]) - level(out[still])
            report(f"noise reduction, {kind} 10 dB, {engine}", less, "dB", 11.9)
            before = distortion(clean, mixed[lead:])
            after = distortion(clean, out[lead:])
            report(f"speech to distortion, {kind} 10 dB, before", before, "dB")
            report(
                f"speech to distortion, {kind} 10 dB, {engine}",
                after,
                "dB",
                before,
                peer="the library by itself",
                peer_value=known[engine, kind],
            )
        out = through(quiet, NOISE, engine=engine)
        kept = distortion(clean, out[lead:])
        report(f"speech to distortion, clean, {engine}", kept, "dB", 20.0)


def gains() -> None:
    """Levels of speech after the gain stage has settled."""
    for given in (-50.0, -40.0, -30.0, -20.0, -10.0):
        spoken = at_level(speech(30.0), given, active=True)
        out: Sound = through(spoken, GAIN)
        got = active_level(out[20 * RATE :])
        inside = given >= -50.0 and given <= -20.0
        off = abs(got + 22.0)
        report(f"gain, {given:g} dBFS in", got, "dBFS")
        if inside:
            report(f"gain, {given:g} dBFS in, off -22", off, "dB", 2.0, below=True)


def main() -> None:
    """Measure everything."""
    frame_times()
    delays()
    echoes()
    noises()
    gains()


if __name__ == "__main__":
    main()
