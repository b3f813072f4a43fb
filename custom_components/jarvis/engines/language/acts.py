"""What the parts of an utterance are for, and the patterns by which that is read."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Act(StrEnum):
    """What a part of an utterance is for."""

    ORDER = "order"
    NEED = "need"
    """ "It is too dark in here": something is to be done about it."""
    ASK = "ask"
    """The user wants words: an answer, an explanation, a tale."""
    TELL = "tell"
    """The user reports, thanks or greets."""
    RELAY = "relay"
    """Somebody is to be told, or something to be kept in mind: "remind me to open the
    blind". Its words are for a message, a list or a timer, and move nothing."""
    FORBID = "forbid"
    """What is named is to be left as it is: "not the lamp", "except the lamp"."""
    LOOSE = "loose"
    """No sentence, and nothing beside it that it goes with. Never returned."""


ACTING = frozenset({Act.ORDER, Act.NEED, Act.RELAY})
"""What has something done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an utterance, its words folded."""

    act: Act
    said: tuple[str, ...]
    core: str = ""
    """What is said, without what makes it polite."""
    moves: bool = False
    """Whether its verb is one that moves things, or it has none."""
    verb: bool = False
    """Whether it has such a verb."""
    stands_for: str = ""
    """The core of the order that it corrects, and whose verb is its own: "no, the fan"."""


class Forms(Protocol):
    """What the module of a language offers: patterns for the beginnings of parts.

    All are matched against folded words with single spaces.
    """

    JOINTS: re.Pattern[str]
    """What joins two parts; a group "so" where the second has its own subject."""
    FILLERS: re.Pattern[str]
    POLITE: re.Pattern[str]
    """What makes an order of the verb after it."""
    TALKS: re.Pattern[str]
    """Verbs of saying, seeing and thinking: they ask for words."""
    PASSES_ON: re.Pattern[str]
    """Verbs of telling others, noting and reminding."""
    PASSED_ON: re.Pattern[str]
    """An act that is told of behind such a verb, anywhere: "to open"."""
    MESSAGES: re.Pattern[str]
    """Such a verb all the same, but others are to be told something."""
    GENERAL: re.Pattern[str]
    """What makes a question of a request: "can you dim lamps in general", anywhere."""
    MISSED: re.Pattern[str]
    """What should have been done, and was not: "you should have opened it"."""
    RETRACTS: re.Pattern[str]
    """A whole part that takes back what was said before it."""
    RETRACTS_LAST: re.Pattern[str]
    """The same at the end of a part, where nobody has set a comma."""
    QUESTIONS: re.Pattern[str]
    FORBIDS: re.Pattern[str]
    NEEDS: re.Pattern[str]
    NO_NEED: re.Pattern[str]
    TELLS: re.Pattern[str]
    """A subject and its verb, thanks, a beginning of a tale."""
    FRAGMENTS: re.Pattern[str]
    """The beginning of what has no verb of its own."""
    FINITE: re.Pattern[str]
    """A verb that makes a sentence of a fragment, anywhere."""
    RELATIVE: re.Pattern[str]
    QUOTES: re.Pattern[str]
    """What announces the words of somebody, at the end."""


class Verbs(Protocol):
    """What begins or makes an order in a language, matched likewise."""

    VERBS: re.Pattern[str]
    INFINITIVES: re.Pattern[str]
    """Verbs that order, unless something is said of the act itself."""
    ELLIPSES: re.Pattern[str]
    """An order without its verb, anywhere: "louder", "lights off"."""
    WANTED: re.Pattern[str]
    """The beginning of what is asked for, not about: "some music?"."""
    STILL: re.Pattern[str]
    """Of those that begin an order, what moves nothing: "check", "buy", "do all you can"."""
    EXCEPT: re.Pattern[str]
    ALL_BUT: re.Pattern[str]
    """Of what leaves something out only behind "all": a group "mark"."""
    KEEPS: re.Pattern[str]
    """A whole part that, beside an order, leaves a thing as it is: "the lamp stays on"."""
    BESIDE: re.Pattern[str]
    """What is named behind it tells where a thing is: "next to the oven"."""
    CLITICS: re.Pattern[str]
    """Pronouns before the verb of a request."""
    INFLECTED: re.Pattern[str]
    """A verb as it stands behind a request, one that begins no order."""
    NOUNS: re.Pattern[str]
    """The beginning of what is wished for: "light in the hall"."""
    NEGATED: re.Pattern[str]
    """A verb with a negation after it: "touche pas"."""
    COURTEOUS: re.Pattern[str]
    CITING: re.Pattern[str]
    """What makes the words before it those of others, or a thing that is spoken of."""
