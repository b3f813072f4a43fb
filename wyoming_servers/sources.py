"""Where the configuration comes from: a file, and variables of the environment."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from .reading import names

type Table = Mapping[str, Any]


def from_file(file: Path) -> Table:
    """Return what a TOML or, by its name, JSON file says.

    Raises ValueError with a readable text, also when it cannot be opened.
    """
    if not file.is_file():
        raise ValueError(f"there is no configuration file {file}")
    try:
        text = file.read_text(encoding="utf-8")
        said = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as err:
        raise ValueError(f"{file} cannot be read: {err}") from err
    if not isinstance(said, dict):
        raise ValueError(f"{file} holds no JSON object")  # noqa: TRY004 - for people
    return said


def from_variables(
    kind: type, prefix: str, environment: Mapping[str, str], wrong: list[str]
) -> Table:
    """Return what variables say: PREFIX, then the names of a path with `__` between.

    Case does not matter. Tables and lists are JSON; what is none becomes a line in
    `wrong`. Of a single unknown name nothing is said: another program may read it.
    """
    said: Table = {}
    start = prefix.lower()
    paths = {
        tuple(name.lower().removeprefix(start).split("__")): name
        for name in environment
        if name.lower().startswith(start)
    }
    # A longer path says more about a part of what a shorter one says.
    for path in sorted(paths, key=len):
        if len(path) == 1 and path[0] not in names(kind):
            continue
        value: Any = environment[paths[path]]
        own = _kind(kind, path)
        if names(own) or get_origin(own) is list:
            try:
                value = json.loads(value)
            except ValueError as err:
                wrong.append(f"{paths[path]} must be JSON, not {value!r}: {err}")
                continue
        for name in reversed(path):
            value = {name: value}
        said = merged(said, value)
    return said


def merged(under: Table, over: Table) -> Table:
    """Return both, tables name by name; elsewhere `over` wins."""
    both = dict(under)
    for name, value in over.items():
        below = both.get(name)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            value = merged(below, value)  # noqa: PLW2901
        both[name] = value
    return both


def _kind(kind: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        kind = names(kind).get(name)
    bounded = get_origin(kind) is Annotated and not names(kind)
    return get_args(kind)[0] if bounded else kind
