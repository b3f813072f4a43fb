"""Numbers, times and colours as people say and write them."""

from functools import cache
from random import Random

from unicode_rbnf import RbnfEngine

from .words import Words, words_of


@cache
def _speller(locale: str) -> RbnfEngine:
    return RbnfEngine.for_language(locale)


def number(value: int, language: str, rng: Random) -> str:
    """Return a number in digits or in words; French ones of Belgium and Switzerland too."""
    if rng.random() < 0.5:
        return str(value)
    locale = rng.choice(words_of(language).number_locales)
    spelt = _speller(locale).format_number(value).text
    return spelt.replace("-", " ") if rng.random() < 0.5 else spelt


def _percent(words: Words, language: str, rng: Random) -> str:
    value = rng.choice((rng.randrange(5, 101, 5), rng.randint(1, 100)))
    return rng.choice(words.percent).format(number(value, language, rng))


def _degrees(words: Words, language: str, rng: Random, *, few: bool) -> str:
    if few and rng.random() < 0.4:
        return rng.choice(words.one_degree)
    high = rng.randint(35, 65) if rng.random() < 0.1 else rng.randint(15, 26)
    value = rng.randint(1, 4) if few else high
    forms = words.half if rng.random() < 0.2 else words.degrees
    form = rng.choice(forms)
    spelt = str(value) if "5" in form else number(value, language, rng)
    return form.format(spelt)


def _duration(words: Words, language: str, rng: Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(words.fixed_durations)
    return rng.choice(words.minutes).format(number(rng.randint(2, 60), language, rng))


def _time(words: Words, language: str, rng: Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(words.fixed_times)
    form = rng.choice(words.hours)
    hour = rng.randint(1, 12 if language == "en" else 23)
    digits = ":" in form or "h30" in form
    return form.format(hour if digits else number(hour, language, rng))


def chosen(cls: str, form: str, language: str, rng: Random) -> str:
    """Return one value of a class that no home has to name."""
    words = words_of(language)
    match cls:
        case "percent":
            return _percent(words, language, rng)
        case "degrees":
            return _degrees(words, language, rng, few=form == "few")
        case "number_value":
            return number(rng.randint(1, 5 if form == "few" else 100), language, rng)
        case "duration":
            return _duration(words, language, rng)
        case "delay":
            return rng.choice(words.delays).format(_duration(words, language, rng))
        case "time":
            return _time(words, language, rng)
        case "colour":
            return rng.choice(words.colours)
        case "white":
            return rng.choice(words.whites)
        case "source":
            return rng.choice(words.sources)
    raise ValueError(cls)
