"""How wake words are described to clients; no heavy imports, the gateway uses it."""

from wyoming.info import Attribution, Info, WakeModel, WakeProgram

from ... import __version__
from .catalogue import WakeModelFile, find_models
from .options import WakeOptions

PROGRAM = "jarvis-wake"


def wake_info(options: WakeOptions) -> Info:
    """Describe the models, the default one first: core's entity offers that one."""
    program = WakeProgram(
        name=PROGRAM,
        description="Jarvis waking: micro-wakeword",
        attribution=Attribution(
            name="microWakeWord", url="https://github.com/kahrendt/microWakeWord"
        ),
        installed=True,
        version=__version__,
        models=[_model(model) for model in find_models(options).values()],
    )
    return Info(wake=[program])


def _model(model: WakeModelFile) -> WakeModel:
    return WakeModel(
        name=model.name,
        description=model.phrase,
        attribution=Attribution(name=model.author, url=model.website),
        installed=True,
        version=None,
        languages=list(model.languages),
        phrase=model.phrase,
    )
