"""A skill's own words, `texts/<language>.yaml` in its folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import yaml


class Texts:
    """Sentences by language and path, "rain.none"."""

    def __init__(self, texts: Mapping[str, Any]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read all languages; blocks."""
        return cls(
            {
                path.stem: yaml.safe_load(path.read_text("utf-8"))
                for path in sorted((folder / "texts").glob("*.yaml"))
            }
        )

    def say(self, language: str, key: str, **placeholders: str) -> str:
        """Return a sentence; raises KeyError for one that is not written."""
        return str(self._entry(language, key)).format(**placeholders)

    def lines(self, language: str, key: str) -> list[str]:
        """Return a list of sentences, [] for none."""
        try:
            return [str(line) for line in self._entry(language, key)]
        except KeyError:
            return []

    def get(self, language: str, key: str) -> str:
        """Return a sentence, "" for one that is not written."""
        try:
            return str(self._entry(language, key))
        except KeyError:
            return ""

    def _entry(self, language: str, key: str) -> Any:
        entry = self._texts[language]
        for part in key.split("."):
            entry = entry[part]
        return entry
