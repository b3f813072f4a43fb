"""Keeps a listener company: an interim word breaks a silence that gets too long.

A voice pipeline speaks an answer while it is written only from `STREAMED_FROM`
characters on, and then speaks nothing but what was streamed. So an interim word is
padded until the pipeline begins, and a final answer that was not streamed is streamed
after it. All of this goes to whoever listens and not into the chat log: no model ever
reads that it said "One moment".
"""

import asyncio
import re
from typing import Any, Final, Self

from homeassistant.components.conversation import ChatLog
from homeassistant.core import callback

from ...const import MAX_SILENCE
from ..sentences import say
from ..turn import Turn

FIRST_AFTER = 3.0
"""Seconds of silence before the first interim word."""

NEXT_AFTER = MAX_SILENCE - 2.0
"""Seconds of silence before each further one: what it leaves is for speaking it."""

STREAMED_FROM: Final = 61
"""Characters from which on a pipeline speaks (`assist_pipeline/default_pipeline.py`)."""

_LETTERS_A_SECOND = 15.0
_SENTENCE: Final = re.compile(r".*[.!?…][\s\"»)]|.*\n", re.DOTALL)


class Interim:
    """Watches what is streamed in one turn; use it as a context manager."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._log = turn.chat_log
        self._listener = turn.chat_log.delta_listener
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._role = ""
        self._letters = 0
        self._streaming = False
        self._message = ""
        self._unspoken = ""
        """What text-to-speech has not begun with: it speaks whole sentences."""
        self._quiet_from = self._loop.time()
        self._said = 0

    def __enter__(self) -> Self:
        """Begin to watch."""
        if self._listener is not None:
            self._log.delta_listener = self._watch
            self._turn.accompanied = self._turn.by_voice
            self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        """Say no more."""
        self._log.delta_listener = self._listener
        if self._timer is not None:
            self._timer.cancel()

    @callback
    def finish(self, speech: str) -> None:
        """Stream the answer, where text-to-speech would otherwise not speak it."""
        if self._streaming and self._message.strip() != speech.strip():
            self._send({"role": "assistant", "content": speech})

    @callback
    def _watch(self, log: ChatLog, delta: dict[str, Any]) -> None:
        """Pass on what is streamed, and note how long it keeps text-to-speech busy."""
        assert self._listener is not None
        self._listener(log, delta)
        if role := delta.get("role"):
            self._role = role
            self._message = ""
        if self._role != "assistant":
            return
        text = delta.get("content") or ""
        self._message += text
        self._letters += len(text)
        self._unspoken += text
        if self._letters and (
            delta.get("tool_calls") or self._letters >= STREAMED_FROM
        ):
            self._streaming = True
        if self._streaming and (spoken := _SENTENCE.match(self._unspoken)):
            self._unspoken = self._unspoken[spoken.end() :]
            self._speaks(spoken[0])

    def _speaks(self, text: str) -> None:
        now = self._loop.time()
        busy = max(now, self._quiet_from)
        self._quiet_from = busy + len(text.strip()) / _LETTERS_A_SECOND
        self._wait()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._turn.accompanied:
            after = NEXT_AFTER if self._said else FIRST_AFTER
            self._timer = self._loop.call_at(self._quiet_from + after, self._speak)

    @callback
    def _speak(self) -> None:
        key = "interim.again" if self._said else "interim.first"
        words = f"{say(self._turn.language, key)} "
        if self._unspoken.strip():
            # In mid-sentence: a pause, not a new sentence.
            words = f" … {words}"
        self._unspoken = ""
        self._said += 1
        self._send(
            {
                "role": "assistant",
                "content": words
                if self._streaming
                else words.ljust(STREAMED_FROM - self._letters),
            }
        )
        self._streaming = True
        self._speaks(words)

    def _send(self, delta: dict[str, Any]) -> None:
        assert self._listener is not None
        self._role = "assistant"
        self._listener(self._log, delta)
