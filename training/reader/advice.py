"""What a voice holds, and what its author may have forgotten; none of it is an error."""

import re
from collections import Counter
from collections.abc import Iterator

from .frame import BY_CHANCE, acts, kinds
from .home import Home
from .patterns import Begin, Node, Text, walk, ways
from .voice import Pattern, Voice
from .words import bare, words_of

ENOUGH = 500
"""Patterns that a voice should have, all together."""
FEW = 3
MOST = 40
"""Lines of advice of one kind."""
ANYWHERE = BY_CHANCE | {"where", "source"}
"""Slots that are filled in any home."""


def counts_of(voice: Voice) -> list[str]:
    """Return how many patterns a voice has for each act and kind, and of which too few."""
    patterns = voice.patterns()
    counted = Counter(act for pattern in patterns for act in _acts(pattern))
    total = len(patterns)
    said = sum(min(ways(pattern.tree, voice.lists), 1000) for pattern in patterns)
    report = [
        f"{total} patterns, {said} ways to say them"
        + ("" if total >= ENOUGH else f": {ENOUGH - total} patterns to go"),
        f"several: {len(voice.several)}, after: {len(voice.after)}",
    ]
    for title, known in (("acts", acts()), ("kinds", kinds())):
        listed = ", ".join(f"{name} {counted[name]}" for name in known if counted[name])
        report.append(f"{title}: {listed or 'none'}")
        if none := [name for name in known if not counted[name]]:
            report.append(f"{title} without a pattern: {', '.join(none)}")
        if few := [name for name in known if 0 < counted[name] < FEW]:
            report.append(f"{title} with fewer than {FEW}: {', '.join(few)}")
    acting = sum(counted[name] for name in acts())
    other = sum(counted[name] for name in kinds())
    if other * 3 < acting:
        report.append(
            f"too few that must not act: {other}, a third of {acting} is wanted"
        )
    return report


def _acts(pattern: Pattern) -> set[str]:
    nodes = walk(pattern.tree)
    begun = {node.act for node in nodes if isinstance(node, Begin)}
    return begun | ({pattern.act} if pattern.act else set())


def advice_on(voice: Voice, home: Home | None) -> list[str]:
    """Return words that look like spans but are not marked, and what the home lacks."""
    found = [
        f"line {pattern.line}: “{word}” is not marked: {pattern.text}"
        for pattern in voice.patterns()
        for word in _unmarked(pattern, voice, home)
    ]
    if len(found) > MOST:
        found = [*found[:MOST], f"… and {len(found) - MOST} more that are not marked"]
    if home is None:
        return [*found, "there is no home of this name yet"]
    for cls, count in voice.slots().items():
        if cls not in ANYWHERE and not home.said(cls):
            found.append(f"your home names no `{cls}:`, which {count} patterns ask for")
    return found


def _unmarked(pattern: Pattern, voice: Voice, home: Home | None) -> Iterator[str]:
    """Yield words in plain text of what acts that are things, rooms or floors as a rule."""
    if not _acts(pattern) & set(acts()):
        return
    words = words_of(voice.language)
    known = {*words.kind_words, *words.rooms}
    if home:
        for cls in ("room", "floor", "light", "cover"):
            known.update(bare(said, voice.language).lower() for said in home.said(cls))
    plain = " ".join(_plain(pattern.tree)).lower()
    for word in sorted(known):
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain):
            yield word


def _plain(tree: Node) -> Iterator[str]:
    """Yield the text of a pattern that no span marks, up to the next kind that acts not."""
    acting, known = True, acts()
    for node in walk(tree, into_spans=False):
        if isinstance(node, Begin):
            acting = node.act in known
        elif isinstance(node, Text) and acting:
            yield node.text
