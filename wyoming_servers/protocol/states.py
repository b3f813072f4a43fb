"""The words for what a worker is doing; this module imports nothing.

starting   the process is being started
loading    it runs and fetches or loads its model
ready      it can take work
busy       it is at work
draining   it finishes its work and takes no more
asleep     it was unused for its time-to-live and gave its memory back
missing    it runs, but its model is not here and cannot be had
crashed    it died; it is started again after a pause
given-up   it died too often, or cannot run on this machine
"""

STARTING = "starting"
LOADING = "loading"
READY = "ready"
BUSY = "busy"
DRAINING = "draining"
ASLEEP = "asleep"
MISSING = "missing"
CRASHED = "crashed"
GIVEN_UP = "given-up"

ALL = (
    STARTING,
    LOADING,
    READY,
    BUSY,
    DRAINING,
    ASLEEP,
    MISSING,
    CRASHED,
    GIVEN_UP,
)
USABLE = frozenset({READY, BUSY})
"""A request can be sent now."""
COMING = frozenset({STARTING, LOADING, CRASHED, ASLEEP})
"""A request is worth a wait."""
