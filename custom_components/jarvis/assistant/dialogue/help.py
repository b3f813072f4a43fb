"""Says what can be asked for in this home."""

from homeassistant.core import callback

from ...engines.language import asks_for_help, enumerate_phrases
from ...ha_internals import timer_manager
from ...skills.base import Answer, Skills
from ..sentences import say
from ..turn import Turn
from .guidance import example, exposed_states

_ABILITIES = (
    "light", "cover", "climate", "media_player", "switch", "fan", "vacuum", "scene",
    "todo", "script", "lock",
)  # fmt: skip
_MOST = 5
"""More than these nobody keeps in mind."""


@callback
def async_help(turn: Turn, skills: Skills, *, thinks: bool) -> Answer | None:
    """Answer who asks what Jarvis can do; `thinks`: whether a language model is set up."""
    if not asks_for_help(turn.text):
        return None
    turn.note_language()
    language = turn.language
    command = example(turn)
    if not command:
        return Answer(speech=say(language, "help.nothing_exposed"))
    exposed = {state.domain for state in exposed_states(turn, _ABILITIES)}
    abilities = [
        say(language, f"help.abilities.{domain}")
        for domain in _ABILITIES
        if domain in exposed
    ]
    more = [line for skill in skills for line in skill.help(turn)]
    # Of either enough to show that there is more than one.
    abilities = abilities[: max(_MOST - len(more), _MOST // 2 + 1)]
    listed = enumerate_phrases([*abilities, *more][:_MOST], language)
    manager = timer_manager(turn.hass)
    also = "help.also_timers" if manager and manager.handlers else "help.also"
    speech = [say(language, "help.can", abilities=listed, command=command)]
    speech.append(say(language, also))
    if not thinks:
        speech.append(say(language, "help.without_model"))
    return Answer(speech=" ".join(speech))
