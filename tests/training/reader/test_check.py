"""What an author is told about their files, by line."""

from pathlib import Path

import pytest

from training.reader import frame, home, voice
from training.reader.check import check, main
from training.reader.patterns import parse

CORPUS = Path(__file__).parent / "corpus"
HEAD = "voice: v\nlanguage: en\npersona: somebody\n"


def voice_problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "v.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    _, problems = voice.load(path)
    return [f"{one.line}: {one.text}" for one in problems]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("say:\n  turn_on: |\n    turn on {lihgt}", 6, "no slot `lihgt`"),
        (
            "say:\n  turn_on: |\n    ok {light}\n    # no\n    [a {light}",
            8,
            "`[` is never",
        ),
        ("say:\n  turn_on: |\n    put {light on", 6, "`{` is never closed"),
        ("say:\n  turn_on: |\n    (a|b {light}", 6, "`(` is never closed"),
        ("say:\n  turn_on: |\n    a|b {light}", 6, "`|` stands outside"),
        ("say:\n  turn_on: |\n    a) {light}", 6, "`)` closes nothing"),
        ("say:\n  turn_on: |\n    {colur=red}", 6, "`colur` is no span"),
        ("say:\n  turn_on: |\n    {mode={light}}", 6, "plain words only"),
        ("say:\n  turn_on: |\n    {light.bear}", 6, "`.bear` is not known"),
        ("say:\n  turn_on: |\n    on <please>", 6, "no list `please`"),
        ("say:\n  turn_on: |\n    on @close {cover}", 6, "belongs below `several:`"),
        ("say:\n  turn_on: |\n    on {light}\n    On  {light}", 7, "same as line 6"),
        ("say:\n  turnon: |\n    on {light}", 5, "`turnon` is not known"),
        (
            "say:\n  question: |\n    is it on",
            5,
            "`question` is not known below `say:`",
        ),
        ("several: |\n  turn on {light} @close {cover}", 5, "begin with @"),
        ("several: |\n  @trun_on {light}", 5, "`@trun_on` is no act"),
        ("after:\n- before: |\n    on {light}", 4, "needs `before:` and `then:`"),
        ("openers: |\n  [well]", 5, "plain words"),
        ("lists:\n  a: |\n    b <a>", 5, "uses another list"),
        ("sya:\n  turn_on: |\n    on", 4, "no `sya:`"),
        ("say:\n\tturn_on: x", 5, "not readable as YAML"),
        ("language: en", 4, "stands twice"),
    ],
)
def test_errors_have_their_line(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    found = voice_problems(tmp_path, text)
    assert any(one.startswith(f"{line}: ") and words in one for one in found), found


def test_what_is_right_has_no_problems(tmp_path: Path) -> None:
    said = (
        "say:\n  turn_on: |\n    [please] (turn|switch) on {light} at {value=full|half}"
    )
    assert not voice_problems(tmp_path, said)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("room: |\n  the hall", "`room:` needs at least 4"),
        ("rooms: |\n  the hall", "no `rooms:`"),
        ("room: |\n  the hall | in the hall", "is a whole phrase"),
        ("light: |\n  the lamp |", "nothing stands beside"),
        ("light: |\n  the {lamp}", "a name holds no"),
        ("light: |\n  the lamp\n  The lamp", "stands twice"),
    ],
)
def test_errors_of_homes(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "h.yaml"
    path.write_text(f"home: h\nlanguage: en\n{text}", encoding="utf-8")
    assert any(words in problem.text for problem in home.load(path)[1])


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("*/*/*.yaml")), ids=lambda p: p.stem
)
def test_files_of_the_tests(path: Path) -> None:
    assert check(path)[0] == []


def test_files_of_the_corpus() -> None:
    for path in sorted(frame.HERE.glob("[vh]*s/*/*.yaml")):
        assert check(path)[0] == [], path


def test_examples_of_the_frame_are_patterns() -> None:
    for name, meaning in (frame.acts() | frame.kinds()).items():
        for examples in (meaning.fr, meaning.en):
            assert len(examples) == 2, name
            for example in examples:
                parse(example)


def test_an_act_and_a_kind_never_share_a_name() -> None:
    assert len(set(frame.classes())) == len(frame.acts()) + len(frame.kinds())


def test_advice(tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text(
        f"{HEAD}say:\n  turn_on: |\n    put the lamp on {{where}}\n    {{thing=the lamp}} on"
        "\n  open: |\n    open {gate}\nnot:\n  talk: |\n    a new lamp for Tom",
        encoding="utf-8",
    )
    home = (CORPUS / "homes" / "en" / "tiny_en.yaml").read_text(encoding="utf-8")
    (tmp_path / "homes" / "en").mkdir(parents=True)
    path = tmp_path / "homes" / "en" / "v.yaml"
    path.write_text(home.replace("home: tiny_en", "home: v"), encoding="utf-8")
    problems, report = check(tmp_path / "v.yaml", folder=tmp_path / "homes")
    assert not problems
    assert [line for line in report if "not marked" in line] == [
        "line 6: “lamp” is not marked: put the lamp on {where}"
    ]
    assert [line for line in report if "home names no" in line] == [
        "your home names no `gate:`, which 1 patterns ask for"
    ]


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = CORPUS / "voices" / "fr" / "tiny_fr.yaml"
    assert main([str(good), "--say", "3", "--homes", str(CORPUS / "homes")]) == 0
    said = capsys.readouterr().out
    assert "no errors" in said
    assert "acts without a pattern" in said
    assert said.count("@") >= 3
    bad = tmp_path / "v.yaml"
    bad.write_text(f"{HEAD}say:\n  turn_on: |\n    {{lamp}}", encoding="utf-8")
    assert main([str(bad)]) == 1
    assert f"{bad}:6: " in capsys.readouterr().out
