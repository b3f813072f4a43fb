"""The ways from a turn to a skill: its own sentences, and what it has left open."""

from collections.abc import Awaitable, Callable
from functools import partial

from homeassistant.components.conversation import ChatLog, ConversationInput
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm

from ...core.errors import JarvisError
from ...engines.language import LANGUAGES, calls_off, detect, hushes
from ...skills.base import Answer, Dialogues, Skill, Skills
from ..safety import Guard
from ..sentences import say
from ..turn import Turn
from .router import Route

NOT_CONFIRMED = (
    "Not done: the user has to confirm this. Only Jarvis itself can ask: the user may say "
    "it to Jarvis."
)
"""What another agent is told of a tool that must not be called on its word alone."""

type _Ask = Callable[[], Awaitable[Answer | None]]


class SkillRoutes:
    """Asks the skills that run, and keeps their open questions."""

    def __init__(self, skills: Skills, dialogues: Dialogues) -> None:
        self._skills = skills
        self._dialogues = dialogues

    @property
    def routes(self) -> list[Route]:
        """One route a skill, in their order."""
        return [
            Route(name=f"skill_{name}", answer=partial(self._async_answer, name))
            for name in self._skills.names
        ]

    def drop(self, conversation_id: str) -> None:
        """Wait no longer for a reply in a conversation."""
        self._dialogues.drop(conversation_id)

    async def async_answer_dialogue(self, turn: Turn) -> Answer | None:
        """Take a turn for the reply to what a skill has asked.

        "Stop" and "never mind" always lead out of it. What is no reply is answered as
        what it is; a question is dropped by it, a game goes on.
        """
        kept = self._dialogues.get(turn.conversation_id)
        if kept is None:
            return None
        skill = self._skills.get(kept.skill)
        believed = turn.heard_language
        # A number or a name tells no language: the question's is meant.
        turn.heard_language = kept.language
        if kept.dialogue.asked and (hushes(turn.text) or calls_off(turn.text)):
            self._dialogues.drop(turn.conversation_id)
            answer = skill and await skill.async_leave(turn, kept.dialogue)
            return answer or Answer(speech=say(turn.language, "ask.dropped"))
        answer = None
        if skill is not None:
            answer = await self._async_of(
                turn, skill, partial(skill.async_reply, turn, kept.dialogue)
            )
        if answer is None:
            turn.heard_language = believed
            if not kept.dialogue.stays:
                self._dialogues.drop(turn.conversation_id)
        return answer

    async def _async_answer(self, name: str, turn: Turn) -> Answer | None:
        """Answer a sentence of a skill's, in either language."""
        skill = self._skills.get(name)
        if skill is None:
            return None
        for language in _languages(turn):
            if not skill.might(turn.text, language):
                continue
            said = await turn.hass.async_add_executor_job(
                skill.read, turn.text, language
            )
            if said is None:
                continue
            believed = turn.heard_language
            if language != turn.language:
                turn.heard_language = language
            answer = await self._async_of(
                turn, skill, partial(skill.async_handle, turn, said)
            )
            if answer is not None:
                return answer
            turn.heard_language = believed
        return None

    async def _async_of(self, turn: Turn, skill: Skill, ask: _Ask) -> Answer | None:
        """Return a skill's answer, and open the dialogue that it asks for."""
        try:
            answer = await ask()
        except JarvisError:
            raise
        except Exception as err:
            self._skills.note_failure(skill.name, err)
            raise
        if answer is None:
            return None
        if answer.dialogue is None:
            self._dialogues.drop(turn.conversation_id)
        else:
            self._dialogues.open(
                turn.conversation_id, skill.name, turn.language, answer.dialogue
            )
        return answer


async def async_foreign_turn(
    hass: HomeAssistant, guard: Guard, llm_context: llm.LLMContext
) -> Turn:
    """Return the turn of another agent, as far as it says who speaks and from where."""
    context = llm_context.context or Context()
    language = llm_context.language or hass.config.language
    turn = Turn(
        hass=hass,
        user_input=ConversationInput(
            text="",
            context=context,
            conversation_id=None,
            device_id=llm_context.device_id,
            satellite_id=None,
            language=language,
            agent_id=llm_context.platform,
        ),
        chat_log=ChatLog(hass, ""),
        guard=guard,
    )
    if context.user_id is not None:
        turn.user = await hass.auth.async_get_user(context.user_id)
    return turn


def _languages(turn: Turn) -> list[str]:
    """Return the languages to read in, the likeliest first."""
    order = (detect(turn.text) or turn.language, turn.language, *LANGUAGES)
    return [language for language in dict.fromkeys(order) if language in LANGUAGES]
