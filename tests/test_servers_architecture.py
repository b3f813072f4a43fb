"""The voice servers' floors: import only from a lower one, and never in a circle."""

from pathlib import Path

from tests.import_graph import circle, graph

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


def violations(graph: dict[str, set[str]]) -> list[str]:
    return [
        f"{module} imports {other}"
        for module, others in graph.items()
        for other in others
        if room(module) != room(other) and FLOORS[room(other)] >= FLOORS[room(module)]
    ]


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
