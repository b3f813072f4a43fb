"""The speaking worker: the Piper voices and their connections."""

import asyncio
import contextlib
from pathlib import Path
from typing import override

from wyoming.info import Info

from ...errors import ModelMissingError
from ...protocol import WorkerStatus, states
from ...store import HubProcess, find_voice
from ...store.piper import is_complete, local_file, voice_name
from ...wire import Limits
from ..base import Worker
from .info import languages_of, read_config, tts_info, voice_config
from .options import TtsOptions
from .orders import Known
from .trial import TriedVoices, broken, stamp


class TtsWorker(Worker):
    """The configured Piper voices behind Wyoming."""

    def __init__(self, options: TtsOptions, limits: Limits) -> None:
        super().__init__(at_once=options.at_once, limits=limits)
        self.options = options
        self.voices = TriedVoices(options, self._note_broken)
        self._missing: dict[str, str] = {}
        """Why, by voice as configured."""
        self._broken: dict[str, tuple[object, str]] = {}
        """What the files were when they were tried, and why that failed; by name."""
        self._known: dict[str, Known] | None = None
        self._fetched = False
        """True once the hub was asked for what is not here."""
        self._loop = asyncio.get_running_loop()

    @override
    def load(self) -> None:
        """Take the voices that are here; later calls fetch the others, too."""
        if self.status.state not in states.USABLE:
            self._find(fetch=False)
            if self._load_one():
                return
        self._fetched = True
        self._find(fetch=True)
        if not self._load_one():
            raise ModelMissingError(" ".join(self._missing.values()))

    @override
    def retry_seconds(self) -> float:
        return super().retry_seconds() if self._fetched else 0.0

    def _find(self, *, fetch: bool) -> None:
        hub = HubProcess(on_progress=self.progress(self._loop))
        folder = Path(self.options.data_dir)
        missing: dict[str, str] = {}
        for voice in self.options.voices:
            model, _ = local_file(voice, folder)
            name = voice_name(voice)
            if not fetch and not is_complete(model):
                missing[voice] = f"The voice {name!r} is not here yet."
                continue
            try:
                model = find_voice(voice, folder, hub)
                read_config(model)
            except ModelMissingError as err:
                missing[voice] = err.text
                continue
            except (OSError, ValueError) as err:
                missing[voice] = broken(model, err)
                continue
            self.voices.add(name, model)
            tried, why = self._broken.get(name, (None, ""))
            if tried == stamp(model):
                missing[voice] = why
        self._missing, self._known = missing, None

    def _load_one(self) -> bool:
        """Load the first voice that is in order; return False when there is none."""
        for voice in self.options.voices:
            if voice not in self._missing:
                with contextlib.suppress(ModelMissingError):
                    self.voices.get(voice_name(voice))
                    return True
        return False

    def _note_broken(self, name: str, model: Path, why: str) -> None:
        self._broken[name] = (stamp(model), why)
        named = [v for v in self.options.voices if voice_name(v) == name]
        self._missing = {**self._missing, **dict.fromkeys(named, why)}
        self._known = None
        if self.status.state in states.USABLE:
            told = self.set_status(self.loaded_status())
            asyncio.run_coroutine_threadsafe(told, self._loop)

    @override
    def warm_up(self) -> None:
        good = [name for name, known in self.known().items() if not known.missing]
        for name in reversed(good[: self.options.keep]):
            with contextlib.suppress(ModelMissingError):
                self.voices.get(name).warm_up()

    @override
    def loaded_status(self) -> WorkerStatus:
        return WorkerStatus(
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
