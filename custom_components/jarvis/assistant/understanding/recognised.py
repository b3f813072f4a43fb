"""Questions about states that Home Assistant's sentences have read.

They are good at reading and wrong at answering: covers stand for windows there, and what
does not answer is a "no". So what they read is answered here.
"""

from hassil.recognize import RecognizeResult
from homeassistant.helpers import intent

from ...engines.language import Asking, Question, folded, read_state

_ASKINGS = {
    "all": Asking.ALL,
    "any": Asking.ANY,
    "any_short": Asking.ANY,
    "how_many": Asking.COUNT,
    "one": Asking.VALUE,
    "one_yesno": Asking.IS,
    "where": Asking.WHERE,
    "which": Asking.WHICH,
    "which_person": Asking.WHICH,
}
_DOMAINS = {
    "fan": ("fan",),
    "light": ("light",),
    "lock": ("lock",),
    "person": ("people",),
    "switch": ("switch",),
}


def question_of(result: RecognizeResult, language: str) -> Question | None:
    """Return what was asked in a sentence of Home Assistant's."""
    said = {
        name: folded(str(entity.text or entity.value))
        for name, entity in result.entities.items()
    }
    where = said.get("area") or said.get("floor") or ()
    if result.intent.name == intent.INTENT_GET_TEMPERATURE:
        return Question(
            asking=Asking.VALUE,
            target=("temperature",),
            where=said.get("name") or where,
        )
    asking = _ASKINGS.get(result.response or "")
    if asking is None:
        return None
    kind = said.get("device_class") or _DOMAINS.get("".join(said.get("domain", ())))
    target = said.get("name") or kind or ()
    if asking in {Asking.VALUE, Asking.WHERE}:
        return Question(asking=asking, target=target, where=where)
    state = read_state(" ".join(said.get("state", ())), language)
    if not state:
        if "name" in said and said.get("state"):
            return Question(asking=Asking.PLACE, target=target, where=said["state"])
        return None
    return Question(asking=asking, target=target, where=where, state=state)
