"""The embedding worker: one sentence model and its connections."""

from pathlib import Path
from typing import override

from wyoming.info import Info

from ...store import HubProcess
from ...wire import Limits
from ..base import OneModelWorker
from .engine import Engine
from .files import find_embedder
from .names import model_name
from .options import EmbedOptions


class EmbedWorker(OneModelWorker[Engine]):
    """One sentence model behind the `embed` event."""

    def __init__(self, options: EmbedOptions, limits: Limits) -> None:
        name = model_name(options.model)
        super().__init__(name, at_once=options.at_once, limits=limits)
        self.options = options

    @override
    def load(self) -> None:
        hub = HubProcess(on_progress=self.progress(self.loop))
        options = self.options
        file = find_embedder(options.model, Path(options.data_dir), hub)
        self.engine = Engine(file, options)

    @override
    def info(self) -> Info:
        # Wyoming has no word for embeddings: Home Assistant shall see nothing of this.
        return Info()
