"""Sentences, voices and prompts of the test ear: everything drawn from one seed.

An `Item` says what is spoken, by which espeak-ng voice, and what the model must
write. `HELD_OUT_VARIANTS` are the voice variants kept for `evaluate.py`; training
never draws them.
"""

import random
import re
from dataclasses import dataclass, field

import grammar_en
import grammar_fr

RULES = {"fr": grammar_fr.RULES, "en": grammar_en.RULES}
VOICES = {
    "fr": ["fr-fr", "fr-fr", "fr-fr", "fr-be", "fr-ch"],
    "en": [
        "en-us",
        "en-us",
        "en-gb",
        "en-gb",
        "en-gb-scotland",
        "en-gb-x-rp",
        "en-029",
        "en-us-nyc",
        "en-gb-x-gbclan",
        "en-gb-x-gbcwmd",
    ],
}
DEFAULT_VOICES = {"fr": ["fr"], "en": ["en-us", "en-us", "en"]}
HELD_OUT_VARIANTS = [
    "f4",
    "m5",
    "Andy",
    "Denis",
    "linda",
    "paul",
    "Marco",
    "steph2",
    "klatt3",
    "victor",
    "Alicia",
    "benjamin",
]
VARIANTS = (  # noqa: SIM905
    "f1 f2 f3 f5 m1 m2 m3 m4 m6 m7 m8 Alex Andrea Annie Diogo Gene Gene2 Henrique "
    "Hugo Jacky Lee Mario Michael Mike Nguyen RicishayMax RicishayMax2 RicishayMax3 "
    "Storm Tweaky adam anika announcer antonio aunty belinda boris caleb david ed "
    "edward edward2 gustave iven iven2 iven3 iven4 john kaukovalta klatt klatt2 "
    "klatt4 marcelo max michel miguel norbert pablo pedro quincy rob robert "
    "robosoft robosoft2 robosoft3 robosoft7 sandro shelby steph steph3 travis zac "
    "grandma grandpa"
).split()

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_RULE = re.compile(r"<([^<>]+)>")
_PAIR = re.compile(r"\{([^{}~]*)~([^{}~]*)\}")


@dataclass(frozen=True, kw_only=True)
class Voice:
    """How espeak-ng says one clip."""

    name: str
    rate: int = 175
    pitch: int = 50
    amplitude: int = 100
    monotone: bool = False


@dataclass(frozen=True, kw_only=True)
class Item:
    """One clip: `texts` are spoken one after the other with pauses between."""

    language: str
    kind: str
    texts: tuple[str, ...]
    spoken: tuple[str, ...]
    voice: Voice
    prompt: str = ""
    seed: int = 0
    extra: dict[str, float] = field(default_factory=dict)


def expand(language: str, rule: str, rng: random.Random) -> str:
    """One random sentence of `rule`, `{written~spoken}` pairs still in it."""
    rules = RULES[language]

    def reference(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("#"):
            span, _, step = name[1:].partition("/")
            low, high = map(int, span.split("-"))
            return str(rng.randrange(low, high + 1, int(step or 1)))
        return rng.choice(rules[name])

    text = f"<{rule}>"
    while True:
        chosen = _CHOICE.sub(lambda m: rng.choice(m[1].split("|")), text, count=1)
        if chosen == text:
            chosen = _RULE.sub(reference, text, count=1)
        if chosen == text:
            break
        text = chosen
    return " ".join(text.split())


def _pair_safe(language: str, rule: str, rng: random.Random) -> tuple[str, str]:
    text = expand(language, rule, rng)
    return _PAIR.sub(r"\1", text), _PAIR.sub(r"\2", text)


def words(language: str) -> list[str]:
    """Every literal word of the grammar, for random word sequences."""
    found: set[str] = set(RULES[language]["extra"])
    for rule, options in RULES[language].items():
        if rule in ("d", "h", "m", "half"):
            continue
        for option in options:
            plain = _PAIR.sub(r"\1", _RULE.sub(" ", option))
            found.update(
                word
                for word in re.split(r"[\s\[\]|,{}~]+", plain)
                if len(word) > 1 and word.isascii() | word.isalpha()
                if not any(c in "%:0123456789" for c in word)
            )
    return sorted(found)


_WORDS = {language: words(language) for language in RULES}


def sentence(language: str, rng: random.Random) -> tuple[str, str]:
    """Return a random sentence: (written, spoken)."""
    draw = rng.random()
    if draw < 0.10:
        count = rng.randint(1, 6)
        text = " ".join(rng.choice(_WORDS[language]) for _ in range(count))
        return text, text
    if draw < 0.18:
        return _pair_safe(language, "reply", rng)
    if draw < 0.23:
        return _pair_safe(language, "device_name", rng)
    return _pair_safe(language, "sentence", rng)


def names(language: str, rng: random.Random, spoken: str, limit: int = 215) -> str:
    """List device and room names, comma-separated, in at most `limit` bytes.

    As a home gives them: in both languages where it has aliases, most with a capital
    letter. Whisper takes 223 tokens, which are bytes here.
    """
    both = ["fr", "en"] if rng.random() < 0.5 else [language]
    drawn = [_pair_safe(rng.choice(both), "device_name", rng)[0] for _ in range(24)]
    rooms = [
        room for each in both for room in RULES[each]["of" if each == "fr" else "room"]
    ]
    heard = [re.sub(r"^(de la |du |de l'|des )", "", room) for room in rooms]
    drawn += rng.sample(heard, min(len(heard), rng.randint(0, 10)))
    if rng.random() < 0.5:
        present = [name for name in {*heard, *drawn} if name and name in spoken]
        drawn = sorted(present) + drawn
    budget = rng.randint(30, limit)
    kept: list[str] = []
    for name in dict.fromkeys(drawn):
        if "<" in name or len(", ".join([*kept, name]).encode()) > budget:
            continue
        kept.append(name)
    rng.shuffle(kept)
    if rng.random() < 0.6:
        kept = [name[:1].upper() + name[1:] for name in kept]
    return ", ".join(kept)


def voice(language: str, rng: random.Random, held_out: bool = False) -> Voice:
    """Draw a voice; a quarter are espeak-ng's plain default voices."""
    draw = rng.random()
    if not held_out and draw < 0.12:
        return Voice(name=rng.choice(DEFAULT_VOICES[language]))
    if not held_out and draw < 0.24:
        return Voice(
            name=rng.choice(DEFAULT_VOICES[language]),
            rate=rng.randint(120, 210),
            pitch=rng.randint(30, 70),
            amplitude=rng.randint(60, 120),
        )
    if not held_out and draw < 0.30:
        return Voice(
            name=rng.choice(DEFAULT_VOICES[language]),
            rate=rng.randint(130, 180),
            monotone=True,
        )
    variant = rng.choice(HELD_OUT_VARIANTS if held_out else VARIANTS)
    return Voice(
        name=f"{rng.choice(VOICES[language])}+{variant}",
        rate=rng.randint(120, 210),
        pitch=rng.randint(25, 75),
        amplitude=rng.randint(50, 130),
    )


def item(index: int, seed: int = 1) -> Item:
    """Training clip number `index`; the same arguments give the same clip."""
    rng = random.Random(f"{seed}/{index}")
    language = "fr" if index % 2 == 0 else "en"
    kind_draw = rng.random()
    said = voice(language, rng)
    if kind_draw < 0.05:
        kind, count = "noise", 0
    elif kind_draw < 0.11:
        kind, count = "long", rng.randint(2, 4)
    else:
        kind, count = "speech", 1
    pairs = [sentence(language, rng) for _ in range(count)]
    prompt = ""
    draw = rng.random()
    if draw < 0.34:
        prompt = names(language, rng, " ".join(t for t, _ in pairs))
    if draw < 0.03 or 0.34 <= draw < 0.40:
        before = sentence(language, rng)[0]
        prompt = f"{prompt} {before}".strip()
    return Item(
        language=language,
        kind=kind,
        texts=tuple(text for text, _ in pairs),
        spoken=tuple(spoken for _, spoken in pairs),
        voice=said,
        prompt=prompt,
        seed=rng.randrange(2**31),
    )


def evaluation(
    count: int, language: str, seed: int = 99, *, unseen: set[str] | None = None
) -> list[Item]:
    """Draw evaluation clips by held-out voices, none with a text in `unseen`."""
    items: list[Item] = []
    index = 0
    while len(items) < count:
        rng = random.Random(f"eval/{seed}/{language}/{index}")
        index += 1
        text, spoken = _pair_safe(language, "sentence", rng)
        if unseen and text in unseen:
            continue
        items.append(
            Item(
                language=language,
                kind="speech",
                texts=(text,),
                spoken=(spoken,),
                voice=voice(language, rng, held_out=True),
                prompt=names(language, rng, text),
                seed=rng.randrange(2**31),
            )
        )
    return items
