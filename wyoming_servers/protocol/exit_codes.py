"""Exit statuses of a worker that mean: starting it again would end the same way."""

NOT_FOR_THIS_MACHINE = 70
"""Its libraries cannot run on this processor."""

BAD_OPTIONS = 2
"""argparse ends a process with this."""
