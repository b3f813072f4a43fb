"""Questions that wait for a reply, and for how long Jarvis listens for one."""

import asyncio
import re
from collections import OrderedDict
from dataclasses import dataclass

from ...skills.base import Answer
from ..sentences import say
from ..turn import Turn

MOST_SILENT_ROUNDS = 2
"""Rounds without a word after which Jarvis stops to listen."""
TIMEOUT = 60.0
"""Seconds in which silence is the reply to a question."""
_KEPT = 64

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(slots=True, kw_only=True)
class _Question:
    text: str
    language: str
    asked: float
    silent: int = 0


class OpenQuestions:
    """The last question of each conversation, while it is open."""

    def __init__(self) -> None:
        self._questions: OrderedDict[str, _Question] = OrderedDict()

    def note(self, turn: Turn, answer: Answer) -> None:
        """Remember what a turn asked; what was asked before is over."""
        self._questions.pop(turn.conversation_id, None)
        if not answer.asks:
            return
        self._questions[turn.conversation_id] = _Question(
            text=_SENTENCE_END.split(answer.speech.strip())[-1],
            language=turn.language,
            asked=_now(),
        )
        while len(self._questions) > _KEPT:
            self._questions.popitem(last=False)

    def is_open(self, conversation_id: str | None) -> bool:
        """Return whether a conversation waits for the reply to a question."""
        question = self._questions.get(conversation_id or "")
        return question is not None and _now() - question.asked <= TIMEOUT

    def answer_silence(self, turn: Turn) -> Answer | None:
        """Ask once more, then let it be; None when nothing was asked."""
        question = self._questions.get(turn.conversation_id)
        if question is None or _now() - question.asked > TIMEOUT:
            return None
        question.silent += 1
        question.asked = _now()
        if question.silent < MOST_SILENT_ROUNDS:
            text = say(question.language, "ask.again", question=question.text)
            return Answer(speech=text, asks=True)
        del self._questions[turn.conversation_id]
        return Answer(speech=say(question.language, "ask.dropped"))


def _now() -> float:
    return asyncio.get_running_loop().time()
