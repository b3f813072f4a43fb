"""Takes out of words what a model writes beside its answer, in words itself.

`leaks` knows the marks of chat templates. Here it is what models write in plain text:
thoughts behind a label or in brackets, the names of those who speak, calls of tools, tags
of HTML, and the values that stand for nothing. What follows it passes.
"""

import re
from enum import Enum, auto
from typing import Final

import regex

_THOUGHTS: Final = (
    r"(?:my |mon |ma |internal |inner |step[- ]by[- ]step )?"
    r"(?:reasoning|raisonnement|thinking(?: process| aloud)?|thoughts?|pensées?|pensees?"
    r"|chain of thought|(?:internal |inner )?monologue(?: intérieur)?|scratchpad)"
)
_CALLS: Final = (
    r"(?:tool|function|action|api)[ _](?:calls?|input|output|results?|responses?|used?)"
    r"|(?:appels? d['’](?:outils?|actions?)|appels? de fonctions?|résultats? d(?:e l['’]|['’])outils?)"
)
_DOUBTFUL: Final = r"analysis|analyse|réflexion|reflexion|reflection|observation|plan"
"""Words that begin thoughts, where they begin the answer: elsewhere they are a topic."""
_ACTION: Final = (
    r"(?:action|tool|outil|function|fonction)"
    r"(?=[ *_]{0,4}:[ *_`]{0,5}(?:Hass[A-Z][a-z]|\w{1,40}(?:[\[({]|_\w)))"
)
_ANSWER: Final = (
    r"(?:assistant|jarvis|ai|ia|bot|model|(?:final |spoken )?answer|(?:final )?response"
    r"|réponse(?: finale| vocale)?)"
)
_OTHER: Final = r"(?:user|human|utilisateur|utilisatrice|system|système)"
_LABEL: Final = regex.compile(
    r"(?i)[ \t]{0,8}(?:#{1,6} |[-•>] |\d[.)] )?[*_]{0,3}(?:"
    rf"(?P<thought>{_THOUGHTS}|{_CALLS}|{_ACTION})|(?P<doubtful>{_DOUBTFUL})"
    rf"|(?P<answer>{_ANSWER})|(?P<other>{_OTHER})"
    r")[*_]{0,3}[ \u00a0\u202f]?:[*_]{0,3}[ \t]{0,4}"
)
_NOTHING: Final = regex.compile(
    r"[ \t]{0,8}(?:null|None|undefined|NaN|nil|\[object Object\])[ \t]{0,8}(?:\n|\Z)"
)
"""Lines that stand for no value. "None." is an answer."""
_FENCE: Final = regex.compile(r"[ \t]{0,3}```(?P<kind>[\w+-]{0,20})[ \t]{0,3}(?:\n|\Z)")
_WORDS_IN_FENCE: Final = frozenset(
    {"", "text", "txt", "plain", "plaintext", "markdown", "md"}
)
"""Kinds of a fence around an answer; around code it stays."""
_OF_THE_USER: Final = regex.compile(
    r"(?i)\s{0,4}(?:(?:ok(?:ay)?|alright|right|so|hmm?|well|bon|alors)[,.…]{0,3} )?"
    r"(?:the user(?: is|['’]s| has| just| only| probably)? (?:want|ask|request|sa(?:ys|id)|mean"
    r"|need|seem|told|tell)"
    r"|l['’]utilisateur (?:(?:me|m['’]) ?)?(?:veut|voudrait|demande|a demandé|souhaite|dit|parle)"
    r"|i (?:need to|should|must|have to|will) (?:call|use|invoke) (?:the |a )?(?:tool|function|Hass)"
    r"|je (?:dois|vais) (?:appeler|utiliser) (?:l['’]outil|la fonction|un outil|Hass))"
)
"""How thoughts begin that have no label: nobody speaks so to the user."""
_ABOUT_TO_LOOK: Final = regex.compile(
    r"(?i)\s{0,4}(?:(?:ok(?:ay)?|alright|right|sure|so|hmm?|well|bon|bien|alors)[,.…]{0,3} )?(?:"
    r"(?:i['’]ll|i will|i['’]m going to|let me|i(?: need to| should| must| have to))"
    r" (?:just |first |quickly |now )*(?:check|verify|look (?:at|up|that|this|it|into)|look"
    r"(?=[.…!])|find out|figure|determine|answer|respond|consider)"
    r"|let me (?:see|think)|let['’]s (?:see|check|think)"
    r"|(?:we|i) (?:need to|should|must|have to|can) (?:look (?:at|up)|answer|respond|determine"
    r"|figure|consider|output|provide)"
    r"|(?:je vais|je dois|laisse[sz]?-moi) (?:d['’]abord )?(?:vérifier|regarder|voir|consulter"
    r"|répondre|réfléchir|chercher (?:ça|cela))"
    r"|voyons(?: voir)?|(?:il faut|nous devons|on doit|il me faut) (?:que je |d['’]abord )?"
    r"(?:regarde[r]?|répond(?:re|e)|détermine[r]?|consulte[r]?)"
    r")(?![\w])[^,;:.!?…\n]{0,80}(?:, (?:one|just|a|un|une) [\w ]{0,20})?[.!…]{1,3}(?=\s|\Z)"
)
"""A first sentence that only says what the model is about to do: no answer."""
_TAGS: Final = (
    r"html|head|body|p|br|hr|b|i|u|em|strong|small|span|div|ul|ol|li|h[1-6]|a|img|table|tr|td"
    r"|th|code|pre|center|font|blockquote|sub|sup|speak|voice|prosody|emphasis|break|say-as"
)
_INLINE: Final = regex.compile(
    r"(?P<aside>[*_]{0,2}(?P<open>[(\[])[ *_]{0,3}"
    rf"(?i:{_THOUGHTS}|{_CALLS}|(?P<doubtful>{_DOUBTFUL})|note to self|internal|je réfléchis"
    r"|thinks)"
    r"[ *_\u00a0]{0,3}(?:[:…)\]]|\.\.|—))"
    r"|(?P<hidden><(?P<element>script|style|head)\b[^<>\n]{0,200}>)"
    rf"|(?P<tag></?(?i:{_TAGS})(?:\s[^<>\n]{{0,200}})?\s?/?>)"
    r"|(?P<box>\\(?:boxed|text|textbf|mathbf|fbox)\{)"
    r"|(?P<call>(?<!\w)(?:intent__)?Hass[A-Z][a-z]\w{1,40}"
    r"(?:\[[^\]\n]{0,300}\]|\([^)\n]{0,300}\)|\{[^}\n]{0,300}\}|(?=[^\w\[({])|\Z))"
)
_SENTENCE_OVER: Final = re.compile(r"[.!?…](?=\s)\s{0,4}|\n")
_ENTRY: Final = re.compile(r"[ \t]*(?:[-•*] )?\w[\w ]{0,30}[ \u00a0]?:[ \t]*\S.{0,60}")
_SHORT_TURN: Final = re.compile(
    r"(?i)(?:thanks|merci|ok(?:ay)?|yes|no|oui|non|hi|hello|bonjour|stop|great|super)\b"
)
_MOST_BEFORE: Final = 200
LONGEST: Final = 4_000
"""Characters that are kept back at most."""


class _Skip(Enum):
    NOTHING = auto()
    BLOCK = auto()
    """To an empty line or a label."""
    SENTENCE = auto()
    ASIDE = auto()
    """To the bracket that closes."""
    ELEMENT = auto()
    REST = auto()


class AsideFilter:
    """Filters the words of one answer, which come piece by piece.

    Ordinary words wait for nothing but what may still begin something else: the first
    letters of a line, and what follows an opening bracket.
    """

    def __init__(self) -> None:
        self._held = ""
        self._skip = _Skip.NOTHING
        self._begins = True
        """True at the beginning of a line."""
        self._said = False
        self._last = " "
        self._until = ""
        self._code = False
        self._boxes = 0
        self._block = ""
        self._out = ""
        self._before = ""
        """The end of what was said."""

    def feed(self, text: str) -> str:
        """Take a piece; return the words that may pass."""
        self._held += text
        return self._read(over=False)

    def end(self) -> str:
        """Return what is left when the answer is over."""
        words = self._read(over=True)
        lines = [line for line in self._block.split("\n") if line.strip()]
        if not self._said and len(lines) > 1:
            # Thoughts that no empty line ends: the answer comes last.
            return words + lines[-1].strip()
        if not self._said and lines:
            return words + _behind_thoughts(lines[0])
        return words

    def _read(self, *, over: bool) -> str:
        while self._held and self._step(over=over or len(self._held) > LONGEST):
            pass
        words, self._out = self._out, ""
        return words

    def _step(self, *, over: bool) -> bool:
        """Read on; return whether there is more that can be read now."""
        match self._skip:
            case _Skip.REST:
                self._held = ""
                return False
            case _Skip.SENTENCE:
                return self._drop_to(_SENTENCE_OVER.search(self._held), over=over)
            case _Skip.ELEMENT:
                close = re.search(rf"</{self._until}\s?>", self._held)
                return self._drop_to(close, over=over)
            case _Skip.ASIDE:
                return self._aside(over=over)
            case _Skip.BLOCK:
                return self._in_block(over=over)
        if self._begins:
            return self._line(over=over)
        return self._words(over=over)

    def _drop_to(self, found: re.Match[str] | None, *, over: bool) -> bool:
        if found is None:
            self._held = "" if over else self._held
            return False
        self._held = self._held[found.end() :]
        self._skip, self._begins = _Skip.NOTHING, not self._said or self._last == "\n"
        return True

    def _aside(self, *, over: bool) -> bool:
        opening, closing = self._until[0], self._until[1]
        depth = 1
        for place, letter in enumerate(self._held):
            depth += (letter == opening) - (letter == closing)
            # One that nobody closes ends with its paragraph.
            if not depth or self._held.startswith("\n\n", place):
                rest = self._held[place + 1 :]
                if not rest and not over:
                    return False
                self._held = rest.lstrip("*_ ") if self._last.isspace() else rest
                self._skip, self._begins = _Skip.NOTHING, not self._said
                return True
        if over:
            self._held = ""
        return False

    def _in_block(self, *, over: bool) -> bool:
        line, newline, rest = self._held.partition("\n")
        if not newline and not over:
            return False
        if self._block and not line.strip():
            self._held, self._skip, self._begins = rest, _Skip.NOTHING, True
            return bool(rest)
        if self._block and _LABEL.match(self._held):
            self._skip, self._begins = _Skip.NOTHING, True
            return True
        self._block += f"{line or '…'}\n"
        self._held = rest
        return bool(rest)

    def _line(self, *, over: bool) -> bool:
        """Read the beginning of a line."""
        held = self._held
        if not self._said and held[0].isspace():
            self._held = held.lstrip()
            return bool(self._held)
        patterns = [_FENCE]
        if not self._code:
            patterns += [_LABEL, _NOTHING] + (
                [] if self._said else [_OF_THE_USER, _ABOUT_TO_LOOK]
            )
        for pattern in patterns:
            found = pattern.match(held, partial=not over)
            if found is None:
                continue
            if not over and (found.partial or found.end() == len(held)):
                return False
            if pattern is _LABEL and found["other"] and not over and "\n" not in held:
                return False
            if pattern is _FENCE:
                self._fence(found)
            if pattern is _LABEL and not self._label(found):
                continue
            if pattern is _OF_THE_USER:
                self._skip = _Skip.SENTENCE
            self._held = held[found.end() :]
            return True
        self._begins = False
        return True

    def _fence(self, found: regex.Match[str]) -> None:
        """Pass on what stands around code, and nothing of what stands around words."""
        if self._code or found["kind"].casefold() not in _WORDS_IN_FENCE:
            self._say(found[0])
            self._code = not self._code

    def _label(self, found: regex.Match[str]) -> bool:
        """Take in a label; return whether it is one."""
        if found["answer"]:
            return True
        if found["doubtful"] and self._said:
            return False
        if found["other"] and self._said:
            line = self._held[found.end() :].partition("\n")[0].strip()
            if _is_entry(line, self._before):
                return False
            # What comes now was never said: the model makes up how the talk goes on.
            self._skip = _Skip.REST
            return True
        self._skip, self._block = _Skip.BLOCK, ""
        return True

    def _words(self, *, over: bool) -> bool:
        """Pass words on to the end of the line, or to what is none."""
        held = self._held
        end = held.find("\n") + 1 or len(held)
        text = self._last + held[:end]
        found = None
        if not self._code:
            found = _INLINE.search(text, 1, partial=not over and end == len(held))
        if found is None or found.start() == len(text):
            self._say(held[:end])
            self._held = held[end:]
            self._begins = held[end - 1] == "\n"
            return bool(self._held)
        self._say(text[1 : found.start()])
        if not over and (found.partial or found.end() == len(text) == len(held) + 1):
            waits = text[found.start() :] + held[end:]
            # Whole, but for a call that may go on: nothing more is needed.
            if found.partial or found["call"]:
                self._held = waits
                return False
        self._held = held[found.end() - 1 :]
        if found["doubtful"] and self._said:
            self._say(found[0])
            return bool(self._held)
        self._begins = not self._said
        if found["aside"]:
            self._skip, self._until = (
                _Skip.ASIDE,
                "()" if found["open"] == "(" else "[]",
            )
            if found["aside"][-1] in ")]":
                self._held = found["aside"][-1] + self._held
        elif found["hidden"]:
            self._skip, self._until = _Skip.ELEMENT, found["element"]
        elif found["box"]:
            self._boxes += 1
        return True

    def _say(self, words: str) -> None:
        while self._boxes and "}" in words:
            before, _, words = words.partition("}")
            self._out += before
            self._boxes -= 1
        if not words:
            return
        self._out += words
        self._before = (self._before + words)[-_MOST_BEFORE:]
        self._last = words[-1]
        self._said = self._said or not words.isspace()


def _is_entry(line: str, before: str) -> bool:
    """Return whether what follows "User:" is a value in a list, and no made-up turn."""
    last = before.rstrip().rpartition("\n")[2]
    in_list = last.endswith(":") or bool(_ENTRY.fullmatch(last))
    named = len(line.split()) == 1 and not _SHORT_TURN.match(line)
    return "?" not in line and (in_list or named)


def _behind_thoughts(line: str) -> str:
    """Return the answer at the end of thoughts that are all one line: the last sentence.

    One sentence alone is the thought.
    """
    sentences = [part for part in _SENTENCE_OVER.split(line) if part.strip()]
    if len(sentences) < 2:
        return ""
    return line[line.rindex(sentences[-1]) :].strip()
