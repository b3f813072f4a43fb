"""Numbers from nought to a hundred, as they are said."""

_FRENCH = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "huitante": 80, "octante": 80, "nonante": 90, "cent": 100,
}  # fmt: skip

_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100,
}  # fmt: skip

_NUMBERS = {"fr": _FRENCH, "en": _ENGLISH}
_AND = {"fr": "et", "en": "and"}


def read_number(words: tuple[str, ...], language: str) -> float | None:
    """Return the number that folded words say, None when they are no number.

    Reads digits ("21,5") and words up to a hundred ("quatre vingt dix sept").
    """
    if len(words) == 1 and words[0][:1].isdigit():
        return float(words[0].replace(",", "."))
    total = 0
    last = None
    for word in words:
        if word == _AND[language] and last is not None:
            continue
        value = _NUMBERS[language].get(word)
        if value is None:
            return None
        if language == "fr" and value == 20 and last == 4:
            total += 76  # quatre-vingts
        elif value == 100 and last == 1:
            total = 100
        elif last is not None and value >= last:
            return None
        else:
            total += value
        last = 20 if value == 20 and last == 4 else value
    return float(total) if words and last is not None and total <= 100 else None


def number_pattern(language: str) -> str:
    """Return a regular expression of folded numbers, "21" or "vingt et un"."""
    one = "|".join(sorted(_NUMBERS[language], key=len, reverse=True))
    return rf"(?:\d+|(?:{one})(?:(?: {_AND[language]})? (?:{one}))*)\b"
