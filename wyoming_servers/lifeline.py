"""Ends a process whose parent is gone."""

import contextlib
import os
import threading


def end_with_parent() -> None:
    """End this process when its standard input closes: its parent is gone.

    A thread, because it must work also while the main one is stuck.
    """

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1024):
                pass
        os._exit(0)

    threading.Thread(target=wait, daemon=True, name="parent").start()
