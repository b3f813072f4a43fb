"""What a listener hears of numbers, dates, names and signs, language by language."""

import pytest

from custom_components.jarvis.engines.spoken import speakable

FRENCH = [
    ("De -3 °C à +5 °C.", "De moins trois degrés à plus cinq degrés."),
    ("19,0 °C", "dix-neuf degrés"),
    ("21,5 degrés", "vingt et un degrés et demi"),
    ("21,5 degrés Celsius", "vingt et un virgule cinq degrés Celsius"),
    ("1\u202f013,2 hPa", "mille treize virgule deux hectopascals"),
    ("J'ai 2,5 ans et 1,5 h.", "J'ai deux ans et demi et une heure et demie."),
    ("0,1952 €/kWh", "zéro virgule un neuf cinq deux euro par kilowattheure"),
    ("-1 250,00 €", "moins mille deux cent cinquante euros"),
    ("80 000 000 €", "quatre-vingts millions d'euros"),
    ("3 millions €", "trois millions d'euros"),
    ("12 k€", "douze mille euros"),
    ("1 erreur, 2 avertissements", "une erreur, deux avertissements"),
    ("31 nouvelles notifications", "trente et une nouvelles notifications"),
    ("1 seule fenêtre", "une seule fenêtre"),
    ("71 pages, 11 portes", "soixante et onze pages, onze portes"),
    ("21 fois par jour", "vingt et une fois par jour"),
    (
        "3 nuits/journée, 5 kWh. Éteins",
        "trois nuits journée, cinq kilowattheures. Éteins",
    ),
    ("3 fois/jour", "trois fois par jour"),
    ("le prix par kWh", "le prix par kilowattheure"),
    ("2 1/2 h", "deux heures et demie"),
    ("3/4 h, 1/2 L", "trois quarts d'heure, un demi litre"),
    ("Niveau 3/5", "Niveau trois sur cinq"),
    ("Zigbee2MQTT, 4K, H2O", "Zigbee deux MQTT, quatre K, H deux O"),
    ("4 m x 3 m", "quatre mètres par trois mètres"),
    ("10 - 3 = 7", "dix moins trois égale sept"),
    ("1.12.2026", "premier décembre deux mille vingt-six"),
    ("2026-13-40", "deux mille vingt-six à treize-quarante"),
    ("ouvert 9h30-12h", "ouvert neuf heures trente à douze heures"),
    ("1 h 05 min", "une heure cinq minutes"),
    ("à 0:00", "à minuit"),
    ("01.02.03.04.05", "zéro un, zéro deux, zéro trois, zéro quatre, zéro cinq"),
    ("Napoléon Ier, la Ve République", "Napoléon premier, la cinquième République"),
    ("Ce ver, Le Vie", "Ce ver, Le Vie"),
    ("M. le maire", "monsieur le maire"),
    ("1 c. à s. de sel", "une cuillère à soupe de sel"),
    ("environ ~20", "environ vingt"),
    ("5 < 6", "cinq inférieur à six"),
    ("ressentie : –3 °C", "ressentie : moins trois degrés"),
    (
        "4,5/5 (802.11ac)",
        "quatre virgule cinq sur cinq (huit cent deux virgule onze ac)",
    ),
    ("200 g. de sucre", "deux cents grammes de sucre"),
    ("52 av. J.-C.", "cinquante-deux avant Jésus-Christ"),
    ("iOS 18.1", "iOS dix-huit point un"),
    ("100k vues", "cent mille vues"),
    ("2^10", "deux puissance dix"),
]

ENGLISH = [
    ("1.12.2026", "the first of December twenty twenty-six"),
    ("-$1,250.00", "minus one thousand two hundred and fifty dollars"),
    ("$2bn, $2B, £0.01", "two billion dollars, two billion dollars, one penny"),
    ("3 million dollars", "three million dollars"),
    ("since 1999, 1999 W", ("since nineteen ninety-nine, one thousand nine hundred and "
     "ninety-nine watts")),
    ("of 1500 people", "of one thousand five hundred people"),
    ("the 90s and 1950s", "the nineties and nineteen fifties"),
    ("a 30s timer", "a thirty seconds timer"),
    ("the 3 August", "the third of August"),
    ("3-5 pm", "three to five p m"),
    ("until 12 p.m. Then", "until twelve p m. Then"),
    ("at 0:15", "at twelve fifteen a m"),
    ("70F", "seventy degrees Fahrenheit"),
    ("1/2 L, 1 1/2 cups", "half a liter, one and one half cups"),
    ("(555) 555-0123", "five five five, five five five, zero one two three"),
    ("5 Elm St. in St. Louis", "five Elm street in saint Louis"),
    ("Room 007", "Room zero zero seven"),
    ("1920x1080", "one thousand nine hundred and twenty by one thousand and eighty"),
    ("George V, World War I", "George the fifth, World War one"),
    ("I am 5 and I sing", "I am five and I sing"),
    ("AT&T", "AT and T"),
    ("in full (2024)", "in full (twenty twenty-four)"),
    ("120/80", "one hundred and twenty over eighty"),
    ("5'11\" tall", "five foot eleven tall"),
    ("5*3, 5¢", "five times three, five cents"),
    ("\u0661\u0662 and \uff15 and \u2163", "twelve and five and IV"),
    ("9" * 20, " ".join(["nine"] * 20)),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), FRENCH)
def test_french(written: str, said: str) -> None:
    assert speakable(written, "fr-FR") == said


@pytest.mark.parametrize(("written", "said"), ENGLISH)
def test_english(written: str, said: str) -> None:
    assert speakable(written, "en") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-GB", "the first of May"),
        ("en_AU", "the first of May"),
        ("en-US", "January fifth"),
        ("en", "January fifth"),
        ("fr-CA", "premier mai"),
    ],
)
def test_days_and_months_are_the_regions(language: str, said: str) -> None:
    assert speakable("01/05/2026", language).startswith(said)


@pytest.mark.parametrize(
    "plain",
    [
        "Bonjour, que puis-je faire pour vous ?",
        "« Oui », dit-il (enfin) : c'est l'arc-en-ciel…",
        "Dans l'entrée, I wouldn't say so; would you?",
        "J’ai fermé “les volets” !",
        "Ligne une.\nLigne deux",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en", "de", ""])
def test_plain_text_stays(plain: str, language: str) -> None:
    assert speakable(plain, language) == plain


def test_other_languages_lose_only_marks() -> None:
    assert speakable("**Es sind** 21,5 °C 😀.", "de-DE") == "Es sind 21,5 °C."
