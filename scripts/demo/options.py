"""The options of `scripts/run`."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .paths import ROOT
from .rooms import Language

SENTENCES: Final = {
    Language.FRENCH: "allume la lumière du salon",
    Language.ENGLISH: "turn off the kitchen light",
}
_DESCRIPTION: Final = """\
Sets everything up, starts the voice servers and a real Home Assistant with Jarvis in a
small demo home, says one sentence as a voice satellite would, shows what became of it,
and stays up with the login printed."""
_EPILOG: Final = """\
stages, in milliseconds, as the satellite sees them:
  speech-to-text   last sound of the speech sent -> transcript; holds the silence that
                   must pass before the sentence counts as ended
  understanding    transcript handed to the agent -> its answer as text, acts done
  first audio      last sound of the speech sent -> first sound of the reply received
  total            last sound of the speech sent -> whole reply received

The exit code is 0 when the sentence was heard right, something changed (or a question
was answered) and the reply can be heard; otherwise 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What was asked for."""

    once: bool = False
    json: bool = False
    say: str | None = None
    language: Language = Language.FRENCH
    wav: Path | None = None
    models: str = "auto"
    port: int = 8123
    fresh: bool = False
    run_folder: Path = ROOT / ".run"

    @property
    def sentence(self) -> str | None:
        """The sentence to say; None when a recording is played."""
        return None if self.wav else self.say or SENTENCES[self.language]


def parse(arguments: list[str] | None = None) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/run",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--once", action="store_true", help="end after the turn")
    add("--json", action="store_true", help="print the turn as one JSON object only")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--say", metavar="TEXT", help="the sentence, said by espeak-ng")
    what.add_argument(
        "--wav", metavar="FILE", type=Path, help="play a recording instead"
    )
    add(
        "--lang",
        choices=[language.value for language in Language],
        default=Language.FRENCH.value,
        help="language of the turn, and of a home that is made (default: fr)",
    )
    add(
        "--models",
        default="auto",
        metavar="auto|demo|NAME",
        help="speech models: the real ones where they are or can be had, else the "
        "shipped demo models (auto); the demo models; or a Whisper model by name or "
        "folder (default: auto)",
    )
    add("--port", type=_port, default=8123, help="Home Assistant's (default: 8123)")
    add("--fresh", action="store_true", help="make the demo home anew")
    add(
        "--run-folder",
        type=Path,
        default=ROOT / ".run",
        metavar="FOLDER",
        help="where home, logs and reply are kept (default: .run)",
    )
    given = parser.parse_args(arguments)
    return Options(
        once=given.once,
        json=given.json,
        say=given.say,
        language=Language(given.lang),
        wav=given.wav,
        models=given.models,
        port=given.port,
        fresh=given.fresh,
        run_folder=given.run_folder.resolve(),
    )


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError("a port lies between 1 and 65535")
    return port
