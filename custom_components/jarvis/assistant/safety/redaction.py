"""Takes a code out of what was said, before anyone writes it down.

What is taken for a code: an utterance of four to eight digits and politeness; and such a
number that is called a code ("avec le code 9999") or is said in one breath with something
critical ("unlock the door 9999"). There may be one of them: more are nobody's code.

Every other number of that length is kept from everyone as well, the right one and wrong
ones alike: what was done with the right one only would tell which it is. Values, times
and years ("at 18:30", "in 1789", "2 000 watts") and the numbers in the names of a home
("la prise 4711") are none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent

from ...const import MAX_TEXT
from ...engines.language import folded, reads_yes
from .codes import (
    TOO_MANY,
    Spoken,
    find_codes,
    is_time,
    is_year,
    plain,
    reads_amount,
    reads_code,
)
from .log_redaction import rewrite
from .unread_codes import resembles_code, tells_parts

HIDDEN = "(code)"
"""What takes the place of a code, for everyone but the guard."""

_CRITICAL_WORDS = frozenset(
    "unlock open disarm deactivate unbolt door doors lock locks gate gates garage alarm "  # noqa: SIM905
    "deverrouille deverrouillez deverrouiller ouvre ouvrez ouvrir desarme desarmez "
    "desarmer desactive desactivez desactiver porte portes portail serrure serrures "
    "verrou verrous alarme".split()
)
"""Words that speak of what is critical in a home."""


@dataclass(frozen=True, slots=True)
class Shielded:
    """What may be written down of a text, and the digits that were taken out."""

    text: str
    said: str
    tried: tuple[str, ...] = ()
    """What the digits may mean, the likeliest first; empty where none were taken for a code."""


_LEADING = re.compile(
    r"^(?:(?:i say|i said|je (?:te )?dis|j'ai dit)\b[\s,:]*)?"
    r"(?:(?:to|pour|and|et|then|puis|so|alors)\b[\s,]*)*",
    re.IGNORECASE,
)
"""What joined a code that stood first to the order."""

_heard: ContextVar[Shielded | None] = ContextVar("heard", default=None)
"""What speech-to-text has taken out, for the agent in the same run of a pipeline."""


class Shield:
    """Knows the code, and what it looks like when it is said."""

    def __init__(
        self, hass: HomeAssistant, code: str, critical: Callable[[], Iterable[str]]
    ) -> None:
        """Take the code, and what returns the names of all that is critical."""
        self._hass = hass
        self._code = code
        self._critical = critical

    def hear(self, text: str, *, expected: bool = False) -> str:
        """Return what may be written down of a text that was just heard.

        Speech-to-text is not told whom it serves, nor what was asked in that conversation:
        `expected` is whether anybody was asked for a code.
        """
        shielded = self.take_out(text, expected=expected)
        _heard.set(shielded)
        return shielded.text

    def receive(
        self,
        user_input: conversation.ConversationInput,
        *,
        number_expected: bool,
        expected: bool = False,
    ) -> Shielded:
        """Take a code out of a request, and out of all that has noted it so far.

        Where a number is expected as the answer to a question, an amount is no code, nor
        a year or a time: not even where the code is one, or that would tell. `expected` is whether this
        conversation was asked for a code.
        """
        shielded = _heard.get()
        _heard.set(None)
        if shielded is None or shielded.text != user_input.text:
            shielded = self.take_out(user_input.text, expected=expected)
        if (
            number_expected
            and shielded.text == HIDDEN
            and (reads_amount(shielded.said) or _is_moment(shielded.tried))
        ):
            shielded = Shielded(shielded.said, shielded.said)
        if shielded.text != user_input.text:
            rewrite(self._hass, user_input.text, shielded.text)
        return shielded

    def take_out(self, text: str, *, expected: bool = False) -> Shielded:
        """Return a text without what may be a code; `expected`: it was asked for."""
        if not self._code or not any(character.isalnum() for character in text):
            return Shielded(text, text)
        if len(text) > MAX_TEXT:
            return _shortened(text)
        said = plain(text)
        if readings := reads_code(said, expected=expected):
            return Shielded(HIDDEN, said, readings)
        if reads_amount(said):
            return Shielded(HIDDEN, said, TOO_MANY)
        if found := find_codes(said, expected=expected):
            found = find_codes(said, self._names(said), expected=expected)
        if expected and (resembles_code(said) or tells_parts(said)):
            return Shielded(HIDDEN, said)
        if len(found) == 1 and reads_yes(_replaced(said, found[0], "")):
            return Shielded(HIDDEN, said, found[0].readings)
        if not found:
            return Shielded(text, text)
        words = set(folded(said))
        critical = bool(words & _CRITICAL_WORDS) or self._names_critical(words)
        found = [number for number in found if self._may_be_code(number, critical)]
        return (
            _without(said, found, critical=critical) if found else Shielded(text, text)
        )

    def _may_be_code(self, number: Spoken, critical: bool) -> bool:
        if number.introduced:
            return True
        if number.timed:
            return False
        if critical:
            return True
        if number.clock or number.measured or number.listed:
            return False
        if number.readings is TOO_MANY:
            return False
        # Whatever the code is: to hide years with some codes would tell of the code.
        return not is_year(number.readings)

    def _names(self, text: str) -> list[str]:
        """Return the names in the home that have a number of the text in them."""
        figures = {word for word in folded(text) if word[0].isdigit()}
        registry = er.async_get(self._hass)
        return [
            name
            for state in self._hass.states.async_all()
            for name in (
                state.name,
                *intent.async_get_entity_aliases(
                    self._hass, registry.async_get(state.entity_id), state=state
                ),
            )
            if any(figure in name for figure in figures)
        ] + [
            area.name
            for area in ar.async_get(self._hass).async_list_areas()
            if any(figure in area.name for figure in figures)
        ]

    def _names_critical(self, words: set[str]) -> bool:
        """Return whether a text names something critical, as a whole."""
        return any(
            parts and words.issuperset(parts) for parts in map(folded, self._critical())
        )


def _is_moment(readings: Iterable[str]) -> bool:
    digits = list(readings)
    return is_year(digits) or is_time(digits)


def _shortened(text: str) -> Shielded:
    """Return the beginning of a text that will be refused, still too long, no code in it.

    What follows must not be looked through for ever, nor be written down unseen.
    """
    said = plain(text[:MAX_TEXT])
    for number in reversed(find_codes(said)):
        said = _replaced(said, number, HIDDEN)
    kept = said.ljust(MAX_TEXT, "…") + "…"
    return Shielded(kept, kept)


def _without(said: str, found: Sequence[Spoken], *, critical: bool) -> Shielded:
    """Return a text without numbers that may be the code, and what was tried."""
    offered = [number for number in found if number.introduced or critical]
    tried = offered[0].readings if len(offered) == 1 else TOO_MANY
    kept = said
    for number in reversed(found):
        kept = _replaced(kept, number, "" if number in offered else HIDDEN)
    if offered:
        kept = _LEADING.sub("", kept)
    if not any(character.isalnum() for character in kept):
        kept = HIDDEN
    return Shielded(kept, said, tried if offered else ())


def _replaced(text: str, number: Spoken, other: str) -> str:
    before, after = text[: number.start], text[number.end :]
    if not other:
        before, after = before.rstrip(" ,;:.-"), after.lstrip(" ,;:.-")
    parts = (before.strip(), other, after.strip())
    return " ".join(part for part in parts if part)
