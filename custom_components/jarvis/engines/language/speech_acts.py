"""Tells what an utterance is for: to have something done, to be told something, or to tell.

This stands guard over a model, which may do things that nobody asked for: so it reads any
words, not only those that Jarvis itself can carry out. Only what is plainly an order or a
need counts as one: a verb of acting at the beginning, a request, a wish, or what is said
for short ("lights off"). Whatever else it is, it asks, tells or forbids.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from . import order_verbs_en, order_verbs_fr, speech_acts_en, speech_acts_fr
from .acts import ACTING, Act, Forms, Part, Verbs
from .correcting import (
    breaks_off,
    corrected,
    is_instead,
    split_corrections,
    take_back,
    without_opening,
)
from .text import folded

_FORMS: dict[str, Forms] = {"en": speech_acts_en, "fr": speech_acts_fr}
_VERBS: dict[str, Verbs] = {"en": order_verbs_en, "fr": order_verbs_fr}
_EXCEPT = "except"
_BESIDE = "beside"
_GOING_ON = frozenset({", and", ", et"})
"""At the very beginning, of what goes on with the order before: "and the hall"."""
_BEFORE_CORRECTION = frozenset({",", ", but", ", mais", "but", "mais"})
_LONGEST = 400
"""Characters of a part by which it is read; what a longer one is for, its beginning tells."""
_SHORT = 4
"""Words; "add eggs and butter"."""
_PHRASE = 5
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,400}[\"”»]|(?<!\w)'[^']{1,400}'(?!\w)")
_SENTENCE = re.compile(r"[^.!?…;:\n]+(?:(?<=\d)\.(?=\d)[^.!?…;:\n]+)*[.!?…;:\n]*")
_COMMA = re.compile(r",(?!\d)|[–—]|\s-\s|\(|\)")


def read_acts(text: str, language: str) -> list[Part]:
    """Return the parts of an utterance in their order, with what each is for."""
    forms, verbs = _FORMS[language], _VERBS[language]
    parts: list[Part] = []
    quoted = courteous = False
    taken = _TakenBack(forms, verbs, language)
    for sentence in _SENTENCE.findall(_QUOTED.sub(" ", text)):
        own: list[Part] = []
        for joint, said in _split(sentence, forms, verbs, language):
            marked = _is_marked(sentence)
            if taken.read(parts, own, joint, said, marked=marked):
                continue
            part = _read(said, forms, verbs, marked=marked)
            if joint == _BESIDE:
                # Before all others: it joins nothing.
                own.insert(0, replace(part, act=Act.TELL))
                continue
            part = _joined(own, part, joint, forms, quoted=quoted)
            if not part.said:
                # "Please, the lamp", "the lamp, please"
                courteous = bool(verbs.COURTEOUS.search(said))
                if courteous and own and _has_no_verb(own[-1], forms):
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
    return list(_keeping(taken.without(parts), verbs))


def corrects_itself(text: str, language: str) -> bool:
    """Return whether a part of an utterance stands instead of one before it."""
    return any(part.stands_for for part in read_acts(text, language))


class _TakenBack:
    """Finds what is taken back or corrected as the parts of an utterance are read."""

    def __init__(self, forms: Forms, verbs: Verbs, language: str) -> None:
        self._forms, self._verbs, self._language = forms, verbs, language
        self._end = 0
        """How many parts are taken back, and how many before the last such words."""
        self._end_before = 0
        self._opened = ""
        """Words that announce a correction, until what is meant instead is said."""

    def read(
        self, parts: list[Part], own: list[Part], joint: str, said: str, *, marked: bool
    ) -> bool:
        """Note what words take back; return whether there is no more to read in them.

        `own` are the parts of the same sentence, `parts` those of the ones before.
        """
        rest = (
            without_opening(said, self._language)
            if joint in _BEFORE_CORRECTION
            else None
        )
        if not self._opened:
            self._end_before = self._end
        retracts = _retracts(said, self._forms)
        if not marked and retracts:
            self._end = len(parts) + len(own)
        elif not marked and self._forms.RETRACTS_LAST.search(said):
            self._end = len(parts) + len(own) + 1
        if rest == "":
            self._opened = said
            return True
        apart, self._opened = bool(self._opened), ""
        if retracts or not (rest or apart):
            return False
        part = _read(rest or said, self._forms, self._verbs, marked=marked)
        fragments = self._forms.FRAGMENTS
        if not is_instead(part, self._forms, apart=apart):
            take_back(own or parts, part, fragments)
        elif fixed := corrected(own or parts, part, fragments):
            self._end = self._end_before
            own.append(fixed)
            return True
        return False

    def without(self, parts: list[Part]) -> list[Part]:
        """Return all parts; those that were taken back are for nothing any more."""
        if breaks_off(self._opened):
            # "Turn on the lamp, no wait": whoever breaks off has not ordered it.
            self._end = len(parts)
        return [
            replace(part, act=Act.TELL)
            if place < self._end and part.act in ACTING
            else part
            for place, part in enumerate(parts)
        ]


def _keeping(parts: list[Part], verbs: Verbs) -> Iterator[Part]:
    """Yield parts; those that leave a thing as it is, beside an order, forbid it."""
    kept = [bool(verbs.KEEPS.fullmatch(" ".join(part.said))) for part in parts]
    ordered = any(
        part.act in ACTING for part, keeps in zip(parts, kept, strict=True) if not keeps
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


def _has_no_verb(part: Part, forms: Forms) -> bool:
    """Return whether a part is a phrase: "the lamp", "kitchen in the dark"."""
    return part.act is Act.LOOSE or (
        part.act is Act.TELL
        and len(part.said) <= _PHRASE
        and not forms.TELLS.match(part.core)
        and not forms.FINITE.search(part.core)
    )


def _is_marked(sentence: str) -> bool:
    return "?" in sentence[-3:]


def _split(
    sentence: str, forms: Forms, verbs: Verbs, language: str
) -> Iterator[tuple[str, str]]:
    """Yield the parts of a sentence, each with the word that joins it to the last."""
    clauses = (
        piece
        for clause in _COMMA.split(sentence)
        for piece in split_corrections(" ".join(folded(clause)), language)
    )
    for clause in clauses:
        joint = ","
        rest, except_for = _without_excepted(clause, verbs)
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
        verb=_has_verb(core, verbs) or (polite and not forms.FRAGMENTS.match(core)),
    )


def _core(said: str, forms: Forms) -> tuple[str, bool]:
    """Return words without fillers and what makes them polite, and whether they were."""
    polite = False
    while match := forms.POLITE.match(said):
        said = _without(said[match.end() :].lstrip(), forms.FILLERS)
        polite = True
    return said, polite


def _has_verb(said: str, verbs: Verbs) -> bool:
    return bool(verbs.VERBS.match(said) or verbs.INFINITIVES.match(said))


def _moves(said: str, forms: Forms, verbs: Verbs, *, polite: bool) -> bool:
    """Return whether words may move things, whose direction they need not tell."""
    if verbs.STILL.match(said):
        return False
    if _has_verb(said, verbs) or not polite:
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
    if part.act not in ACTING or before.act in ACTING:
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
