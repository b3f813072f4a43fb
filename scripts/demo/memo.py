"""What a run leaves for the next one: the home's language, ports and build."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from .rooms import Language


@dataclass(slots=True, kw_only=True)
class Memo:
    """Facts about a finished home; a home without them is made afresh."""

    language: Language
    gateway_port: int
    build: str
    """Fingerprint of the rooms and things that the home was furnished with."""

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """Read the memo; None when there is none that this version understands."""
        try:
            data = json.loads(path.read_text())
            return cls(
                language=Language(data["language"]),
                gateway_port=int(data["gateway_port"]),
                build=str(data["build"]),
            )
        except OSError, ValueError, KeyError, TypeError:
            return None

    def save(self, path: Path) -> None:
        """Write the memo."""
        path.write_text(json.dumps(asdict(self), indent=2))
