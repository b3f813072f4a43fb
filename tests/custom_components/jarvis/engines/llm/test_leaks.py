"""What small models write into their answers that was never meant to be words."""

import json

import pytest

from custom_components.jarvis.engines.llm.base import ToolCall
from custom_components.jarvis.engines.llm.leaks import LeakFilter

TOOLS = ["intent__HassTurnOn", "light__HassLightSet"]
CALL = ToolCall(name="HassTurnOn", arguments={"name": "Lampe"})
JSON = '{"name": "HassTurnOn", "arguments": {"name": "Lampe"}}'


def read(text: str, size: int, tools: list[str]) -> tuple[str, list[ToolCall]]:
    leaks = LeakFilter(tools)
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
