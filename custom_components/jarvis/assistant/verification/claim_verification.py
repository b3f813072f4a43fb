"""Compares what a model says it did with what its tools did, and tells the truth.

A claim about a device is replaced by the states read afterwards. Any other claim passes
when a tool that could have done it has succeeded. What no tool did goes back to the
model once; after that it is said that it was not done.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from homeassistant.components import conversation

from ...engines.language import folded
from ..sentences import say
from ..telling import Confirmation, async_confirm, tell
from ..turn import Turn
from .assertions import Claim
from .claims import (
    Request,
    answers_nothing,
    asserted,
    claim_of,
    neighbours,
    split_sentences,
    worlds_of,
)
from .deeds import (
    DEVICES,
    Deed,
    deeds,
    failures_of,
    good_of,
    worlds_done,
    worlds_of_tool,
)
from .list_items import items_of, other_items, said_of
from .purpose import Purpose
from .state_agreement import agrees

_WITHOUT_TOOLS: Final = (
    "reminder",
    "waking",
    "call",
    "purchase",
    "booking",
    "message",
    "calendar",
    "list",
    "memory",
    "timer",
    "noting",
)
"""Worlds for which a home may well have no tool, the plainest first."""

_ADMITS: Final = re.compile(
    r"\b(pas|toujours|echoue|impossible|aucun|not|still|failed|unable|couldn't|"
    r"can't|cannot|didn't|doesn't|isn't|aren't|error|erreur)\b"
)


async def async_settle(turn: Turn, claimed: str, request: Request) -> str:
    """Return what may be said in the place of claims, "" to ask the model again."""
    done = deeds(turn)
    told = await _async_told(turn, good_of(done))
    settling = _Settling(turn=turn, request=request, done=done, told=told)
    for sentence in split_sentences(claimed):
        settling.take(sentence.strip())
    settling.close()
    again = bool(turn.claimed)
    turn.claimed = " ".join(settling.untrue)
    return "" if turn.claimed and not again else settling.speech()


@dataclass(slots=True, kw_only=True)
class _Settling:
    """What becomes of an answer that claims something, sentence by sentence."""

    turn: Turn
    request: Request
    done: Sequence[Deed]
    told: Confirmation | None
    """What the states say of the devices that were changed."""
    kept: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """What answers nothing while nothing was done, such as "sure"."""
    untrue: list[str] = field(default_factory=list)
    claimed: bool = False
    """True when what is kept says what was done."""

    def take(self, sentence: str) -> None:
        """Keep a sentence, or put the truth in its place."""
        speaks_of = worlds_of(sentence)
        good = good_of(self.done)
        claim = claim_of(sentence, self.request)
        if claim is None and self.request.purpose is Purpose.ORDER and not good:
            waits = answers_nothing(sentence, self.request)
            (self.beside if waits else self.kept).append(sentence)
        elif claim is None or (
            claim is Claim.STATE and not good and self._is_so(sentence)
        ):
            self.kept.append(sentence)
        elif self._names_others(sentence, speaks_of):
            # What a model names beside what was done is not heard.
            self._untrue_or_told(sentence)
        elif self.told is not None and (speaks_of & DEVICES or not speaks_of):
            self._keep(self.told.speech)
            others = speaks_of - DEVICES
            if others - neighbours(worlds_done(good)):
                self.untrue.append(sentence)
            elif others or not speaks_of:
                for part in _tell(self.turn, good):
                    self._keep(part)
        elif _warranted(self.turn, sentence, speaks_of, self.done):
            self._keep(sentence)
        else:
            self.untrue.append(sentence)

    def _names_others(self, sentence: str, speaks_of: Collection[str]) -> bool:
        """Return whether a sentence names items of a list that nothing was done with."""
        good = good_of(self.done)
        items = items_of(good)
        if not items or set(speaks_of) - neighbours(worlds_done(good)):
            return False
        if self.told is not None and set(speaks_of) & DEVICES:
            return False
        return bool(other_items(sentence, items))

    def _untrue_or_told(self, sentence: str) -> None:
        """Tell of a list what was done; what else the user wanted is to be done yet."""
        good = good_of(self.done)
        others = other_items(sentence, items_of(good))
        if worlds_done(good) <= {"list", "noting"} and said_of(self.turn.text, others):
            self.untrue.append(sentence)
            return
        for part in _tell(self.turn, good):
            self._keep(part)

    def close(self) -> None:
        """Decide on what answers nothing: alone, it claims what the order asks for."""
        if self.untrue:
            return
        if self.kept:
            self.kept = [*self.beside, *self.kept]
        else:
            self.untrue = self.beside

    def speech(self) -> str:
        """Return what may be said."""
        language = self.turn.language
        good = good_of(self.done)
        if self.untrue and not good:
            self.kept += _confess(self.turn, self.request, " ".join(self.untrue))
        elif self.untrue:
            if not self.claimed:
                self.kept += _tell(self.turn, good)
            self.kept.append(say(language, "claims.rest_not_done"))
        elif self.told is not None and failures_of(self.done):
            self.kept.append(say(language, "confirmations.rest_failed"))
        return " ".join(self.kept)

    def _keep(self, sentence: str) -> None:
        self.claimed = True
        if sentence not in self.kept:
            self.kept.append(sentence)

    def _is_so(self, sentence: str) -> bool:
        """Return whether the home is as all of a sentence says."""
        found = asserted(sentence, self.request)
        if any(each.claim is not Claim.STATE for each in found):
            return False
        clauses = [each.text for each in found] or [sentence]
        return all(agrees(self.turn, clause, self.request) for clause in clauses)


def idle(turn: Turn) -> bool:
    """Return whether no tool has done anything since the user spoke."""
    return not good_of(deeds(turn))


def _confess(turn: Turn, request: Request, claimed: str) -> list[str]:
    """Say that nothing was done, and what there is no tool for."""
    if request.guessed:
        return [say(turn.language, "claims.unknown")]
    ordered = request.purpose is Purpose.ORDER
    worlds = worlds_of(turn.text if ordered else claimed)
    known = _tool_worlds(turn)
    missing = [
        world for world in _WITHOUT_TOOLS if world in worlds and world not in known
    ]
    if missing and not deeds(turn):
        # "Wake me" and "remind me" are close: one sentence is enough.
        # What cannot be noted has no list to be noted on.
        world = "list" if missing[0] == "noting" else missing[0]
        return [say(turn.language, f"claims.cannot.{world}")]
    key = "nothing_done" if ordered else "nothing_touched"
    return [say(turn.language, f"claims.{key}")]


def _tool_worlds(turn: Turn) -> frozenset[str]:
    """Return the worlds in which there is a tool that could have done something."""
    api = turn.chat_log.llm_api
    return frozenset[str]().union(
        *(
            worlds_of_tool(tool)
            for tool in (api.tools if api else ())
            if not tool.annotations.read_only
        )
    )


def unseen(turn: Turn) -> bool:
    """Return whether no tool has told anything in this conversation."""
    return not any(
        isinstance(content, conversation.ToolResultContent) and not content.result.error
        for content in turn.chat_log.content
    )


async def async_account(turn: Turn) -> str:
    """Return in words what tools have done since the user spoke, "" for nothing."""
    done = deeds(turn)
    good = good_of(done)
    if not good:
        return ""
    told = await _async_told(turn, good)
    said = [told.speech] if told is not None else []
    said += _tell(turn, good)
    if not said:
        said = [say(turn.language, "guard.done")]
    if failures_of(done):
        said.append(say(turn.language, "confirmations.rest_failed"))
    return " ".join(said)


async def async_shortfall(turn: Turn, said: str) -> str:
    """Return what a model left out: that a device has not done what it was asked."""
    if _ADMITS.search(" ".join(folded(said))):
        return ""
    told = await _async_told(turn, good_of(deeds(turn)))
    return "" if told is None or told.complete else told.speech


async def _async_told(turn: Turn, good: Sequence[Deed]) -> Confirmation | None:
    """Return what the states say of the devices that were changed."""
    responses = [
        deed.response
        for deed in good
        if deed.response is not None and deed.worlds & DEVICES
    ]
    if not responses:
        return None
    with turn.stage("confirmation"):
        told = await async_confirm(turn.hass, responses, turn.language)
        if told is not None or len(responses) == 1:
            return told
        # One of them has no state to be read: the others have.
        each = [
            await async_confirm(turn.hass, [response], turn.language)
            for response in responses
        ]
    known = [one for one in each if one is not None]
    if not known:
        return None
    return Confirmation(
        speech=" ".join(dict.fromkeys(one.speech for one in known)),
        complete=all(one.complete for one in known),
    )


def _tell(turn: Turn, good: Sequence[Deed]) -> list[str]:
    """Say what was done that has no state to be read."""
    said: list[str] = []
    for deed in good:
        told = ""
        if deed.response is not None and "list" in deed.worlds:
            told = tell(deed.response, turn.language)
        if deed.told or told:
            said.append(deed.told or told)
        elif not deed.kind and deed.title:
            said.append(say(turn.language, "claims.ran", what=deed.title))
        elif deed.worlds and not deed.worlds & DEVICES:
            said.append(say(turn.language, f"claims.{min(deed.worlds)}"))
    return list(dict.fromkeys(said))


def _warranted(
    turn: Turn,
    sentence: str,
    wanted: Collection[str],
    done: Sequence[Deed],
) -> bool:
    """Return whether tools that succeeded may have done what a sentence claims."""
    good = good_of(done)
    if not good:
        return False
    if not wanted:
        return not failures_of(done)
    agreed = agrees(turn, sentence)
    if agreed is False:
        return False
    missing = set(wanted) - neighbours(worlds_done(good))
    if agreed and any(not deed.kind for deed in good):
        missing -= DEVICES
    return not missing
