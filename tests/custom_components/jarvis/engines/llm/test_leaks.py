"""What small models write into their answers that was never meant to be words."""

import json
import random

import pytest

from custom_components.jarvis.engines.llm.base import ToolCall
from custom_components.jarvis.engines.llm.leaks import LeakFilter
from custom_components.jarvis.engines.llm.written_calls import Finder

TOOLS = ["intent__HassTurnOn", "light__HassLightSet"]
CALL = ToolCall(name="HassTurnOn", arguments={"name": "Lampe"})
JSON = '{"name": "HassTurnOn", "arguments": {"name": "Lampe"}}'


def read(
    text: str, size: int, tools: list[str], **how: bool
) -> tuple[str, list[ToolCall]]:
    leaks = LeakFilter(tools, **how)
    out, calls = "", []
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    for piece in pieces:
        words, new = leaks.feed(piece)
        out += words
        calls += new
    words, new = leaks.end()
    return out + words, calls + new


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (JSON, ""),
        (f"  {JSON}\n", ""),
        (JSON.replace('"arguments"', '"parameters"'), ""),
        (JSON.replace('"name": "Hass', '"tool": "Hass'), ""),
        ('{"function": {"name": "HassTurnOn", "arguments": {"name": "Lampe"}}}', ""),
        ('{"type": "function", "function": {"name": "HassTurnOn", "arguments": "{\\"name\\": \\"Lampe\\"}"}}', ""),
        (f"[{JSON}]", ""),
        (f'{{"tool_calls": [{JSON}]}}', ""),
        (f"<tool_call>\n{JSON}\n</tool_call>", ""),
        (f"<tool_call>{JSON}</tool_call><|im_end|>", ""),
        (f"[TOOL_CALLS] [{JSON}]", ""),
        (f"<|python_tag|>{JSON}", ""),
        (f"```json\n{JSON}\n```", ""),
        (f"D'accord. {JSON}", "D'accord. "),
        (f"Bien sûr !\n```json\n{JSON}\n```\n", "Bien sûr !\n"),
        (f"<think>Hm, {{a}} lamp.</think>{JSON}", ""),
        ("<function=HassTurnOn>{\"name\": \"Lampe\"}</function>", ""),
        ("<function=HassTurnOn><parameter=name>Lampe</parameter></function>", ""),
        ('HassTurnOn(name="Lampe")', ""),
        ("{'name': 'HassTurnOn', 'arguments': {'name': 'Lampe'}}", ""),
    ],
)  # fmt: skip
def test_leaked_call_becomes_a_call(text: str, words: str, size: int) -> None:
    out, calls = read(text, size, TOOLS)
    assert calls == [CALL]
    assert out.strip() == words.strip()


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "Il est midi.",
        "Le plus petit ensemble est noté {} ou ∅.",
        "3 < 4, et a <b> n'est rien.",
        "Dans [1], on lit que les lampes chauffent.",
        "Appelle-le Hassan, il est là.",
        "Utilise `ls` pour voir les fichiers.",
        "C'est 20 % (ou presque) !",
    ],
)
def test_words_pass(text: str, size: int) -> None:
    assert read(text, size, TOOLS) == (text, [])


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"answer": "Il est midi."}', "Il est midi."),
        ('{"state": "on", "brightness": 40}', ""),
        ('{"name": "HassTurnOn", "argum', ""),
        ("<tool_call>{\"name\": \"Hass", ""),
        ("<think>Il me faut", ""),
        ("<think>Hm.</think>Il est midi.", "Il est midi."),
        ("Il est midi.<|im_end|>", "Il est midi."),
        ("Il est midi.</s>", "Il est midi."),
        ('Voici : {"state": "on"} voilà.', "Voici :  voilà."),
    ],
)  # fmt: skip
def test_json_is_never_words(text: str, words: str, size: int) -> None:
    out, calls = read(text, size, TOOLS)
    assert (" ".join(out.split()), calls) == (" ".join(words.split()), [])


def test_without_tools_a_call_is_only_dropped() -> None:
    assert read(JSON, 1, []) == ("", [])


def test_name_of_a_person_is_no_call() -> None:
    about = json.dumps({"name": "Ada", "born": 1815})
    assert read(about, 1, TOOLS) == ("", [])


SAID = "Il est midi."
THOUGHTS = [
    f"<think>Hm.</think>{SAID}",
    f"<think>\nHm <b>.\n</think>\n\n{SAID}",
    f"<THINK>Hm.</Think>{SAID}",
    f'<thinking depth="2">Hm.</thinking>{SAID}',
    f"<reasoning>{JSON}</reasoning>{SAID}",
    f"<thought>Hm.</thought>\n{SAID}",
    f"<reflection>Hm.</reflection> {SAID}",
    f"<scratchpad>Hm.</scratchpad>{SAID}",
    f"<seed:think>Hm.</seed:think>{SAID}",
    f"[THINK]Hm.[/THINK]{SAID}",
    f"◁think▷Hm.◁/think▷{SAID}",
    f"<|begin_of_thought|>Hm.<|end_of_thought|>{SAID}",
    f"<|START_THINKING|>Hm.<|END_THINKING|>{SAID}",
    f"<unused94>thought\nHm.<unused95>{SAID}",
    f"analysisThe user asks for the time.assistantfinal{SAID}",
    f"<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>{SAID}<|return|>",
    f"<|im_start|>assistant\n{SAID}<|im_end|>",
    f"<|start_header_id|>assistant<|end_header_id|>\n\n{SAID}<|eot_id|>",
    f"<start_of_turn>model\n{SAID}<end_of_turn>",
    f"[INST][/INST]{SAID}</s>",
    f"<answer>{SAID}</answer>",
    f"{SAID}<|im_end|>\n<|im_start|>user\nEt demain ?<|im_end|>",
    f"{SAID}<think>Hm.",
    f"{SAID}<|im_e",
    f"<tool_response>{{}}</tool_response>{SAID}",
]  # fmt: skip
CALLS = [
    JSON,
    f"<think>{{a}}</think>{JSON}",
    '<start_function_call>call:HassTurnOn{name:<escape>Lampe<escape>}<end_function_call>',
    "<tool_call>\n<function=HassTurnOn>\n<parameter=name>\nLampe\n</parameter>\n</function>\n</tool_call>",
    "<tool_call>HassTurnOn\n<arg_key>name</arg_key>\n<arg_value>Lampe</arg_value>\n</tool_call>",
    '<function_calls><invoke name="HassTurnOn"><parameter name="name">Lampe</parameter></invoke></function_calls>',
    '<a:tool_call><invoke name="HassTurnOn"><parameter name="name">Lampe</parameter></invoke></a:tool_call>',
    f"functools[{JSON}]",
    '[TOOL_CALLS]HassTurnOn[ARGS]{"name": "Lampe"}',
    f"<|tool_call|>[{JSON}]<|/tool_call|>",
    f"<|python_tag|>{JSON}<|eom_id|>",
    '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>HassTurnOn\n```json\n{"name": "Lampe"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    '<|tool_call_start|>[HassTurnOn(name="Lampe")]<|tool_call_end|>',
    '[HassTurnOn(name="Lampe")]',
    '```tool_code\nprint(HassTurnOn(name="Lampe"))\n```',
    '<|channel|>commentary to=functions.HassTurnOn <|constrain|>json<|message|>{"name":"Lampe"}<|call|>',
    'analysisNeed a call.assistantcommentary to=functions.HassTurnOn json{"name":"Lampe"}',
    '✿FUNCTION✿: HassTurnOn\n✿ARGS✿: {"name": "Lampe"}',
    '{"action": "HassTurnOn", "action_input": {"name": "Lampe"}}',
    '{"HassTurnOn": {"name": "Lampe"}}',
]  # fmt: skip
PROSE = [
    "3 < 4 et a<b, mais b > a ; <b>gras</b>, <br> et <note de l'auteur>.",
    "Dans [1], [note], [Pause (rire)] et f(x) = {x} ou {}.",
    "La balise `<think>` ouvre, `</think>` ferme. ``Fin``.",
    "Analysis of the game: it's a draw. analysis, too.",
    "Le modèle | la vue || rien. A_b (c) d'Hass et Hassan(2).",
    "Premier\n\n- un\n- deux\n```python\nprint(1)\n```\nfin",
    "Il dit : « <3 » et s'en va… ◁ ▷ ✿",
]


@pytest.mark.parametrize("how", [{"patient": True}, {"patient": False}])
@pytest.mark.parametrize("text", THOUGHTS)
def test_thoughts_and_marks_are_not_words(text: str, how: dict[str, bool]) -> None:
    for size in (1, 2, 3, 7, 1000):
        out, calls = read(text, size, TOOLS, **how)
        assert (out.strip(), calls) == (SAID, [])


@pytest.mark.parametrize("how", [{"patient": True}, {"patient": False}])
@pytest.mark.parametrize("text", CALLS)
def test_call_in_the_form_of_any_family(text: str, how: dict[str, bool]) -> None:
    for size in (1, 2, 3, 7, 1000):
        assert read(text, size, TOOLS, **how) == ("", [CALL])
        assert read(text, size, [], **how)[1] == []


@pytest.mark.parametrize("how", [{"patient": True}, {"patient": False}])
@pytest.mark.parametrize("text", PROSE)
def test_ordinary_text_passes(text: str, how: dict[str, bool]) -> None:
    for size in (1, 2, 3, 7, 1000):
        assert read(text, size, TOOLS, **how) == (text, [])


@pytest.mark.parametrize(
    "thoughts",
    [
        "I should look at the clock first. The user wants the time, in French.",
        "Okay, so the user wants to know the time. HassTurnOn(name='Lampe')? No.",
        "Bon, l'utilisateur veut savoir l'heure qu'il est, je regarde donc l'horloge.",
        "Hm.",
    ],
)
def test_all_before_a_lone_end_of_thoughts_is_thought(thoughts: str) -> None:
    text = f"{thoughts}\n</think>\n\n{SAID}"
    for size in (1, 2, 3, 7, 1000):
        for patient in (True, False):
            assert read(text, size, TOOLS, patient=patient) == (SAID, [])


def test_without_haste_any_beginning_may_turn_out_to_be_thoughts() -> None:
    text = f"{'Midi, peut-être ? ' * 20}</think>{SAID}"
    assert read(text, 3, TOOLS, patient=True) == (SAID, [])


def test_words_are_passed_on_while_they_come() -> None:
    leaks = LeakFilter(TOOLS)
    told = (
        "Il était une fois, dans une forêt lointaine, un dragon qui dormait très bien."
    )
    out = "".join(leaks.feed(piece)[0] for piece in told)
    assert told.startswith(out)
    assert len(told) - len(out) < 10


def test_words_wait_only_while_they_may_begin_thoughts() -> None:
    leaks = LeakFilter(TOOLS)
    out = [leaks.feed(piece)[0] for piece in ("Toc", " toc", " toc.", " Okay", " non")]
    assert "".join(out) == "Toc toc toc. Okay "
    leaks = LeakFilter(TOOLS)
    out = [leaks.feed(piece)[0] for piece in ("Okay", ", the user", " wants tea")]
    assert "".join(out) == ""


def test_of_what_breaks_off_the_words_are_left_and_thoughts_are_not() -> None:
    for text, left in (("Il était une", "Il était une"), ("Okay, the user wants", "")):
        leaks = LeakFilter(TOOLS, patient=True)
        assert leaks.feed(text) == ("", [])
        assert leaks.broken_off() == left


def test_data_that_was_asked_for_passes() -> None:
    told = 'Voici :\n```json\n{"state": "on", "list": [{"a": 1}]}\n```\nVoilà.'
    for size in (1, 2, 3, 7, 1000):
        assert read(told, size, TOOLS, data=True) == (told, [])
        assert "{" not in read(told, size, TOOLS)[0]
        assert read(f"```json\n{JSON}\n```", size, TOOLS, data=True)[1] == [CALL]


def test_result_does_not_depend_on_the_pieces() -> None:
    chance = random.Random(11)
    parts = [*THOUGHTS, *CALLS, *PROSE, "</think>", "<", "[", "{", "`", "analysis", " "]
    for _ in range(150):
        text = "".join(chance.choice(parts) for _ in range(3))
        text = text[: chance.randrange(1, len(text) + 1)]
        for how in ({"patient": True}, {"data": True}, {}):
            whole = read(text, len(text), TOOLS, **how)
            for size in (1, 2, 3, 5, 11, 64):
                assert read(text, size, TOOLS, **how) == whole, (text, size, how)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "(",
        " ",
        "1",
        "a",
        "a ",
        "[",
        "{",
        '{"a":',
        "`",
        "<a ",
        "<think ",
        "\n",
        "[{",
        "<parameter=a>",
        "<tool_call>",
        "a.",
        "HassTurnOn(",
        "</think>",
        "<|",
        "◁",
        "'",
    ],
)
def test_what_never_ends_comes_to_an_end(piece: str) -> None:
    """Takes hours where anything is read again with each piece."""
    out, calls = read(piece * (200_000 // len(piece)), 64, TOOLS)
    assert len(out) <= 200_000
    assert calls == []


@pytest.mark.parametrize(
    "arguments",
    [
        f"(name={'-' * 9_000}1)",
        f"(name={'-' * 50_000}1)",
        f"(name={'[' * 9_000})",
        f"{'.b' * 1_500}(name=1)",
    ],
)
def test_what_is_nested_too_deep_is_no_call(arguments: str) -> None:
    _, calls = read(f"HassTurnOn{arguments}", 1000, TOOLS)
    assert not [call for call in calls if call == CALL]
    assert Finder(TOOLS).python(f"HassTurnOn{arguments}") == []
