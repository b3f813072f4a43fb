"""Counts wrong codes for each speaker, beyond reloads and restarts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.errors import PinPausedError

WRONG_CODES = 3
PAUSE = 300.0
"""Seconds without critical actions after too many wrong codes."""
FORGOTTEN_AFTER = 3600.0
"""Seconds after which a wrong code no longer counts."""

_VERSION = 1
_KEY = f"{DOMAIN}.wrong_codes"


@dataclass(slots=True)
class _Record:
    wrong: int = 0
    last: float = 0.0
    """When the last wrong code was said, in seconds since 1970."""
    paused_until: float = 0.0


def attempts_store(hass: HomeAssistant) -> Store[dict[str, Any]]:
    """Return the file in which wrong codes are counted."""
    return Store(hass, _VERSION, _KEY, private=True)


class Attempts:
    """The wrong codes of each speaker; holds nothing of the codes."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._store = attempts_store(hass)
        self._records: dict[str, _Record] = {}
        self._loaded = False

    async def async_load(self) -> None:
        """Read what was counted before, once."""
        if self._loaded:
            return
        stored = await self._store.async_load() or {}
        if not self._loaded:
            self._loaded = True
            self._records = {who: _record(data) for who, data in stored.items()}

    def check(self, speaker: str) -> None:
        """Raise `PinPausedError` while a speaker has to wait."""
        record = self._records.get(speaker)
        if record is not None and _now() < record.paused_until:
            raise PinPausedError

    async def async_right(self, speaker: str) -> None:
        """Forget the wrong codes of who now knows the right one."""
        if self._records.pop(speaker, None) is not None:
            await self._async_save()

    async def async_wrong(self, speaker: str) -> None:
        """Count a wrong code; raises `PinPausedError` when there were too many."""
        now = _now()
        record = self._records.setdefault(speaker, _Record())
        if now - record.last > FORGOTTEN_AFTER:
            record.wrong = 0
        record.wrong += 1
        record.last = now
        if record.wrong >= WRONG_CODES:
            record.wrong = 0
            record.paused_until = now + PAUSE
        await self._async_save()
        self.check(speaker)

    async def _async_save(self) -> None:
        since = _now() - FORGOTTEN_AFTER
        self._records = {
            who: record for who, record in self._records.items() if record.last > since
        }
        # At once: who pulls the plug must gain nothing by it.
        await self._store.async_save(
            {who: asdict(record) for who, record in self._records.items()}
        )


def _record(data: Mapping[str, Any]) -> _Record:
    return _Record(data["wrong"], data["last"], data["paused_until"])


def _now() -> float:
    return dt_util.utcnow().timestamp()
