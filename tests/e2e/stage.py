"""Where the homes of the end-to-end tests live, and how tests speak to them."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from demo import speech
from demo.home import Home
from demo.rooms import Language
from demo.speech import Speech

_DEADLINE = 180.0


class Stage:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def play[T](self, scene: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the loop and return its result."""
        return asyncio.run_coroutine_threadsafe(scene, self._loop).result(_DEADLINE)

    def close(self) -> None:
        """End the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class OnStage:
    """A running home whose coroutines are played in its own loop."""

    def __init__(self, home: Home, stage: Stage) -> None:
        self.home = home
        self.play = stage.play

    def say(self, sentence: str, language: Language) -> Speech:
        """Return a sentence as espeak-ng says it."""
        return self.play(speech.synthesise(sentence, language))

    def command(self, kind: str, **data: Any) -> Any:
        """Return the result of a websocket command."""
        return self.play(self.home.socket.command(kind, **data))

    def state(self, entity_id: str) -> str:
        """Return an entity's state."""
        states = self.command("get_states")
        return next(s["state"] for s in states if s["entity_id"] == entity_id)

    def set(self, entity_id: str, service: str) -> None:
        """Bring an entity into a state."""
        self.command(
            "call_service",
            domain=entity_id.partition(".")[0],
            service=service,
            service_data={"entity_id": entity_id},
        )

    def reply(self) -> Speech:
        """Return the last reply that was heard."""
        return self.play(speech.load(self.home.folder.reply))
