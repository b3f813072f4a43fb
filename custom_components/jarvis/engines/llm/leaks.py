"""Takes out of an answer what was never meant to be words.

Small models write their calls of tools, their thoughts and their control marks into the
answer: `{"name": "HassTurnOn", …}`, `<tool_call>`, `<think>`, `<|im_end|>`. Calls become
calls, the rest is dropped; other JSON is never spoken either, but for the one text in it.
"""

import ast
import json
import re
from collections.abc import AsyncGenerator, AsyncIterable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from .base import ChatDelta, ChatEvent, ChatFailed, ToolCall

_MARK: Final = re.compile(
    r"""<think>|</?(?:tool_call|tools?|function_call|answer|response)>|</think>
      |<function[=\ ]|</function>|</?parameter[^>]*>
      |<\|[\w▁]+\|>|</?s>|<(?:start|end)_of_turn>
      |\[/?TOOL_CALLS?\]
      |```[\w-]*
      |\{\s*['"]|\[\s*\{|\[\s*\]
      |\b(?:\w+__\w+|Hass[A-Z]\w+)\(""",
    re.VERBOSE,
)
_BEGUN: Final = re.compile(
    r"(?:<[^<>\s]{0,20}|`{1,3}\w*\s*|[\[{]\s*|\[/?[A-Z_]*|\b(?:H|Ha|Has|Hass\w*))$"
)
_WORD: Final = re.compile(r"\b\w{3,}$")
_CALL_KEYS: Final = ("name", "tool", "tool_name", "function", "function_name", "action")
_ARGUMENT_KEYS: Final = (
    "arguments",
    "parameters",
    "args",
    "params",
    "input",
    "tool_args",
)
_TEXT_KEYS: Final = frozenset(
    {"answer", "response", "text", "content", "message", "speech", "reply"}
)


class LeakFilter:
    """Filters the text of one answer; `tools` are the names that may be called."""

    def __init__(self, tools: Collection[str] = ()) -> None:
        self._tools = tools
        self._held = ""
        self._fenced = False

    def feed(self, text: str) -> tuple[str, list[ToolCall]]:
        """Take a piece; return the words that may pass, and the calls found."""
        self._held += text
        return self._drain(over=False)

    def end(self) -> tuple[str, list[ToolCall]]:
        """Return what is left when the answer is over."""
        return self._drain(over=True)

    def _drain(self, *, over: bool) -> tuple[str, list[ToolCall]]:
        out = ""
        calls: list[ToolCall] = []
        while match := _MARK.search(self._held):
            out += self._held[: match.start()]
            self._held = self._held[match.start() :]
            found = self._construct(len(match[0]), over=over)
            if found is None:
                return out, calls
            length, words, new = found
            self._held = self._held[length:]
            if not words and (not out or out[-1:].isspace()):
                # Nothing is left of it, not even the gap.
                self._held = self._held.lstrip()
            out += words
            calls += new
        keep = len(self._held) if over else self._begun()
        out += self._held[:keep]
        self._held = self._held[keep:]
        return out, calls

    def _begun(self) -> int:
        """Return where something begins that may not be words; the end for nothing."""
        if begun := _BEGUN.search(self._held):
            return begun.start()
        word = _WORD.search(self._held)
        if word and any(name.startswith(word[0]) for name in self._tools):
            return word.start()
        return len(self._held)

    def _construct(
        self, mark: int, *, over: bool
    ) -> tuple[int, str, list[ToolCall]] | None:
        """Read what begins with a mark: its length, its words and its calls.

        None when it is not over yet.
        """
        text = self._held
        if text.startswith("<think>"):
            end = text.find("</think>")
            if end < 0:
                return (len(text), "", []) if over else None
            return end + len("</think>"), "", []
        if text.startswith("```"):
            after = text[mark:].lstrip()
            if not after and not over:
                return None
            # A fence around words is theirs to keep.
            self._fenced = not self._fenced and after[:1] not in {
                "",
                "[",
                "{",
                "<",
                "H",
            }
            return mark, text[:mark] if self._fenced else "", []
        if text[0] in "[{" and not text.startswith(("[TOOL", "[/TOOL")):
            return self._json(over=over)
        if text[0].isalpha():
            return self._python(mark, over=over)
        if text.startswith(("<function=", "<function ")):
            return self._tagged(over=over)
        return mark, "", []

    def _json(self, *, over: bool) -> tuple[int, str, list[ToolCall]] | None:
        end = _closes(self._held)
        if end is None:
            # Cut off in the middle: whatever it was, it is not for the ear.
            return (len(self._held), "", []) if over else None
        raw = self._held[:end]
        value: Any = None
        with suppress(ValueError):
            value = json.loads(raw)
        if value is None:
            with suppress(ValueError, SyntaxError):
                value = ast.literal_eval(raw)
        calls = self._calls(value)
        return end, "" if calls else _words(value), calls

    def _calls(self, value: Any) -> list[ToolCall]:
        if isinstance(value, list):
            return [call for entry in value for call in self._calls(entry)]
        if not isinstance(value, Mapping):
            return []
        if isinstance(inner := value.get("tool_calls"), list):
            return self._calls(inner)
        if isinstance(inner := value.get("function"), Mapping):
            return self._calls(inner)
        name = next((value[key] for key in _CALL_KEYS if key in value), None)
        given = next((value[key] for key in _ARGUMENT_KEYS if key in value), None)
        if not isinstance(name, str) or not self._tools:
            return []
        if isinstance(given, str):
            with suppress(ValueError):
                given = json.loads(given)
        if given is None and name not in self._tools and len(value) > 1:
            return []
        return [
            ToolCall(name=name, arguments=given if isinstance(given, Mapping) else {})
        ]

    def _python(
        self, mark: int, *, over: bool
    ) -> tuple[int, str, list[ToolCall]] | None:
        """Read `HassTurnOn(name="Lampe")`."""
        end = _closes(self._held, mark - 1)
        if end is None:
            return (len(self._held), "", []) if over else None
        name = self._held[: mark - 1]
        try:
            tree = ast.parse(self._held[:end], mode="eval").body
            assert isinstance(tree, ast.Call)
            arguments = {
                word.arg: ast.literal_eval(word.value)
                for word in tree.keywords
                if word.arg
            }
        except SyntaxError, ValueError, AssertionError:
            return end, "", []
        return (
            end,
            "",
            [ToolCall(name=name, arguments=arguments)] if self._tools else [],
        )

    def _tagged(self, *, over: bool) -> tuple[int, str, list[ToolCall]] | None:
        """Read `<function=HassTurnOn>{…}</function>`, also with `<parameter=…>`."""
        end = self._held.find("</function>")
        if end < 0:
            return (len(self._held), "", []) if over else None
        whole = self._held[: end + len("</function>")]
        head = re.match(r"<function(?:=|\s+name=)[\"']?([\w.]+)[\"']?>", whole)
        body = whole[head.end() : end].strip() if head else ""
        arguments: Any = dict(
            re.findall(
                r"<parameter(?:=|\s+name=)[\"']?(\w+)[\"']?>\s*(.*?)\s*</parameter>",
                body,
                re.DOTALL,
            )
        )
        with suppress(ValueError):
            arguments = arguments or json.loads(body)
        if head is None or not self._tools or not isinstance(arguments, Mapping):
            return len(whole), "", []
        return len(whole), "", [ToolCall(name=head[1], arguments=arguments)]


async def without_leaks(
    events: AsyncIterable[ChatEvent], tools: Collection[str]
) -> AsyncGenerator[ChatEvent]:
    """Pass on the events of an answer, with its leaks turned into what they were."""
    leaks = LeakFilter(tools)
    async for event in events:
        if isinstance(event, ChatDelta):
            words, calls = leaks.feed(event.text) if event.text else ("", [])
            delta = replace(event, text=words, tool_calls=(*event.tool_calls, *calls))
            if delta != ChatDelta():
                yield delta
            continue
        if isinstance(event, ChatFailed):
            # The next server may go on with what was begun.
            yield event
            continue
        words, calls = leaks.end()
        if words or calls:
            yield ChatDelta(text=words, tool_calls=tuple(calls))
        yield event


def _closes(text: str, start: int = 0) -> int | None:
    """Return where the bracket that opens at `start` is closed, None if it is not."""
    depth = 0
    quote = ""
    escaped = False
    for place in range(start, len(text)):
        letter = text[place]
        if escaped:
            escaped = False
        elif quote:
            escaped = letter == "\\"
            quote = "" if letter == quote else quote
        elif letter == '"' or (letter == "'" and not text[place - 1].isalnum()):
            quote = letter
        elif letter in "[{(":
            depth += 1
        elif letter in "]})":
            depth -= 1
            if not depth:
                return place + 1
    return None


def _words(value: Any) -> str:
    """Return the text that an answer in JSON holds, "" for none."""
    if not isinstance(value, Mapping):
        return ""
    texts = [v for k, v in value.items() if k in _TEXT_KEYS and isinstance(v, str)]
    return texts[0] if len(texts) == 1 else ""
