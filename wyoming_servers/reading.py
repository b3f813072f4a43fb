"""Makes dataclasses of what a person configured, and tells of every mistake at once.

Standard library only: a validation library would stay in the gateway's memory for as
long as it runs, and all it is needed for is the start.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass, replace
from math import inf
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

_TRUTH = {
    **dict.fromkeys(("true", "yes", "on", "1", "t", "y"), True),
    **dict.fromkeys(("false", "no", "off", "0", "f", "n"), False),
}


@dataclass(frozen=True)
class Bound:
    """In an `Annotated` number: the least and the greatest value that are allowed."""

    least: float
    most: float = inf
    above: bool = False
    """The least value itself is not allowed."""

    def check(self, value: float) -> None:
        """Raise ValueError for a number below or beyond."""
        if not (value > self.least or (value == self.least and not self.above)):
            word = "more than" if self.above else "at least"
            raise ValueError(f"must be {word} {self.least:g}, not {value!r}")
        if value > self.most:
            raise ValueError(f"must be at most {self.most:g}, not {value!r}")


def names(kind: Any) -> dict[str, Any]:
    """Return the names that a table of this kind may hold, each with its own kind.

    A table is a dataclass, or `Annotated[dict[str, Any], DATACLASS]`: that one stays a
    dict of what was said. Empty for any other kind.
    """
    known = get_args(kind)[1] if get_origin(kind) is Annotated else kind
    if not (isinstance(known, type) and is_dataclass(known)):
        return {}
    return get_type_hints(known, include_extras=True)


def read[T](default: T, given: Mapping[str, Any], wrong: list[str]) -> T:
    """Return the dataclass `default` with what is given in its place.

    Each mistake becomes a line in `wrong`; the result is good for nothing then.
    """
    return _Reader(wrong).over(default, given, "")


class _Reader:
    def __init__(self, wrong: list[str]) -> None:
        self._wrong = wrong

    def over[T](self, default: T, given: Any, where: str) -> T:
        return replace(default, **self._table(type(default), default, given, where))  # type: ignore[type-var]

    def _table(
        self, kind: Any, default: object, given: Any, where: str
    ) -> dict[str, Any]:
        if not isinstance(given, Mapping):
            self._wrong.append(f"{where} must be a table, not {given!r}")
            return {}
        known = names(kind)
        found = {}
        for name, value in given.items():
            path = f"{where}.{name}".removeprefix(".")
            if name not in known:
                allowed = ", ".join(sorted(known))
                self._wrong.append(f"{path} is unknown; known here are {allowed}")
                continue
            own = getattr(default, name, None)
            try:
                found[name] = self._value(known[name], own, value, path)
            except ValueError as err:
                self._wrong.append(f"{path} {err}")
        return found

    def _value(self, kind: Any, default: object, given: Any, where: str) -> Any:
        if is_dataclass(kind):
            return self.over(default, given, where)
        if names(kind):
            return self._table(kind, None, given, where)
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            value = self._value(parts[0], default, given, where)
            parts[1].check(value)
            return value
        if NoneType in parts:
            [kind] = set(parts) - {NoneType}
            return None if given is None else self._value(kind, None, given, where)
        if origin is Literal:
            return _word(parts, given)
        return _PLAIN[list if origin is list else kind](given)


def _word(allowed: tuple[str, ...], given: Any) -> str:
    word = given.lower() if isinstance(given, str) else given
    if word not in allowed:
        raise ValueError(f"must be one of {', '.join(allowed)}, not {given!r}")
    return str(word)


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError(f"must be text, not {given!r}")  # noqa: TRY004 - for people
    return given


def _texts(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ValueError(f"must be a list of texts, not {given!r}")
    return given


def _path(given: Any) -> Path:
    return given if isinstance(given, Path) else Path(_text(given))


def _truth(given: Any) -> bool:
    # Variables hold only text, and people write 1 or "on" in files, too.
    known = _TRUTH.get(str(given).lower())
    if known is None:
        raise ValueError(f"must be true or false, not {given!r}")
    return known


def _number(given: Any) -> float:
    try:
        # To Python, True is a 1.
        return float("" if isinstance(given, bool) else given)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"must be a number, not {given!r}") from None


def _whole(given: Any) -> int:
    number = _number(given)
    if not number.is_integer():
        raise ValueError(f"must be a whole number, not {given!r}")
    return int(number)


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _truth,
    int: _whole,
    float: _number,
    Path: _path,
    list: _texts,
}
