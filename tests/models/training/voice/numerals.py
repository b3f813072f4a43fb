"""Numbers below 1000 as words, to compare what an ear writes in digits."""

_FRENCH = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante"}
_FRENCH_TENS |= {60: "soixante", 80: "quatre-vingt"}
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = [
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]


def spelled(number: int, language: str) -> str:
    """Spell a number from 0 to 999 in French or English."""
    spell = french if language == "fr" else english
    return spell(number)


def french(number: int) -> str:
    """Spell a number from 0 to 999 in French, plurals without s."""
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = "cent" if hundreds == 1 else f"{_FRENCH[hundreds]} cent"
        return f"{head} {french(rest)}" if rest else head
    if number < 20:
        return _FRENCH[number]
    ten = max(value for value in _FRENCH_TENS if value <= number)
    rest = number - ten
    if not rest:
        return _FRENCH_TENS[ten]
    joint = " et " if rest in (1, 11) and ten < 80 else "-"
    return f"{_FRENCH_TENS[ten]}{joint}{_FRENCH[rest]}"


def english(number: int) -> str:
    """Spell a number from 0 to 999 in English, without `and`."""
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = f"{_ENGLISH[hundreds]} hundred"
        return f"{head} {english(rest)}" if rest else head
    if number < 20:
        return _ENGLISH[number]
    ten, rest = divmod(number, 10)
    return _ENGLISH_TENS[ten - 2] + (f" {_ENGLISH[rest]}" if rest else "")
