"""Takes out of an answer what was never meant to be words.

Models write their calls of tools, their thoughts and the marks of their chat templates
into the answer: `{"name": "HassTurnOn", …}`, `<think>`, `<|im_end|>`. Calls become calls,
the rest is dropped; other JSON is never spoken either, but for the one text in it, unless
it was asked for. What comes out does not depend on the pieces in which an answer comes.
"""

import re
from collections.abc import Collection
from enum import Enum, auto
from typing import Final

from .base import ToolCall
from .leak_patterns import (
    BEGUN_FENCE,
    BEGUN_JSON,
    BEGUN_LITERAL,
    BEGUN_ROLE,
    BEGUN_TO,
    CHANNEL_OVER,
    FENCE,
    FINAL,
    HARMONY,
    IN_WORD,
    JSON,
    LIST_OF_CALLS,
    LITERAL,
    NEXT_SPEAKER,
    OTHERS,
    RESULT_OVER,
    ROLE,
    SPEAKERS,
    START,
    THINKS_ALOUD,
    TO,
    begins_harmony,
    words_in,
)
from .markup import (
    CLOSE_CALL,
    CLOSE_CHANNEL,
    CLOSE_THOUGHT,
    LONGEST_CLOSE,
    Mark,
    is_unfinished,
    read_mark,
)
from .written_calls import Brackets, Finder, parsed

MOST_BODY: Final = 16_000
"""Characters of a call; what is longer is dropped."""
MOST_KEPT: Final = 32_000
"""Characters that are kept back at most."""
LONGEST_CHANNEL: Final = 300
BEGINNING: Final = 60
"""Characters by which an answer is seen to begin with thoughts."""


class _Mode(Enum):
    TEXT = auto()
    SKIPPED = auto()
    """Up to what matches `_until`."""
    BODY = auto()
    """The same, and there may be calls in it."""
    BRACKETS = auto()
    """Up to the bracket that closes the first one."""
    CHANNEL = auto()
    ROLE = auto()


class LeakFilter:
    """Filters the text of one answer; `tools` are the names that may be called.

    `data` is whether the user wants JSON or markup; `patient` whether nothing has to be
    told before the end: then all that precedes a lone "</think>" is left out, otherwise
    only where the answer begins like thoughts.
    """

    def __init__(
        self, tools: Collection[str] = (), *, data: bool = False, patient: bool = False
    ) -> None:
        self._finder = Finder(tools)
        self._data = data
        self._patient = patient
        self._held = ""
        self._mode = _Mode.TEXT
        self._until = CLOSE_THOUGHT
        self._name = ""
        self._body = ""
        self._brackets = Brackets()
        self._prefix = ""
        self._fenced = False
        self._begun = False
        """True once it is known how the answer begins."""
        self._last = ""
        """The last letter that was let through, or is kept."""
        self._beginning = ""
        self._gap = False
        """True where something was dropped after it."""
        self._kept = ""
        self._kept_calls: list[ToolCall] = []

    def feed(self, text: str) -> tuple[str, list[ToolCall]]:
        """Take a piece; return the words that may pass, and the calls found."""
        self._held += text
        self._read(over=False)
        if self._patient or not self._begun:
            return "", []
        return self._release()

    def end(self) -> tuple[str, list[ToolCall]]:
        """Return what is left when the answer is over."""
        self._read(over=True)
        if self._patient and (last := FINAL.search(self._kept)):
            self._kept = self._kept[last.end() :]
        return self._release()

    def broken_off(self) -> str:
        """Return the words that are left of an answer that broke off.

        Nothing is called for its sake, and what begins like thoughts is left out.
        """
        self._read(over=True)
        words, _ = self._release()
        return "" if self._patient and self._thinks_aloud() else words

    def _release(self) -> tuple[str, list[ToolCall]]:
        words, self._kept = self._kept, ""
        calls, self._kept_calls = self._kept_calls, []
        return words, calls

    def _read(self, *, over: bool) -> None:
        steps = {
            _Mode.TEXT: self._text,
            _Mode.SKIPPED: self._skipped,
            _Mode.BODY: self._skipped,
            _Mode.BRACKETS: self._bracketed,
            _Mode.CHANNEL: self._channel,
            _Mode.ROLE: self._role,
        }
        at = 0
        try:
            while at < len(self._held):
                at = steps[self._mode](at, over)
        except _MoreNeededError as err:
            at = err.at
        self._held = self._held[at:]
        if over and self._mode is _Mode.BODY:
            self._kept_calls += self._finder.calls_in(
                self._body + self._held, self._name
            )
        if over and self._mode is _Mode.BRACKETS and self._data:
            self._say(self._prefix + self._body)

    def _say(self, words: str) -> None:
        if not words:
            return
        self._kept += words
        self._last, self._gap = words[-1], False
        if not self._begun:
            begun = words if self._beginning else words.lstrip()
            self._beginning += begun[: BEGINNING - len(self._beginning)]
            self._begun = self._is_known()
            self._patient |= self._begun and self._thinks_aloud()
        # Nobody waits for an answer without end.
        self._patient &= len(self._kept) < MOST_KEPT

    def _thinks_aloud(self) -> bool:
        return bool(THINKS_ALOUD.match(self._beginning))

    def _is_known(self) -> bool:
        """Return whether it is known if the answer begins with thoughts.

        What begins with other words need not wait: they are passed on as they come.
        """
        if not self._beginning or len(self._beginning) == BEGINNING:
            return bool(self._beginning)
        found = THINKS_ALOUD.match(self._beginning, partial=True)
        # A match that reaches the end may still become another word.
        return found is None or found.end() < len(self._beginning)

    def _forget(self) -> None:
        """Leave out what turned out to be thoughts, unless it was let through."""
        if self._patient or not self._begun:
            self._kept, self._kept_calls, self._last = "", [], ""
        self._begun, self._patient = True, False

    # One step in each mode: from a place to the next one.

    def _text(self, at: int, over: bool) -> int:
        held = self._held
        begun = at
        if self._gap and (not self._last or self._last.isspace()):
            # Where something was dropped not even the gap is left.
            while at < len(held) and held[at].isspace():
                at += 1
        if at > begun:
            return at
        if not (self._last or self._begun):
            if HARMONY.match(held, at):
                return self._skip(at, CLOSE_CHANNEL)
            if not over and begins_harmony(held[at : at + 30]):
                raise _MoreNeededError(at)
        found = START.search(held, at)
        if found is None:
            self._say(held[at:])
            return len(held)
        in_word = found.start() == 0 and not self._gap and IN_WORD.search(self._last)
        self._say(held[at : found.start()])
        return self._construct(found.start(), found[0], over, in_word=bool(in_word))

    def _construct(self, at: int, found: str, over: bool, *, in_word: bool) -> int:
        """Return where what begins at a place leads."""
        is_word = bool(IN_WORD.match(found))
        reached = at if is_word and in_word else self._begin(at, found, over)
        if reached is None and not over:
            raise _MoreNeededError(at)
        if reached is None and is_unfinished(self._held[at:]):
            return len(self._held)
        if reached in {at, None} and self._mode is _Mode.TEXT:
            self._say(found)
            return at + len(found)
        return at if reached is None else reached

    def _begin(self, at: int, found: str, over: bool) -> int | None:
        """Return where what begins at a place leads: to the place itself for nothing.

        None when more must be known.
        """
        held = self._held
        if found == "functools":
            return at + len(found)
        if found == "`":
            return self._backtick(at, over)
        if found == "✿":
            if held.startswith("✿FUNCTION✿", at):
                return self._skip(at, CLOSE_CALL, calls=True)
            return None if "✿FUNCTION✿".startswith(held[at:]) else at
        if IN_WORD.match(found):
            return self._word(at, found, over)
        mark = read_mark(held, at)
        if isinstance(mark, tuple):
            return self._marked(at, *mark)
        if mark:
            return None
        return self._json(at, over) if found in "[{" else at

    def _marked(self, at: int, mark: Mark, end: int) -> int:
        self._gap = True
        match mark:
            case Mark.THOUGHT:
                return self._skip(end, CLOSE_THOUGHT)
            case Mark.CALL:
                # The name of the tool may stand in the mark itself.
                tag = self._held[at:end]
                return self._skip(
                    end, CLOSE_CALL, calls=True, head=tag if "=" in tag else ""
                )
            case Mark.RESULT:
                return self._skip(end, RESULT_OVER)
            case Mark.CHANNEL:
                self._mode = _Mode.CHANNEL
            case Mark.ROLE:
                self._mode = _Mode.ROLE
            case Mark.THOUGHT_OVER:
                self._forget()
        return end

    def _skip(
        self, at: int, until: re.Pattern[str], *, calls: bool = False, head: str = ""
    ) -> int:
        self._mode = _Mode.BODY if calls else _Mode.SKIPPED
        self._until, self._body, self._gap = until, head, True
        return at

    def _skipped(self, at: int, over: bool) -> int:
        found = self._until.search(self._held, at)
        end = found.start() if found else max(at, len(self._held) - LONGEST_CLOSE)
        if self._mode is _Mode.BODY and len(self._body) <= MOST_BODY:
            self._body += self._held[at:end]
        if found is None:
            raise _MoreNeededError(end)
        if self._mode is _Mode.BODY and len(self._body) <= MOST_BODY:
            self._kept_calls += self._finder.calls_in(self._body, self._name)
        self._mode, self._name, self._body, self._gap = _Mode.TEXT, "", "", True
        # What follows is read as if nothing stood before it.
        self._held = self._held[found.end() :]
        return 0

    def _backtick(self, at: int, over: bool) -> int | None:
        held = self._held
        if not over and BEGUN_FENCE.match(held, at):
            return None
        if fence := FENCE.match(held, at):
            if fence[0] in {"```tool_code", "```tool_call"} and not self._data:
                return self._skip(fence.end(), re.compile("```"), calls=True)
            after = held[fence.end() : fence.end() + 120].lstrip()
            leak = (
                not after
                or after[0] in "[{<"
                or self._finder.knows(after.split("(")[0])
            )
            # A fence around words is theirs to keep, both ends of it.
            around, self._fenced = self._fenced, not self._fenced and not leak
            if around or self._fenced or self._data:
                self._say(fence[0])
            else:
                self._gap = True
            return fence.end()
        if held[at + 1 : at + 2] not in {"<", "[", "◁"} or held.startswith("`[{", at):
            return at
        if literal := LITERAL.match(held, at):
            self._say(literal[0])
            return literal.end()
        return None if BEGUN_LITERAL.match(held, at) else at

    def _word(self, at: int, word: str, over: bool) -> int | None:
        end = at + len(word)
        if word == "commentary":
            if not (to := TO.match(self._held, end)):
                return None if BEGUN_TO.match(self._held, end) else at
            if to.end() == len(self._held) and not over:
                return None
            self._name = to[1]
            return self._skip(to.end(), CLOSE_CHANNEL, calls=True)
        if end == len(self._held):
            return None
        return self._bracket(at, end) if self._calls_something(word) else at

    def _calls_something(self, word: str) -> bool:
        odd = not self._data and re.match(r"Hass[A-Z]|[^\W_]\w{0,40}__\w", word)
        return bool(odd) or self._finder.knows(word)

    def _json(self, at: int, over: bool) -> int | None:
        held = self._held
        if listed := LIST_OF_CALLS.match(held, at):
            if not listed[2]:
                return None
            return self._bracket(at, at) if self._calls_something(listed[1]) else at
        if JSON.match(held, at):
            return self._bracket(at, at)
        return None if BEGUN_JSON.match(held, at) else at

    def _bracket(self, start: int, at: int) -> int:
        """Read on from a bracket; what precedes it belongs to it."""
        self._mode, self._brackets, self._gap = _Mode.BRACKETS, Brackets(), True
        self._prefix, self._body = self._held[start:at], ""
        return at

    def _bracketed(self, at: int, over: bool) -> int:
        place, closed = at, False
        while place < len(self._held) and not closed:
            closed = self._brackets.closes(self._held[place])
            place += 1
        if len(self._body) <= MOST_BODY:
            self._body += self._held[at:place]
        if closed:
            raw = self._prefix + self._body
            self._mode, self._body, self._prefix = _Mode.TEXT, "", ""
            if len(raw) <= MOST_BODY:
                self._told(raw)
        return place

    def _told(self, raw: str) -> None:
        """Tell what stands in brackets: calls, or words."""
        if raw[0] not in "[{" or LIST_OF_CALLS.match(raw):
            self._kept_calls += self._finder.python(raw)
            return
        value = parsed(raw)
        if calls := self._finder.calls_of(value):
            self._kept_calls += calls
        else:
            self._say(raw if self._data else words_in(value))

    def _channel(self, at: int, over: bool) -> int:
        """Read what stands between "<|channel|>" and "<|message|>"."""
        found = CHANNEL_OVER.search(self._held, at)
        if found is None:
            if len(self._held) - at <= LONGEST_CHANNEL:
                raise _MoreNeededError(at)
            self._mode = _Mode.TEXT
            return at
        head = self._held[at : found.start()].strip()
        self._mode = _Mode.TEXT
        if to := TO.search(head):
            self._name = to[1]
            return self._skip(found.end(), CLOSE_CHANNEL, calls=True)
        if head.startswith("final"):
            return found.end()
        return self._skip(found.end(), CLOSE_CHANNEL)

    def _role(self, at: int, over: bool) -> int:
        """Leave out who speaks, and what others say: a model may make that up."""
        found = ROLE.match(self._held, at)
        if found is None and not over and BEGUN_ROLE.match(self._held, at):
            raise _MoreNeededError(at)
        self._mode = _Mode.TEXT
        role = found[1] if found else ""
        if found and role in OTHERS:
            return self._skip(found.end(), NEXT_SPEAKER)
        return found.end() if found and role in SPEAKERS else at


class _MoreNeededError(Exception):
    """More must be known before anything can be said of what stands at a place."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
