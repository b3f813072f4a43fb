"""How a Whisper model is described to clients; no heavy imports, the gateway uses it."""

from pathlib import Path

from wyoming.info import AsrModel, AsrProgram, Attribution, Info

from ... import __version__
from ...store.whisper import LANGUAGES
from .options import SttOptions

PROGRAM = "jarvis-stt"


def model_name(model: str) -> str:
    """Return the name that clients see: a folder's last part, else the name itself."""
    return Path(model).name if model.startswith(("/", ".", "~")) else model


def promised_languages(options: SttOptions) -> list[str]:
    """Return the languages to offer before the model is loaded."""
    known = ["en"] if options.model.endswith(".en") else LANGUAGES
    return [c for c in known if not options.languages or c in options.languages]


def stt_info(options: SttOptions, languages: list[str], *, installed: bool) -> Info:
    """Describe one model. A model that is still on its way counts as installed."""
    name = model_name(options.model)
    model = AsrModel(
        name=name,
        description=f"Whisper {name} ({options.compute_type})",
        attribution=Attribution(
            name="OpenAI Whisper", url="https://github.com/openai/whisper"
        ),
        installed=installed,
        version=None,
        languages=languages,
    )
    program = AsrProgram(
        name=PROGRAM,
        description="Jarvis hearing: faster-whisper",
        attribution=Attribution(
            name="faster-whisper", url="https://github.com/SYSTRAN/faster-whisper"
        ),
        installed=True,
        version=__version__,
        models=[model],
        supports_transcript_streaming=True,
        requires_external_vad=not options.endpoint,
        # Whisper was trained on unprocessed sound; both filters do it more harm than good.
        prefers_auto_gain_enabled=False,
        prefers_noise_reduction_enabled=False,
    )
    return Info(asr=[program])
