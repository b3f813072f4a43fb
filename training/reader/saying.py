"""Says a pattern in a home: which words, and what each of them is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from .frame import BY_CHANCE
from .home import Home
from .patterns import Begin, Choice, Marked, Node, Ref, Slot, Text
from .utterance import Bit
from .values import chosen
from .words import bare, split_article, words_of

_CONTRACTED = (
    (re.compile(r"\bde $", re.IGNORECASE), "le ", "du "),
    (re.compile(r"\bde $", re.IGNORECASE), "les ", "des "),
    (re.compile(r"\bà $", re.IGNORECASE), "le ", "au "),
    (re.compile(r"\bà $", re.IGNORECASE), "les ", "aux "),
)
_ELIDED = re.compile(r"\b(de|que|le|la|ne|se) $", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiouyàâéèêëîïôûœ]|h[eiuy](?!blot)", re.IGNORECASE)
_NAMES = {
    "thing",
    "place",
    "floor",
    "item",
    "source",
    "except",
    "retracted",
    "addressee",
    None,
}
"""Spans that leave their article outside."""
_PLACES = {"place", "floor", "except", "retracted"}


class NotInThisHomeError(LookupError):
    """The home names nothing of this kind."""


@dataclass
class Saying:
    """One utterance in the making: the home, the lists, and what was named so far."""

    home: Home
    lists: Mapping[str, list[Choice]]
    rng: Random
    _named: dict[tuple[str, str], str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _group: int = 0

    def say(self, tree: Node) -> list[Bit | str]:
        """Return a pattern's bits, a clause's class before its first.

        Raises NotInThisHomeError.
        """
        said: list[Bit | str] = []
        for item in self._flat(tree):
            if isinstance(item, str):
                said.append(item)
            elif item.group:
                self._append_name(said, item)
            else:
                said.append(item)
        return said

    def _flat(self, node: Node) -> Iterator[Bit | str]:
        match node:
            case Text(text):
                yield Bit(text)
            case Begin(act):
                yield act
            case Choice(options):
                for child in self.rng.choice(options):
                    yield from self._flat(child)
            case Ref(name):
                yield from self._flat(self.rng.choice(self.lists[name]))
            case Marked(span, inner):
                bits = [bit for bit in self._flat(inner) if isinstance(bit, Bit)]
                self._group += 1
                yield Bit("".join(bit.text for bit in bits), span, self._group)
            case Slot():
                self._group += 1
                yield Bit(self._filled(node), node.span, self._group)

    def _filled(self, slot: Slot) -> str:
        key = (slot.cls, slot.ident)
        if slot.ident and key in self._named:
            text = self._named[key]
        else:
            text = self._fresh(slot)
        if slot.ident:
            self._named[key] = text
        self._used.add(text.lower())
        return bare(text, self.home.language) if slot.form == "bare" else text

    def _fresh(self, slot: Slot) -> str:
        options = self._options(slot.cls)
        if options is None:
            return chosen(slot.cls, slot.form, self.home.language, self.rng)
        for _ in range(8):
            text = self.rng.choice(options)
            if text.lower() not in self._used:
                return text
        raise NotInThisHomeError(slot.cls)

    def _options(self, cls: str) -> list[str] | None:
        """Return what may be said for a slot, None where no home names it."""
        if cls in BY_CHANCE:
            return None
        options = self.home.said(cls)
        if cls == "where":
            inside = words_of(self.home.language).inside
            rooms = self.home.said("room")
            options += [self.rng.choice(inside).format(room) for room in rooms]
        if cls == "source" and (not options or self.rng.random() < 0.3):
            return None
        if not options:
            raise NotInThisHomeError(cls)
        return options

    def _append_name(self, said: list[Bit | str], bit: Bit) -> None:
        """Append a span: its article outside, contracted with what stands before."""
        language, text, article = self.home.language, bit.text, ""
        if bit.span in _PLACES:
            before, text = self._preposition(text)
            if before:
                said.append(Bit(before))
        if bit.span in _NAMES:
            article, text = split_article(text, language)
        tail = said[-1] if said else ""
        if isinstance(tail, Bit) and tail.span is None and language == "fr":
            said[-1], article = _joined(tail, article, text)
        said.append(Bit(article))
        said.extend(self._parts(text, bit))

    def _preposition(self, text: str) -> tuple[str, str]:
        for before in words_of(self.home.language).before_places:
            if text.lower().startswith(before) and len(text) > len(before):
                return text[: len(before)], text[len(before) :]
        return "", text

    def _parts(self, name: str, bit: Bit) -> Iterator[Bit]:
        """Yield a name's parts: a room at either end of a thing's name is a place."""
        whole = Bit(name, bit.span, bit.group)
        if bit.span != "thing":
            yield whole
            return
        low = name.lower()
        for place in self.home.places:
            rest = len(name) - len(place)
            if rest > 1 and low.endswith(place) and not low[rest - 1].isalnum():
                thing, link = self._unlinked(name[:rest])
                if thing.strip():
                    yield Bit(thing, "thing", bit.group)
                    yield Bit(link)
                    self._group += 1
                    yield Bit(name[rest:], "place", self._group)
                    return
            if rest > 1 and low.startswith(place) and not low[len(place)].isalnum():
                self._group += 1
                yield Bit(name[: len(place)], "place", self._group)
                thing = name[len(place) :]
                gap = len(thing) - len(thing.lstrip(" -"))
                yield Bit(thing[:gap])
                yield Bit(thing[gap:], "thing", bit.group)
                return
        yield whole

    def _unlinked(self, thing: str) -> tuple[str, str]:
        """Return a thing's words and the linking words after them, as in "lampe du "."""
        stripped = thing.rstrip(" ")
        for link in sorted(words_of(self.home.language).linking, key=len, reverse=True):
            cut = len(stripped) - len(link)
            if stripped.lower().endswith(link) and (
                cut == 0 or stripped[cut - 1] == " "
            ):
                stripped = stripped[:cut].rstrip(" ")
                break
        return stripped, thing[len(stripped) :]


def _joined(tail: Bit, article: str, name: str) -> tuple[Bit, str]:
    """Return French words and the article after them as they are said together."""
    for pattern, old, new in _CONTRACTED:
        if article.lower() == old and pattern.search(tail.text):
            return Bit(pattern.sub("", tail.text) + new), ""
    if not article and _VOWEL.match(name) and (match := _ELIDED.search(tail.text)):
        return Bit(tail.text[: match.end() - 2] + "'"), ""
    return tail, article
