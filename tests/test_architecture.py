"""The house rule: import only from a lower floor, only through a room's front door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.import_graph import circle, graph

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "custom_components" / "jarvis"
PACKAGE = "custom_components.jarvis"

# Floors of the top-level modules that are no doors; every other module is one.
HALLWAY = {
    "ha_internals": 2,
    "coordinator": 4,
    "skill_list": 4,
    "runtime": 5,
    "entity": 6,
    "flows": 6,
    "speech_cache": 6,
}
DOOR = 7
ROOF = 8  # the package itself: Home Assistant's life cycle

# The assistant has rooms and floors of its own; what is in none of them stands above.
ASSISTANT = {
    "sentences": 0,
    "home": 1,
    "turn": 1,
    "safety": 2,
    "telling": 3,
    "intents": 4,
    "verification": 4,
    "agent": 5,
    "understanding": 5,
    "dialogue": 6,
}
ATTIC = 7  # assistant/assistant.py puts the rooms together

# Home Assistant takes a folder with one of these names for that platform and looks for
# functions in it that are not there.
PLATFORM_NAMES = {
    "application_credentials", "backup", "cast", "condition", "config",
    "diagnostics", "energy", "group", "hardware", "intent", "llm", "logbook",
    "media_source", "onboarding", "recorder", "repairs", "significant_change",
    "system_health", "trigger",
    # entity platforms
    "ai_task", "air_quality", "alarm_control_panel", "assist_satellite",
    "binary_sensor", "button", "calendar", "camera", "climate", "conversation",
    "cover", "date", "datetime", "device_tracker", "event", "fan", "geo_location",
    "humidifier", "image", "image_processing", "lawn_mower", "light", "lock",
    "media_player", "notify", "number", "remote", "scene", "select", "sensor",
    "siren", "stt", "switch", "text", "time", "todo", "tts", "update", "vacuum",
    "valve", "wake_word", "water_heater", "weather",
}  # fmt: skip


def room(module: tuple[str, ...]) -> tuple[str, ...]:
    """Return the room of a module: where its front door is.

    `module` is the path below the package, () for the package itself.
    """
    if not module:
        return ()
    if module[0] in {"engines", "skills"}:
        return module[:2]
    if module[0] == "assistant" and module[1:2] and module[1] in ASSISTANT:
        return module[:2]
    if module[0] == "core":
        return module[:2]  # each module of the ground floor is a room of its own
    return module[:1]


def floor(module: tuple[str, ...]) -> int:
    """Return the floor of a module."""
    match room(module):
        case ():
            return ROOF
        case ("core", *_) | ("const",):
            return 0
        case ("engines", *_):
            return 1
        case ("skills", "base"):
            return 2
        case ("skills", *_) | ("assistant", *_):
            return 3
        case (name,):
            return HALLWAY.get(name, DOOR)
    raise AssertionError(module)


def inner_floor(module: tuple[str, ...]) -> int:
    """Return the floor of a module within the assistant."""
    return ASSISTANT.get(module[1], ATTIC) if len(module) > 1 else ATTIC


def imports(
    tree: ast.Module, module: tuple[str, ...], is_package: bool
) -> Iterator[tuple[str, ...]]:
    """Yield what a module imports: absolute, split at the dots, the name last."""
    package = (*PACKAGE.split("."), *module)
    if not is_package:
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield (*name.name.split("."), "*")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            for name in node.names:
                yield (*base, name.name)


def violations(
    source: str, module: tuple[str, ...], is_package: bool = False
) -> list[str]:
    """Return what a module's imports break of the house rule."""
    found = []
    own = tuple(PACKAGE.split("."))
    for target in imports(ast.parse(source), module, is_package):
        name = ".".join(target)
        if target[0] == "wyoming_servers":
            found.append(f"{name}: another part of the product")
        if target[0] == "homeassistant" and floor(module) <= 1:
            found.append(f"{name}: no Home Assistant below floor 2")
        if target[: len(own)] != own:
            continue
        inner = target[len(own) :]
        if room(inner) == room(module) or inner[:1] == module[:1] == ("core",):
            continue
        at_home = module[:1] == inner[:1] == ("assistant",)
        door = room(inner) if at_home or inner[0] != "assistant" else ("assistant",)
        if len(door) < len(inner) - 1:
            found.append(f"{name}: not through the front door")
        rank = inner_floor if at_home else floor
        here, there = rank(module), rank(inner)
        if there >= here:
            kind = "a neighbour" if there == here else "a higher floor"
            found.append(f"{name}: {kind}")
    return found


def test_every_room_of_the_assistant_has_its_floor() -> None:
    rooms = {path.parent.name for path in (HOUSE / "assistant").glob("*/__init__.py")}
    assert rooms == ASSISTANT.keys()


def test_files_do_not_import_each_other_in_a_circle() -> None:
    assert not circle(graph(HOUSE))


def house() -> list[tuple[tuple[str, ...], Path]]:
    modules = []
    for path in sorted(HOUSE.rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        modules.append((parts[:-1] if parts[-1] == "__init__" else parts, path))
    return modules


@pytest.mark.parametrize(
    ("module", "path"), house(), ids=lambda v: ".".join(v) if type(v) is tuple else ""
)
def test_house_rule(module: tuple[str, ...], path: Path) -> None:
    assert not violations(path.read_text(), module, path.name == "__init__.py")


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (("core", "pool"), "import homeassistant"),
        (("core", "pool"), "from ..const import DOMAIN\nfrom ..runtime import X"),
        (("engines", "voice", "node"), "from homeassistant.core import HomeAssistant"),
        (("engines", "voice", "node"), "from ..llm import ChatModel"),
        (("engines", "voice", "node"), "from ...runtime import JarvisRuntime"),
        (("skills", "weather"), "from .history import x"),
        (("skills", "weather"), "from ..assistant import Turn"),
        (("assistant", "router"), "from ..skills.weather import Weather"),
        (("assistant", "router"), "from ..engines.llm.ollama import OllamaModel"),
        (("assistant", "router"), "from ..runtime import JarvisRuntime"),
        (("assistant", "home", "names"), "from ..turn import Turn"),
        (("assistant", "home", "names"), "from ..safety import Guard"),
        (("assistant", "safety", "guard"), "from ..turn.turn import Turn"),
        (("assistant", "safety", "guard"), "from ..assistant import Assistant"),
        (("assistant", "agent", "deltas"), "from .. import Turn"),
        (("assistant", "agent", "deltas"), "from ...runtime import JarvisRuntime"),
        (("assistant",), "from .home.names import thing_name"),
        (("runtime",), "from .assistant.home import Vocabulary"),
        (("runtime",), "from .stt import JarvisSpeechToText"),
        (("runtime",), "from .entity import JarvisEntity"),
        (("stt",), "from .tts import JarvisTextToSpeech"),
        (("stt",), "from .engines.voice.hearing import hear"),
        (("stt",), "import custom_components.jarvis.engines.voice.hearing"),
        (("stt",), "from wyoming_servers.settings import Settings"),
    ],
)
def test_house_rule_catches(module: tuple[str, ...], source: str) -> None:
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (("engines", "voice", "node"), "from ...core.errors import VoiceError"),
        (("engines", "voice", "node"), "from .connection import connected"),
        (("assistant", "router"), "from ..engines.llm import ChatModel"),
        (("assistant", "router"), "from ..skills.base import Skill"),
        (("assistant", "safety", "guard"), "from ..turn import Turn"),
        (("assistant", "safety", "guard"), "from .access import Access"),
        (("assistant", "safety", "guard"), "from ...engines.language import named"),
        (("assistant", "assistant"), "from .safety import Guard"),
        (("runtime",), "from .assistant import Assistant"),
        (("stt",), "from .engines.voice import hear"),
        (("stt",), "from .runtime import JarvisConfigEntry"),
        ((), "from .runtime import JarvisConfigEntry"),
    ],
)
def test_house_rule_allows(module: tuple[str, ...], source: str) -> None:
    assert not violations(source, module, is_package=not module)


def folders_with_platform_names(house: Path) -> list[str]:
    return [p.name for p in house.iterdir() if p.is_dir() and p.name in PLATFORM_NAMES]


def test_no_folder_is_taken_for_a_platform(tmp_path: Path) -> None:
    assert not folders_with_platform_names(HOUSE)
    (tmp_path / "llm").mkdir()
    assert folders_with_platform_names(tmp_path) == ["llm"]


def test_parts_do_not_import_each_other() -> None:
    for path in sorted((ROOT / "wyoming_servers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] not in {"custom_components", "homeassistant"}


@pytest.mark.parametrize(
    ("name", "suffix"), [("manifest", ".json"), ("config", ".yaml")]
)
def test_names_that_tools_search_for_are_used_once(name: str, suffix: str) -> None:
    hidden = {".git", ".venv", ".cache", ".run", "node_modules"}
    found = [
        path
        for path in ROOT.rglob(f"{name}{suffix}")
        if not hidden & set(path.relative_to(ROOT).parts)
    ]
    assert len(found) <= 1
