"""How thoughts, calls and marks that leak into an answer begin and end.

Every repetition is bounded: an answer is read while it comes.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import regex

START: Final = re.compile(
    r"[<\[{`◁✿]|(?<!\w)(?:functools(?=\[)|commentary(?=\s{1,3}to=|\s{0,3}t?o?=?\Z)"
    r"|[^\W\d][\w.]{0,63}+(?=\(|\Z))"
)
JSON: Final = re.compile(r"\{\s{0,20}[\"']|\[\s{0,20}(?:\{\s{0,20}[\"']|\])")
BEGUN_JSON: Final = re.compile(r"(?:\{\s{0,20}|\[\s{0,20}(?:\{\s{0,20})?)\Z")
LIST_OF_CALLS: Final = re.compile(r"\[\s{0,20}([^\W\d][\w.]{0,63}+)(\(|\Z)")
LITERAL: Final = re.compile(r"`[^`\n]{1,60}`")
BEGUN_LITERAL: Final = re.compile(r"`[^`\n]{0,60}\Z")
FENCE: Final = re.compile(r"```[\w-]{0,20}")
BEGUN_FENCE: Final = re.compile(r"`{1,2}\Z|```[\w-]{0,20}\s{0,20}[\w.]{0,64}\Z")
CHANNEL_OVER: Final = re.compile(r"<\|message\|>")
TO: Final = re.compile(r"\s{0,3}to=(?:functions?\.)?([\w.]{1,100})")
BEGUN_TO: Final = re.compile(r"\s{0,3}t?o?=?\Z")
ROLE: Final = re.compile(r"\s{0,20}([a-z]{1,20})(?![a-z]|\Z)")
BEGUN_ROLE: Final = re.compile(r"\s{0,20}[a-z]{0,20}\Z")
HARMONY: Final = re.compile(r"analysis(?=[A-Z\"'<]|\s{1,3}to=|\s{0,3}assistant)")
IN_WORD: Final = re.compile(r"\w")
NEXT_SPEAKER: Final = re.compile(
    r"(?=<\|(?:im_start|start\w{0,10})\|>|<start_of_turn>)"
)
RESULT_OVER: Final = re.compile(r"</[\w:-]{4,40}>|<[|｜][^<>|｜]{1,40}[|｜]>")
THINKS_ALOUD: Final = regex.compile(
    r"(?i)\s*(?:(?:ok(?:ay)?|alright|right|so|hm+|bon|alors|well|d'accord)\b[\s,.…]{0,4}){0,3}"
    r"(?:the user|user |l.utilisateur|i (?:should|need to|must|have to|can see)\b|we (?:need|"
    r"should|must|have)\b|je dois\b|il (?:me )?faut (?:que|d.abord)|let me (?:think|see|check)|"
    r"let.s (?:think|see)|voyons\b|réfléchissons|first,|d.abord|wait\b|thinking process|"
    r"(?:thought|thinking|reasoning|analysis|raisonnement|réflexion)s?\s{0,3}:|hm+\b)"
)
FINAL: Final = re.compile(r"(?i)(?:final answer|réponse finale)\s{0,3}:\s*")
TEXT_KEYS: Final = frozenset(
    {"answer", "response", "text", "content", "message", "speech", "reply"}
)
SPEAKERS: Final = frozenset({"assistant", "model", "jarvis", "bot", "ai"})
OTHERS: Final = frozenset(
    {"user", "system", "tool", "human", "observation", "developer", "ipython"}
)


def begins_harmony(rest: str) -> bool:
    """Return whether a beginning may become that of a channel whose marks are lost."""
    word = rest.rstrip()
    if word and "analysis".startswith(word):
        return True
    after = word.removeprefix("analysis").strip()
    return word.startswith("analysis") and any(
        known.startswith(after) and known != after for known in ("to=", "assistant")
    )


def words_in(value: Any) -> str:
    """Return the text that an answer in JSON holds, "" for none."""
    if not isinstance(value, Mapping):
        return ""
    texts = [v for k, v in value.items() if k in TEXT_KEYS and isinstance(v, str)]
    return texts[0] if len(texts) == 1 else ""
