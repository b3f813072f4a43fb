"""Loads the skills in order, closes them, and knows how each of them is."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.service import async_set_service_schema

from ...const import DOMAIN
from .sentences import Sentences
from .skill import Skill, store_of
from .texts import Texts
from .tools import JarvisTool

_LOGGER = logging.getLogger(__name__)

TIMEOUT = 10.0
"""Seconds that a skill may take to start or to close."""
_ISSUE = "skill_failed_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a skill is: "running", "failed" when it did not start, "stopped"."""

    state: str = "stopped"
    error: str = ""
    """Type of what went wrong last, "" for nothing."""


class Skills:
    """All skills of one entry, in the order in which they are asked."""

    def __init__(self, hass: HomeAssistant, kinds: Sequence[type[Skill]]) -> None:
        self._hass = hass
        self._kinds = tuple(kinds)
        self._running: dict[str, Skill] = {}
        self._taken: defaultdict[str, deque[Any]] = defaultdict(deque)
        self.health = {kind.name: Health() for kind in self._kinds}

    def __iter__(self) -> Iterator[Skill]:
        """Iterate over what runs."""
        return iter(tuple(self._running.values()))

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, running or not."""
        return tuple(kind.name for kind in self._kinds)

    def get(self, name: str) -> Skill | None:
        """Return a skill that runs."""
        return self._running.get(name)

    async def async_set_up(self) -> None:
        """Start them one after the other; one that fails is reported and left out."""
        for kind in self._kinds:
            try:
                async with asyncio.timeout(TIMEOUT):
                    skill = await self._async_start(kind)
            except Exception as err:
                _LOGGER.exception("The skill %s did not start", kind.name)
                self.health[kind.name] = _failed(err)
                self._report(kind.name, err)
                continue
            self._running[kind.name] = skill
            self.health[kind.name] = Health(state="running")
            ir.async_delete_issue(self._hass, DOMAIN, f"{_ISSUE}{kind.name}")

    async def _async_start(self, kind: type[Skill]) -> Skill:
        folder = kind.folder()
        skill = kind(self._hass)
        run = self._hass.async_add_executor_job
        skill.texts = await run(Texts.load, folder)
        skill.sentences = await run(Sentences.load, folder)
        try:
            await skill.async_set_up()
            self._offer(skill)
        except BaseException:
            # What it has begun, it has to let go of.
            with suppress(Exception):
                await skill.async_close()
            raise
        return skill

    def _offer(self, skill: Skill) -> None:
        for action in skill.actions():
            self._hass.services.async_register(
                DOMAIN,
                action.name,
                action.handle,
                schema=action.schema,
                supports_response=SupportsResponse.ONLY
                if action.answers
                else SupportsResponse.NONE,
            )
            if action.description is not None:
                async_set_service_schema(
                    self._hass, DOMAIN, action.name, dict(action.description)
                )

    async def async_close(self) -> None:
        """Close them in the reverse order; one that fails keeps no other from it."""
        for name, skill in reversed(self._running.items()):
            for action in skill.actions():
                self._hass.services.async_remove(DOMAIN, action.name)
            try:
                async with asyncio.timeout(TIMEOUT):
                    await skill.async_close()
            except Exception:
                _LOGGER.exception("The skill %s did not close", name)
        self._running.clear()
        for name in self.names:
            self.health[name] = Health()
            ir.async_delete_issue(self._hass, DOMAIN, f"{_ISSUE}{name}")

    async def async_remove(self) -> None:
        """Delete what all of them have stored."""
        for kind in self._kinds:
            if kind.store_version:
                await store_of(self._hass, kind).async_remove()

    def note_failure(self, name: str, error: Exception) -> None:
        """Note that a skill failed at a turn; it goes on."""
        self.health[name] = Health(state="running", error=type(error).__name__)

    @property
    def replaced(self) -> frozenset[str]:
        """Intents of Home Assistant's that the running skills do better."""
        return frozenset[str]().union(*(skill.replaces for skill in self))

    def tools(self, language: str) -> list[JarvisTool]:
        """Return the tools of all that run."""
        return [
            JarvisTool(tool, language, self._taken[tool.name])
            for skill in self
            for tool in skill.tools()
        ]

    def entities(self, platform: Platform) -> list[Entity]:
        """Return the entities that skills add to a platform."""
        return [entity for skill in self for entity in skill.entities(platform)]

    def _report(self, name: str, error: Exception) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            f"{_ISSUE}{name}",
            is_fixable=False,
            severity=ir.IssueSeverity.ERROR,
            translation_key="skill_failed",
            translation_placeholders={"skill": name, "error": type(error).__name__},
        )


def _failed(error: Exception) -> Health:
    return Health(state="failed", error=type(error).__name__)
