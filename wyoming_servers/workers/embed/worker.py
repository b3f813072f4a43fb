"""The embedding worker: one sentence model and its connections."""

import asyncio
from pathlib import Path
from typing import override

from wyoming.info import Info

from ...errors import ModelMissingError
from ...store import Hub
from ...supervisor import states
from ...wire import Limits, Session
from ..base import Status, Worker
from .engine import Engine
from .files import find_embedder
from .names import model_name
from .options import EmbedOptions
from .session import EmbedSession


class EmbedWorker(Worker):
    """One sentence model behind the `embed` event."""

    def __init__(self, options: EmbedOptions, limits: Limits) -> None:
        super().__init__(at_once=options.at_once, limits=limits)
        self.options = options
        self._engine: Engine | None = None
        self._loop = asyncio.get_running_loop()

    @property
    def engine(self) -> Engine:
        """The loaded model; raise ModelMissingError before that."""
        if self._engine is None:
            raise ModelMissingError(self.status.reason or "The model is being loaded.")
        return self._engine

    @override
    def load(self) -> None:
        hub = Hub(on_progress=self.progress(self._loop))
        options = self.options
        file = find_embedder(options.model, Path(options.data_dir), hub)
        self._engine = Engine(file, options)

    @override
    def loaded_status(self) -> Status:
        return Status(state=states.READY, loaded=(model_name(self.options.model),))

    @override
    def info(self) -> Info:
        # Wyoming has no word for embeddings: Home Assistant shall see nothing of this.
        return Info()

    @override
    def session(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Session:
        return EmbedSession(reader, writer, self)
