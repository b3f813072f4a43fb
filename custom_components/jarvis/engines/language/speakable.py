"""Makes a text for the eye into one for the ear."""

import re
from collections.abc import AsyncGenerator, AsyncIterable

from .markup import without_markup
from .quantities import read_quantities

_ABBREVIATIONS = {
    "fr": {
        r"\bM\.(?= [A-ZÉÈ])": "monsieur", r"\bMme\b\.?": "madame", r"\bMlle\b\.?": "mademoiselle",
        r"\bDr\b\.?(?= [A-ZÉÈ])": "docteur", r"\betc\.": "et cetera.", r"\bp\. ?ex\.": "par exemple",
        r"\bex\. ?:": "exemple :", r"\bc\.-à-d\.": "c'est-à-dire", r"\benv\.": "environ",
        r"\bn° ?(?=\d)": "numéro ", r"\bRDC\b": "rez-de-chaussée", r"\bTV\b": "télé",
        r"\bmax\.": "maximum", r"\bmin\.(?= )": "minimum", r"\bvs\b\.?": "contre",
        r" & ": " et ", r" \+ ": " plus ", r" = ": " égale ", r" ?→ ?": ", ", r" × ": " fois ",
        r" ?≈ ?(?=\d)": " environ ", r" ?[≥] ?": " au moins ", r" ?[≤] ?": " au plus ",
        r" > (?=\d)": " plus de ", r" < (?=\d)": " moins de ", r"±": "plus ou moins ",
    },
    "en": {
        r"\bMr\.": "Mister", r"\bMrs\.": "Missus", r"\bMs\.": "Miz", r"\bDr\.(?= [A-Z])": "Doctor",
        r"\betc\.": "et cetera.", r"\be\.g\.,?": "for example,", r"\bi\.e\.,?": "that is,",
        r"\bapprox\.": "approximately", r"\bvs\b\.?": "versus", r"\bmax\.": "maximum",
        r"\bNo\. ?(?=\d)": "number ", r"#(?=\d)": "number ", r"\bTV\b": "T V",
        r" & ": " and ", r" \+ ": " plus ", r" = ": " equals ", r" ?→ ?": ", ", r" × ": " times ",
        r" ?≈ ?(?=\d)": " about ", r" ?[≥] ?": " at least ", r" ?[≤] ?": " at most ",
        r" > (?=\d)": " more than ", r" < (?=\d)": " less than ", r"±": "plus or minus ",
    },
}  # fmt: skip
_COMPILED = {
    language: [(re.compile(pattern), word) for pattern, word in table.items()]
    for language, table in _ABBREVIATIONS.items()
}
LONGEST_SENTENCE = 400
"""Characters after which a sentence without an end is spoken as it is."""

_SLASH = {"fr": " ou ", "en": " or "}
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n+")
# "M. Dupont", "e.g. this", "1. First": no end of a sentence, though a stop stands there.
_NO_END = re.compile(
    r"(?:^|\s)(?:[A-Z]|M|Mme|Dr|Mr|Mrs|Ms|e\.g|i\.e|ex|env|p|\d{1,2})\.$"
)


def speakable(text: str, language: str) -> str:
    """Return a text without signs that a voice reads out or stumbles over."""
    text = without_markup(text, language)
    for pattern, word in _COMPILED[language]:
        text = pattern.sub(word, text)
    text = read_quantities(text, language)
    text = re.sub(r"\b(et/ou|and/or)\b", lambda m: m[0].partition("/")[2], text)
    text = re.sub(r"(?<=\w)/(?=\w)", _SLASH[language], text)
    text = re.sub(r"\s*[(\[{]\s*", ", ", text)
    text = re.sub(r"\s*[)\]}]", ",", text)
    text = re.sub(r"[*_#`~|<>\\^{}«»“”\"=]", " ", text)
    text = re.sub(r"…|\.{2,}", ".", text)
    text = re.sub(r" [-–—] ", ", ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ([,.])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*,)+", r"\1", text)
    text = re.sub(r",\s*([.!?;:])", r"\1", text)
    return text.strip(" ,")


async def speak_stream(
    pieces: AsyncIterable[str], language: str
) -> AsyncGenerator[str]:
    """Yield a streamed text sentence by sentence, each ready to be spoken."""
    waiting = ""
    async for piece in pieces:
        waiting += piece
        while cut := _first_end(waiting):
            sentence, waiting = waiting[:cut], waiting[cut:].lstrip(" ")
            if spoken := speakable(sentence, language):
                yield f"{_closed(spoken)} "
        if len(waiting) > LONGEST_SENTENCE:
            sentence, _, waiting = waiting.rpartition(" ")
            if spoken := speakable(sentence, language):
                yield f"{spoken} "
    if spoken := speakable(waiting, language):
        yield _closed(spoken)


def _closed(sentence: str) -> str:
    """Return a sentence with a stop at its end: a voice breathes there."""
    return sentence if sentence[-1] in ".!?:;," else f"{sentence}."


def _first_end(text: str) -> int:
    """Return where the first sentence ends that is surely over, 0 for nowhere."""
    for match in _SENTENCE_END.finditer(text):
        if not _NO_END.search(text[: match.start()]):
            return match.end()
    return 0
