"""Says the emoji that carry a meaning and drops the others."""

import re
from collections.abc import Mapping, Set

# Presentation and skin tone selectors, joiners, key caps, tags of flags.
_TAIL = "\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_PICTURES = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    "\u231a\u231b\u2328\u23cf\u23e9-\u23fa\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe"
    "\u2139\u3030\u303d\u3297\u3299"
)
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3(?: (?=\\w))?")
_EMOJI = re.compile(f"[{_PICTURES}][{_PICTURES}{_TAIL} ]*+[{_TAIL}]*+")
_MARKS = re.compile(f"[{_TAIL}]")
_ALONE_AFTER = ":|,→="
_ALONE_BEFORE = ".,;!?|)\n"


def without_emoji(text: str) -> str:
    """Return text without any emoji; the digits on key caps stay."""
    text = _KEYCAP.sub(_key, text)
    return _MARKS.sub("", _EMOJI.sub(" ", text))


def spoken_emoji(text: str, names: Mapping[str, str], warnings: Set[str]) -> str:
    """Return text with the names of the emoji that are all that is said there.

    "Garage: ❌" is "Garage: no"; in "Done! 👍" the words say it already. `warnings`
    are said before a sentence as well.
    """

    def say(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 4) : match.start()].rstrip(" ")
        after = text[match.end() : match.end() + 4].lstrip(" ")
        starts = not before or before[-1] == "\n"
        ends = not after or after[0] in _ALONE_BEFORE
        said = list(dict.fromkeys(names[x] for x in match[0] if x in names))
        if ends and (starts or before[-1] in _ALONE_AFTER):
            return f" {', '.join(said)}"
        if starts and said and set(match[0]) & warnings:
            return f"{said[0].capitalize()}, "
        # Between two measures the picture was the only thing that kept them apart.
        return ", " if before[-1:] not in ",:" and after[:1].isdigit() else " "

    text = _KEYCAP.sub(_key, text)
    return _MARKS.sub("", _EMOJI.sub(say, text))


def _key(match: re.Match[str]) -> str:
    # A key cap before words numbers them: "1️⃣ Open the app".
    return f"{match[1]}, " if match[0].endswith(" ") else match[1]
