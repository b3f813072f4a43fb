"""A Home Assistant for a measurement, with a configuration folder of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_test_home_assistant


@asynccontextmanager
async def own_home() -> AsyncIterator[HomeAssistant]:
    """Run a Home Assistant in an empty folder that is gone when it ends.

    Without one it keeps its registries inside the installed package, where the next
    measurement would find them.
    """
    with TemporaryDirectory(prefix="jarvis-bench-") as folder:
        async with async_test_home_assistant(config_dir=folder) as hass:
            yield hass
