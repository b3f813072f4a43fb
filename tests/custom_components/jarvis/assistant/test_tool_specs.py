"""The tools that the model is told of are worked out once, and anew when they change."""

from typing import Any, override

import probatio
import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import intent, llm
from homeassistant.setup import async_setup_component

from custom_components.jarvis.assistant.agent.tool_specs import ToolSpecs


class Note(llm.Tool):
    """A tool that is made anew for each turn."""

    name = "notes__add"
    integration = "notes"

    def __init__(self, description: str, parameters: dict[Any, Any]) -> None:
        self.description = description
        self.parameters = probatio.Schema(parameters)

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        raise NotImplementedError


class Home(llm.API):
    """An API whose tools the test names."""

    @override
    async def async_get_api_instance(
        self, llm_context: llm.LLMContext
    ) -> llm.APIInstance:
        raise NotImplementedError


TEXT = probatio.Required("text")


def api(hass: HomeAssistant, *tools: llm.Tool) -> llm.APIInstance:
    context = llm.LLMContext(
        platform="jarvis",
        context=Context(),
        language="en",
        assistant="conversation",
        device_id=None,
    )
    return llm.APIInstance(
        api=Home(hass=hass, id="home", name="Home"),
        api_prompt="",
        llm_context=context,
        tools=list(tools),
        custom_serializer=llm.selector_serializer,
    )


async def test_tools_of_the_same_parts_are_known_again(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "intent", {})
    specs = ToolSpecs()

    def made() -> llm.APIInstance:
        handlers = [h for h in intent.async_get(hass) if h.slot_schema]
        tools = [llm.IntentTool(f"intent__{h.intent_type}", h) for h in handlers]
        return api(hass, *tools, Note("Add a " + "note", {TEXT: cv.string}))

    first = specs.of(made())
    assert len(first) > 3
    assert specs.of(made()) is first


@pytest.mark.parametrize(
    ("description", "parameters"),
    [
        ("Add a note", {TEXT: cv.positive_int}),
        ("Add a note", {TEXT: cv.string, probatio.Optional("when"): cv.string}),
        ("Add a note", {}),
        ("Write a note", {TEXT: cv.string}),
    ],
)
async def test_a_tool_that_changed_is_told_as_it_is(
    hass: HomeAssistant, description: str, parameters: dict[Any, Any]
) -> None:
    specs = ToolSpecs()
    (before,) = specs.of(api(hass, Note("Add a note", {TEXT: cv.string})))
    (after,) = specs.of(api(hass, Note(description, parameters)))
    assert after != before
    assert after.description == description
    assert len(after.parameters["properties"]) == len(parameters)


async def test_fewer_tools_are_fewer(hass: HomeAssistant) -> None:
    specs = ToolSpecs()
    assert len(specs.of(api(hass, Note("Add a note", {TEXT: cv.string})))) == 1
    assert not specs.of(api(hass))
    assert not specs.of(None)
