"""Takes the marks of Markdown and HTML away and leaves what they stand around.

Works line by line: a reply that is streamed arrives in pieces, so that a table or a
block of code is never seen as a whole. No words are dropped but the addresses behind
links.
"""

import html
import re
from typing import Final

_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})[\w+.-]*\s*")
_RULE = re.compile(r"[\s*_=-]{3,}|\s*\|?[\s|:-]*-{2,}[\s|:-]*")
_QUOTE = re.compile(r"\s*>(?! ?[\d-])[ >]*")
_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+")
_BULLET = re.compile(r"\s*(?:[-*+•◦▪‣·●○■–—][ \t]+)(?=\S)")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.)][ \t]+(?=[^\W\d]|[*_`\[\"«])")
_BOX = re.compile(r"\[([ xX])\][ \t]+")

_IMAGE_OR_LINK = re.compile(
    r"!?\[([^\[\]]*+)\](?:\((?:[^()]|\([^()]*+\))*+\)|\[[^\[\]]*+\])"
)
_NOTE = re.compile(r"\[\^[^\[\]]*+\]:?")
_AUTOLINK = re.compile(r"<([a-z]{3,8}://[^<>\s]++|[^<>\s@]{1,64}@[^<>\s]++)>")
_BREAK = re.compile(r"<br ?/?>|</(?:p|div|li|tr|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--[^<>]{0,300}-->")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")
_TIMES = re.compile(r"(?<=\d) ?\* ?(?=\d)")
_EMPHASIS = re.compile(r"\*+|~~+|(?<!\w)_+|_+(?!\w)|`+")

_ENDS: Final = ".!?…:;,"


def plain(text: str, done: str = "", todo: str = "") -> str:
    """Return text without marks; items and rows end as sentences do.

    `done` and `todo` are said of a ticked and an empty box.
    """
    if "&" in text:
        text = html.unescape(text)
    text = _TAG.sub("", _BREAK.sub("\n", _AUTOLINK.sub(r"\1", text)))
    lines = (_line(line, done, todo) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _line(line: str, done: str, todo: str) -> str:
    if _FENCE.fullmatch(line) or _RULE.fullmatch(line):
        return ""
    line = _QUOTE.sub("", line, count=1)
    if line.lstrip().startswith("|"):
        cells = (_inline(cell) for cell in line.strip().strip("|").split("|"))
        return _sentence(", ".join(cell for cell in cells if cell))
    if match := _HEADING.match(line):
        return _sentence(_inline(line[match.end() :].rstrip(" #")))
    if match := _BULLET.match(line):
        item = line[match.end() :]
        if box := _BOX.match(item):
            state = todo if box[1] == " " else done
            return _sentence(_inline(item[box.end() :]) + (state and f", {state}"))
        return _sentence(_inline(item))
    if match := _NUMBERED.match(line):
        return _sentence(f"{match[1]}, {_inline(line[match.end() :])}")
    return _inline(line)


def _inline(text: str) -> str:
    text = _IMAGE_OR_LINK.sub(r"\1", _NOTE.sub("", text))
    text = _TIMES.sub(" × ", _ESCAPED.sub(r"\1", text))
    return _EMPHASIS.sub("", text).strip()


def _sentence(text: str) -> str:
    return text if not text or text[-1] in _ENDS else f"{text}."
