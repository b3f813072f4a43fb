"""Finds the calls of tools in what a model wrote instead of making them.

Every family of models has a form of its own: JSON, tags with parameters, Python, a name
and then JSON. All reading here takes time that is linear in the length of the text.
"""

import ast
import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

from .base import ToolCall
from .repair import core_name

_CALL_KEYS: Final = ("name", "tool", "tool_name", "function", "function_name", "action")
_ARGUMENT_KEYS: Final = (
    "arguments", "parameters", "args", "params", "input", "tool_args", "action_input",
    "tool_input", "kwargs",
)  # fmt: skip
_PIECES: Final = re.compile(r"(<[^<>\n]{1,200}>)")
_HEAD: Final = re.compile(
    r"<(?:[\w-]{1,20}:)?(?:function|invoke|tool|call|tool_call)(?:=|\s{1,3}name=)"
    r"[\"']?([\w.:-]{1,100})[\"']?[^<>]{0,100}>"
)
_PARAMETER: Final = re.compile(
    r"<(?:[\w-]{1,20}:)?(?:parameter|param|arg|argument)(?:=|\s{1,3}name=)"
    r"[\"']?([\w-]{1,100})[\"']?[^<>]{0,100}>"
)
_BARE_KEY: Final = re.compile(r"([{,])\s{0,3}(\w{1,60})\s{0,3}:")
_NAME: Final = re.compile(r"[\w.]{2,100}")


class Finder:
    """Finds calls of the tools with these names."""

    def __init__(self, tools: Collection[str]) -> None:
        self._tools = tools
        self._cores = {core_name(name) for name in tools} - {""}

    def knows(self, name: str) -> bool:
        """Return whether a name is that of a tool, but for its prefix and spelling."""
        return name in self._tools or core_name(name) in self._cores

    def calls_in(self, text: str, name: str = "") -> list[ToolCall]:
        """Return the calls that a text is made of; `name` is the tool, where known."""
        if not self._tools:
            return []
        return self._tagged(text) or self._listed(text, name) or self.python(text)

    def calls_of(self, value: Any, *, depth: int = 0) -> list[ToolCall]:
        """Return the calls that a value of JSON stands for."""
        if isinstance(value, list) and depth < 4:
            return [
                call
                for entry in value
                for call in self.calls_of(entry, depth=depth + 1)
            ]
        if not isinstance(value, Mapping) or depth >= 4 or not self._tools:
            return []
        for key in ("tool_calls", "function", "function_call", "tool_call"):
            if isinstance(inner := value.get(key), list | Mapping):
                return self.calls_of(inner, depth=depth + 1)
        return self._named(value)

    def _named(self, value: Mapping[str, Any]) -> list[ToolCall]:
        """Read {"name": …, "arguments": …}, and {NAME: {…}}."""
        names = [n for key in _CALL_KEYS if isinstance(n := value.get(key), str)]
        name = next(filter(self.knows, names), names[0] if names else "")
        given = next((value[key] for key in _ARGUMENT_KEYS if key in value), None)
        if isinstance(given, str):
            given = parsed(given)
        if not name and len(value) == 1:
            name, given = next((str(k), v) for k, v in value.items())
            name = name if self.knows(name) and isinstance(given, Mapping) else ""
        if not name or (given is None and not self.knows(name)):
            return []
        if given is None:
            # The arguments stand beside the name of the tool.
            given = {key: item for key, item in value.items() if item is not name}
        arguments = (
            given if isinstance(given, Mapping) else {"unreadable": str(given)[:200]}
        )
        return [ToolCall(name=name, arguments=arguments)]

    def python(self, text: str) -> list[ToolCall]:
        """Read `HassTurnOn(name="Lampe")`, also several, in a list or printed."""
        try:
            tree = ast.parse(text.strip(), mode="eval").body
            nodes = tree.elts if isinstance(tree, ast.List | ast.Tuple) else [tree]
            return [call for node in nodes if (call := self._python_call(node))]
        except SyntaxError, ValueError, RecursionError, MemoryError:
            # What is nested too deep to be read is no call, whichever step finds out.
            return []

    def _python_call(self, node: ast.expr) -> ToolCall | None:
        if not isinstance(node, ast.Call) or not self._tools:
            return None
        name = ast.unparse(node.func)
        if name == "print" and len(node.args) == 1:
            return self._python_call(node.args[0])
        try:
            given = {w.arg: ast.literal_eval(w.value) for w in node.keywords if w.arg}
            for argument in node.args:
                value = ast.literal_eval(argument)
                given |= (
                    value if isinstance(value, dict) else {"unreadable": str(value)}
                )
        except ValueError, SyntaxError, TypeError, RecursionError, MemoryError:
            return None
        return ToolCall(name=name, arguments=given)

    def _tagged(self, text: str) -> list[ToolCall]:
        """Read tags with parameters, the keys in the tags or in tags of their own."""
        found: list[tuple[str, dict[str, Any]]] = []
        words: list[list[str]] = [[]]
        """What stands outside of parameters: before the first call, and in each."""
        key = ""
        for piece in _PIECES.split(text):
            if head := _HEAD.fullmatch(piece):
                found.append((head[1], {}))
                words.append([])
            elif piece.startswith("<"):
                key = _key(piece, words[-1])
            elif not key:
                words[-1].append(piece)
            else:
                if not found:
                    found.append((self._name_in("".join(words[0])), {}))
                    words.append(words[0][-1:])
                found[-1][1][key] = piece.strip()
        calls = []
        for (name, given), rest in zip(found, words[1:], strict=True):
            arguments = given or parsed("".join(rest).strip() or "{}")
            if name and isinstance(arguments, Mapping):
                calls.append(ToolCall(name=name, arguments=arguments))
        return calls

    def _listed(self, text: str, name: str) -> list[ToolCall]:
        """Read JSON, with the name of the tool in it or before it."""
        calls: list[ToolCall] = []
        before = 0
        for start, end in _objects(text):
            value = parsed(text[start:end])
            found = self.calls_of(value)
            if not found and isinstance(value, Mapping):
                called = name or self._name_in(text[before:start])
                found = [ToolCall(name=called, arguments=value)] if called else []
            calls += found
            before = end
        return calls

    def _name_in(self, text: str) -> str:
        """Return the last name of a tool in a text, "" for none."""
        names = [name.strip(".") for name in _NAME.findall(text[-400:])]
        return next((name for name in reversed(names) if self.knows(name)), "")


def _key(tag: str, before: list[str]) -> str:
    """Return the key of the parameter whose value follows a tag, "" for none."""
    if tag == "<arg_value>":
        return next((word.strip() for word in reversed(before) if word.strip()), "")
    parameter = _PARAMETER.fullmatch(tag)
    return parameter[1] if parameter else ""


def parsed(text: str) -> Any:
    """Return the value that a text is in JSON, Python or with bare keys; None for none."""
    for read in (json.loads, ast.literal_eval, _with_bare_keys):
        with suppress(ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            return read(text)
    return None


def _with_bare_keys(text: str) -> Any:
    return json.loads(_BARE_KEY.sub(r'\1"\2":', text.replace("<escape>", '"')))


def _objects(text: str) -> Iterator[tuple[int, int]]:
    """Yield where objects and lists of them begin and end, the outermost ones."""
    scan = Brackets()
    start = None
    for place, letter in enumerate(text):
        if start is None:
            if letter != "{" and not (
                letter == "[" and text[place + 1 : place + 40].lstrip()[:1] == "{"
            ):
                continue
            start, scan = place, Brackets()
        if scan.closes(letter):
            yield start, place + 1
            start = None


class Brackets:
    """Follows brackets and quotes through a text, letter by letter."""

    def __init__(self) -> None:
        self._depth = 0
        self._quote = ""
        self._escaped = False
        self._before = ""

    def closes(self, letter: str) -> bool:
        """Take a letter; return whether it closes the first bracket."""
        before, self._before = self._before, letter
        if self._escaped:
            self._escaped = False
        elif self._quote:
            self._escaped = letter == "\\"
            self._quote = "" if letter == self._quote else self._quote
        elif letter == '"' or (letter == "'" and not before.isalnum()):
            self._quote = letter
        elif letter in "[{(":
            self._depth += 1
        elif letter in "]})":
            self._depth -= 1
            return self._depth <= 0
        return False
