"""How many threads one inference gets: what is fastest on this machine, found once.

More are not always faster. The encoder gains from each; the decoder writes token by
token, and where threads are slow to wake (virtual machines, busy machines) every token
pays for it. Measured on two virtual cores with the test model, one thread against two:
encoder 171 and 111 ms, 41 tokens 33 and 65 to 180 ms.

The trials run in a process of their own (`python -m wyoming_servers.workers.stt.threads
FOLDER OPTIONS CORES` prints the number), so that none of their memory stays.
"""

import json
import logging
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from .options import SttOptions

_LOGGER = logging.getLogger(__name__)
_FILE = "threads.json"
_TRIALS = 5
_CLEARLY = 0.95
"""Share of the time at which fewer threads are worth to be changed to."""
_LONG = 3.0
"""Seconds of one inference from which on the search is not worth its own time: it is
the encoder's matrices that take so long, and threads do speed those up."""
_TIMEOUT = 60.0


def fastest(folder: Path, options: SttOptions) -> int:
    """Return the number of threads for the model in `folder`; blocking.

    The answer is kept in the data folder; where it cannot be found it is all cores.
    """
    cores = os.process_cpu_count() or 1
    if cores == 1:
        return 1
    file = Path(options.data_dir) / _FILE
    key = ", ".join(
        (str(folder.resolve()), options.compute_type, f"beam {options.beam_size}")
        + (("short",) if options.short_window else ())
        + (f"{cores} cores of {platform.machine()}",)
    )
    known = _remembered(file)
    if (threads := known.get(key)) is not None:
        return threads
    command = [sys.executable, "-m", __name__, str(folder)]
    # A prompt may hold the names of a household: it has no business in a command line.
    command += [json.dumps(asdict(replace(options, initial_prompt=None))), str(cores)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError) as err:
        _LOGGER.warning(
            "Could not find the best number of threads: %s", type(err).__name__
        )
        return cores
    if done.returncode or not done.stdout.strip().isdigit():
        why = done.stderr.strip().rpartition("\n")[2]
        _LOGGER.warning("Could not find the best number of threads: %s", why)
        return cores
    threads = int(done.stdout)
    _LOGGER.info("%s: %d of %d threads are fastest", folder, threads, cores)
    _remember(file, {**known, key: threads})
    return threads


def search(seconds: Callable[[int], float], cores: int) -> int:
    """Return the number of threads with which `seconds(threads)` is least."""
    best, least = cores, seconds(cores)
    for threads in sorted({1, cores // 2} - {0, cores}, reverse=True):
        if least > _LONG:
            break
        if (taken := seconds(threads)) < least * _CLEARLY:
            best, least = threads, taken
    return best


def _remembered(file: Path) -> dict[str, int]:
    try:
        known = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {k: n for k, n in known.items() if isinstance(n, int) and n > 0}


def _remember(file: Path, known: dict[str, int]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known, indent=1), "utf-8")
    except OSError as err:
        _LOGGER.info("Will be tried again at the next start: %s", err)


def _main(folder: str, options: str, cores: str) -> None:
    # Heavy, and only for the trials.
    from statistics import median  # noqa: PLC0415

    from .engine import Engine  # noqa: PLC0415

    chosen = SttOptions(**json.loads(options))

    def seconds(threads: int) -> float:
        engine = Engine(Path(folder), replace(chosen, threads=threads))
        # Not the least: what else runs on this machine also runs while people speak.
        return median(engine.trial() for _ in range(_TRIALS))

    print(search(seconds, int(cores)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
