"""The speaking worker: the Piper voices and their connections."""

import asyncio
from pathlib import Path
from typing import override

from wyoming.info import Info

from ...errors import ModelMissingError
from ...store import HubProcess, find_voice
from ...store.piper import voice_name
from ...supervisor import states
from ...wire import Limits, Session
from ..base import Status, Worker
from .info import languages_of, tts_info, voice_config
from .options import TtsOptions
from .orders import Known
from .session import TtsSession
from .voices import Voices


class TtsWorker(Worker):
    """The configured Piper voices behind Wyoming."""

    def __init__(self, options: TtsOptions, limits: Limits) -> None:
        super().__init__(at_once=options.at_once, limits=limits)
        self.options = options
        self.voices = Voices(options)
        self._missing: dict[str, str] = {}
        self._known: dict[str, Known] | None = None
        self._loop = asyncio.get_running_loop()

    @override
    def load(self) -> None:
        hub = HubProcess(on_progress=self.progress(self._loop))
        self._missing = {}
        self._known = None
        for voice in self.options.voices:
            try:
                model = find_voice(voice, Path(self.options.data_dir), hub)
            except ModelMissingError as err:
                self._missing[voice] = err.text
                continue
            self.voices.add(voice_name(voice), model)
        if not list(self.voices):
            raise ModelMissingError(" ".join(self._missing.values()))
        self.voices.get(next(iter(self.voices)))

    @override
    def warm_up(self) -> None:
        for name in reversed(list(self.voices)[: self.options.keep]):
            self.voices.get(name).warm_up()

    @override
    def loaded_status(self) -> Status:
        return Status(
            state=states.READY,
            reason=" ".join(self._missing.values()),
            loaded=self.voices.loaded,
            missing=tuple(voice_name(voice) for voice in self._missing),
        )

    def known(self) -> dict[str, Known]:
        """Return the configured voices by name, with what is known of each."""
        if self._known is None or self.status.state not in states.USABLE:
            self._known = self._look()
        return self._known

    def _look(self) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for voice in self.options.voices:
            config = voice_config(voice, Path(self.options.data_dir))
            name = voice_name(voice)
            why = self._missing.get(voice, "")
            if name not in self.voices and not why:
                why = f"The voice {name!r} is still being loaded."
            found[name] = Known(
                languages=languages_of(voice, config),
                speakers=list(config.get("speaker_id_map") or {}),
                missing=why,
            )
        return found

    @override
    def info(self) -> Info:
        return tts_info(self.options, self._missing)

    @override
    def session(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Session:
        return TtsSession(reader, writer, self)
