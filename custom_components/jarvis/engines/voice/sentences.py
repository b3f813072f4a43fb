"""Cuts a stream of text into sentences that can be spoken one by one."""

import re
from collections.abc import AsyncIterable, AsyncIterator

# An end of sentence, closing quotes with it, then white space: "3.5" and "example.org"
# are not cut, and a sentence is not cut before it is known to be at its end.
_END = re.compile(r"(?<![.!?…])[.!?…]++(?:\s?»)?[\"'”)\]]*+\s+|\n+")
# Shortened words whose full stop does not end a sentence, French and English.
_SHORT = re.compile(
    r"(?:\b(?:M|MM|Mme|Mlle|Dr|Pr|St|Ste|Mr|Mrs|Ms|Jr|vs|etc|env|max|min|p|ex|no|n°|"
    r"tél|av|bd|(?<!°)[A-ZÉ]))\.\s+$"
)
_CLAUSE = re.compile(r"[,;:]\s+|\s[–—-]\s")

LONGEST_SHORT = 6
"""Characters of a shortened word and what stands before it."""
LONGEST = 400
"""Characters; longer sentences are cut at a clause or, failing that, at a space."""


async def split_sentences(
    texts: AsyncIterable[str], longest: int = LONGEST
) -> AsyncIterator[str]:
    """Yield each sentence, stripped, as soon as it is complete."""
    rest = ""
    async for text in texts:
        rest += text
        while cut := _cut(rest, longest):
            if sentence := rest[:cut].strip():
                yield sentence
            rest = rest[cut:]
    if sentence := rest.strip():
        yield sentence


def _cut(text: str, longest: int) -> int:
    """Return where the first sentence ends, 0 while it is not known."""
    for match in _END.finditer(text):
        if match.end() > longest:
            break
        around = text[max(0, match.start() - LONGEST_SHORT) : match.end()]
        if text[: match.end()].strip() and not _SHORT.search(around):
            return match.end()
    if len(text) <= longest:
        return 0
    clauses = [m.end() for m in _CLAUSE.finditer(text, 0, longest)]
    return clauses[-1] if clauses else (text.rfind(" ", 0, longest) + 1 or longest)
