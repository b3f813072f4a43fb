"""Health of one pool member: a breaker that opens after consecutive failures."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Breaker:
    """Counts failures in a row and says when a member should be left alone.

    After `threshold` failures the member rests for `cool_down` seconds, doubled with
    each further failure up to `max_cool_down`; then one trial is let through.
    """

    threshold: int = 2
    cool_down: float = 15.0
    max_cool_down: float = 300.0
    clock: Callable[[], float] = time.monotonic
    failures: int = field(default=0, init=False)
    error: BaseException | None = field(default=None, init=False)
    """The last failure since the last success."""
    _rest_until: float = field(default=0.0, init=False)

    @property
    def resting(self) -> bool:
        """True while the member should be left alone."""
        return self.failures >= self.threshold and self.clock() < self._rest_until

    @property
    def last_error(self) -> str:
        """What the last failure was, empty for none."""
        return f"{type(self.error).__name__}: {self.error}" if self.error else ""

    def success(self) -> None:
        """Forget all failures."""
        self.failures = 0
        self.error = None

    def failure(self, error: BaseException) -> None:
        """Count one failure and, from the threshold on, start a rest."""
        self.failures += 1
        self.error = error
        beyond = self.failures - self.threshold
        if beyond >= 0:
            rest = min(self.cool_down * 2.0 ** min(beyond, 16), self.max_cool_down)
            self._rest_until = self.clock() + rest
