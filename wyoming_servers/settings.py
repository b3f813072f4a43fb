"""What can be configured: a file (TOML or JSON), `JARVIS_…` variables, the command line."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from .reading import Bound, read
from .sources import from_file, from_variables, merged
from .wire import Limits
from .wire.stages import check_stages
from .workers.embed.options import EmbedOptions
from .workers.stt.info import model_name
from .workers.stt.options import SttOptions
from .workers.tts.options import TtsOptions
from .workers.wake.options import WakeOptions

PREFIX = "JARVIS_"
"""Of the variables."""


@dataclass(frozen=True, kw_only=True)
class QueueSettings:
    """The queue in front of one model."""

    at_once: Annotated[int, Bound(1)] = 1
    """Requests at work at the same time."""
    waiting: Annotated[int, Bound(0)] = 16
    """Requests that may wait; one more gets `busy`."""
    wait_seconds: Annotated[float, Bound(0, above=True)] = 20.0
    """Longest wait, then `busy`."""
    deadline: Annotated[float, Bound(0, above=True)] = 30.0
    """Seconds of work without a result after which the worker is killed as stuck."""


@dataclass(frozen=True, kw_only=True)
class SttSettings:
    """Hearing."""

    enabled: bool = True
    model: str = SttOptions.model
    more_models: list[str] = field(default_factory=list)
    """Further models, each in a worker of its own, chosen by name in `transcribe`."""
    options: Annotated[dict[str, Any], SttOptions] = field(default_factory=dict)
    """Options of the stt worker."""
    queue: QueueSettings = QueueSettings(at_once=SttOptions.at_once)
    unload_after: Annotated[float, Bound(0)] = 0.0
    """Seconds without use after which the worker ends and its memory is free; 0: never."""


@dataclass(frozen=True, kw_only=True)
class TtsSettings:
    """Speaking."""

    enabled: bool = True
    voices: list[str] = field(default_factory=lambda: list(TtsOptions().voices))
    options: Annotated[dict[str, Any], TtsOptions] = field(default_factory=dict)
    """Options of the tts worker."""
    queue: QueueSettings = QueueSettings(at_once=4, deadline=20.0)
    unload_after: Annotated[float, Bound(0)] = 0.0


@dataclass(frozen=True, kw_only=True)
class WakeSettings:
    """Listening for wake words."""

    enabled: bool = True
    model: str = WakeOptions.model
    """Listened for when a client names no model."""
    options: Annotated[dict[str, Any], WakeOptions] = field(default_factory=dict)
    """Options of the wake worker."""
    queue: QueueSettings = QueueSettings(at_once=32, waiting=0)
    """Here `at_once` are the streams that are followed at the same time."""


@dataclass(frozen=True, kw_only=True)
class EmbedSettings:
    """Sentence embeddings, over HTTP on the admin port."""

    enabled: bool = False
    model: str = EmbedOptions.model
    options: Annotated[dict[str, Any], EmbedOptions] = field(default_factory=dict)
    """Options of the embedding worker."""
    queue: QueueSettings = QueueSettings(waiting=64)
    unload_after: Annotated[float, Bound(0)] = 0.0


@dataclass(frozen=True, kw_only=True)
class LogSettings:
    """Log lines on standard error."""

    level: Literal["debug", "info", "warning", "error", "critical"] = "info"
    format: Literal["text", "json"] = "text"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything; the defaults are a complete configuration."""

    uri: str = "tcp://0.0.0.0:10300"
    """Where the gateway listens: tcp://HOST:PORT or unix://PATH."""
    data_dir: Path = Path("data")
    """Models, voices and the server's own name tag."""
    admin: str | None = None
    """HOST:PORT of the HTTP pages /health, /ready, /metrics; None: no such pages."""
    zeroconf: bool = True
    """Announce the server in the local network, if others can reach it."""
    name: str = "Jarvis"
    """What the server is called in the local network."""
    stt: SttSettings = SttSettings()
    tts: TtsSettings = TtsSettings()
    wake: WakeSettings = WakeSettings()
    embed: EmbedSettings = EmbedSettings()
    limits: Limits = field(default_factory=Limits)
    log: LogSettings = LogSettings()

    def stt_options(self) -> list[SttOptions]:
        """Return the options of each hearing worker."""
        if not self.stt.enabled:
            return []
        common = {"at_once": self.stt.queue.at_once, **self.stt.options}
        return [
            SttOptions(**{**common, "model": model, "data_dir": str(self.data_dir)})
            for model in (self.stt.model, *self.stt.more_models)
        ]

    def tts_options(self) -> TtsOptions | None:
        """Return the options of the speaking worker."""
        if not self.tts.enabled or not self.tts.voices:
            return None
        return TtsOptions(
            **{
                **self.tts.options,
                "voices": self.tts.voices,
                "text_chars": self.limits.text_chars,
                "data_dir": str(self.data_dir),
            }
        )

    def wake_options(self) -> WakeOptions | None:
        """Return the options of the worker that listens for wake words."""
        if not self.wake.enabled:
            return None
        given = {"model": self.wake.model, "data_dir": str(self.data_dir)}
        return WakeOptions(**{**self.wake.options, **given})

    def embed_options(self) -> EmbedOptions | None:
        """Return the options of the embedding worker."""
        if not self.embed.enabled:
            return None
        given = {"model": self.embed.model, "data_dir": str(self.data_dir)}
        return EmbedOptions(**{**self.embed.options, **given})


def load(file: Path | None, given: Mapping[str, Any]) -> Settings:
    """Read the file if there is one, then variables, then what was given.

    Raises ValueError with one line for each mistake.
    """
    wrong: list[str] = []
    said = from_file(file) if file is not None else {}
    said = merged(said, from_variables(Settings, PREFIX, os.environ, wrong))
    settings = read(Settings(), merged(said, given), wrong)
    try:
        check_stages(settings.stt.options.get("front_end", ()))
    except ValueError as err:
        wrong.append(f"stt.options.front_end: {err}")
    names = [model_name(m) for m in (settings.stt.model, *settings.stt.more_models)]
    if len(set(names)) < len(names):
        shown = ", ".join(names)
        wrong.append(f"stt.more_models: several models have one name ({shown})")
    if wrong:
        raise ValueError("\n".join(wrong))
    return settings
