"""Which files of a package import which."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path


def graph(root: Path) -> dict[str, set[str]]:
    """Return what each module of a package imports of it, "" being the package itself."""
    known = _modules(root)
    return {m: {i for i in _imports(root, m, known) if i != m} for m in known}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the files of one circle, empty when there is none."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as err:
        return list(err.args[1])
    return []


def _modules(root: Path) -> dict[str, Path]:
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imports(root: Path, module: str, known: dict[str, Path]) -> Iterator[str]:
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
