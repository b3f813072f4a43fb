"""Starts the real `hass` process and waits until it answers."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from .errors import DemoError
from .ports import LOOPBACK
from .process import Child
from .rest import Rest
from .websocket import WebSocket

_TIMEOUT = 180.0


def url_of(port: int) -> str:
    """Return the address of the Home Assistant at `port`."""
    return f"http://{LOOPBACK}:{port}"


async def start(folder: Path, log: Path) -> Child:
    """Start Home Assistant on the configuration in `folder`."""
    hass = Path(sys.executable).with_name("hass")
    # All that the demo needs is in the environment already: nothing is installed at
    # run time, neither the demo's needs nor what the onboarding offers (weather, radio).
    return await Child.start(
        "Home Assistant", [hass, "--config", folder, "--skip-pip"], log=log
    )


async def wait_for_http(child: Child, rest: Rest) -> bool:
    """Wait until Home Assistant answers; return whether its onboarding is done."""
    async with _limit("answer"):
        while (done := await rest.onboarded()) is None:
            child.check()
            await asyncio.sleep(0.1)
    return done


async def wait_until_running(child: Child, socket: WebSocket) -> None:
    """Wait until every integration is set up."""
    async with _limit("finish its start"):
        while (await socket.command("get_config"))["state"] != "RUNNING":
            child.check()
            await asyncio.sleep(0.1)


@asynccontextmanager
async def _limit(what: str) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(_TIMEOUT):
            yield
    except TimeoutError as err:
        raise DemoError(
            f"Home Assistant did not {what} within {_TIMEOUT:.0f} s; "
            "its log tells more."
        ) from err
