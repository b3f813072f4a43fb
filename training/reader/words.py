"""What the generator knows of each language beside the authors' words (words/)."""

from dataclasses import dataclass
from functools import cache

import yaml

from .frame import HERE


@dataclass(frozen=True, slots=True)
class Words:
    """Lists of one language; those with {} are forms in which a number is said."""

    articles: list[str]
    linking: list[str]
    before_places: list[str]
    inside: list[str]
    rooms: list[str]
    kind_words: list[str]
    number_locales: list[str]
    percent: list[str]
    degrees: list[str]
    half: list[str]
    one_degree: list[str]
    minutes: list[str]
    fixed_durations: list[str]
    delays: list[str]
    hours: list[str]
    fixed_times: list[str]
    colours: list[str]
    whites: list[str]
    sources: list[str]
    homophones: list[list[str]]


@cache
def words_of(language: str) -> Words:
    """Return the lists of a language."""
    text = (HERE / "words" / f"{language}.yaml").read_text(encoding="utf-8")
    return Words(**yaml.safe_load(text))


def split_article(text: str, language: str) -> tuple[str, str]:
    """Return a name's article with the space after it, "" for none, and the rest."""
    low = text.lower().replace("’", "'")
    for article in sorted(words_of(language).articles, key=len, reverse=True):
        if low.startswith(article) and len(text) > len(article):
            return text[: len(article)], text[len(article) :]
    return "", text


def bare(text: str, language: str) -> str:
    """Return a name without its article."""
    return split_article(text, language)[1]
