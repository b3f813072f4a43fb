"""Shows a turn: as a small table for people, as one JSON object for programs."""

import json
from pathlib import Path
from typing import Final

from .turn import Result

_ROUTES: Final = {
    "sentence": "Home Assistant sentence",
    "agent": "Jarvis's agent",
}
_STAGES: Final = {
    "stt": "speech-to-text",
    "understanding": "understanding",
    "first_audio": "first audio",
    "total": "total",
}


def as_json(result: Result) -> str:
    """Return the result as one line of JSON."""
    return json.dumps(result.as_dict(), ensure_ascii=False)


def as_table(result: Result) -> str:
    """Return the result as the table that `scripts/run` shows."""
    rows = [("heard", result.heard or "(nothing)")]
    if result.route:
        what = " · ".join(filter(None, (result.intent, result.entity_id))) or "–"
        rows.append(("understood", f"{what:<34} ({_ROUTES[result.route]})"))
    if result.state_before is not None:
        change = f"{result.state_before} → {result.state_after}"
        rows.append(("state", f"{result.entity_id} {change}"))
    if result.answer is not None:
        rows.append(("answered", _answered(result)))
    if result.stages_ms:
        rows.append(("stages", _stages(result)))
    if result.error:
        rows.append(("failed", result.error))
    return "\n".join(f"{label:<11} {value}" for label, value in rows)


def _answered(result: Result) -> str:
    spoken = f'"{result.answer}"'
    if result.reply_seconds is None or result.reply_wav is None:
        return spoken
    file = Path(result.reply_wav).name
    return f"{spoken}  ({result.reply_seconds:.1f} s of speech, {file})"


def _stages(result: Result) -> str:
    return " · ".join(
        f"{_STAGES[stage]} {'–' if ms is None else ms} ms"
        for stage, ms in result.stages_ms.items()
    )
