"""The hearing worker: one Whisper model and its connections."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import override

from wyoming.info import Info

from ...audio import Samples, make_stages
from ...protocol import states
from ...store import HubProcess, find_whisper
from ...wire import Limits
from ...wire.stages import check_stages
from ..base import OneModelWorker
from .ahead import Ahead
from .engine import Engine, Transcription
from .info import model_name, promised_languages, stt_info
from .options import SttOptions
from .orders import TranscribeOrder
from .threads import fastest


class SttWorker(OneModelWorker[Engine]):
    """One Whisper model behind Wyoming."""

    def __init__(self, options: SttOptions, limits: Limits) -> None:
        name = model_name(options.model)
        super().__init__(name, at_once=options.at_once, limits=limits)
        self.options = options
        self.endpointing = ThreadPoolExecutor(max_workers=1)
        """Where the ends of speech are found while the models are at work."""
        self._at_work = 0
        """Inferences that run or wait."""
        self._counting = threading.Lock()

    @override
    def load(self) -> None:
        hub = HubProcess(on_progress=self.progress(self.loop))
        options = self.options
        folder = find_whisper(options.model, Path(options.data_dir), hub)
        if not options.threads and options.device == "cpu":
            options = replace(options, threads=fastest(folder, options))
        engine = Engine(folder, options)
        engine.warm_up()
        if stages := check_stages(options.front_end):
            make_stages(stages, options.front_end_engine)
        self.engine = engine

    def submit(self, work: Callable[[], Transcription]) -> Future[Transcription]:
        """Have an inference done as soon as a thread is free."""
        with self._counting:
            self._at_work += 1
        future = self.pool.submit(work)
        future.add_done_callback(self._done)
        return future

    def ahead(self, order: TranscribeOrder) -> Ahead[Transcription] | None:
        """Return what works on an utterance at its pauses; None where that is not done."""
        options, engine = self.options, self._engine
        if (
            not options.ahead
            or not options.trim
            or order.context.probe
            or engine is None
        ):
            return None
        language = order.language or options.language

        def start(audio: Samples) -> Future[Transcription] | None:
            # Only on threads that nobody needs: one is left for whoever comes next.
            if self._at_work or options.at_once < 2:
                return None
            return self.submit(
                lambda: engine.transcribe(audio, language=language, hints=order.names)
            )

        return Ahead(start)

    def _done(self, _: Future[Transcription]) -> None:
        with self._counting:
            self._at_work -= 1

    def languages(self) -> list[str]:
        """Return the offered languages: what the model knows, cut to the wish."""
        if self._engine is None:
            return promised_languages(self.options)
        return self._engine.languages

    @override
    def info(self) -> Info:
        return stt_info(
            self.options,
            self.languages(),
            installed=self.status.state != states.MISSING,
        )
