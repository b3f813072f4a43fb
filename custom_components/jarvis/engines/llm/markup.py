"""The marks that models write into their answers, by what follows from them.

Families of models differ in brackets, case and prefixes, much less in words: so a mark is
read as its brackets and its name, and the name tells what it is.
"""

import re
from enum import Enum, auto
from typing import Final

THOUGHT: Final = (
    r"(?:think(?:ing|s)?|thoughts?|reason(?:ing)?|reflect(?:ion|ing|ions)?|scratchpad|"
    r"rationale|deliberation|monologue|inner_monologue|internal_monologue|cot|"
    r"chain_of_thought|analysis|pensees?|pensée?s?|raisonnement|réflexion|reflexion)"
)
"""Names of blocks in which a model thinks."""

_CALL: Final = (
    r"(?:tool_?call|function_?call|tool_?use|tool_?code|api_?call|start_function_call|"
    r"function|invoke|call|plugin|action)"
)
_RESULT: Final = (
    r"(?:(?:tool|function|api|call)s?_?(?:response|result|output|return)s?|observation)"
)
_WRAPPER: Final = (
    r"(?:answer|final_answer|final|response|reply|output|speech|assistant|message|tools?|"
    r"(?:tool|function)_?calls|parameters?|param|arguments?|arg_key|arg_value|escape|"
    r"end_function_call|start_function_\w+|end_function_\w+|s|bos|eos|pad|unk|sep|cls|mask|"
    r"(?:start|end)_of_(?:turn|utterance|image|text)|unused\d+|0x[0-9a-f]{2}|sys|inst)"
)
_NAMES: Final = [
    "think",
    "thinking",
    "thinks",
    "thought",
    "thoughts",
    "reason",
    "reasoning",
    "reflect",
    "reflection",
    "scratchpad",
    "rationale",
    "deliberation",
    "monologue",
    "inner_monologue",
    "internal_monologue",
    "cot",
    "chain_of_thought",
    "analysis",
    "pensee",
    "pensées",
    "raisonnement",
    "réflexion",
    "reflexion",
    "tool_calls",
    "toolcall",
    "function_calls",
    "functioncall",
    "tool_use",
    "tool_code",
    "api_call",
    "invoke",
    "plugin",
    "action",
    "function_results",
    "tool_responses",
    "tool_outputs",
    "function_outputs",
    "observation",
    "final_answer",
    "response",
    "reply",
    "output",
    "speech",
    "assistant",
    "message",
    "parameters",
    "arguments",
    "arg_key",
    "arg_value",
    "escape",
    "start_function_declaration",
    "start_function_call",
    "start_function_response",
    "end_function_call",
    "end_function_response",
    "end_function_declaration",
    "bos",
    "eos",
    "pad",
    "unk",
    "sep",
    "cls",
    "mask",
    "start_of_turn",
    "end_of_turn",
    "start_of_utterance",
    "end_of_utterance",
    "start_of_image",
    "end_of_image",
    "start_of_text",
    "end_of_text",
    "unused",
    "0x",
    "sys",
    "inst",
]

CLOSE_THOUGHT: Final = re.compile(
    rf"</\s?(?:[\w-]{{1,20}}:)?{THOUGHT}\s?>|\[/{THOUGHT}\]|◁/{THOUGHT}▷"
    rf"|<[|｜](?:/|end_(?:of_)?){THOUGHT}[|｜]>|<[|｜]{THOUGHT}_end[|｜]>|<unused95>",
    re.IGNORECASE,
)
CLOSE_CHANNEL: Final = re.compile(
    r"<\|(?:end|return|call)\|>|(?=<\|(?:start|channel)\|>)|assistant(?:final|(?=commentary))"
)
CLOSE_CALL: Final = re.compile(
    r"</(?:[\w-]{1,20}:)?(?:tool_?call|function_?call|tool_?use|tool_?code|api_?call|function|"
    r"invoke|call|plugin|action)\s?>|<end_function_call>|\[/TOOL_CALLS?\]|</s>|✿RE\w{4,5}✿"
    r"|<[|｜](?:/tool[_▁]call|tool[_▁]calls?[_▁]end|call|action_end|eom_id|eot_id|im_end)[|｜]>",
    re.IGNORECASE,
)
LONGEST_CLOSE: Final = 60
"""Characters of the longest mark that ends something."""

_TAG: Final = re.compile(r"<(?:</?SYS>>|[^<>\n]{1,200}>)")
_BEGUN_TAG: Final = re.compile(r"<(?:[^<>\n]{0,200}|<[/SY]{0,4}>?)\Z")
_SQUARE: Final = re.compile(r"\[(/?)([^\W\d]{2,30})\]")
_BEGUN_SQUARE: Final = re.compile(r"\[/?[^\W\d]{0,30}\Z")
_SQUARE_SPECIAL: Final = re.compile(
    r"INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_RESULTS|TOOL_CONTENT|ARGS|CALL_ID|TOOL_CALL_ID"
)
_TRIANGLE: Final = re.compile(rf"◁(/?)({THOUGHT})▷", re.IGNORECASE)
_BEGUN_TRIANGLE: Final = re.compile(r"◁/?\w{0,30}\Z")


class Mark(Enum):
    """What a mark is."""

    THOUGHT = auto()
    THOUGHT_OVER = auto()
    CALL = auto()
    RESULT = auto()
    CHANNEL = auto()
    ROLE = auto()
    NOTHING = auto()
    """It is dropped, and that is all."""


def read_mark(text: str, at: int) -> tuple[Mark, int] | bool:
    """Return which mark begins at a place, and where it ends.

    False when none does, True when that cannot be said before more is known.
    """
    match text[at]:
        case "<":
            if tag := _TAG.match(text, at):
                kind = _angle(tag[0])
                return (kind, tag.end()) if kind else False
            begun = _BEGUN_TAG.match(text, at)
            return begun is not None and _may_be(begun[0])
        case "[":
            if square := _SQUARE.match(text, at):
                kind = _square(square[1], square[2])
                return (kind, square.end()) if kind else False
            return _BEGUN_SQUARE.match(text, at) is not None
        case "◁":
            if found := _TRIANGLE.match(text, at):
                return Mark.THOUGHT_OVER if found[1] else Mark.THOUGHT, found.end()
            return _BEGUN_TRIANGLE.match(text, at) is not None
    return False


def is_unfinished(text: str) -> bool:
    """Return whether an answer ends in the middle of a mark."""
    if re.match(r"<[|｜]|◁|\[/?(?:TOOL|THINK|INST)", text):
        return True
    begun = re.match(r"</?(?:[\w-]{1,20}:)?([\w-]{3,})", text)
    name = begun[1].lower().replace("-", "_") if begun else ""
    return bool(name) and any(known.startswith(name) for known in _NAMES)


def _angle(tag: str) -> Mark | None:
    if tag.startswith("<<"):
        return Mark.NOTHING
    inner = tag[1:-1]
    if inner[0] in "|｜":
        return _token(inner.strip("|｜").replace("▁", "_").replace(" ", "_").lower())
    closes = inner.startswith("/")
    name = _name(inner)
    if re.fullmatch(THOUGHT, name) or name in {"unused94", "unused95"}:
        if closes or name == "unused95":
            return Mark.THOUGHT_OVER
        return Mark.NOTHING if inner.endswith("/") else Mark.THOUGHT
    if re.fullmatch(_RESULT, name):
        return Mark.NOTHING if closes else Mark.RESULT
    if name == "start_of_turn":
        return Mark.ROLE
    if re.fullmatch(_CALL, name):
        return Mark.NOTHING if closes else Mark.CALL
    return Mark.NOTHING if re.fullmatch(_WRAPPER, name) else None


def _token(name: str) -> Mark:
    """Read "<|name|>": all of these are marks of a chat template."""
    if re.fullmatch(
        rf"(?:begin_of_|begin_|start_of_|start_)?{THOUGHT}(?:_start)?", name
    ):
        return Mark.THOUGHT
    if re.fullmatch(rf"(?:/|end_of_|end_){THOUGHT}|{THOUGHT}_end", name):
        return Mark.THOUGHT_OVER
    if name == "channel":
        return Mark.CHANNEL
    if name in {"im_start", "start_header_id", "start", "start_of_role"}:
        return Mark.ROLE
    if re.search(r"result|response|output", name) and not re.search("end|/", name):
        return Mark.RESULT
    call = re.search(r"tool_?call|function_?call|action_start|python_tag", name)
    return (
        Mark.CALL
        if call and not re.search(r"end|/|sep|section", name)
        else Mark.NOTHING
    )


def _square(slash: str, name: str) -> Mark | None:
    if re.fullmatch(THOUGHT, name.lower()):
        return Mark.THOUGHT_OVER if slash else Mark.THOUGHT
    if name in {"TOOL_CALLS", "TOOL_CALL"}:
        return Mark.NOTHING if slash else Mark.CALL
    return Mark.NOTHING if _SQUARE_SPECIAL.fullmatch(name) else None


def _name(inner: str) -> str:
    """Return "think" of "/seed:think class=x"."""
    head = re.match(r"/?\s?(?:[\w-]{1,20}:)?([\w-]*)", inner)
    name = head[1].lower().replace("-", "_") if head else ""
    after = inner[head.end() :] if head else ""
    # "<thinking about it>" is no mark, "<function=turn_on>" and "<think a="b">" are.
    return name if re.match(r"\s*(?:/?\Z|=|[\w:-]+\s?=)", after) else ""


def _may_be(begun: str) -> bool:
    """Return whether what begins like a tag may become a mark."""
    inner = begun[1:].lstrip("/")
    if not inner or inner[0] in "|｜<":
        return True
    head = re.match(r"(?:[\w-]{1,20}:)?([\w-]*)", inner)
    if head is None or not head[0]:
        return False
    name = head[1].lower().replace("-", "_")
    if head.end() < len(inner):
        # Attributes have begun, or the ":" of a prefix.
        return bool(_angle(f"<{head[0]}>")) or inner[head.end()] == ":"
    # A prefix may still follow: "seed:".
    return len(name) <= 20 or any(known.startswith(name) for known in _NAMES)
