"""The patterns that authors write: `[please] (turn|switch) on {light} @close and …`.

[x]         said or not          {light}            a light of the home: a thing
(x|y)       one of them          {except:light}     the same, as another span
<list>      one of a list        {light.bare}       without its article
@act        a clause begins      {light#a}          the same one wherever `#a` stands
                                 {mode=eco}         these very words, as a span
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .frame import SLOTS, SPANS, classes

FORMS = frozenset({"", "bare", "few"})
_SLOT = re.compile(r"(?:(\w+):)?(\w+)(?:\.(\w+))?(?:#(\w+))?")
_SPECIAL = frozenset("[](){}<>|@")
_NAME = re.compile(r"\w+")


class PatternError(ValueError):
    """A pattern cannot be read; the message says why, for its author."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What the home or chance fills in."""

    cls: str
    span: str | None
    form: str
    ident: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of the author's own that are a span."""

    span: str
    inner: Choice


@dataclass(frozen=True, slots=True)
class Begin:
    """The first word of a clause follows."""

    act: str


@dataclass(frozen=True, slots=True)
class Ref:
    """One of a list's entries."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; of an optional group the last one is empty."""

    options: tuple[tuple[Node, ...], ...]


type Node = Text | Slot | Marked | Begin | Ref | Choice


def parse(text: str) -> Choice:
    """Return a pattern's tree. Raises PatternError."""
    reader = _Reader(text)
    tree = reader.choice("")
    if reader.at < len(text):
        raise PatternError(f"`{text[reader.at]}` closes nothing")
    return tree


def walk(node: Node, *, into_spans: bool = True) -> Iterator[Node]:
    """Yield a node and all below it, lists not followed."""
    yield node
    match node:
        case Choice(options):
            for option in options:
                for child in option:
                    yield from walk(child, into_spans=into_spans)
        case Marked(_, inner) if into_spans:
            yield from walk(inner)
        case _:
            pass


def ways(node: Node, lists: Mapping[str, list[Choice]]) -> int:
    """Return in how many ways a node can be said, slots not counted."""
    match node:
        case Choice(options):
            total = 0
            for option in options:
                product = 1
                for child in option:
                    product *= ways(child, lists)
                total += product
            return total
        case Marked(_, inner):
            return ways(inner, lists)
        case Ref(name):
            return sum(ways(one, lists) for one in lists.get(name, [])) or 1
        case _:
            return 1


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def choice(self, close: str) -> Choice:
        """Read up to what closes the group, which is left to the caller."""
        options: list[tuple[Node, ...]] = []
        nodes: list[Node] = []
        while self.at < len(self.text):
            char = self.text[self.at]
            if char and char == close:
                break
            if char in "])}>":
                raise PatternError(f"`{char}` closes nothing that is open")
            if char == "|":
                if not close:
                    raise PatternError("`|` stands outside of ( ): write (one|two)")
                options.append(tuple(nodes))
                nodes = []
                self.at += 1
            else:
                nodes.append(self.node(char))
        return Choice((*options, tuple(nodes)))

    def node(self, char: str) -> Node:
        match char:
            case "[":
                inner = self.group("[", "]")
                return Choice((*inner.options, ()))
            case "(":
                return self.group("(", ")")
            case "<":
                return Ref(self.enclosed(">"))
            case "{":
                return self.slot()
            case "@":
                return self.begin()
            case _:
                start = self.at
                while self.at < len(self.text) and self.text[self.at] not in _SPECIAL:
                    self.at += 1
                return Text(self.text[start : self.at])

    def group(self, opening: str, close: str) -> Choice:
        self.at += 1
        inner = self.choice(close)
        if self.at >= len(self.text):
            raise PatternError(f"`{opening}` is never closed by `{close}`")
        self.at += 1
        return inner

    def enclosed(self, close: str) -> str:
        end = self.text.find(close, self.at)
        if end < 0:
            raise PatternError(f"`{self.text[self.at]}` is never closed by `{close}`")
        inner, self.at = self.text[self.at + 1 : end], end + 1
        return inner.strip()

    def begin(self) -> Begin:
        match = _NAME.match(self.text, self.at + 1)
        act = match[0] if match else ""
        if act not in classes():
            raise PatternError(f"`@{act}` is no act and no kind")
        self.at += 1 + len(act)
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        return Begin(act)

    def slot(self) -> Slot | Marked:
        equals = self.text.find("=", self.at)
        close = self.text.find("}", self.at)
        if close < 0:
            raise PatternError("`{` is never closed by `}`")
        if 0 <= equals < close:
            span = self.text[self.at + 1 : equals].strip()
            self._known(span)
            self.at = equals
            inner = self.group("{", "}")
            if any(isinstance(one, Begin | Slot) for one in walk(inner)):
                raise PatternError(f"`{{{span}=…}}` holds plain words only")
            return Marked(span, inner)
        written = self.enclosed("}")
        match = _SLOT.fullmatch(written)
        if not match:
            raise PatternError(f"`{{{written}}}` is no slot")
        span, cls, form, ident = match.groups("")
        if cls not in SLOTS:
            raise PatternError(f"`{{{written}}}`: there is no slot `{cls}`")
        if form not in FORMS:
            raise PatternError(f"`.{form}` is not known: .bare or .few")
        if span:
            self._known(span)
        return Slot(cls, span or SLOTS[cls], form, ident)

    @staticmethod
    def _known(span: str) -> None:
        if span not in SPANS:
            raise PatternError(f"`{span}` is no span: {', '.join(SPANS)}")
