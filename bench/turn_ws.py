"""Spoken turns over Home Assistant's websocket: Jarvis beside core, on the same servers.

Both pipelines are in one demo home and speak to one gateway; turns alternate, and what
Home Assistant keeps of spoken replies is thrown away before each. Times count from the
last sound of the speech sent, as `scripts/run --help` tells. The replies differ: Jarvis
says a sentence where core says a word, and it is the reply that a user waits for.

Prints one JSON object a line.
"""

import argparse
import asyncio
import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from demo import jarvis, speech
from demo.home import Home, Plan, running
from demo.options import SENTENCES
from demo.paths import ROOT, RunFolder
from demo.ports import LOOPBACK, free_port
from demo.progress import Progress
from demo.rooms import Language
from demo.speech import Speech
from demo.turn import Request, Result, take_turn

NAME = "core"
TARGETS = {"stt": 1.05, "understanding": None, "first_audio": 1.10, "total": None}
"""Largest ratio to core, stage by stage; None: told, not judged."""


async def main() -> int:
    """Measure and print."""
    given = _options()
    language = Language(given.lang)
    progress = Progress()
    plan = Plan(
        folder=RunFolder(given.run_folder),
        language=language,
        port=free_port(),
        models=given.models,
    )
    sentence = SENTENCES[language]
    sound = await speech.synthesise(sentence, language)
    async with running(plan, progress) as home:
        pipelines = {
            "jarvis": home.pipelines[language],
            "core": await _core_pipeline(home, language),
        }
        turns: dict[str, list[Result]] = {name: [] for name in pipelines}
        # The first round warms models and caches on both sides and does not count.
        for number in range(given.n + 1):
            for name in sorted(pipelines, reverse=bool(number % 2)):
                result = await _turn(home, pipelines[name], sound, sentence, language)
                if not result.ok:
                    progress(f"{name}: {result.error}")
                elif number:
                    turns[name].append(result)
            progress(f"round {number} of {given.n}")
    if not all(turns.values()):
        print("No turn succeeded on one of the sides.", file=sys.stderr)
        return 1
    for stage, target in TARGETS.items():
        print(json.dumps(_line(stage, target, turns)), flush=True)
    return 0


async def _turn(
    home: Home, pipeline: str, sound: Speech, sentence: str, language: Language
) -> Result:
    request = Request(
        speech=sound,
        language=language,
        pipeline=pipeline,
        said=sentence,
        reply_wav=home.folder.reply,
    )
    return await take_turn(home.satellite, home.socket, request)


async def _core_pipeline(home: Home, language: Language) -> str:
    """Return core's pipeline: its agent and its Wyoming integration at the gateway."""
    address = {"host": LOOPBACK, "port": home.servers.port}
    listed = await home.socket.command("assist_pipeline/pipeline/list")
    for pipeline in listed["pipelines"]:
        if pipeline["name"] == NAME:
            await home.socket.command(
                "assist_pipeline/pipeline/delete", pipeline_id=pipeline["id"]
            )
    entries = await home.socket.command("config_entries/get", domain="wyoming")
    for entry in entries:
        # The gateway's port may have changed since the last measurement.
        path = f"/api/config/config_entries/entry/{entry['entry_id']}"
        await home.rest.delete(path)
    flow = "/api/config/config_entries/flow"
    step = await home.rest.post(flow, {"handler": "wyoming"})
    await home.rest.post(f"{flow}/{step['flow_id']}", address)
    registry = await home.socket.command("config/entity_registry/list")
    entities = {
        entry["entity_id"].partition(".")[0]: entry["entity_id"]
        for entry in registry
        if entry["platform"] == "wyoming"
    }
    engines = jarvis.Engines(
        agent="conversation.home_assistant",
        ear=entities["stt"],
        mouth=entities["tts"],
    )
    return await jarvis.create_pipeline(home.socket, NAME, language, engines)


def _line(
    stage: str, target: float | None, turns: dict[str, list[Result]]
) -> dict[str, Any]:
    ours, theirs = (_median(turns[name], stage) for name in ("jarvis", "core"))
    ratio = ours / theirs if theirs else None
    return {
        "name": f"turn_ws_{stage}_median",
        "value": ours,
        "unit": "ms",
        "peer": "core's agent and Wyoming integration",
        "peer_value": theirs,
        "ratio": None if ratio is None else round(ratio, 3),
        "n": min(len(results) for results in turns.values()),
        "target": None if target is None else f"ratio <= {target}",
        "met": None if target is None or ratio is None else ratio <= target,
    }


def _median(results: Sequence[Result], stage: str) -> float:
    return statistics.median(result.stages_ms[stage] or 0 for result in results)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20, help="turns a side (default: 20)")
    parser.add_argument("--lang", choices=[*Language], default=Language.FRENCH)
    parser.add_argument("--models", default="auto", metavar="auto|demo|NAME")
    parser.add_argument("--run-folder", type=Path, default=ROOT / ".run" / "bench")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
