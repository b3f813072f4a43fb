"""Where things lie in the repository and in the folder that a run may write to."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
INTEGRATION: Final = ROOT / "custom_components" / "jarvis"
DEMO_MODELS: Final = Path(os.environ.get("DEMO_MODELS") or ROOT / "tests" / "models")
DEMO_EAR: Final = DEMO_MODELS / "ear"
DEMO_VOICES: Final = DEMO_MODELS / "voice"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """All that a run writes, below one folder (`.run` unless told otherwise)."""

    base: Path

    @property
    def home(self) -> Path:
        """Home Assistant's configuration folder, kept from run to run."""
        return self.base / "home"

    @property
    def logs(self) -> Path:
        """One log a process, of the newest run."""
        return self.base / "log"

    @property
    def models(self) -> Path:
        """Downloaded speech models, kept even when the home is made afresh."""
        return self.base / "models"

    @property
    def memo(self) -> Path:
        """What a later run must know about the home: its language and its ports."""
        return self.home / "demo.json"

    @property
    def servers_config(self) -> Path:
        """The voice servers' configuration, written at each start."""
        return self.base / "servers.json"

    @property
    def reply(self) -> Path:
        """The last spoken answer."""
        return self.base / "reply.wav"

    def create(self) -> None:
        """Make the folders."""
        for folder in (self.home, self.logs, self.models):
            folder.mkdir(parents=True, exist_ok=True)
