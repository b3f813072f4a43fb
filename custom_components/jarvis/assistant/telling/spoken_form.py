"""How an answer is heard: in words of its language, as a chime, or not at all."""

from ...const import CONFIRM_CHIME, CONFIRM_NONE
from ...engines.language import speech_language
from ...engines.spoken import Sound, hinted
from ...skills.base import Answer
from ..turn import Turn


def spoken_form(turn: Turn, answer: Answer, style: str) -> str:
    """Return what the mouth is given of an answer, by the user's choice of `style`.

    Only what says no more than "done" is made short, and only for who asked by voice:
    questions, errors, answers and critical things are always said. Where a screen shows
    it, the text looks the same all the same.
    """
    words = answer.speech if turn.by_voice else answer.written or answer.speech
    if not (turn.heard and words):
        return words
    if answer.confirms and not answer.asks:
        if style == CONFIRM_CHIME:
            return hinted(words, Sound.CHIME)
        if style == CONFIRM_NONE:
            # Without a text nothing is played at all; the dialog needs one to show.
            return "" if turn.by_voice else hinted(words, Sound.SILENCE)
    if turn.heard_language and turn.heard_language != speech_language(turn.tag):
        return hinted(words, turn.heard_language)
    return words
