"""The voice servers' floors: import only from a lower one, and never in a circle."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1] / "wyoming_servers"

FLOORS = {
    # what everybody may use
    "": 0,
    "errors": 0,
    "lifeline": 0,
    "logs": 0,
    "reading": 0,
    # Wyoming, and what is said beyond it inside
    "wire": 1,
    "audio": 2,
    "protocol": 2,
    "store": 2,
    # the worker processes; the kinds know nothing of each other
    "workers": 3,
    "workers.embed": 4,
    "workers.stt": 4,
    "workers.tts": 4,
    "workers.wake": 4,
    # the process that keeps them alive and answers for them
    "supervisor": 4,
    "gateway": 5,
    "admin": 6,
    "sources": 6,
    "settings": 7,
    "discovery": 8,
    "serve": 9,
    "cli": 10,
    "__main__": 11,
}


def room(module: str) -> str:
    """Return the room of a module, "" for the package itself."""
    parts = module.split(".")
    return next(
        (name for n in (2, 1) if (name := ".".join(parts[:n])) in FLOORS), parts[0]
    )


def modules(root: Path) -> dict[str, Path]:
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path, module: str, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a module imports, wherever it does so."""
    path = known[module]
    package = module.split(".") if module else []
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.level:
            base = package[: len(package) - node.level + 1]
        elif (node.module or "").split(".")[0] == root.name:
            base = []
        else:
            continue
        inner = (node.module or "").split(".") if node.module else []
        base = base + (inner if node.level else inner[1:])
        for alias in node.names:
            name = ".".join([*base, alias.name])
            yield name if name in known else ".".join(base)


def graph(root: Path) -> dict[str, set[str]]:
    known = modules(root)
    return {m: {i for i in imports(root, m, known) if i != m} for m in known}


def violations(graph: dict[str, set[str]]) -> list[str]:
    return [
        f"{module} imports {other}"
        for module, others in graph.items()
        for other in others
        if room(module) != room(other) and FLOORS[room(other)] >= FLOORS[room(module)]
    ]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the files of one circle, empty when there is none."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as err:
        return list(err.args[1])
    return []


def test_only_lower_floors_are_imported() -> None:
    assert not violations(graph(ROOT))


def test_files_do_not_import_each_other_in_a_circle() -> None:
    assert not circle(graph(ROOT))


def test_what_is_wrong_is_noticed(tmp_path: Path) -> None:
    files = {
        "wire/pcm.py": "from ..gateway.relay import Relay",
        "gateway/relay.py": "from .session import Session",
        "gateway/session.py": (
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from .relay import Relay"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    found = graph(tmp_path)
    assert violations(found) == ["wire.pcm imports gateway.relay"]
    assert set(circle(found)) == {"gateway.relay", "gateway.session"}
