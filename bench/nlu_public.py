"""Nothing is taken from Home Assistant: its public test sentences, said to both agents.

`bench/_public.py` tells where the sentences come from and how to name a checkout.

Each sentence must lead to the same intents with the same slots through Jarvis as through
core. The homes of all test files are one home here, so many names occur twice; what
counts is not the answer but that both agents do the same. Four things count apart:

- Orders for later: core agrees to any words, Jarvis only to an order that this home could
  carry out.
- "Silence" and the like: core takes them for "never mind" and answers, Jarvis falls
  silent.
- What is critical, to unlock a door: Jarvis asks first.
- What core has no sentence for and guesses by the names of the home, in its own agent
  only: no other agent is offered that guess, nor a pipeline that prefers core.
"""

import asyncio
import json
import logging
from collections import Counter
from pathlib import Path

from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.conversation.trace import async_get_traces
from homeassistant.core import Context, HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS

from bench._own_home import own_home
from bench._public import arguments_of, async_build, test_files
from custom_components.jarvis.engines.language import hushes
from tests.fakes.home import AGENT, async_furnish, async_install_jarvis

CORE = conversation.HOME_ASSISTANT_AGENT

OTHERWISE = "understood otherwise than by core"
LATER = "put off in Jarvis's own way"
HUSHED = "taken for a wish for silence"
ASKED = "asked for a yes first"
GUESSED = "guessed by core's own agent alone"


async def async_has_sentence(hass: HomeAssistant, text: str, language: str) -> bool:
    """Return whether core has a sentence for this, which it offers to any agent."""
    agent = get_agent_manager(hass).default_agent
    assert agent is not None
    said = conversation.ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language=language,
        agent_id=CORE,
    )
    return (
        await agent.async_recognize_intent(said, strict_intents_only=True) is not None
    )


async def async_intents(
    hass: HomeAssistant, text: str, language: str, agent: str
) -> tuple[list[tuple[str, str]], bool]:
    """Return the intents that a sentence led to, and whether the agent asked back."""
    context = Context()
    result = await conversation.async_converse(
        hass, text, None, context, language, agent
    )
    events = next(
        events
        for trace in reversed(async_get_traces())
        # A timer that ends meanwhile leaves a trace of its own.
        if (events := trace.as_dict()["events"])[0]["data"]["context"].id == context.id
    )
    intents = [
        (
            event["data"]["intent_name"],
            json.dumps(event["data"]["slots"], sort_keys=True, default=str),
        )
        for event in events
        if event["event_type"] == "tool_call"
    ]
    return intents, result.continue_conversation


async def async_kind(
    hass: HomeAssistant, text: str, language: str, core: list[tuple[str, str]]
) -> str:
    """Return what a sentence counts as that core takes otherwise."""
    if any("conversation_command" in slots for _, slots in core):
        return LATER
    if hushes(text):
        return HUSHED
    if not await async_has_sentence(hass, text, language):
        return GUESSED
    return OTHERWISE


async def async_measure(root: Path, language: str, *, show: bool) -> None:
    """Say every sentence to both agents and compare."""
    files = list(test_files(root / "tests" / language))
    same = known = total = 0
    apart: Counter[str] = Counter()
    async with own_home() as hass:
        hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
        await async_furnish(hass, {}, language)
        await async_build(hass, files)
        await async_install_jarvis(hass)
        for content in files:
            for case in content.get("tests") or ():
                for text in case["sentences"]:
                    ours, asks = await async_intents(hass, text, language, AGENT)
                    core, _ = await async_intents(hass, text, language, CORE)
                    total += 1
                    same += ours == core
                    known += bool(core)
                    if not core or ours[: len(core)] == core:
                        continue
                    kind = await async_kind(hass, text, language, core)
                    if kind == OTHERWISE and asks and not ours:
                        kind = ASKED
                    apart[kind] += 1
                    if show and kind != LATER:
                        print(f"  {kind}: {text!r}: {ours}, core {core}")
        await hass.async_stop(force=True)
    row(
        f"{language} same intents and slots",
        "%",
        100 * same / total,
        total,
        "100 of what core knows",
        met=not apart[OTHERWISE],
    )
    for kind in (OTHERWISE, LATER, HUSHED, ASKED, GUESSED):
        counts = kind is OTHERWISE
        row(
            f"{language} {kind}",
            "sentences",
            apart[kind],
            known,
            "0" if counts else None,
            met=not apart[kind] if counts else None,
        )


def row(
    name: str, unit: str, value: float, n: int, target: str | None, *, met: bool | None
) -> None:
    print(json.dumps({
        "name": f"nlu public {name}", "value": round(value, 2), "unit": unit,
        "peer": "Home Assistant's own agent", "peer_value": None, "ratio": None,
        "n": n, "target": target, "met": met,
    }), flush=True)  # fmt: skip


def main() -> None:
    arguments = arguments_of("nlu_public", __doc__)
    if arguments is None:
        return
    logging.disable(logging.CRITICAL)
    for language in ("fr", "en"):
        asyncio.run(async_measure(arguments.intents, language, show=arguments.show))


if __name__ == "__main__":
    main()
