"""Counts wrong codes for each speaker and the home, beyond reloads and restarts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...core.errors import PinPausedError

WRONG_CODES = 3
WRONG_IN_HOME = 10
"""Wrong codes of all without a user together: who guesses may have several satellites."""
PAUSE = 300.0
"""Seconds without critical actions after too many wrong codes."""
FORGOTTEN_AFTER = 3600.0
"""Seconds after which a wrong code no longer counts."""

_VERSION = 1
_KEY = f"{DOMAIN}.wrong_codes"
_HOME = "(home)"


@dataclass(slots=True)
class _Record:
    wrong: int = 0
    last: float = 0.0
    """When the last wrong code was said, in seconds since 1970."""
    paused_until: float = 0.0

    def bound(self, now: float) -> None:
        """Let nothing last longer than it may, where the clock had run ahead."""
        self.last = min(self.last, now)
        self.paused_until = min(self.paused_until, now + PAUSE)


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

    def check(self, speaker: str, *, is_user: bool) -> None:
        """Raise `PinPausedError` while a speaker has to wait.

        A user waits for their own wrong codes only: nobody at a satellite locks them out.
        """
        now = _now()
        for who in (speaker,) if is_user else (speaker, _HOME):
            if record := self._records.get(who):
                record.bound(now)
                if now < record.paused_until:
                    raise PinPausedError

    async def async_count(self, speaker: str, *, right: bool, is_user: bool) -> None:
        """Count a code that was said; raises `PinPausedError` after too many wrong ones.

        Whether a right one counts, and that a wrong one does, is settled before anything
        is waited for: of many that come at once, three are tried.
        """
        self.check(speaker, is_user=is_user)
        if right:
            if (known := self._records.pop(speaker, None)) is None:
                return
            # Slips of who knows the code are no guesses.
            if not is_user and (home := self._records.get(_HOME)):
                home.wrong = max(home.wrong - known.wrong, 0)
        else:
            self._count(speaker, WRONG_CODES)
            if not is_user:
                self._count(_HOME, WRONG_IN_HOME)
        await self._async_save()
        if not right:
            self.check(speaker, is_user=is_user)

    def _count(self, who: str, most: int) -> None:
        now = _now()
        record = self._records.setdefault(who, _Record())
        record.bound(now)
        if now - record.last > FORGOTTEN_AFTER:
            record.wrong = 0
        record.wrong += 1
        record.last = now
        if record.wrong >= most:
            record.wrong = 0
            record.paused_until = now + PAUSE

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
