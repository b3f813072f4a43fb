"""A ranked list of servers that stand in for each other."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator

from .errors import JarvisError, PoolEmptyError
from .health import Breaker

_LOGGER = logging.getLogger(__name__)


class Pool[M]:
    """Members in the order of preference, each with its breaker.

    A member that rests (see `Breaker`) is tried last rather than never: when all rest,
    trying costs less than silence.
    """

    def __init__(
        self,
        members: Iterable[M] = (),
        *,
        name: Callable[[M], str] = str,
        breaker: Callable[[], Breaker] = Breaker,
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> None:
        self._members = [(member, breaker()) for member in members]
        self._name = name
        self._on_failure = on_failure

    def __len__(self) -> int:
        return len(self._members)

    def __iter__(self) -> Iterator[M]:
        return iter([member for member, _ in self._members])

    def breaker(self, member: M) -> Breaker:
        """Return the breaker of a member.

        Raises KeyError for a stranger.
        """
        for candidate, breaker in self._members:
            if candidate is member:
                return breaker
        raise KeyError(self._name(member))

    def ranked(self) -> list[M]:
        """Return the members in the order in which they should be tried now."""
        awake = [member for member, breaker in self._members if not breaker.resting]
        resting = [member for member, breaker in self._members if breaker.resting]
        return awake + resting

    def succeeded(self, member: M) -> None:
        """Note that a member worked; logged once when it had been down."""
        breaker = self.breaker(member)
        if breaker.failures >= breaker.threshold:
            _LOGGER.info("%s works again", self._name(member))
        breaker.success()

    def failed(self, member: M, error: BaseException) -> None:
        """Note that a member failed; logged once when it goes to rest."""
        breaker = self.breaker(member)
        breaker.failure(error)
        if breaker.failures == breaker.threshold:
            _LOGGER.warning("%s rests: %s", self._name(member), breaker.last_error)
        if self._on_failure:
            self._on_failure(error)

    async def run[T](
        self,
        attempt: Callable[[M], Awaitable[T]],
        *,
        fatal: tuple[type[JarvisError], ...] = (),
    ) -> T:
        """Run `attempt` on one member after the other until one succeeds.

        An error of a `fatal` type lies in the request, not in the member: it is raised
        at once. Raises the first member's error when all failed (the preferred member
        tells the cause best), `PoolEmptyError` when there is none.
        """
        first_error: JarvisError | None = None
        for member in self.ranked():
            try:
                result = await attempt(member)
            except fatal:
                raise
            except JarvisError as err:
                self.failed(member, err)
                first_error = first_error or err
                continue
            self.succeeded(member)
            return result
        raise first_error or PoolEmptyError
