"""Asks the voice nodes now and then whether they are there and what they offer."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator

from .const import DOMAIN
from .core.errors import VoiceError
from .core.pool import Pool
from .engines.voice import NodeInfo, NodeVoice, VoiceNode

_LOGGER = logging.getLogger(__name__)

INTERVAL = timedelta(seconds=60)


def voice_store(hass: HomeAssistant) -> Store[dict[str, Any]]:
    """Return where the last answers of the voice nodes are kept."""
    return Store(hass, 1, f"{DOMAIN}.voice_nodes")


class VoiceCoordinator(DataUpdateCoordinator[dict[str, NodeInfo]]):
    """What each voice node offers, by node name.

    The last answers are stored: entities know their languages and voices at a start
    during which a node is down, and a pipeline keeps its settings.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, voices: Pool[VoiceNode]
    ) -> None:
        """Watch the nodes of a pool."""
        super().__init__(
            hass,
            _LOGGER,
            name="voice nodes",
            config_entry=entry,
            update_interval=INTERVAL,
            always_update=False,
        )
        self._voices = voices
        self._store = voice_store(hass)

    async def async_load(self) -> None:
        """Give the nodes what they said before the last restart."""
        stored = await self._store.async_load() or {}
        for node in self._voices:
            if info := stored.get(node.name):
                node.info = _info_from(info)
        self.data = self._infos()

    @override
    async def _async_update_data(self) -> dict[str, NodeInfo]:
        """Describe all nodes at once; one that is down keeps its last answer."""
        before = self._infos()
        await asyncio.gather(*(self._describe(node) for node in self._voices))
        infos = self._infos()
        if infos != before:
            await self._store.async_save({k: asdict(v) for k, v in infos.items()})
        return infos

    async def _describe(self, node: VoiceNode) -> None:
        try:
            await node.describe()
        except VoiceError as err:
            self._voices.failed(node, err)
        else:
            self._voices.succeeded(node)

    def _infos(self) -> dict[str, NodeInfo]:
        return {node.name: node.info for node in self._voices if node.info}


def _info_from(stored: dict[str, Any]) -> NodeInfo:
    """Rebuild what `asdict` took apart."""
    return NodeInfo(
        **stored
        | {
            "hears": tuple(stored["hears"]),
            "voices": tuple(_voice_from(voice) for voice in stored["voices"]),
        }
    )


def _voice_from(stored: dict[str, Any]) -> NodeVoice:
    def tuples(keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return {key: tuple(stored[key]) for key in keys}

    return NodeVoice(**stored | tuples(("languages", "speakers")))
