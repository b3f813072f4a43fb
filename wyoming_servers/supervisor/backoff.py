"""When to start a dead worker again, and when to rest. Pure arithmetic."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RestartPolicy:
    """Pauses between starts and the number of deaths that end them."""

    first_seconds: float = 0.5
    """Pause after the second death in a row; after the first there is none."""
    factor: float = 2.0
    longest_seconds: float = 15.0
    give_up_after: int = 6
    """Deaths in a row, without any work done between them."""
    rest_seconds: float = 600.0
    """Pause after giving up, then one more try: memory or a file may be there again."""
    forgotten_after: float = 600.0
    """A worker that lived so long had no part in the deaths before."""

    def pause(self, deaths: int) -> float | None:
        """Return seconds to wait after so many deaths in a row; None to give up."""
        if deaths >= self.give_up_after:
            return None
        if deaths <= 1:
            return 0.0
        pause = self.first_seconds * self.factor ** (deaths - 2)
        return min(pause, self.longest_seconds)
