"""What Jarvis uses of Home Assistant that is no API is still there, and as it was.

When one of these fails after an update of Home Assistant, its text says what does not work
any more and what to do. Nothing else than `ha_internals` has to be changed, as long as it
can be changed to return the same.
"""

import ast
from pathlib import Path

import pytest
from homeassistant.components import conversation
from homeassistant.components.conversation import trace
from homeassistant.components.conversation.chat_log import (
    ChatLog,
    async_get_chat_log,
    current_chat_log,
)
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers.chat_session import async_get_chat_session
from homeassistant.setup import async_setup_component

from custom_components.jarvis import ha_internals

HOUSE = Path(ha_internals.__file__).parent
PRIVATE = (
    "KEY_ASSIST_PIPELINE",
    "TIMER_DATA",
    "DATA_PLATFORMS",
    "DATA_INSTANCES",
    "DATA_TTS_MANAGER",
    "METADATA_CUSTOM_SENTENCE",
    "current_chat_log",
    "get_agent_manager",
    "async_get_agent",
    "script_stack_cv",
)


def request(text: str) -> conversation.ConversationInput:
    return conversation.ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language="en",
        agent_id="conversation.home_assistant",
    )


def test_nothing_else_reaches_for_them() -> None:
    for path in HOUSE.rglob("*.py"):
        if path.name == "ha_internals.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and not node.level:
                found = {alias.name for alias in node.names} & {*PRIVATE}
                assert not found, f"{path}: use ha_internals"


@pytest.fixture
async def assist(hass: HomeAssistant) -> HomeAssistant:
    for component in ("homeassistant", "conversation", "assist_pipeline", "intent"):
        assert await async_setup_component(hass, component, {})
    return hass


async def test_pipelines(assist: HomeAssistant) -> None:
    """Set-up makes the pipeline "Jarvis" and removal gives pipelines back.

    Else: `assist_pipeline` offers async_get_pipelines and async_update_pipeline; what
    cannot be done with them (make, prefer, delete, be told of changes) is left out, and
    set-up tells the user to make the pipeline.
    """
    store = ha_internals.pipeline_store(assist)
    assert store is not None
    assert store.async_get_preferred_item() in store.data
    for name in (
        "async_add_change_set_listener",
        "async_create_item",
        "async_update_item",
        "async_delete_item",
        "async_set_preferred_item",
    ):
        assert callable(getattr(store, name))


async def test_no_pipelines(hass: HomeAssistant) -> None:
    """Jarvis works where Assist is not set up."""
    assert ha_internals.pipeline_store(hass) is None
    assert list(ha_internals.pipeline_run_events(hass)) == []


async def test_pipeline_runs(assist: HomeAssistant) -> None:
    """A code that was typed is taken out of the debug page of pipelines.

    Else: a code in clear stands in what administrators see: the docs have to say so, and
    codes should be asked for by a dialogue that is not noted.
    """
    from homeassistant.components.assist_pipeline.pipeline import (
        PipelineEvent,
        PipelineEventType,
        PipelineRunDebug,
    )

    data = assist.data[ha_internals.KEY_ASSIST_PIPELINE]
    debug = PipelineRunDebug()
    noted = {"intent_input": "1234"}
    debug.events.append(PipelineEvent(PipelineEventType.INTENT_START, noted))
    data.pipeline_debug["pipeline"] = {"run": debug}
    assert list(ha_internals.pipeline_run_events(assist)) == [noted]


async def test_conversation_trace(assist: HomeAssistant) -> None:
    """A code that was typed is taken out of the trace of a conversation.

    Else: as for the debug page.
    """
    noted = {"text": "1234"}
    kind = trace.ConversationTraceEventType.ASYNC_PROCESS
    with trace.async_conversation_trace() as current:
        current.add_event(trace.ConversationTraceEvent(kind, noted))
        assert list(ha_internals.conversation_trace_events()) == [noted]
    assert list(ha_internals.conversation_trace_events()) == []


async def test_open_chat_log(assist: HomeAssistant) -> None:
    """A code that was typed is taken out of the chat log that a pipeline has opened.

    Else: `async_get_chat_log` within the agent gives the same log, but only there.
    """
    assert ha_internals.open_chat_log() is None
    with (
        async_get_chat_session(assist) as session,
        async_get_chat_log(assist, session, request("hello")) as log,
    ):
        assert isinstance(log, ChatLog)
        assert ha_internals.open_chat_log() is log is current_chat_log.get()
        # What is streamed is watched, to break a silence and to speak short answers.
        assert log.delta_listener is None


async def test_default_agent(assist: HomeAssistant) -> None:
    """Home Assistant's sentences are read, and are prepared before they are needed.

    Else: `conversation.async_handle_intents` reads them too, where nothing has to be
    known before it is done; orders in one breath and orders for later need the reading.
    """
    agent = ha_internals.default_agent(assist)
    assert agent is not None
    assert ha_internals.agent_of(assist, "conversation.home_assistant") is not None
    assert ha_internals.agent_of(assist, "conversation.gone") is None
    await agent.async_prepare("en")
    read = await agent.async_recognize_intent(
        request("what time is it"), strict_intents_only=True
    )
    assert read is not None
    assert not ha_internals.is_custom_sentence(read)


async def test_custom_sentences(hass: HomeAssistant) -> None:
    """Sentences of the user's own are not held against what was said.

    Else: they cannot be told from core's: judge them all as core's, and say so.
    """
    assert await async_setup_component(hass, "homeassistant", {})
    own = {"intents": {"Brew": ["make my coffee"]}}
    assert await async_setup_component(hass, "conversation", {"conversation": own})
    agent = ha_internals.default_agent(hass)
    assert agent is not None
    read = await agent.async_recognize_intent(request("make my coffee"))
    assert read is not None
    assert ha_internals.is_custom_sentence(read)


async def test_timers(assist: HomeAssistant) -> None:
    """Timers are told of and changed, and orders for later wait in them.

    Else: the intents HassTimerStatus and its kin do some of it for one device; listing
    and calling off from anywhere is left out.
    """
    manager = ha_internals.timer_manager(assist)
    assert manager is not None
    assert manager.timers == {}
    assert manager.handlers == {}
    for name in (
        "start_timer",
        "cancel_timer",
        "pause_timer",
        "unpause_timer",
        "add_time",
        "is_timer_device",
    ):
        assert callable(getattr(manager, name))


async def test_tools_for_models(assist: HomeAssistant) -> None:
    """Jarvis's own agent gets the tools of all integrations, without core's prompt.

    Else: use `llm.async_get_api` and drop the long list of entities from its prompt.
    """
    assert await async_setup_component(assist, "llm", {})
    platforms = await ha_internals.async_llm_platforms(assist)
    assert {"homeassistant", "intent"} <= platforms.keys()
    assert callable(platforms["intent"].async_get_tools)


async def test_entity_objects(hass: HomeAssistant) -> None:
    """Lists and volume are changed in the name of who asked for it.

    Else: the logbook names nobody for these; nothing else is lost.
    """
    config = {"input_boolean": {"lamp": {}}}
    assert await async_setup_component(hass, "input_boolean", config)
    entity = ha_internals.entity_of(hass, "input_boolean.lamp")
    assert entity is not None
    assert callable(entity.async_set_context)
    assert ha_internals.entity_of(hass, "input_boolean.gone") is None
    assert ha_internals.entity_of(hass, "light.gone") is None


async def test_scripts_are_known(hass: HomeAssistant) -> None:
    """An automation or a script never confirms what waits for a yes.

    Else: refuse every confirmation whose context has a parent or no user. Do not release
    without this: a script could unlock a door.
    """
    seen: list[bool] = []

    async def ask(call: ServiceCall) -> None:
        seen.append(ha_internals.runs_in_script())

    hass.services.async_register("test", "ask", ask)
    config = {"script": {"ask": {"sequence": [{"action": "test.ask"}]}}}
    assert await async_setup_component(hass, "script", config)
    assert not ha_internals.runs_in_script()
    await hass.services.async_call("script", "ask", blocking=True)
    assert seen == [True]


async def test_cache_of_speech(assist: HomeAssistant) -> None:
    """A recording that says "no server" is not kept for the text it stood for.

    Else: switch Home Assistant's cache off for such texts (`use_file_cache`), or the
    recording is heard until the cache is cleared.
    """
    for cache in ha_internals.cached_speech(assist):
        assert hasattr(cache, "pop")
        assert list(cache) is not None
    assert Path(ha_internals.speech_folder(assist)).name == "tts"
