"""Rules of access: what may be moved from where, and by whom.

Who is named by a rule may only have entities of its domains moved; where several rules
apply, all of them have to allow it. Nobody else is restricted, and reading never is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ...const import (
    CONF_AREAS,
    CONF_DOMAINS,
    CONF_SATELLITES,
    CONF_USERS,
    CONTROLLED_DOMAINS,
)
from ...core.errors import (
    RestrictedAreaError,
    RestrictedDeviceError,
    RestrictedUserError,
)
from ...engines.language import enumerate_choices, named
from ..home import area_name
from ..sentences import say
from ..turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule:
    """One rule, as it is stored."""

    domains: frozenset[str]
    areas: frozenset[str] = frozenset()
    satellites: frozenset[str] = frozenset()
    """Ids in the entity registry, or entity ids of what is in no registry."""
    users: frozenset[str] = frozenset()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Return the rule that a subentry holds."""
        return cls(
            domains=frozenset(data[CONF_DOMAINS]),
            areas=frozenset(data[CONF_AREAS]),
            satellites=frozenset(data[CONF_SATELLITES]),
            users=frozenset(data[CONF_USERS]),
        )


class Access:
    """All rules together."""

    def __init__(self, hass: HomeAssistant, rules: Sequence[AccessRule]) -> None:
        self._hass = hass
        self._rules = rules

    def check(self, turn: Turn, domains: Iterable[str]) -> None:
        """Raise unless things of all these domains may be moved.

        Raises `RestrictedUserError`, `RestrictedAreaError` or `RestrictedDeviceError`.
        """
        wanted = frozenset(domains)
        for rule in self._rules:
            if not (denied := wanted - rule.domains):
                continue
            what = _kinds(denied, turn.language)
            if turn.user_id in rule.users:
                raise RestrictedUserError(what=what)
            if turn.area_id in rule.areas:
                area = area_name(self._hass, turn.area_id or "", turn.language)
                raise RestrictedAreaError(
                    area=named(area, turn.language).text, what=what
                )
            if self._hears(turn, rule):
                raise RestrictedDeviceError(what=what)

    def __bool__(self) -> bool:
        """Return whether there are rules at all."""
        return bool(self._rules)

    def names(self, user_id: str) -> bool:
        """Return whether a rule names a user."""
        return any(user_id in rule.users for rule in self._rules)

    def _hears(self, turn: Turn, rule: AccessRule) -> bool:
        """Return whether a satellite of the rule has heard the turn.

        A delayed order comes back with the device of its satellite only.
        """
        registry = er.async_get(self._hass)
        for stored in rule.satellites:
            entity_id = er.async_resolve_entity_id(registry, stored)
            if entity_id is None:
                continue
            if turn.satellite_id == entity_id:
                return True
            entry = registry.async_get(entity_id)
            if entry and entry.device_id and entry.device_id == turn.device_id:
                return True
        return False


def _kinds(domains: Iterable[str], language: str) -> str:
    """Return what things of some domains are called: "les volets ou les serrures"."""
    keys = sorted(
        {domain if domain in CONTROLLED_DOMAINS else "other" for domain in domains}
    )
    names = [say(language, f"domains.{key}") for key in keys]
    return enumerate_choices(list(dict.fromkeys(names)), language)
