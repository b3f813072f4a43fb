"""Several things for a shopping list in one breath are as many items of it.

Home Assistant files "rice and lentils" as one, and takes the name of a second list for a
part of the item.
"""

import re
from collections.abc import Mapping

from hassil.recognize import RecognizeResult
from homeassistant.components.todo.const import DOMAIN as TODO

from ...engines.language import (
    Listing,
    ListRequest,
    enumerate_phrases,
    folded,
    is_described,
    words,
)
from ..home import Home, key_words
from ..intents import Step
from .agreement import slots_of

_INTENTS = {
    Listing.ADD: "HassListAddItem",
    Listing.REMOVE: "HassListRemoveItem",
    Listing.DONE: "HassListCompleteItem",
}
ADDING = frozenset({"HassListAddItem", "HassShoppingListAddItem"})

_SHOPPING = frozenset(
    "course achat commission epicerie shopping grocery grocerie supermarket".split()  # noqa: SIM905
)
_JOINTS: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r",|;|\bet\b|\bpuis\b|\bainsi que\b", re.IGNORECASE),
    "en": re.compile(r",|;|&|\band\b|\bplus\b", re.IGNORECASE),
}
_ARTICLES: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(
        r"\A(?:aussi |encore )?(?:de la |de l['’]|du |des |d['’]|les? |la |l['’])",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\A(?:also |some |the )", re.IGNORECASE),
}


def swallows_a_list(result: RecognizeResult) -> bool:
    """Return whether an item holds words for a list, so that more was said than read."""
    item = set(folded(str(slots_of(result).get("item", {}).get("text", ""))))
    return result.intent.name in ADDING and bool(item & {"list", "liste", "lists"})


def leaves_items_open(result: RecognizeResult, language: str) -> bool:
    """Return whether an item only tells what things are for: a model knows which."""
    item = str(slots_of(result).get("item", {}).get("text", ""))
    return result.intent.name in ADDING and is_described(item, language)


def items_apart(text: str, result: RecognizeResult, language: str) -> list[Step]:
    """Return one intent for each thing for a shopping list; none where it is but one."""
    slots = slots_of(result)
    if result.intent.name not in ADDING:
        return []
    named = folded(str(slots.get("name", {}).get("text", "")))
    if named and not any(word.removesuffix("s") in _SHOPPING for word in named):
        return []
    said = _as_said(text, str(slots.get("item", {}).get("text", "")))
    items = [
        bare
        for part in _JOINTS[language].split(said)
        if (bare := _ARTICLES[language].sub("", part.strip(), count=1).strip())
    ]
    if len(items) < 2:
        return []
    return [
        Step(intent_type=result.intent.name, slots=slots | {"item": {"value": item}})
        for item in items
    ]


def list_steps(request: ListRequest, home: Home) -> list[Step]:
    """Return the intents for what is asked of a list; none where no list is certain."""
    if request.listing is Listing.ADD and is_described(request.item, home.language):
        return []
    words = key_words(request.listed, home.language)
    bare = words - {"list", "liste"}
    lists = home.index.by_domain.get(TODO, [])
    named = [t for t in lists if any(bare and bare <= name for name in t.name_words)]
    if not named and bare <= _SHOPPING:
        shopping = [t for t in lists if any(name & _SHOPPING for name in t.name_words)]
        named = shopping or (lists if len(lists) == 1 else [])
    if len(named) != 1:
        return []
    apart = request.listing is Listing.ADD and named[0].name_words[0] & _SHOPPING
    parts = _JOINTS[home.language].split(request.item) if apart else [request.item]
    return [
        Step(
            intent_type=_INTENTS[request.listing],
            slots={
                "item": {"value": item},
                "name": {"value": named[0].names[0], "text": named[0].names[0]},
            },
        )
        for part in parts
        if (item := without_article(part, home.language))
    ]


def without_article(item: str, language: str) -> str:
    """Return an item as it is written on a list: "du lait" is "lait"."""
    return _ARTICLES[language].sub("", item.strip(), count=1).strip()


def items_of(steps: list[Step], language: str) -> str:
    """Return the items in words."""
    return enumerate_phrases([step.slots["item"]["value"] for step in steps], language)


def _as_said(text: str, item: str) -> str:
    """Return an item with its commas, which recognition drops."""
    wanted, heard = folded(item), words(text)
    for start in range(len(heard) - len(wanted) + 1):
        part = heard[start : start + len(wanted)]
        if wanted and tuple(word.fold for word in part) == wanted:
            return text[part[0].start : part[-1].end]
    return item
