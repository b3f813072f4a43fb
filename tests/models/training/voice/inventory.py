"""The phonemes of each test voice and how Piper's characters map onto them.

A *phone* is one sound that has units of its own; it is named by the IPA string
that espeak-ng gives it. Piper hands single characters to a voice, so phones of
two characters (``tʃ``, ``aɪ``, ``ɑː``, ``ɔ̃``) are put together in the graph.
"""

from dataclasses import dataclass, field

SILENCE = "#"

PAUSES = {"start": 0.03, "end": 0.10, ",": 0.20, ".": 0.28, "?": 0.28, ":": 0.24}
"""Pause phones and their seconds; all of them sound like `SILENCE`."""

PUNCTUATION = {
    ",": ",",
    ";": ":",
    ":": ":",
    "—": ",",
    "…": ".",
    ".": ".",
    "!": ".",
    "?": "?",
}


@dataclass(frozen=True, kw_only=True)
class Language:
    """Everything that differs between the two voices.

    `vowels` and `consonants` map a phone to espeak's mnemonic for it. `splits`
    are espeak phonemes spoken as several phones, with the mnemonic that yields
    them. `substitutes` gives characters of other languages their nearest phone
    (an empty string: not spoken). `ignored` characters carry no sound here.
    """

    name: str
    code: str
    region: str
    name_native: str
    name_english: str
    voice: str
    pitch: int
    vowels: dict[str, str]
    consonants: dict[str, str]
    splits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    split_mnemonics: dict[str, str] = field(default_factory=dict)
    substitutes: dict[str, str] = field(default_factory=dict)
    ignored: str = ""

    @property
    def phones(self) -> list[str]:
        """All phones in a fixed order; silence is the first."""
        return [SILENCE, *self.consonants, *self.vowels]

    def mnemonic(self, phone: str) -> str:
        """Give espeak's name for a phone; empty for silence."""
        return self.consonants.get(phone) or self.vowels.get(phone, "")

    def kind(self, phone: str) -> str:
        """Tell whether a phone is a vowel, a consonant or silence."""
        if phone in self.vowels:
            return "vowel"
        return "consonant" if phone in self.consonants else "silence"

    def names(self, event: str) -> tuple[str, ...]:
        """Phones for the name that espeak gives a phoneme event."""
        name = event.replace("-", "")
        for character in self.ignored:
            name = name.replace(character, "")
        if name in self.splits:
            return self.splits[name]
        if name in self.consonants or name in self.vowels:
            return (name,)
        if not name:
            return (SILENCE,)
        substitute = self.substitutes.get(name, SILENCE)
        return (substitute or SILENCE,)


CODAS = ("əl",)
"""Phones of two characters that are two phones when a vowel follows."""

STOPS = ("p", "b", "t", "d", "k", "ɡ", "tʃ", "dʒ", "ʔ", "ɾ")
UNVOICED = ("p", "t", "k", "f", "s", "ʃ", "θ", "h", "tʃ", "ʔ", SILENCE)
DIPHTHONGS = ("aɪ", "aʊ", "eɪ", "oʊ", "ɔɪ", "j", "w")

_SHARED_CONSONANTS = {
    "p": "p",
    "b": "b",
    "t": "t",
    "d": "d",
    "k": "k",
    "ɡ": "g",
    "f": "f",
    "v": "v",
    "s": "s",
    "z": "z",
    "ʃ": "S",
    "ʒ": "Z",
    "m": "m",
    "n": "n",
    "ŋ": "N",
    "l": "l",
    "j": "j",
    "w": "w",
    "tʃ": "tS",
    "dʒ": "dZ",
}

FRENCH = Language(
    name="fr",
    code="fr_FR",
    region="FR",
    name_native="Français",
    name_english="French",
    voice="fr",
    pitch=80,
    consonants={**_SHARED_CONSONANTS, "ɲ": "n^", "ʁ": "r"},
    vowels={
        "a": "a",
        "e": "e",
        "ɛ": "E",
        "i": "i",
        "o": "o",
        "ɔ": "O",
        "u": "u",
        "y": "y",
        "ə": "@",
        "ø": "Y",
        "œ": "W",
        "ɛ̃": "E~",
        "ɑ̃": "A~",
        "ɔ̃": "O~",
        "œ̃": "W~",
    },
    substitutes={
        "r": "ʁ",
        "ɹ": "ʁ",
        "ɾ": "ʁ",
        "x": "ʁ",
        "ɣ": "ʁ",
        "χ": "ʁ",
        "ʀ": "ʁ",
        "θ": "s",
        "ð": "z",
        "h": "",
        "ʔ": "",
        "ç": "ʃ",
        "β": "v",
        "ʎ": "j",
        "ɥ": "y",
        "ɫ": "l",
        "g": "ɡ",
        "c": "k",
        "q": "k",
        "æ": "a",
        "ɐ": "a",
        "ɑ": "a",
        "ɒ": "ɔ",
        "ʌ": "œ",
        "ɜ": "œ",
        "ɚ": "œ",
        "ɘ": "ə",
        "ɵ": "ø",
        "ɪ": "i",
        "ᵻ": "i",
        "ɨ": "i",
        "ʊ": "u",
        "ʏ": "y",
        "ɯ": "u",
        "ɤ": "o",
    },
    ignored="ːˑ",
)

ENGLISH = Language(
    name="en",
    code="en_US",
    region="US",
    name_native="English",
    name_english="English",
    voice="en-us",
    pitch=80,
    consonants={
        **_SHARED_CONSONANTS,
        "t": "t2",
        "θ": "T",
        "ð": "D",
        "h": "h",
        "ɹ": "r",
        "ɾ": "*",
        "ʔ": "?",
    },
    vowels={
        "æ": "a",
        "ɑː": "A:",
        "ɐ": "a#",
        "ɛ": "E",
        "ɪ": "I",
        "i": "i",
        "iː": "i:",
        "ə": "@",
        "ɚ": "3",
        "ɜː": "3:",
        "ɔ": "O",
        "ɔː": "O:",
        "oʊ": "oU",
        "ʌ": "V",
        "ʊ": "U",
        "uː": "u:",
        "eɪ": "eI",
        "aɪ": "aI",
        "aʊ": "aU",
        "ɔɪ": "OI",
        "əl": "@L",
    },
    splits={
        "ɑːɹ": ("ɑː", "ɹ"),
        "ɔːɹ": ("ɔː", "ɹ"),
        "oːɹ": ("ɔː", "ɹ"),
        "ɛɹ": ("ɛ", "ɹ"),
        "ɪɹ": ("ɪ", "ɹ"),
        "ʊɹ": ("ʊ", "ɹ"),
        "iə": ("i", "ə"),
        "aɪɚ": ("aɪ", "ɚ"),
        "aɪə": ("aɪ", "ə"),
        "n̩": ("n",),
        "l̩": ("l",),
        "m̩": ("m",),
    },
    split_mnemonics={
        "ɑːɹ": "A@",
        "ɔːɹ": "O@",
        "ɛɹ": "e@",
        "ɪɹ": "i@3",
        "ʊɹ": "U@",
    },
    substitutes={
        "ᵻ": "ɪ",
        "ɨ": "ɪ",
        "a": "æ",
        "e": "eɪ",
        "o": "ɔː",
        "u": "uː",
        "oː": "ɔː",
        "ɑ": "ɑː",
        "ɒ": "ɑː",
        "ɜ": "ɜː",
        "ɝ": "ɜː",
        "œ": "ɜː",
        "ø": "ɜː",
        "y": "uː",
        "ʏ": "ʊ",
        "ɵ": "ə",
        "ɘ": "ə",
        "ɯ": "uː",
        "ɤ": "oʊ",
        "r": "ɹ",
        "ʁ": "ɹ",
        "ʀ": "ɹ",
        "x": "h",
        "χ": "h",
        "ç": "ʃ",
        "ɣ": "ɡ",
        "g": "ɡ",
        "c": "k",
        "q": "k",
        "ɫ": "l",
        "ɬ": "l",
        "ʎ": "j",
        "ɲ": "n",
        "ɥ": "w",
        "ʍ": "w",
        "ʂ": "s",
        "β": "v",
    },
)

LANGUAGES = {language.name: language for language in (FRENCH, ENGLISH)}
