"""Tells Home Assistant, through the Supervisor, where the voice server is."""

import json
import logging
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from .health import answers
from .options import PORT

_LOGGER = logging.getLogger(__name__)
SERVICES = ("wyoming", "jarvis")
"""Core's integration, which any home has, and Jarvis's own."""
_SECONDS = 10.0
_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)


def announce(
    supervisor: str,
    token: str,
    *,
    port: int = PORT,
    host: str | None = None,
    ready: Callable[[], bool] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Wait until the server answers, then leave a message for each integration.

    Keeps trying while the Supervisor cannot be reached or is starting itself; a refusal
    of the message is told once and is final.
    """
    ready = ready or (lambda: answers(port=port))
    while not ready():
        pause(1.0)
    uri = f"tcp://{host or socket.gethostname()}:{port}"
    for service in SERVICES:
        _leave(supervisor, token, service, {"uri": uri}, pause)


def _leave(
    supervisor: str,
    token: str,
    service: str,
    config: dict[str, str],
    pause: Callable[[float], None],
) -> None:
    attempt = 0
    while True:
        try:
            _post(supervisor, token, {"service": service, "config": config})
        except urllib.error.HTTPError as err:
            with err:  # it holds the answer's open body
                said = err.read(2000).decode(errors="replace")
            if err.code < 500:
                _LOGGER.error("The Supervisor refuses %s: %s %s", service, err, said)
                return
            reason = f"{err}"
        except (OSError, ValueError) as err:
            reason = f"{err}"
        else:
            _LOGGER.info("Told Home Assistant's %s of %s", service, config["uri"])
            return
        wait = _PAUSES[min(attempt, len(_PAUSES) - 1)]
        attempt += 1
        _LOGGER.warning(
            "The Supervisor does not listen (%s); again in %g s", reason, wait
        )
        pause(wait)


def _post(supervisor: str, token: str, message: dict[str, object]) -> None:
    request = urllib.request.Request(  # noqa: S310 - the Supervisor's own address
        f"{supervisor}/discovery",
        data=json.dumps(message).encode(),
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
        known = json.loads(answer.read())
    if known.get("result") != "ok":
        raise ValueError(f"its answer is {known}")
