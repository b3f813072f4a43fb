"""What was said earlier in a chat: the last turns whole, the ones before in short.

A model reads what fits into its context. What no longer does is summarised, by the
model itself after an answer while nobody waits, or out of the words that were said when
there was no time for that. It is done seldom and thoroughly: each time the prompt
begins otherwise than before, the server has to read it anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from homeassistant.components import conversation
from homeassistant.helpers.json import json_dumps

FULL = 0.7
"""Part of the room from which on a chat is summarised after its turn."""
WORTH = 400
"""Tokens that a summary must spare: it takes up to 200 itself."""
CONDENSED = 0.5
"""Part of what is left for earlier turns that they take once shortened in a hurry."""
KEPT_TURNS = 2
"""Turns that are never summarised, however long they are: "it" is spoken of there."""
LONGEST_SUMMARY = 1200
LONGEST_QUESTION = 120
LONGEST_ANSWER = 60
MOST_CHATS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What stands for the beginning of a chat."""

    until: int = 1
    """Place of the first item that the model still reads as it was."""
    results_until: int = 0
    """Place before which the answers of tools are left out."""
    summary: str = ""
    anchor: conversation.Content | None = None
    """The last item of that beginning: another chat may come to bear the same name."""

    @property
    def end(self) -> int:
        """Place of the first item that is not changed in any way."""
        return max(self.until, self.results_until)


class History:
    """What is known of the earlier turns of each chat."""

    def __init__(self) -> None:
        self._earlier: OrderedDict[str, Earlier] = OrderedDict()

    def recall(self, log: conversation.ChatLog) -> Earlier:
        """Return what stands for the earlier turns of a chat."""
        earlier = self._earlier.get(log.conversation_id)
        if earlier is None:
            return Earlier()
        if log.content[earlier.end - 1 : earlier.end] == [earlier.anchor]:
            return earlier
        del self._earlier[log.conversation_id]
        return Earlier()

    def shorten(
        self,
        log: conversation.ChatLog,
        token_budget: int,
        count: Callable[[Earlier], int],
    ) -> Earlier:
        """Return what stands for the earlier turns so that the prompt has room.

        `count` tells the tokens of the prompt with something else in their place.
        """
        earlier = self.recall(log)
        if count(earlier) <= token_budget:
            return earlier
        starts = turn_starts(log.content)
        least = count(replace(earlier, until=starts[-1], results_until=starts[-1]))
        goal = least + (token_budget - least) * CONDENSED
        shorter = replace(earlier, results_until=starts[-1])
        for start in starts:
            if start > earlier.until and count(shorter) > goal:
                left_out = log.content[earlier.until : start]
                summary = extract(earlier.summary, left_out)
                shorter = replace(shorter, until=start, summary=summary)
        return self._keep(log, shorter)

    def due(
        self,
        log: conversation.ChatLog,
        token_budget: int,
        count: Callable[[Earlier], int],
    ) -> int:
        """Return the place up to which a summary would be of use, 0 for none."""
        earlier = self.recall(log)
        now = count(earlier)
        starts = [start for start in turn_starts(log.content) if start > earlier.until]
        if now <= token_budget * FULL or len(starts) <= KEPT_TURNS:
            return 0
        until = starts[-KEPT_TURNS]
        spared = now - count(replace(earlier, until=until))
        return until if spared >= WORTH else 0

    def summarised(self, log: conversation.ChatLog, until: int, summary: str) -> None:
        """Take over what a model made of the turns before `until`."""
        text = " ".join(summary.split())[:LONGEST_SUMMARY]
        self._keep(log, Earlier(until=until, results_until=until, summary=text))

    def _keep(self, log: conversation.ChatLog, earlier: Earlier) -> Earlier:
        earlier = replace(earlier, anchor=log.content[earlier.end - 1])
        self._earlier[log.conversation_id] = earlier
        self._earlier.move_to_end(log.conversation_id)
        while len(self._earlier) > MOST_CHATS:
            self._earlier.popitem(last=False)
        return earlier


def turn_starts(content: Sequence[conversation.Content]) -> list[int]:
    """Return where the turns begin."""
    return [i for i, item in enumerate(content) if item.role == "user"]


def extract(summary: str, content: Sequence[conversation.Content]) -> str:
    """Return the gist of turns without a model: the beginning of all that was said."""
    lines = [line for item in content if (line := _line(item))]
    while lines and sum(map(len, lines)) + len(lines) * 3 > LONGEST_SUMMARY:
        lines.pop(0)
    left = LONGEST_SUMMARY - sum(len(line) + 3 for line in lines)
    parts = [_cut(summary, max(left, LONGEST_SUMMARY // 3)), *lines]
    return " / ".join(filter(None, parts))


def _line(item: conversation.Content) -> str:
    match item:
        case conversation.UserContent():
            return f"user: {_cut(item.content, LONGEST_QUESTION)}"
        case conversation.AssistantContent():
            called = [
                f"{call.tool_name} {json_dumps(call.tool_args)}"
                for call in item.tool_calls or ()
            ]
            words = " ".join(filter(None, [item.content, *called]))
            return f"you: {_cut(words, LONGEST_ANSWER)}" if words else ""
        case _:
            return ""


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
