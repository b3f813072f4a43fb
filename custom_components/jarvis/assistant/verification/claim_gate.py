"""Holds back what a model says it did, until it is known whether it did.

Words are passed on as they come. Only while what was said may still become a claim does
it wait for the next word; a sentence that does claim something waits, with all that
follows, for the end of the answer.
"""

from dataclasses import replace
from typing import Final

from .claims import Request, answers_nothing, begins_aside, claim_of, end_of, free_until
from .purpose import Purpose

SHORT: Final = 120
"""Characters up to which a sentence is looked at whenever it has grown."""
LOOKS: Final = 16
"""A longer one is looked at again when it has grown by such a part of the rest."""


class ClaimGate:
    """Lets the words of one answer pass, but for claims.

    After an order whole sentences wait; else words, while they may become a claim.
    `idle` is whether nothing was done yet: then an order is answered by a claim where
    no sentence is recognised as an answer, and "sure" waits for one that is.
    """

    def __init__(self, request: Request, *, idle: bool = False) -> None:
        self.request = replace(request, unfulfilled=idle or request.unfulfilled)
        self._idle = idle and request.purpose is Purpose.ORDER
        self._beside = ""
        self._sentence = ""
        self._passed = 0
        self._looked = 0
        self.claimed = ""
        """What was held back for good, from the beginning of its sentence on."""
        self.passed = ""
        """What of that sentence was let through."""

    def feed(self, text: str) -> str:
        """Take a piece of the answer; return what may be said now."""
        if self.claimed:
            self.claimed += text
            return ""
        self._sentence += text
        out = ""
        while end := end_of(self._sentence):
            sentence = self._sentence[:end]
            if claim_of(sentence, self.request):
                self._hold()
                return out
            out += self._take(sentence)
            self._sentence, self._passed, self._looked = self._sentence[end:], 0, 0
        grown = len(self._sentence) - self._looked
        if (
            self.request.purpose is Purpose.ORDER
            or self.request.strict
            or grown * LOOKS < self._looked - SHORT
        ):
            return out
        self._looked = len(self._sentence)
        free = self._free()
        if free > self._passed:
            out += self._sentence[self._passed : free]
            self._passed = free
        return out

    def end(self) -> str:
        """Return what may still be said when the answer is over."""
        if self.claimed:
            return ""
        if claim_of(self._sentence, self.request):
            self._hold()
            return ""
        rest = self._take(self._sentence)
        self._sentence, self._passed = "", 0
        if self._beside.strip():
            self._hold()
            return rest
        return self._beside + rest

    def _free(self) -> int:
        if self.request.purpose is Purpose.TALE:
            # Fiction claims nothing; an aside is judged when it is whole.
            waits = self._passed == 0 and begins_aside(self._sentence)
            return 0 if waits else len(self._sentence)
        return free_until(self._sentence, self.request)

    def _take(self, sentence: str) -> str:
        """Return what of a sentence that claims nothing was not said yet.

        While nothing was said that answers an order, it waits for what follows.
        """
        rest = sentence[self._passed :]
        if not self._idle:
            return rest
        if answers_nothing(sentence, self.request):
            self._beside += rest
            return ""
        rest, self._beside, self._idle = self._beside + rest, "", False
        return rest

    def _hold(self) -> None:
        self.claimed = self._beside + self._sentence
        self.passed = self._sentence[: self._passed]
