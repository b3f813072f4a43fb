"""The wake worker: the models on this machine and their connections."""

from collections.abc import Sequence
from typing import override

import numpy as np
from wyoming.info import Info

from ...errors import ModelMissingError, UnsupportedVoiceError
from ...protocol import WorkerStatus, states
from ...wire import Limits
from ..base import Worker
from .catalogue import WakeModelFile, find_models, own_folder
from .detector import Detector
from .info import wake_info
from .options import WakeOptions


class WakeWorker(Worker):
    """The wake word models behind Wyoming."""

    def __init__(self, options: WakeOptions, limits: Limits) -> None:
        super().__init__(at_once=options.at_once, limits=limits)
        self.options = options
        self._models: dict[str, WakeModelFile] = {}

    @override
    def load(self) -> None:
        self._models = find_models(self.options)
        if self.options.model not in self._models:
            raise ModelMissingError(
                f"There is no wake word {self.options.model!r}; there are "
                f"{', '.join(self._models) or 'none'}. Own ones are a NAME.json beside "
                f"its .tflite in {own_folder(self.options).absolute()}.",
                model=self.options.model,
            )
        # A tenth of a second of silence through the default model shows that it runs.
        detector = self.detector([self.options.model])
        detector.feed(np.zeros(1600, np.float32))
        detector.close()

    @override
    def loaded_status(self) -> WorkerStatus:
        return WorkerStatus(state=states.READY, loaded=(self.options.model,))

    def detector(self, names: Sequence[str]) -> Detector:
        """Return a detector of its own for one stream (blocking); see `check`."""
        return Detector(
            [self._models[name] for name in names or [self.options.model]],
            threshold=self.options.threshold,
            refractory_seconds=self.options.refractory_seconds,
        )

    def check(self, names: Sequence[str]) -> None:
        """Raise UnsupportedVoiceError for a name that is not here."""
        for name in names:
            if name not in self._models:
                raise UnsupportedVoiceError(
                    f"There is no wake word {name!r}; use one of "
                    f"{', '.join(self._models)}.",
                    model=name,
                    models=list(self._models),
                )

    @override
    def info(self) -> Info:
        return wake_info(self.options)
