"""Finds whose things an utterance speaks of: "Paul's kitchen", "chez ma mère"."""

import re
from typing import Final

from .text import folded

_KIN: Final = {
    "fr": (
        r"(?:mere|pere|maman|papa|mamie|papi|mamy|papy|grand (?:mere|pere)|grands parents|parents|frere|soeur|cousine?|tante|oncle|voisine?s?"
        r"|copine?s?|copains?|amie?s?|collegues?|patron|patronne|belle mere|beau pere|beaux parents|locataires?|proprietaire)"
    ),
    "en": (
        r"(?:mum|mom|mother|dad|father|gran|granny|grandma|grandpa|grandad|grandparents?|parents?|brother|sister|cousin|aunt|uncle"
        r"|neighbours?|neighbors?|friends?|mate|colleague|boss|in laws|tenants?|landlord)"
    ),
}
_PLACES: Final = {
    "fr": r"(?:travail|boulot|taf|ecole|lycee|college|hotel|usine|agence|maison de (?:vacances|campagne)|residence secondaire|magasin|boutique)",
    "en": r"(?:work|office|school|hotel|factory|shop|holiday home|summer house|second home|cabin|cottage|neighbours|neighbors)",
}
_LIVING_HERE: Final = r"(?:kid|kids|child|children|baby|boy|girl|boys|girls|son|daughter|wife|husband|partner|guest|guests|everyone|everybody|dog|cat)"
_BY_WORDS: Final = {
    "fr": re.compile(
        rf"(?:^| )chez (?!moi|nous|soi|toi)(?:(?:ma|mon|mes|notre|nos|le|la|les|l'|un|une|des|ta|ton) )?(?P<owner>\w+)"
        rf"|(?:^| )(?:de|du|des|d'|aux?) (?:(?:ma|mon|mes|notre|nos|la|les|l') )?(?P<kin>{_KIN['fr']})(?: |$)"
        rf"|(?:^| )(?:au|a l'|a la|a mon|a ma|dans (?:ma|la|notre)|de (?:ma|la|notre)) (?P<place>{_PLACES['fr']})(?: |$)"
    ),
    "en": re.compile(
        rf"(?:^| )(?!(?:it|let|that|what|here|there|he|she|who|where|how|when|why|one|somebody|someone|nobody|today|tonight|tomorrow|yesterday|this|o|{_LIVING_HERE})'s)"
        rf"(?P<owner>[a-z]+)'s(?: |$)|(?:^| )(?!{_LIVING_HERE}' )(?P<owners>[a-z]+s)' [a-z]|(?:^| )(?:at|in) (?:the )?(?P<family>[a-z]+s)'$|(?:^| )(?:at|of|to|over at) (?:my|our|the|his|her) (?P<kin>{_KIN['en']})(?:'s?)?(?: (?:place|house|home|flat))?$"
        rf"|(?:^| )(?:at|in|over at) (?:(?:my|our|the) )?(?P<place>{_PLACES['en']})(?: |$)"
    ),
}
_BY_CAPITAL: Final = re.compile(r"(?<=\w) (?:de |d'|d’)(?P<owner>[A-ZÀ-Ý][a-zà-ÿ]+)")


def owners_said(text: str, language: str) -> frozenset[str]:
    """Return the folded words for those who own what is spoken of, if any are named.

    Places where one is not at home belong to them: "at the office", "à l'hôtel".
    """
    said = " ".join(folded(text))
    found = {
        word
        for match in _BY_WORDS[language].finditer(said)
        for owner in match.groupdict().values()
        for word in (owner or "").split()
    }
    if language == "fr" and not text.istitle() and not text.isupper():
        for match in _BY_CAPITAL.finditer(text):
            found.update(folded(match["owner"]))
    return frozenset(found)
