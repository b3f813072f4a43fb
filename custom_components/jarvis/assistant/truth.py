"""Compares what a model says it did with what its tools did, and tells the truth.

A claim about a device is replaced by the states read afterwards. Any other claim passes
when a tool that could have done it has succeeded. What no tool did goes back to the
model once; after that it is said that it was not done.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.components import conversation
from homeassistant.helpers import llm
from homeassistant.helpers.intent import IntentResponse

from ..engines.language import folded
from ..skills.base import effect_of, told_of
from .agreeing import agrees
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
from .confirmation import Confirmation, async_confirm
from .purpose import Purpose
from .speech import say
from .turn import Turn

_DEVICES: Final = frozenset({"device", "media", "scene"})
"""Worlds whose things have states that can be read."""

_WORLDS: Final = {
    "assist_satellite": frozenset({"message"}),
    "calendar": frozenset({"calendar", "noting"}),
    "intent": _DEVICES,
    "intent_script": frozenset({"scene"}),
    "media_player": frozenset({"media", "device"}),
    "notify": frozenset({"message"}),
    "script": frozenset({"scene"}),
    "shopping_list": frozenset({"list", "noting"}),
    "todo": frozenset({"list", "noting"}),
}
"""Worlds by the integration of a tool that declares none; of the others it is devices."""

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

_ADDING: Final = frozenset({"HassListAddItem", "HassShoppingListAddItem"})

_ADMITS: Final = re.compile(
    r"\b(pas|toujours|echoue|impossible|aucun|not|still|failed|unable|couldn't|"
    r"can't|cannot|didn't|doesn't|isn't|aren't|error|erreur)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A tool that changes something, and what came of it."""

    call: str
    worlds: frozenset[str]
    failed: bool = False
    response: IntentResponse | None = None
    kind: str = ""
    """Type of the intent, "" for other tools."""
    title: str = ""
    told: str = ""
    """What the tool itself has Jarvis say of it."""
    arguments: dict[str, Any]


def deeds(turn: Turn) -> list[Deed]:
    """Return what tools have changed, or tried to, since the user spoke."""
    log = turn.chat_log
    if not log.llm_input_provided_index:
        return []  # no model was asked
    tools = {tool.name: tool for tool in (log.llm_api.tools if log.llm_api else ())}
    asked: dict[str, llm.ToolInput] = {}
    found: list[Deed] = []
    for content in log.content[log.llm_input_provided_index :]:
        match content:
            case conversation.AssistantContent(tool_calls=list() as calls):
                asked |= {call.id: call for call in calls}
            case conversation.ToolResultContent():
                tool = tools.get(content.tool_name)
                if tool is not None and tool.annotations.read_only:
                    continue
                call = asked.get(content.tool_call_id)
                found.append(_deed(content, tool, call.tool_args if call else {}))
    return found


async def async_settle(turn: Turn, claimed: str, request: Request) -> str:
    """Return what may be said in the place of claims, "" to ask the model again."""
    done = deeds(turn)
    told = await _async_told(turn, _good(done))
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
        good = _good(self.done)
        claim = claim_of(sentence, self.request)
        if claim is None and self.request.purpose is Purpose.ORDER and not good:
            waits = answers_nothing(sentence, self.request)
            (self.beside if waits else self.kept).append(sentence)
        elif claim is None or (
            claim is Claim.STATE and not good and self._is_so(sentence)
        ):
            self.kept.append(sentence)
        elif self.told is not None and (speaks_of & _DEVICES or not speaks_of):
            self._keep(self.told.speech)
            others = speaks_of - _DEVICES
            if others - neighbours(_worlds(good)):
                self.untrue.append(sentence)
            elif others or not speaks_of:
                for part in _tell(self.turn, good):
                    self._keep(part)
        elif _warranted(self.turn, sentence, speaks_of, self.done):
            self._keep(sentence)
        else:
            self.untrue.append(sentence)

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
        good = _good(self.done)
        if self.untrue and not good:
            self.kept += _confess(self.turn, self.request, " ".join(self.untrue))
        elif self.untrue:
            if not self.claimed:
                self.kept += _tell(self.turn, good)
            self.kept.append(say(language, "claims.rest_not_done"))
        elif self.told is not None and _failures(self.done):
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
    return not _good(deeds(turn))


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
            _worlds_of_tool(tool)
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
    good = _good(done)
    if not good:
        return ""
    told = await _async_told(turn, good)
    said = [told.speech] if told is not None else []
    said += _tell(turn, good)
    if not said:
        said = [say(turn.language, "guard.done")]
    if _failures(done):
        said.append(say(turn.language, "confirmations.rest_failed"))
    return " ".join(said)


async def async_shortfall(turn: Turn, said: str) -> str:
    """Return what a model left out: that a device has not done what it was asked."""
    if _ADMITS.search(" ".join(folded(said))):
        return ""
    told = await _async_told(turn, _good(deeds(turn)))
    return "" if told is None or told.complete else told.speech


def _deed(
    content: conversation.ToolResultContent,
    tool: llm.Tool | None,
    arguments: dict[str, Any],
) -> Deed:
    data = content.result.data
    response = data.original if isinstance(data, llm.IntentResponseDict) else None
    kind = tool.intent_type if isinstance(tool, llm.IntentTool) else ""
    return Deed(
        call=f"{content.tool_name} {arguments}",
        worlds=_worlds_of_tool(tool) if tool else frozenset({"device"}),
        failed=content.result.error
        or (response is not None and response.error_code is not None),
        response=response,
        kind=kind,
        title=(tool.title or "") if tool else "",
        told=told_of(tool, content.result),
        arguments=arguments,
    )


def _worlds_of_tool(tool: llm.Tool) -> frozenset[str]:
    if (effect := effect_of(tool)) is not None:
        return effect.worlds
    if isinstance(tool, llm.IntentTool):
        if "Timer" in tool.intent_type:
            return frozenset({"timer"})
        return frozenset(_WORLDS.get(tool.integration or "", {"device"}))
    return frozenset(_WORLDS.get(tool.integration or "", {"device"})) | worlds_of(
        f"{tool.name.replace('_', ' ')} {tool.title or ''} {tool.description or ''}"
    )


def _worlds(done: Sequence[Deed]) -> frozenset[str]:
    return frozenset[str]().union(*(deed.worlds for deed in done))


def _good(done: Sequence[Deed]) -> list[Deed]:
    return [deed for deed in done if not deed.failed]


def _failures(done: Sequence[Deed]) -> list[Deed]:
    """Return what failed and was not done by another call for the same after it."""
    return [
        deed
        for place, deed in enumerate(done)
        if deed.failed
        and not any(
            not later.failed and later.kind == deed.kind and later.call != deed.call
            for later in done[place + 1 :]
        )
    ]


async def _async_told(turn: Turn, good: Sequence[Deed]) -> Confirmation | None:
    """Return what the states say of the devices that were changed."""
    responses = [
        deed.response
        for deed in good
        if deed.response is not None and deed.worlds & _DEVICES
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
        item = deed.arguments.get("item")
        if deed.told:
            said.append(deed.told)
        elif deed.kind in _ADDING and isinstance(item, str):
            said.append(say(turn.language, "claims.added", item=item))
        elif not deed.kind and deed.title:
            said.append(say(turn.language, "claims.ran", what=deed.title))
        elif deed.worlds and not deed.worlds & _DEVICES:
            said.append(say(turn.language, f"claims.{min(deed.worlds)}"))
    return list(dict.fromkeys(said))


def _warranted(
    turn: Turn,
    sentence: str,
    wanted: Collection[str],
    done: Sequence[Deed],
) -> bool:
    """Return whether tools that succeeded may have done what a sentence claims."""
    good = _good(done)
    if not good:
        return False
    if not wanted:
        return not _failures(done)
    agreed = agrees(turn, sentence)
    if agreed is False:
        return False
    missing = set(wanted) - neighbours(_worlds(good))
    if agreed and any(not deed.kind for deed in good):
        missing -= _DEVICES
    return not missing
