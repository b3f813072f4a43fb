"""What never changes while tests run, made once in each process.

Each test has a Home Assistant of its own, and each of those would read Home
Assistant's sentences, parse them, and ask ffmpeg for its version again: more than
half of what these tests cost. Only what is equal and never written to is kept.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from gazetteer_matcher.matcher import GazetteerMatcher
from haffmpeg.tools import FFVersion
from homeassistant.components.conversation import default_agent, gazetteer
from homeassistant.components.conversation.default_agent import (
    DefaultAgent,
    LanguageIntents,
)

type Load = Callable[[DefaultAgent, str], LanguageIntents | None]
type Build = Callable[[GazetteerMatcher | None, Any], GazetteerMatcher]
type Ask = Callable[[FFVersion, int], Awaitable[str | None]]


@contextmanager
def kept_for_the_process() -> Iterator[None]:
    """Keep Home Assistant's sentences, its gazetteer's data and ffmpeg's version."""
    with ExitStack() as stack:
        for owner, name, keep in (
            (default_agent.DefaultAgent, "_load_intents", _load_once),
            (gazetteer, "_build_matcher", _build_on_first),
            (FFVersion, "get_version", _ask_once),
        ):
            kept = keep(getattr(owner, name))
            stack.enter_context(patch.object(owner, name, kept))
        yield


def _load_once(load: Load) -> Load:
    """Keep a language's sentences, unless a home has some of its own."""
    kept: dict[str, LanguageIntents | None] = {}

    def load_intents(self: DefaultAgent, language: str) -> LanguageIntents | None:
        own = Path(self.hass.config.path("custom_sentences"))
        if self._config_intents_config.get("intents") or own.exists():
            return load(self, language)
        if language not in kept:
            kept[language] = load(self, language)
        return kept[language]

    return load_intents


def _build_on_first(build: Build) -> Build:
    """Build each matcher like one that follows another: over the data it has read."""
    first: GazetteerMatcher | None = None

    def build_matcher(previous: GazetteerMatcher | None, home: Any) -> GazetteerMatcher:
        nonlocal first
        built = build(previous or first, home)
        first = first or built
        return built

    return build_matcher


def _ask_once(ask: Ask) -> Ask:
    """Keep the version of an ffmpeg."""
    kept: dict[str, str | None] = {}

    async def get_version(self: FFVersion, timeout: int = 15) -> str | None:
        if self._ffmpeg not in kept:
            kept[self._ffmpeg] = await ask(self, timeout)
        return kept[self._ffmpeg]

    return get_version
