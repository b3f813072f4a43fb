"""Orders about to-do lists that put the list first or use another verb than usual."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .reading import bare
from .text import words


class Listing(StrEnum):
    """What is to become of an item."""

    ADD = "add"
    REMOVE = "remove"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """An item, what is to become of it, and the folded words that name the list."""

    listing: Listing
    item: str
    listed: tuple[str, ...] = ()


_VERBS: Final = {
    "fr": {
        Listing.ADD: r"(?:r?ajoute[rz]?|mets|met|mettre|note[rz]?|inscris|marque|rajoute)(?: moi| nous)?",
        Listing.REMOVE: r"(?:retire[rz]?|enleve[rz]?|ote[rz]?|supprime[rz]?|vire[rz]?|efface[rz]?)(?: moi)?",
        Listing.DONE: r"(?:coche[rz]?|raye[rz]?|barre[rz]?)",
    },
    "en": {
        Listing.ADD: r"(?:add|put|stick|chuck|pop|bung|write|jot|note)(?: down)?",
        Listing.REMOVE: r"(?:remove|delete|take|get rid of|drop)(?: off)?",
        Listing.DONE: r"(?:tick|check|cross|complete)(?: off)?",
    },
}
_LIST: Final = {
    "fr": (
        r"(?:a|sur|dans|de|des|au|aux|parmi) (?:(?:la|ma|notre|les|mes|nos) )?"
        r"(?P<list>liste(?: (?:de |des |d' )?(?:la |les )?[^,]+?)?|courses)"
    ),
    "en": (
        r"(?:to|on|onto|in|from|off|off of) (?:the|my|our) (?P<list>(?:[a-z' -]+? )?list|groceries|shopping)"
    ),
}
_BETWEEN: Final = r"(?: off| down| up| somewhere| quelque part| vite| quickly| please)*"
"""Words between an item and its list that belong to neither."""
_FORMS: Final = {
    language: [
        (listing, re.compile(form))
        for listing, verb in verbs.items()
        for form in (
            rf"{verb} (?P<item>.+?){_BETWEEN} {_LIST[language]}",
            rf"{_LIST[language]} {verb} (?P<item>.+)",
        )
    ]
    for language, verbs in _VERBS.items()
}


_DESCRIBED: Final = {
    "en": re.compile(
        r"(?:(?:all|just|only) )*(?:(?:the|any|some) )?(?:everything|anything|all|whatever|what|stuff|things"
        r"|ingredients|bits)(?: .*)? (?:needs?|needed|wants?|takes?|for|missing|require[sd]?|run out"
        r"|to (?:make|cook|bake))(?: .*)?"
    ),
    "fr": re.compile(
        r"(?:(?:tout|tous|toutes) )?(?:(?:ce (?:qu'|que|dont|qui)|de quoi|le necessaire|les? ingredients?"
        r"|les (?:choses|trucs|affaires))(?!\w).*|ingredients? .*|(?:le )?necessaire .*)"
    ),
}


_ADDS: Final = {
    "en": re.compile(
        rf"{_VERBS['en'][Listing.ADD]} (?P<item>.+) (?:to|on|onto|in) (?:the|my|our) .+"
    ),
    "fr": re.compile(
        rf"{_VERBS['fr'][Listing.ADD]} (?P<item>.+) (?:a|sur|dans|aux?) .+"
    ),
}


def is_described(item: str, language: str) -> bool:
    """Return whether an item only tells what things are for: "all I need for pancakes"."""
    return bool(_DESCRIBED[language].fullmatch(" ".join(w.fold for w in words(item))))


def read_listing(text: str, language: str) -> ListRequest | None:
    """Return what is asked of a list, None for anything else."""
    text = bare(text, language)
    said = words(text)
    folds = " ".join(word.fold for word in said)
    for listing, form in _FORMS[language]:
        if match := form.fullmatch(folds):
            first = folds[: match.start("item")].count(" ")
            last = first + match["item"].count(" ")
            return ListRequest(
                listing=listing,
                item=text[said[first].start : said[last].end],
                listed=tuple(match["list"].split()),
            )
    return None


def adds_described(text: str, language: str) -> bool:
    """Return whether a text puts on a list what is only described, whatever the list."""
    said = " ".join(word.fold for word in words(bare(text, language)))
    match = _ADDS[language].fullmatch(said)
    return match is not None and is_described(match["item"], language)
