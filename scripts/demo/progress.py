"""Says on standard error what is going on; standard output is for the result."""

import sys
import time


class Progress:
    """Prints one line a step with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def __call__(self, text: str) -> None:
        """Show one step."""
        seconds = time.monotonic() - self._start
        print(f"{seconds:6.1f} s  {text}", file=sys.stderr, flush=True)
