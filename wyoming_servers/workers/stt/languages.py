"""Language tags as clients and people write them, in Whisper's codes."""

from ...store.whisper import LANGUAGES

AUTO = "auto"
"""Detect the language, as if none had been named."""

# Tags whose first part is not the code that Whisper uses.
_ALIASES = {"nb": "no", "iw": "he", "in": "id", "jv": "jw", "fil": "tl", "cmn": "zh"}


def whisper_language(tag: str | None) -> str | None:
    """Return Whisper's code for a tag: `fr-FR`, `fr_FR` and `FR` give `fr`.

    None, which means detect, for no tag and for `auto`.
    """
    first = (tag or AUTO).replace("_", "-").split("-")[0].strip().lower()
    return None if first == AUTO else _ALIASES.get(first, first)


class Known:
    """In an `Annotated` tag or list of tags: Whisper must know them."""

    def check(self, value: str | list[str]) -> None:
        """Raise ValueError for a tag of another kind."""
        for tag in [value] if isinstance(value, str) else value:
            if whisper_language(tag) not in {None, *LANGUAGES}:
                raise ValueError(
                    f"must be what Whisper knows, such as fr or en, not {tag!r}"
                )
