"""Tells whether a sentence about a list names but what was put on it or taken off it.

What is not known to be said of any list is taken for an item, so that what a model names
beside the truth is noticed, whatever it is.
"""

from collections.abc import Collection
from typing import Final

import regex
from homeassistant.helpers.intent import IntentResponse

from ...engines.language import folded
from ..home import key_words
from .deeds import Deed

_OF_ANY: Final = regex.compile(
    # What is done to an item, where it is then, and how an answer begins and ends.
    r"(re|r)?(ajout|inscri|mis|mets|met|not|ecri|enlev|retir|supprim|efface|ray|coch|barr|"
    r"plac|figur|complet|add|put|note|wrote|writ|jot|remov|took|take|delet|cross|check|tick|"
    r"list|course|shopping|groceri|grocery|achat|tache|task|item|article|element|chose|thing|"
    r"produit|product)\w*|"
    r"fait|done|set|sur|off|on|out|down|to|up|dan|in|voila|voici|here|there|you|go|deja|"
    r"already|maintenant|now|just|bien|well|tout|tou|toute|all|set|it|that|c'|ca|est|have|"
    r"been|has|had|i've|it's|that's|they|they're|ete|j'|ai|je|i|my|your|the|parfait|perfect|"
    r"great|sure|ok|okay|oui|yes|entendu|accord|d'|compris|right|course|certainly|absolutely|"
    r"volontier|souci|probleme|pas|no|problem|plaisir|pleasure|autre|else|also|aussi|"
    r"besoin|need|demand\w*|ask\w*|request\w*|successfully|succe\w*|monsieur|madame|sir|"
    r"jarvi|is|are|sont|ta|y|pour|for|toi|vous|avec|with|both|deux|trois|three|two|"
    # How much of it: what is counted or packed.
    r"\d+|kilo\w*|kg|gramme?|g|litre?|liter|l|douzaine|dozen|demi\w*|half|paquet|pack\w*|"
    r"bouteille|bottle|boite|box|can|sac|bag|tranche|slice|pot|jar|brique|carton|botte|"
    r"bunch|peu|some|bit|few|couple|plusieur|several"
)


def other_items(
    sentence: str, done: Collection[tuple[str, IntentResponse | None]]
) -> frozenset[str]:
    """Return words for items that nothing was done with.

    `done` are the items of tools that changed a list, and what the lists answered.
    """
    known: set[str] = set()
    for item, response in done:
        known |= _stems(item)
        for each in response.success_results if response is not None else ():
            known |= _stems(each.name)
    return frozenset(
        word
        for word in _stems(sentence) - known
        if not _OF_ANY.fullmatch(word) and any(map(str.isalnum, word))
    )


def said_of(text: str, items: frozenset[str]) -> bool:
    """Return whether the user's text names any of these items."""
    return not items.isdisjoint(_stems(text))


def _stems(text: str) -> frozenset[str]:
    said = folded(text)
    return key_words(key_words(said, "fr"), "en")


def items_of(done: Collection[Deed]) -> list[tuple[str, IntentResponse | None]]:
    """Return the items of tools that changed a list."""
    return [
        (item, deed.response)
        for deed in done
        if "list" in deed.worlds and isinstance(item := deed.arguments.get("item"), str)
    ]
