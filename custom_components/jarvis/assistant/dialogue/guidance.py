"""What to say to a greeting, and when nothing understood: a command that would work."""

from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.core import State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import llm
from homeassistant.helpers.intent import IntentResponse, IntentResponseErrorCode

from ...engines.language import (
    Asking,
    adds_described,
    asks_for_missing,
    asks_or_tells,
    folded,
    named,
    read_courtesy,
    read_question,
    words,
)
from ...skills.base import Answer
from ..home import speaks, thing_name
from ..sentences import say, say_error
from ..turn import LONGEST_ORDER, Turn
from .not_understood import missed

_DETERMINERS = frozenset(
    "the my our your his her their a an any le la l' les mon ma mes ton ta tes son sa ses "  # noqa: SIM905
    "notre nos votre vos un une des ce cette".split()
)
"""Words before what is no name of a person."""
_MOST_OF_A_NAME = 2
_DOMAINS = ("light", "switch", "input_boolean", "fan", "cover", "media_player")


async def async_greet(turn: Turn) -> Answer | None:
    """Answer a greeting or thanks; None for anything else."""
    if (courtesy := read_courtesy(turn.text)) is None:
        return None
    kind, language = courtesy
    if language and language != turn.language:
        turn.heard_language = language
    return Answer(speech=say(turn.language, f"courtesy.{kind}"))


async def async_guide(turn: Turn) -> Answer:
    """Say what could have been said instead."""
    turn.note_language()
    response = IntentResponse(language=turn.tag)
    code = IntentResponseErrorCode.NO_INTENT_MATCH
    reason = _refusal(turn)
    command = example(turn)
    # What goes on for longer begins with what it is about.
    beginning = turn.text[:LONGEST_ORDER]
    missing = asks_for_missing(beginning)
    if missing and not (missing == "weather" and exposed_states(turn, ("weather",))):
        speech = say(turn.language, f"help.missing.{missing}")
    elif speech := _lacking(turn, beginning):
        pass
    elif command and (speech := missed(turn, command)):
        code = IntentResponseErrorCode.NO_VALID_TARGETS
    elif reason:
        code = IntentResponseErrorCode.NO_VALID_TARGETS
        speech = reason
        if command:
            speech = say(
                turn.language,
                "help.unknown_target",
                reason=reason.rstrip("."),
                command=command,
            )
    elif asks_or_tells(beginning, turn.language):
        speech = say(turn.language, "help.needs_model")
    elif command:
        speech = say(turn.language, "help.example", command=command)
    else:
        speech = say(turn.language, "help.nothing_exposed")
    written = speech
    if turn.unserved is not None:
        spoken, shown = say_error(turn.language, turn.unserved)
        speech, written = f"{speech} {spoken}", f"{speech} {shown}"
    response.async_set_error(code, speech)
    return Answer(speech=speech, written=written, response=response)


def _lacking(turn: Turn, text: str) -> str:
    """Say what is lacking to do it without a model: the items, the person; else ""."""
    if adds_described(text, turn.language):
        return say(turn.language, "help.items_open")
    question = read_question(text, turn.language)
    if question is None or not (
        question.asking is Asking.WHERE or question.state in {"home", "not_home"}
    ):
        return ""
    said = words(text)
    folds = tuple(word.fold for word in said)
    length = len(question.target)
    starts = [
        start
        for start in range(len(said) - length + 1)
        if length and folds[start : start + length] == question.target
    ]
    if not starts or length > _MOST_OF_A_NAME:
        return ""
    if {folds[max(starts[0] - 1, 0)], folds[starts[0]]} & _DETERMINERS:
        return ""
    meant = set(question.target)
    if any(meant <= set(folded(s.name)) for s in turn.hass.states.async_all()):
        return ""
    name = text[said[starts[0]].start : said[starts[0] + length - 1].end]
    return say(turn.language, "help.unknown_person", name=name[:1].upper() + name[1:])


def _refusal(turn: Turn) -> str:
    """Return core's own words when it understood the request but found no target."""
    last = turn.chat_log.content[-1]
    if not isinstance(last, conversation.ToolResultContent):
        return ""
    data = last.result.data
    if not isinstance(data, llm.IntentResponseDict):
        return ""
    original: IntentResponse = data.original
    if original.error_code is not IntentResponseErrorCode.NO_VALID_TARGETS:
        return ""
    return str(original.speech.get("plain", {}).get("speech", ""))


def example(turn: Turn) -> str:
    """Return a command with a device that the user has, nearby if there is one."""
    hass = turn.hass
    registry = er.async_get(hass)
    area_id = turn.area_id

    def rank(state: State) -> tuple[bool, bool, int, str]:
        entry = registry.async_get(state.entity_id)
        near = entry and er.async_get_effective_area_id(hass, entry) == area_id
        foreign = not speaks(thing_name(hass, state, turn.language), turn.language)
        return (
            foreign,
            not (area_id and near),
            _DOMAINS.index(state.domain),
            state.entity_id,
        )

    exposed = exposed_states(turn, _DOMAINS)
    if not exposed:
        return ""
    state = min(exposed, key=rank)
    if state.domain == "cover":
        verb = "close" if state.state == "open" else "open"
    else:
        verb = "turn_off" if state.state == "on" else "turn_on"
    what = named(thing_name(hass, state, turn.language), turn.language).text
    return say(turn.language, f"commands.{verb}", what=what)


def exposed_states(turn: Turn, domains: tuple[str, ...]) -> list[State]:
    """Return what the speaker may use of some domains."""
    return [
        state
        for state in turn.hass.states.async_all(domains)
        if async_should_expose(turn.hass, conversation.DOMAIN, state.entity_id)
        and turn.guard.may_use(turn, state)
    ]
