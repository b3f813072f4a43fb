"""The documentation names what exists: links, settings, commands, in both languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from wyoming_servers.cli import main
from wyoming_servers.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    page
    for folder in (ROOT, ROOT / "addon", ROOT / "docs", *(ROOT / "docs").glob("??"))
    for page in folder.glob("*.md")
)
IN_BOTH = (
    "install",
    "integration",
    "models",
    "satellites",
    "servers",
    "troubleshooting",
)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_QUEUE = "queue"
_SET_BY_SERVER = {"data_dir", "text_chars", "model", "voices"}
"""Options of workers that the server's own settings fill in."""


def settings_keys(kind: type[Any], prefix: str = "") -> Iterator[str]:
    """Yield the path of each setting, as a configuration file writes it."""
    hints = get_type_hints(kind, include_extras=True)
    for one in fields(kind):
        hint, path = hints[one.name], f"{prefix}{one.name}"
        inner = [
            part
            for part in (hint, *get_args(hint))
            if isinstance(part, type) and is_dataclass(part)
        ]
        if one.name == _QUEUE:
            continue  # the same four keys everywhere: named once
        if not inner:
            yield path
            continue
        given = _SET_BY_SERVER if one.name == "options" else set()
        for key in settings_keys(inner[0], f"{path}."):
            if key.rpartition(".")[2] not in given:
                yield key


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [
        link.partition("#")[0]
        for link in _LINK.findall(page.read_text())
        if not link.startswith(("http://", "https://", "#", "mailto:"))
    ]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("name", IN_BOTH)
def test_both_languages_have_the_same_page(name: str) -> None:
    shapes = []
    for language in ("en", "fr"):
        lines = (ROOT / "docs" / language / f"{name}.md").read_text().splitlines()
        headings = [line.partition(" ")[0] for line in lines if line.startswith("#")]
        shapes.append((headings, sum(line.startswith("|") for line in lines)))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_setting_of_the_servers_is_documented(language: str) -> None:
    text = (ROOT / "docs" / language / "servers.md").read_text()
    rows = re.findall(r"^\| `([\w.]+)` \|", text, re.MULTILINE)
    assert len(rows) == len(set(rows))
    named = {row for row in rows if not row.startswith("queue.")}
    queue = {f.name for f in fields(type(Settings().stt.queue))}
    assert named == set(settings_keys(Settings))
    assert {row.partition(".")[2] for row in rows if row not in named} == queue


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_scripts_and_options_exist(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["serve", "--help"])
    options = set(re.findall(r"--[\w-]+", capsys.readouterr().out))
    text = page.read_text()
    for script in re.findall(r"scripts/([\w-]+)", text):
        assert (ROOT / "scripts" / script).exists()
    for line in re.findall(r"jarvis-wyoming-servers serve(.*)", text):
        assert set(re.findall(r"--[\w-]+", line)) <= options


def test_what_is_asked_of_home_assistant_is_one_version() -> None:
    """The README, HACS and the app ask for the same Home Assistant."""
    asked = json.loads((ROOT / "hacs.json").read_text())["homeassistant"]
    app = (ROOT / "addon" / "config.yaml").read_text()
    assert f"homeassistant: {asked}" in app
    short = asked.rpartition(".")[0]
    for language in ("en", "fr"):
        assert short in (ROOT / "docs" / language / "install.md").read_text()
