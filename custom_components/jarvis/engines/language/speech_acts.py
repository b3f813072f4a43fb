"""Tells what an utterance is for: to have something done, to be told something, or to tell.

This stands guard over a model, which may do things that nobody asked for: so it reads any
words, not only those that Jarvis itself can carry out. Only what is plainly an order or a
need counts as one: a verb of acting at the beginning, a request, a wish, or what is said
for short ("lights off"). Whatever else it is, it asks, tells or forbids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from . import order_verbs_en, order_verbs_fr, speech_acts_en, speech_acts_fr
from .text import folded


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an utterance, its words folded."""

    act: Act
    said: tuple[str, ...]
    core: str = ""
    """What is said, without what makes it polite."""
    moves: bool = False
    """Whether its verb is one that moves things, or it has none."""


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


_FORMS: dict[str, Forms] = {"en": speech_acts_en, "fr": speech_acts_fr}
_VERBS: dict[str, Verbs] = {"en": order_verbs_en, "fr": order_verbs_fr}
_ACTING = frozenset({Act.ORDER, Act.NEED, Act.RELAY})
_EXCEPT = "except"
_BESIDE = "beside"
_GOING_ON = frozenset({", and", ", et"})
"""At the very beginning, of what goes on with the order before: "and the hall"."""
_LONGEST = 400
"""Characters of a part by which it is read; what a longer one is for, its beginning tells."""
_SHORT = 4
"""Words; "add eggs and butter"."""
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,400}[\"”»]|(?<!\w)'[^']{1,400}'(?!\w)")
_SENTENCE = re.compile(r"[^.!?…;:\n]+(?:(?<=\d)\.(?=\d)[^.!?…;:\n]+)*[.!?…;:\n]*")
_COMMA = re.compile(r",(?!\d)|[–—]|\s-\s|\(|\)")


def read_acts(text: str, language: str) -> list[Part]:
    """Return the parts of an utterance in their order, with what each is for."""
    forms, verbs = _FORMS[language], _VERBS[language]
    parts: list[Part] = []
    quoted = courteous = False
    retracted = 0
    for sentence in _SENTENCE.findall(_QUOTED.sub(" ", text)):
        own: list[Part] = []
        for joint, said in _split(sentence, forms, verbs):
            marked = _is_marked(sentence)
            part = _read(said, forms, verbs, marked=marked)
            if not marked and _retracts(said, forms):
                retracted = len(parts) + len(own)
            elif not marked and forms.RETRACTS_LAST.search(said):
                retracted = len(parts) + len(own) + 1
            if joint == _BESIDE:
                # Before all others: it joins nothing.
                own.insert(0, replace(part, act=Act.TELL))
                continue
            part = _joined(own, part, joint, forms, quoted=quoted)
            if not part.said:
                # "Please, the lamp", "the lamp, please"
                courteous = bool(verbs.COURTEOUS.search(said))
                if courteous and own and own[-1].act is Act.LOOSE:
                    own[-1] = replace(own[-1], act=Act.ORDER)
                continue
            goes_on = not parts and joint in _GOING_ON
            if (courteous or goes_on) and not own and part.act is Act.LOOSE:
                part = replace(part, act=Act.ORDER)
            own.append(part)
        if own:
            quoted = sentence.rstrip().endswith(":") or bool(
                forms.QUOTES.search(" ".join(own[-1].said))
            )
        parts += _settled(own, verbs)
    parts = [
        replace(part, act=Act.TELL)
        if place < retracted and part.act in _ACTING
        else part
        for place, part in enumerate(parts)
    ]
    return list(_keeping(parts, verbs))


def _keeping(parts: list[Part], verbs: Verbs) -> Iterator[Part]:
    """Yield parts; those that leave a thing as it is, beside an order, forbid it."""
    kept = [bool(verbs.KEEPS.fullmatch(" ".join(part.said))) for part in parts]
    ordered = any(
        part.act in _ACTING
        for part, keeps in zip(parts, kept, strict=True)
        if not keeps
    )
    for part, keeps in zip(parts, kept, strict=True):
        yield replace(part, act=Act.FORBID) if keeps and ordered else part


def _retracts(said: str, forms: Forms) -> bool:
    bare = _without(said, forms.FILLERS)
    return bool(forms.RETRACTS.fullmatch(bare or said))


def _joined(
    own: list[Part], part: Part, joint: str, forms: Forms, *, quoted: bool
) -> Part:
    """Return a part as it is behind those of its sentence, and a sentence that quotes."""
    if joint == _EXCEPT:
        return replace(part, act=Act.FORBID)
    if quoted and not own:
        return replace(part, act=Act.TELL)
    return _after(own[-1], part, joint, forms) if own else part


def _settled(parts: list[Part], verbs: Verbs) -> list[Part]:
    """Return the parts of a sentence after all of them have been heard."""
    said = [" ".join(part.said) for part in parts]
    cited = any(verbs.CITING.search(later) for later in said[1:]) or any(
        verbs.CITING.search(own)
        for own in said
        if verbs.VERBS.match(own) or verbs.INFINITIVES.match(own)
    )
    for place in range(len(parts) - 2, -1, -1):
        # "In the kitchen, switch on the hood"
        if parts[place].act is Act.LOOSE and parts[place + 1].act is Act.ORDER:
            parts[place] = replace(parts[place], act=Act.ORDER)
    return [
        replace(part, act=Act.TELL)
        if part.act is Act.LOOSE or (cited and part.act is Act.ORDER)
        else part
        for part in parts
    ]


def _is_marked(sentence: str) -> bool:
    return "?" in sentence[-3:]


def _split(sentence: str, forms: Forms, verbs: Verbs) -> Iterator[tuple[str, str]]:
    """Yield the parts of a sentence, each with the word that joins it to the last."""
    for clause in _COMMA.split(sentence):
        joint = ","
        rest = " ".join(folded(clause))
        rest, except_for = _without_excepted(rest, verbs)
        beside = verbs.BESIDE.search(rest)
        near = rest[beside.end() :].strip() if beside else ""
        rest = rest[: beside.start()] if beside else rest
        while match := forms.JOINTS.search(rest):
            if before := rest[: match.start()].strip():
                yield joint, before
                joint = match[0].strip()
            elif joint == ",":
                joint = f", {match[0].strip()}"
            rest = rest[match.end() :]
        if rest.strip():
            yield joint, rest.strip()
        if near:
            yield _BESIDE, near
        if except_for:
            yield _EXCEPT, except_for


def _without_excepted(said: str, verbs: Verbs) -> tuple[str, str]:
    """Return words without those that are left out of what they order, and those."""
    if barred := verbs.EXCEPT.search(said):
        start, end = barred.span()
    elif barred := verbs.ALL_BUT.search(said):
        start, end = barred.span("mark")
    else:
        return said, ""
    return said[:start], said[end:].strip()


def _read(said: str, forms: Forms, verbs: Verbs, *, marked: bool) -> Part:
    """Read a part by itself."""
    words = tuple(said.split())
    bare = _without(said, forms.FILLERS)
    if not bare:
        # "Please, the lamp": it is for nothing by itself.
        return Part(act=Act.TELL, said=())
    core, polite = _core(bare[:_LONGEST], forms)
    return Part(
        act=_act(core, said[:_LONGEST], forms, verbs, polite=polite, marked=marked),
        said=words,
        core=core,
        moves=_moves(core, forms, verbs, polite=polite),
    )


def _core(said: str, forms: Forms) -> tuple[str, bool]:
    """Return words without fillers and what makes them polite, and whether they were."""
    polite = False
    while match := forms.POLITE.match(said):
        said = _without(said[match.end() :].lstrip(), forms.FILLERS)
        polite = True
    return said, polite


def _moves(said: str, forms: Forms, verbs: Verbs, *, polite: bool) -> bool:
    """Return whether words may move things, whose direction they need not tell."""
    if verbs.STILL.match(said):
        return False
    if verbs.VERBS.match(said) or verbs.INFINITIVES.match(said) or not polite:
        return True
    said = verbs.CLITICS.sub("", said, count=1)
    first, _, rest = said.partition(" ")
    if forms.FRAGMENTS.match(said):
        return True
    if not verbs.INFLECTED.fullmatch(first):
        # "I need | light in the hall"
        return bool(verbs.NOUNS.match(said))
    plain = (f"{form} {rest}" for form in _plain_forms(first))
    return any(
        not verbs.STILL.match(form)
        and (verbs.VERBS.match(form) or verbs.INFINITIVES.match(form))
        for form in plain
    )


def _plain_forms(verb: str) -> Iterator[str]:
    """Yield what an imperative may be of a verb as it stands behind a request."""
    yield verb
    for ending in ("ing", "ais", "ait", "iez", "es", "ed"):
        if stem := verb.removesuffix(ending) if verb.endswith(ending) else "":
            yield from (stem, f"{stem}e", stem[:-1])


def _without(said: str, fillers: re.Pattern[str]) -> str:
    while match := fillers.match(said):
        said = said[match.end() :].lstrip()
    return said


def _act(
    said: str, whole: str, forms: Forms, verbs: Verbs, *, polite: bool, marked: bool
) -> Act:
    """Read words without their fillers and politeness; `whole` is with them."""
    needs = forms.NEEDS.search(said) and not forms.NO_NEED.search(said)
    asks = forms.QUESTIONS.match(said)
    if forms.PASSES_ON.match(said):
        return Act.RELAY
    if forms.MESSAGES.match(said):
        return Act.ORDER
    if forms.MISSED.search(whole):
        return Act.TELL
    if forms.GENERAL.search(whole):
        return Act.ASK
    if forms.TALKS.match(said):
        return Act.ASK
    if forms.FORBIDS.match(said) or (verbs.NEGATED.match(said) and not needs):
        return Act.FORBID
    if polite:
        return Act.ORDER
    if needs:
        return Act.ASK if marked and asks else Act.NEED
    return Act.ASK if asks else _plain(said, whole, forms, verbs, marked=marked)


def _plain(said: str, whole: str, forms: Forms, verbs: Verbs, *, marked: bool) -> Act:
    """Read what is neither a request nor begins as a question."""
    words = Act.ASK if marked else Act.TELL
    if verbs.VERBS.match(said) or verbs.INFINITIVES.match(said):
        return Act.ORDER
    fragment = forms.FRAGMENTS.match(said)
    if forms.TELLS.match(said) or (fragment and forms.FINITE.search(said)):
        return words
    if verbs.ELLIPSES.search(whole) or (marked and verbs.WANTED.match(said)):
        return Act.ORDER
    return Act.LOOSE if fragment else words


def _after(before: Part, part: Part, joint: str, forms: Forms) -> Part:
    """Return a part as it is after another one of the same sentence."""
    said = " ".join(part.said)
    bare = _without(said, forms.FILLERS)
    if (
        before.act is Act.RELAY
        and part.act is Act.ORDER
        and joint != ","
        and forms.PASSED_ON.search(" ".join(before.said))
    ):
        # "Remind me to close the blind and turn off the lamp"
        return replace(part, act=before.act)
    if part.act is Act.LOOSE or (part.act is Act.ORDER and forms.FRAGMENTS.match(bare)):
        # "the kitchen and the hall", "dans la cuisine, allume"
        return replace(part, act=before.act)
    if (
        part.act is Act.TELL
        and before.act is Act.ORDER
        and joint != ","
        and len(part.said) < _SHORT
    ):
        return replace(part, act=before.act)
    if part.act not in _ACTING or before.act in _ACTING:
        return part
    earlier = " ".join(before.said)
    if forms.QUOTES.search(earlier):
        return replace(part, act=Act.TELL)
    if bare != said or forms.POLITE.match(bare) or joint.endswith("so"):
        return part
    tale = bool(forms.RELATIVE.search(earlier))
    joined = joint != ","
    if tale or (joined and before.act is Act.TELL):
        return replace(part, act=before.act)
    return part
