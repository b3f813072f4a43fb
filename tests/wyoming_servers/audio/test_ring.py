"""The ring: frames are views of one memory, in order, never torn."""

import numpy as np
import pytest

from wyoming_servers.audio.ring import FRAME, FrameRing


def ramp(start: int, count: int) -> np.ndarray:
    """Return samples whose int16 values count up."""
    return ((np.arange(start, start + count) % 30_000) / 32768).astype(np.float32)


def test_frames_are_views_of_the_rings_own_memory() -> None:
    ring = FrameRing(4)
    ring.write(ramp(0, 3 * FRAME))
    frames = [ring.take() for _ in range(3)]
    for frame in frames:
        assert frame is not None
        assert np.shares_memory(frame, ring._memory)
        assert frame.flags.c_contiguous
        assert frame.flags.writeable
    first, second, _ = frames
    assert first is not None
    assert second is not None
    assert not np.shares_memory(first, second)
    # What a stage writes is what stays: nothing was copied on the way out.
    first[:] = 7
    assert (ring._memory[:FRAME] == 7).all()
    # After a turn the same memory comes round again.
    ring.write(ramp(0, 2 * FRAME))
    assert ring.take() is not None
    again = ring.take()
    assert again is not None
    assert np.shares_memory(again, first)


@pytest.mark.parametrize("seed", range(20))
def test_any_cut_gives_the_same_frames(seed: int) -> None:
    ring = FrameRing(4)
    written = taken = 0
    for size in np.random.default_rng(seed).integers(0, 3 * FRAME, 200):
        count = min(int(size), ring.room)
        ring.write(ramp(written, count))
        written += count
        while (frame := ring.take()) is not None:
            expected = np.arange(taken, taken + FRAME) % 30_000
            np.testing.assert_array_equal(frame, expected)
            taken += FRAME
    assert len(ring) == written - taken < FRAME


def test_loud_sound_is_clipped_and_does_not_wrap() -> None:
    ring = FrameRing(2)
    ring.write(np.array([1.0, -1.0, 2.0, -2.0, 0.5], np.float32))
    assert ring.pad() == FRAME - 5
    frame = ring.take()
    assert frame is not None
    assert frame[:5].tolist() == [32767, -32768, 32767, -32768, 16384]
    assert not frame[5:].any()


def test_no_room_is_an_error() -> None:
    ring = FrameRing(2)
    with pytest.raises(ValueError, match="room for 320"):
        ring.write(np.zeros(321, np.float32))
