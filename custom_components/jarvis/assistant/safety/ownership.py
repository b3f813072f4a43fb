"""Whose a conversation is: nobody goes on with somebody else's.

Who gives the id of a conversation that another user or satellite has begun gets one of
their own for it. So history, entities, open questions and traces, which are all kept by
conversation, stay with whom they belong to.
"""

from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from homeassistant.components.conversation import ConversationInput
from homeassistant.core import HomeAssistant
from homeassistant.helpers import chat_session
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ..turn import speaker_of


@dataclass(slots=True)
class _Owned:
    owners: dict[str, str] = field(default_factory=dict)
    """Who began a conversation, by its id."""
    instead: dict[tuple[str, str], str] = field(default_factory=dict)
    """The id that another speaker gets, by the id they give and who they are."""

    def forget(self, conversation_id: str) -> None:
        self.owners.pop(conversation_id, None)
        self.instead = {
            (given, who): own
            for (given, who), own in self.instead.items()
            if conversation_id not in {given, own}
        }


# A reload forgets no chat log, so it must not forget whose that is.
_KEY: HassKey[_Owned] = HassKey(f"{DOMAIN}_conversations")


class Ownership:
    """Who has begun which conversation; it ends with its chat session."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._owned = hass.data.setdefault(_KEY, _Owned())

    def own_id(self, user_input: ConversationInput) -> str | None:
        """Return the id of the speaker's own conversation for the one they give."""
        given, who = user_input.conversation_id, speaker_of(user_input)
        if given is None or self._owned.owners.get(given, who) == who:
            return given
        return self._owned.instead.setdefault((given, who), uuid4().hex)

    def note(self, conversation_id: str, user_input: ConversationInput) -> None:
        """Remember who begins the conversation of the chat session that is open."""
        session = chat_session.current_session.get()
        if conversation_id in self._owned.owners or session is None:
            return
        self._owned.owners[conversation_id] = speaker_of(user_input)
        session.async_on_cleanup(partial(self._owned.forget, conversation_id))
