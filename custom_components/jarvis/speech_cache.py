"""Keeps Home Assistant's cache of spoken texts free of failures.

It files each audio under its text for good. A recording that was played because no
node could speak must not be what is heard the next time.
"""

import asyncio
import hashlib
from pathlib import Path

from homeassistant.core import HomeAssistant

from .ha_internals import cached_speech, speech_folder

SWEEPS = (2.0, 20.0)
"""Seconds after which an audio was converted, cached and saved; twice, for slow disks."""


async def async_forget(
    hass: HomeAssistant, engine: str, message: str, language: str
) -> None:
    """Drop the audio of a text, in every format, once it has been played."""
    for pause in SWEEPS:
        await asyncio.sleep(pause)
        await _sweep(hass, engine, message, language)


async def _sweep(hass: HomeAssistant, engine: str, message: str, language: str) -> None:
    digest = hashlib.sha1(message.encode(), usedforsecurity=False).hexdigest()
    start = f"{digest}_{language.replace('_', '-')}_".lower()
    for cache in cached_speech(hass):
        for key in [k for k in cache if k.startswith(start) and k.endswith(engine)]:
            if isinstance(filename := cache.pop(key), str):
                file = Path(speech_folder(hass), filename)
                await hass.async_add_executor_job(file.unlink, True)
