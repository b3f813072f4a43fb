"""Tries each voice when it is loaded, and tells plainly which one is broken."""

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import override

from ...errors import ModelMissingError
from .info import read_config
from .options import TtsOptions
from .voices import Voice, Voices

_LOGGER = logging.getLogger(__name__)


class TriedVoices(Voices):
    """Voices, of which one that cannot speak is never handed out. Blocking."""

    def __init__(
        self, options: TtsOptions, on_broken: Callable[[str, Path, str], None]
    ) -> None:
        super().__init__(options)
        self._on_broken = on_broken

    @override
    def get(self, name: str) -> Voice:
        """Return the voice, loaded when it is not in memory; ModelMissingError."""
        if name in self.loaded:
            return super().get(name)
        model = self._files[name]
        try:
            read_config(model)
            voice = super().get(name)
            # Its phonemes, its speakers, its shapes.
            voice.sound("a")
        except Exception as err:
            _LOGGER.debug("The voice %s cannot speak", name, exc_info=True)
            why = broken(model, err)
            self._loaded.pop(name, None)
            self._on_broken(name, model, why)
            raise ModelMissingError(why, model=name) from err
        return voice


def broken(model: Path, err: Exception) -> str:
    """Return what to tell of a voice that cannot be used."""
    last_line = (str(err).strip() or type(err).__name__).rsplit("\n", 1)[-1]
    return (
        f"The voice {model.stem!r} is broken ({last_line}); put good copies of "
        f"{model.name} and {model.name}.json into {model.parent.absolute()}."
    )


def stamp(model: Path) -> object:
    """Return what changes when somebody replaces the voice's files."""
    found: list[tuple[int, int]] = []
    for file in (model, model.with_name(f"{model.name}.json")):
        with contextlib.suppress(OSError):
            stat = file.stat()
            found.append((stat.st_mtime_ns, stat.st_size))
    return found
