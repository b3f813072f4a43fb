"""Reads a YAML file of text blocks, one entry a line, and knows each line's number."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a block, and its line in the file, counted from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong with a line of a file."""

    line: int
    text: str


type Block = list[Line]
type Tree = dict[str, "Block | Tree | list[Tree]"]


@dataclass(slots=True)
class Document:
    """A file as blocks, the line of each key by its path, and what is wrong."""

    tree: Tree = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, text: str) -> None:
        """Note what is wrong."""
        self.problems.append(Problem(line, text))

    def word(self, key: str) -> str:
        """Return the one line of a key, "" and a problem if there is not just one."""
        value = self.tree.get(key)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], Line):
            return value[0].text
        self.complain(self.places.get(key, 1), f"`{key}:` needs one line of text")
        return ""

    def block(self, key: str) -> Block:
        """Return the lines of a key, none where it is not there."""
        return lines_of(self.tree.get(key, []))

    def below(self, key: str) -> dict[str, Block]:
        """Return the blocks below a key."""
        value = self.tree.get(key, {})
        if not isinstance(value, dict):
            self.complain(
                self.places[key], f"`{key}:` needs names with blocks below it"
            )
            return {}
        return {name: lines_of(block) for name, block in value.items()}

    def entries(self, key: str) -> list[dict[str, Block]]:
        """Return the list of maps of blocks at a key."""
        value = self.tree.get(key, [])
        found = [
            {name: lines_of(block) for name, block in one.items()}
            for one in value
            if isinstance(one, dict)
        ]
        if len(found) < len(value):
            self.complain(
                self.places[key], f"`{key}:` needs a list, each `- before: |`"
            )
        return found


def lines_of(value: object) -> Block:
    """Return the lines of what may be a block, none otherwise."""
    if not isinstance(value, list):
        return []
    return [line for line in value if isinstance(line, Line)]


def read(path: Path) -> Document:
    """Return a file's blocks. What is no YAML is one problem, never an error."""
    document = Document()
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        number = mark.line + 1 if mark else 1
        document.complain(number, f"not readable as YAML: {error.problem}")
        return document
    except UnicodeDecodeError, yaml.YAMLError:
        document.complain(1, "not readable as YAML in UTF-8")
        return document
    if isinstance(root, yaml.MappingNode):
        document.tree = _tree(root, document, "")
    else:
        document.complain(1, "the file needs keys such as `voice:` at its left edge")
    return document


def _tree(node: yaml.MappingNode, document: Document, path: str) -> Tree:
    tree: Tree = {}
    for key, value in node.value:
        name = str(key.value)
        place = f"{path}{name}"
        if name in tree:
            document.complain(key.start_mark.line + 1, f"`{name}:` stands twice")
        document.places[place] = key.start_mark.line + 1
        if isinstance(value, yaml.MappingNode):
            tree[name] = _tree(value, document, f"{place}.")
        elif isinstance(value, yaml.SequenceNode):
            tree[name] = _sequence(value, document, place)
        else:
            tree[name] = _lines(value)
    return tree


def _sequence(
    node: yaml.SequenceNode, document: Document, place: str
) -> Block | list[Tree]:
    if all(isinstance(child, yaml.MappingNode) for child in node.value):
        return [_tree(child, document, f"{place}.") for child in node.value]
    block: Block = []
    for child in node.value:
        if isinstance(child, yaml.ScalarNode):
            block += _lines(child)
        else:
            document.complain(
                child.start_mark.line + 1, 'not a text: write `- "…"`, or use `|`'
            )
    return block


def _lines(node: yaml.ScalarNode) -> Block:
    """Return the entries of a scalar: a block's lines, or the one it is."""
    first = node.start_mark.line + 1
    if node.style == ">":
        return [Line(node.value, first)]
    if node.style != "|":
        return [Line(node.value.strip(), first)] if node.value.strip() else []
    return [
        Line(text.strip(), first + offset)
        for offset, text in enumerate(node.value.splitlines(), start=1)
        if text.strip() and not text.lstrip().startswith("#")
    ]
