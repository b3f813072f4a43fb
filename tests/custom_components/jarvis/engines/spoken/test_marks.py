"""Markdown, HTML, emoji and addresses: what is left of them for the ear."""

import pytest

from custom_components.jarvis.engines.spoken import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "**bold**, __bold__, *soft*, _soft_, ~~gone~~",
            "bold, bold, soft, soft, gone",
        ),
        ("# One\ntext", "One.\ntext"),
        ("### Two ###", "Two."),
        ("> > quoted", "quoted"),
        ("a [link](https://e.org/a_(b)) here", "a link here"),
        ("a [link][1], a note[^2]", "a link, a note"),
        ("![a cat](cat.png)", "a cat"),
        ("<https://e.org/a>", "e dot org slash a"),
        ("- a\n  - b\n    * c;\n+ d", "a.\nb.\nc;\nd."),
        ("1) Open it", "one, Open it."),
        ("- [x] Bins\n- [ ] Shopping", "Bins, done.\nShopping, to do."),
        ("| a | b |\n|:--|--:|\n| c | **d** |", "a, b.\nc, d."),
        ("```yaml\nstate: on\n```", "state: on"),
        ("one\n---\ntwo\n***\nthree", "one\ntwo\nthree"),
        ("<b>a</b><br>c &amp; d <!-- e -->", "a\nc and d"),
        (r"\*a\* 2 * 3", "a two times three"),
        ("a – b — c", "a, b, c"),
        ("a_b_c and __init__", "a b c and init"),
    ],
)
def test_markup(written: str, said: str) -> None:
    assert speakable(written, "en") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Done! 👍🏽", "Done!"),
        ("👍🏽", "yes"),
        ("Garage: ❌.", "Garage: no."),
        ("❌ Failed", "No, Failed"),
        ("✅ Closed", "Closed"),
        ("| Door | ⚠️ |", "Door, warning."),
        ("Hi 👨‍👩‍👧 🇫🇷 there", "Hi there"),
        ("🌡️ 21 °C 💧 45 %", "twenty-one degrees, forty-five percent"),
        ("1️⃣ Open", "one, Open"),
        ("Moon: 🌕, bright", "Moon: bright"),
    ],
)
def test_emoji(written: str, said: str) -> None:
    assert speakable(written, "en") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Voir https://www.example.org/.", "Voir example point org."),
        ("(https://e.org/a-b?x=1#y)", "(e point org slash a tiret b)"),
        (
            "homeassistant.local:8123",
            "homeassistant point local deux-points huit mille cent vingt-trois",
        ),
        ("a.b@e.org", "a point b arobase e point org"),
        ("Voir configuration.yaml.", "Voir configuration point yaml."),
        ("dans /config/www", "dans slash config slash www"),
        ("light.salon_2 et mode_nuit", "light salon deux et mode nuit"),
        ("Fini.Merci", "Fini.Merci"),
        ("10.0.0.1", "dix point zéro point zéro point un"),
    ],
)
def test_addresses(written: str, said: str) -> None:
    assert speakable(written, "fr") == said
