"""Byte-level tokens in Whisper's own numbering, and the tokenizer files.

Three merges exist only because faster-whisper suppresses the first token of " -"
and " '" and of a space followed by a music sign: as single tokens of their own
they leave the plain space usable.
"""

import json
from pathlib import Path

VOCABULARY = 51_865
END, START, TRANSCRIBE, PREVIOUS = 50257, 50258, 50359, 50361
NO_SPEECH, NO_TIMESTAMPS, FIRST_TIMESTAMP = 50362, 50363, 50364
LANGUAGES = {"en": 50259, "fr": 50265}
LANGUAGE_CODES = (  # noqa: SIM905
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da "
    "hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy "
    "ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht "
    "ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su"
).split()
TIMESTAMP_STEP = 5  # targets are rounded to 0.1 s: 5 steps of 0.02 s
LAST_TIMESTAMP = 160 * TIMESTAMP_STEP


def _byte_symbols() -> list[str]:
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in printable]
    symbols = {byte: chr(byte) for byte in printable}
    symbols |= {byte: chr(256 + place) for place, byte in enumerate(rest)}
    order = printable + rest
    return [symbols[byte] for byte in order]


SYMBOLS = _byte_symbols()
_PRINTABLE = [*range(33, 127), *range(161, 173), *range(174, 256)]
BYTE_ORDER = _PRINTABLE + [b for b in range(256) if b not in _PRINTABLE]
BYTE_TO_ID = {byte: place for place, byte in enumerate(BYTE_ORDER)}
SPACE = SYMBOLS[BYTE_TO_ID[0x20]]
MERGES = [(SPACE, SYMBOLS[BYTE_TO_ID[byte]]) for byte in (ord("-"), ord("'"), 0xE2)]
USED = sorted(
    [
        *range(256),
        *LANGUAGES.values(),
        END,
        START,
        TRANSCRIBE,
        PREVIOUS,
        NO_SPEECH,
        NO_TIMESTAMPS,
        *range(
            FIRST_TIMESTAMP,
            FIRST_TIMESTAMP + LAST_TIMESTAMP + 1,
            TIMESTAMP_STEP,
        ),
    ]
)
"""The rows of the embedding that are trained; the others stay zero."""
ROW = {token: row for row, token in enumerate(USED)}


def encode(text: str) -> list[int]:
    """Tokens of `text` with the leading space that Whisper writes."""
    return [BYTE_TO_ID[byte] for byte in f" {text}".encode()]


def timestamp(seconds: float) -> int:
    """Return the timestamp token nearest to `seconds`."""
    steps = round(seconds / (0.02 * TIMESTAMP_STEP)) * TIMESTAMP_STEP
    return FIRST_TIMESTAMP + min(max(steps, 0), LAST_TIMESTAMP)


def vocabulary() -> list[str]:
    """All tokens in order; `""` at 50256 marks a multilingual model."""
    names = SYMBOLS + [a + b for a, b in MERGES]
    names += [f"_{number}" for number in range(len(names), 50256)] + [""]
    names += ["<|endoftext|>", "<|startoftranscript|>"]
    names += [f"<|{code}|>" for code in LANGUAGE_CODES]
    names += ["<|translate|>", "<|transcribe|>", "<|startoflm|>"]
    names += ["<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    names += [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
    if len(names) != VOCABULARY:
        raise AssertionError(len(names))
    return names


def write_files(folder: Path) -> None:
    """Write `tokenizer.json`: bytes, the merges and Whisper's special tokens."""
    names = vocabulary()
    plain = len(SYMBOLS) + len(MERGES)
    special = range(END, VOCABULARY)
    kept = {names[place]: place for place in [*range(plain), *special]}
    added = [
        {
            "id": place,
            "content": names[place],
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": place < FIRST_TIMESTAMP,
        }
        for place in special
    ]
    byte_level = {
        "type": "ByteLevel",
        "add_prefix_space": False,
        "trim_offsets": True,
        "use_regex": False,
    }
    content = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": byte_level,
        "post_processor": None,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": kept,
            "merges": [list(pair) for pair in MERGES],
        },
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
