"""Jarvis's own sentences, in the language of the turn."""

import re
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from ...core.errors import JarvisError
from ...engines.language import LANGUAGES, NounPhrase, speech_language

_DECIMAL = re.compile(r"-?\d+\.\d+(?: \S+)?")
_FOLDER = Path(__file__).parent

# Read while the module is imported, which Home Assistant does outside the event loop.
_SENTENCES: Final[dict[str, Any]] = {
    language: yaml.safe_load((_FOLDER / f"{language}.yaml").read_text("utf-8"))
    for language in LANGUAGES
}


def say(language: str, key: str, **placeholders: str) -> str:
    """Return a sentence by its path in the file, "help.example"."""
    entry = _SENTENCES[language]
    for part in key.split("."):
        entry = entry[part]
    return str(entry).format(**placeholders)


def say_error(language: str, error: JarvisError) -> tuple[str, str]:
    """Return an error's spoken and written sentence.

    The written one is the spoken one where the error does not carry what it names.
    """
    entry = _SENTENCES[language]["errors"][error.key]
    spoken = entry["spoken"].format_map(error.placeholders)
    try:
        return spoken, entry.get("written", spoken).format(**error.placeholders)
    except KeyError:
        return spoken, spoken


def spoken_error(error: JarvisError, language_tag: str) -> str:
    """Return what to say of an error to a user of any language, "fr-CA"."""
    return say_error(speech_language(language_tag), error)[0]


def say_state(
    language: str,
    subject: NounPhrase,
    state: str,
    *,
    still: Literal["", "still", "already"] = "",
    value: str = "",
) -> str:
    """Return a clause: "la lumière du salon est allumée"."""
    sentences = _SENTENCES[language]
    forms: dict[str, str] = sentences["states"][state]
    # Verbs alone agree in number only: "s" and "p" stand for both genders.
    verb = forms.get(subject.form) or forms[subject.form[-1]]
    again = sentences[still] if still else ""
    if language == "fr" and _DECIMAL.fullmatch(value):
        value = value.replace(".", ",")
    return f"{subject.text} {verb.format(still=again, value=value)}"
