"""What can be configured: a file (TOML or JSON), `JARVIS_…` variables, the command line."""

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, override

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import (
    BaseSettings,
    JsonConfigSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .wire import Limits
from .wire.stages import check_stages
from .workers.embed.options import EmbedOptions
from .workers.stt.options import SttOptions
from .workers.tts.options import TtsOptions
from .workers.wake.options import WakeOptions


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class QueueSettings(_Part):
    """The queue in front of one model."""

    at_once: Annotated[int, Field(ge=1)] = 1
    """Requests at work at the same time."""
    waiting: Annotated[int, Field(ge=0)] = 16
    """Requests that may wait; one more gets `busy`."""
    wait_seconds: Annotated[float, Field(gt=0)] = 20.0
    """Longest wait, then `busy`."""
    deadline: Annotated[float, Field(gt=0)] = 30.0
    """Seconds of work without a result after which the worker is killed as stuck."""


class SttSettings(_Part):
    """Hearing."""

    enabled: bool = True
    model: str = SttOptions.model
    more_models: list[str] = []
    """Further models, each in a worker of its own, chosen by name in `transcribe`."""
    options: dict[str, Any] = {}
    """Options of the stt worker."""
    queue: QueueSettings = QueueSettings(at_once=SttOptions.at_once)
    unload_after: Annotated[float, Field(ge=0)] = 0.0
    """Seconds without use after which the worker ends and its memory is free; 0: never."""


class TtsSettings(_Part):
    """Speaking."""

    enabled: bool = True
    voices: list[str] = Field(default_factory=lambda: list(TtsOptions().voices))
    options: dict[str, Any] = {}
    """Options of the tts worker."""
    queue: QueueSettings = QueueSettings(at_once=4, deadline=20.0)
    unload_after: Annotated[float, Field(ge=0)] = 0.0


class WakeSettings(_Part):
    """Listening for wake words."""

    enabled: bool = True
    model: str = WakeOptions.model
    """Listened for when a client names no model."""
    options: dict[str, Any] = {}
    """Options of the wake worker."""
    queue: QueueSettings = QueueSettings(at_once=32, waiting=0)
    """Here `at_once` are the streams that are followed at the same time."""


class EmbedSettings(_Part):
    """Sentence embeddings, over HTTP on the admin port."""

    enabled: bool = False
    model: str = EmbedOptions.model
    options: dict[str, Any] = {}
    """Options of the embedding worker."""
    queue: QueueSettings = QueueSettings(waiting=64)
    unload_after: Annotated[float, Field(ge=0)] = 0.0


class LogSettings(_Part):
    """Log lines on standard error."""

    level: str = "info"
    format: Annotated[str, Field(pattern="^(text|json)$")] = "text"


class Settings(BaseSettings):
    """Everything; the defaults are a complete configuration."""

    model_config = SettingsConfigDict(
        env_prefix="JARVIS_", env_nested_delimiter="__", extra="forbid"
    )

    uri: str = "tcp://0.0.0.0:10300"
    """Where the gateway listens: tcp://HOST:PORT or unix://PATH."""
    data_dir: Path = Path("data")
    """Models, voices and the server's own name tag."""
    admin: str | None = None
    """HOST:PORT of the HTTP pages /health, /ready, /metrics; None: no such pages."""
    zeroconf: bool = False
    """Announce the server in the local network."""
    name: str = "Jarvis"
    """What the server is called in the local network."""
    stt: SttSettings = SttSettings()
    tts: TtsSettings = TtsSettings()
    wake: WakeSettings = WakeSettings()
    embed: EmbedSettings = EmbedSettings()
    limits: Limits = Limits()
    log: LogSettings = LogSettings()

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the command line win over variables, and variables over the file."""
        return (init_settings, env_settings)

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


def load(file: Path | None, given: dict[str, Any]) -> Settings:
    """Read the file if there is one, then variables, then what was given.

    Raises ValueError with a readable text: pydantic's errors are ValueErrors.
    """

    class FromFile(Settings):
        @classmethod
        @override
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            if file is None:
                return (init_settings, env_settings)
            source = (
                JsonConfigSettingsSource(settings_cls, json_file=file)
                if file.suffix == ".json"
                else TomlConfigSettingsSource(settings_cls, toml_file=file)
            )
            return (init_settings, env_settings, source)

    if file is not None and not file.is_file():
        raise ValueError(f"there is no configuration file {file}")
    settings = FromFile(**given)
    _check_options(settings.stt.options, SttOptions, "stt.options")
    check_stages(settings.stt.options.get("front_end", ()))
    _check_options(settings.tts.options, TtsOptions, "tts.options")
    _check_options(settings.wake.options, WakeOptions, "wake.options")
    _check_options(settings.embed.options, EmbedOptions, "embed.options")
    return settings


def _check_options(given: dict[str, Any], options: type, where: str) -> None:
    known = {field.name for field in fields(options)}
    if unknown := sorted(set(given) - known):
        raise ValueError(f"{where} has no {', '.join(unknown)}; it has {sorted(known)}")
