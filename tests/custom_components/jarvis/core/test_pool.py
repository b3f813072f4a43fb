"""Ranks, rests and returns."""

import pytest

from custom_components.jarvis.core.errors import (
    NodeBusyError,
    NodeUnreachableError,
    NoSpeechError,
    PoolEmptyError,
)
from custom_components.jarvis.core.health import Breaker
from custom_components.jarvis.core.pool import Pool


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pool(clock: Clock) -> Pool[str]:
    return Pool(["a", "b"], breaker=lambda: Breaker(clock=clock))


async def echo(member: str) -> str:
    return member


async def test_prefers_the_first(pool: Pool[str]) -> None:
    assert await pool.run(echo) == "a"


async def test_raises_the_preferred_members_error(pool: Pool[str]) -> None:
    async def fail(member: str) -> str:
        raise NodeBusyError if member == "a" else NodeUnreachableError

    with pytest.raises(NodeBusyError):
        await pool.run(fail)


async def test_fatal_errors_are_not_tried_elsewhere(pool: Pool[str]) -> None:
    tried = []

    async def fail(member: str) -> str:
        tried.append(member)
        raise NoSpeechError

    with pytest.raises(NoSpeechError):
        await pool.run(fail, fatal=(NoSpeechError,))
    assert tried == ["a"]


async def test_empty() -> None:
    with pytest.raises(PoolEmptyError):
        await Pool[str]().run(echo)


async def test_rests_after_failures_in_a_row_and_longer_each_time(
    pool: Pool[str], clock: Clock
) -> None:
    pool.failed("a", NodeUnreachableError())
    assert pool.ranked() == ["a", "b"]
    pool.failed("a", NodeUnreachableError())
    assert pool.ranked() == ["b", "a"]
    clock.now += 15
    assert pool.ranked() == ["a", "b"]
    pool.failed("a", NodeUnreachableError())
    clock.now += 29
    assert pool.ranked() == ["b", "a"]
    clock.now += 1
    assert pool.ranked() == ["a", "b"]


async def test_all_resting_are_tried_all_the_same(pool: Pool[str]) -> None:
    for member in ("a", "a", "b", "b"):
        pool.failed(member, NodeUnreachableError())
    assert await pool.run(echo) == "a"
    assert pool.breaker("a").failures == 0


def test_breaker_of_a_stranger(pool: Pool[str]) -> None:
    with pytest.raises(KeyError):
        pool.breaker("c")
