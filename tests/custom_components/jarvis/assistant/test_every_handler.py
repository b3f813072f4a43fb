"""Every intent handler that Home Assistant has: what is judged is what is moved.

The calls are made from the handlers that are registered, so a new one fails here until
somebody has looked at how it finds its targets.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, override

import probatio
import pytest
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.auth.permissions.models import PermissionLookup
from homeassistant.components import conversation
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.media_player import (
    MediaPlayerEntity,
    MediaPlayerEntityFeature,
    MediaPlayerState,
)
from homeassistant.components.todo import TodoItem, TodoListEntity
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers import intent, llm
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import setup_test_component_platform

from custom_components.jarvis.assistant.agent.assist_api import GuardedInstance, HomeAPI
from custom_components.jarvis.assistant.agent.assist_tools import fitted
from custom_components.jarvis.assistant.home.targets import is_known
from custom_components.jarvis.assistant.safety.access import AccessRule
from custom_components.jarvis.assistant.safety.attempts import Attempts
from custom_components.jarvis.assistant.safety.guard import Guard
from custom_components.jarvis.assistant.turn.turn import Turn
from custom_components.jarvis.const import CONF_CRITICAL

NAME = "Treasure"
DOMAINS = [
    "climate",
    "cover",
    "fan",
    "humidifier",
    "lawn_mower",
    "light",
    "lock",
    "media_player",
    "switch",
    "todo",
    "vacuum",
    "valve",
    "weather",
    "assist_satellite",
]
COMPONENTS = ("homeassistant", "conversation", "intent", "llm", "shopping_list")
STATES = {"media_player": "playing", "lock": "locked", "climate": "heat"}

MOVING = frozenset(
    """
    HassBroadcast HassClimateSetFanMode HassClimateSetTemperature HassCloseCover
    HassFanSetSpeed HassHumidifierMode HassHumidifierSetpoint HassLawnMowerDock
    HassLawnMowerStartMowing HassLightSet HassListAddItem HassListCompleteItem
    HassListRemoveItem HassMediaNext HassMediaPause HassMediaPlayerMute
    HassMediaPlayerUnmute HassMediaPrevious HassMediaSearchAndPlay HassMediaUnpause
    HassOpenCover HassSetPosition HassSetVolume HassSetVolumeRelative
    HassShoppingListAddItem HassShoppingListCompleteItem HassStopMoving HassToggle
    HassTurnOff HassTurnOn HassVacuumCleanArea HassVacuumReturnToBase HassVacuumStart
    """.split()  # noqa: SIM905
)
STILL = frozenset(
    """
    HassCancelAllTimers HassCancelTimer HassClimateGetTemperature HassDecreaseTimer
    HassGetCurrentDate HassGetCurrentTime HassGetState HassGetWeather HassIncreaseTimer
    HassNevermind HassPauseTimer HassRespond HassShoppingListLastItems HassStartTimer
    HassTimerStatus HassUnpauseTimer
    """.split()  # noqa: SIM905
)
NEVER_CRITICAL = {"HassStopMoving", "HassCloseCover"}
"""Closing a cover and stopping it is never asked about."""
UNSEEN = {"HassBroadcast", "HassShoppingListAddItem", "HassShoppingListCompleteItem"}
"""What these move is no entity of the test."""

VALUES: dict[str, Any] = {
    "brightness": 50,
    "fan_mode": "auto",
    "humidity": 40,
    "item": "milk",
    "message": "dinner",
    "mode": "auto",
    "percentage": 50,
    "position": 50,
    "search_query": "song",
    "temperature": 21,
    "volume_level": 50,
    "volume_step": "up",
}
TARGETS: tuple[dict[str, Any], ...] = (
    {"name": NAME},
    {"name": f"  {NAME.upper()} "},
    {"name": "ENTITY"},
    {"area": "Vault"},
    {"floor": "Basement"},
    {"name": NAME, "area": "Vault", "floor": "Basement"},
    {"name": "all", "area": "Vault"},
    {"name": "all"},
    {"domain": "DOMAIN"},
    {},
)
EXTRAS: tuple[dict[str, Any], ...] = (
    {},
    {"device_class": "door"},
    {"device_class": ["door"]},
    {"device_class": ""},
    {"domain": "sensor"},
    {"domain": ["light"]},
    {"domain": "DOMAIN"},
    {"area": "Elsewhere"},
    {"floor": "Attic"},
    {"preferred_area_id": "elsewhere"},
    {"preferred_floor_id": "attic"},
    {"entity_id": "light.other", "state": "off", "assistant": "nobody"},
)


class _Player(MediaPlayerEntity):
    _attr_name = NAME
    _attr_unique_id = NAME
    _attr_should_poll = False
    _attr_state = MediaPlayerState.PLAYING
    _attr_supported_features = MediaPlayerEntityFeature(2**23 - 1)
    _attr_volume_level = 0.5
    moved: list[str]
    borne: list[Context | None]

    @override
    async def async_volume_up(self) -> None:
        self.moved.append(self.entity_id)
        self.borne.append(self._context)

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        pass


class _List(TodoListEntity):
    _attr_name = NAME
    _attr_unique_id = NAME
    _attr_should_poll = False
    _attr_todo_items = [TodoItem(summary="milk", uid="1", status="needs_action")]  # type: ignore[arg-type]  # noqa: RUF012
    moved: list[str]
    borne: list[Context | None]

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        self.moved.append(self.entity_id)
        self.borne.append(self._context)

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        self.moved.append(self.entity_id)
        self.borne.append(self._context)

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        self.moved.append(self.entity_id)
        self.borne.append(self._context)


@pytest.fixture
def borne() -> list[Context | None]:
    """Return where the contexts of what is moved are noted."""
    return []


@pytest.fixture
async def moved(hass: HomeAssistant, borne: list[Context | None]) -> list[str]:
    """Set up a treasure of each kind; return where what is moved is noted."""
    moved: list[str] = []
    for component in COMPONENTS:
        assert await async_setup_component(hass, component, {})
    player, todo = _Player(), _List()
    player.moved = todo.moved = moved
    player.borne = todo.borne = borne
    setup_test_component_platform(hass, "media_player", [player])
    setup_test_component_platform(hass, "todo", [todo])
    for domain in DOMAINS:
        given = domain in {"media_player", "todo"}
        config = {domain: [{"platform": "test"}]} if given else {}
        assert await async_setup_component(hass, domain, config)
    await hass.async_block_till_done()
    floors, areas, registry = fr.async_get(hass), ar.async_get(hass), er.async_get(hass)
    basement, attic = (floors.async_create(n) for n in ("Basement", "Attic"))
    vault = areas.async_create("Vault", floor_id=basement.floor_id)
    areas.async_create("Elsewhere", floor_id=attic.floor_id)
    for domain in DOMAINS:
        entry = registry.async_get_or_create(
            domain, "test", NAME, suggested_object_id=NAME.lower()
        )
        registry.async_update_entity(entry.entity_id, area_id=vault.id, name=NAME)
        if domain not in {"media_player", "todo"}:
            attributes = {
                "friendly_name": NAME,
                "supported_features": 2**24 - 1,
                "available_modes": ["auto"],
                "fan_modes": ["auto"],
            }
            state = STATES.get(domain, "on")
            hass.states.async_set(entry.entity_id, state, attributes)
        async_expose_entity(hass, "conversation", entry.entity_id, True)

    @callback
    def listen(event: Event) -> None:
        data = event.data["service_data"]
        ids = data.get("entity_id") or []
        moved.extend([ids] if isinstance(ids, str) else ids)
        borne.append(event.context)

    hass.bus.async_listen(EVENT_CALL_SERVICE, listen)
    return moved


def _handlers(hass: HomeAssistant) -> Iterator[intent.IntentHandler]:
    yield from intent.async_get(hass)


def _required(schema: Mapping[Any, Any] | None) -> dict[str, Any]:
    """Return values for what a handler must be given, but for its targets."""
    names = [
        key.schema if isinstance(key, probatio.Marker) else key for key in schema or ()
    ]
    if "brightness" in names:
        return {"brightness": VALUES["brightness"]}
    return {n: VALUES[n] for n in names if isinstance(n, str) and n in VALUES}


def _calls(handler: intent.IntentHandler) -> Iterator[dict[str, Any]]:
    platforms = sorted(handler.platforms or ("switch",))
    for target in TARGETS:
        for extra in EXTRAS:
            given = {**_required(handler.slot_schema), **target, **extra}
            for domain in platforms:
                fill = {"DOMAIN": domain, "ENTITY": f"{domain}.{NAME.lower()}"}
                yield {
                    k: fill.get(v, v) if isinstance(v, str) else v
                    for k, v in given.items()
                }


async def _instance(
    hass: HomeAssistant, guard: Guard, user: User | None
) -> GuardedInstance:
    said = conversation.ConversationInput(
        text="turn everything on and off",
        context=Context(user_id=user.id if user else None),
        conversation_id="c",
        device_id=None,
        satellite_id=None,
        language="en",
        agent_id="conversation.jarvis",
    )
    log = conversation.ChatLog(hass, "c")
    turn = Turn(hass=hass, user_input=said, chat_log=log, guard=guard, user=user)
    api = HomeAPI(hass=hass, turn=turn, token_budget=1000)
    instance = await api.async_get_api_instance(said.as_llm_context("jarvis"))
    assert isinstance(instance, GuardedInstance)
    # As if the user had agreed to each call: what is left between it and the home is
    # the guard alone.
    instance.agreed = frozenset(hass.states.async_entity_ids())
    return instance


def _guard(
    hass: HomeAssistant,
    options: Mapping[str, Any] | None = None,
    rules: Sequence[AccessRule] = (),
) -> Guard:
    return Guard(hass, options or {}, rules, Attempts(hass))


async def _call_all(
    hass: HomeAssistant, guard: Guard, user: User | None, moved: list[str]
) -> dict[str, set[str]]:
    """Return what each handler has moved, given everything that can be asked of it."""
    done: dict[str, set[str]] = {}
    said_by = "conversation.jarvis"
    for handler in list(_handlers(hass)):
        tool = llm.IntentTool("t", handler, integration="intent")
        for call in _calls(handler):
            instance = await _instance(hass, guard, user)
            instance.tools = list(fitted(hass, [tool], None, said_by))
            moved.clear()
            with suppress(HomeAssistantError, probatio.Invalid):
                await instance.async_call_tool(llm.ToolInput("t", call))
            done.setdefault(handler.intent_type, set()).update(moved)
    return done


def _treasures() -> list[str]:
    return [f"{domain}.{NAME.lower()}" for domain in DOMAINS]


async def test_somebody_has_looked_at_every_handler(
    hass: HomeAssistant, moved: list[str]
) -> None:
    found = {handler.intent_type for handler in _handlers(hass)}
    assert found == MOVING | STILL
    assert all(is_known(hass, kind) for kind in found)


async def test_handlers_do_what_they_are_asked_where_nothing_forbids_it(
    hass: HomeAssistant, moved: list[str]
) -> None:
    """Without this, the tests below could pass because nothing ever happens."""
    done = await _call_all(hass, _guard(hass), None, moved)
    critical = {"HassTurnOff", "HassToggle"}  # the lock is, whoever asks
    still = {kind for kind in MOVING - UNSEEN - critical if not done[kind]}
    assert still == set()


async def test_what_any_handler_does_bears_the_context_of_the_turn(
    hass: HomeAssistant, moved: list[str], borne: list[Context | None]
) -> None:
    user = await hass.auth.async_create_user("Léa", group_ids=["system-admin"])
    wrong: dict[str, list[Context | None]] = {}
    for handler in list(_handlers(hass)):
        kind = handler.intent_type
        if kind not in MOVING - UNSEEN:
            continue
        tool = llm.IntentTool("t", handler, integration="intent")
        instance = await _instance(hass, _guard(hass), user)
        instance.tools = list(fitted(hass, [tool], None, "conversation.jarvis"))
        target = {"name": NAME}
        if "domain" in (handler.slot_schema or {}):
            target["domain"] = min(handler.platforms or ("switch",))
        if kind == "HassVacuumCleanArea":
            target["area"] = "Vault"
        borne.clear()
        with suppress(HomeAssistantError):
            await instance.async_call_tool(
                llm.ToolInput("t", {**_required(handler.slot_schema), **target})
            )
        context = instance.llm_context.context
        if not borne or any(one != context for one in borne):
            wrong[kind] = list(borne)
    assert wrong == {}


async def test_marked_things_are_not_moved_by_any_handler(
    hass: HomeAssistant, moved: list[str]
) -> None:
    guard = _guard(hass, {CONF_CRITICAL: _treasures()})
    done = await _call_all(hass, guard, None, moved)
    allowed = {
        "HassTurnOn": {"lock.treasure"},  # that locks it
        "HassTurnOff": {"cover.treasure", "valve.treasure"},  # that closes them
        "HassCloseCover": {"cover.treasure"},
        "HassStopMoving": {"cover.treasure", "valve.treasure"},
    }
    bad = {k: v - allowed.get(k, set()) for k, v in done.items()}
    assert {k: v for k, v in bad.items() if v} == {}


@pytest.mark.parametrize("by", ["permissions", "rule"])
async def test_forbidden_things_are_not_moved_by_any_handler(
    hass: HomeAssistant, moved: list[str], by: str
) -> None:
    user = await hass.auth.async_create_user("Léa")
    rules = []
    if by == "permissions":
        lookup = PermissionLookup(er.async_get(hass), None)  # type: ignore[arg-type]
        policy = {"entities": {"entity_ids": {"light.other": True}}}
        user.__dict__["permissions"] = PolicyPermissions(policy, lookup)  # type: ignore[arg-type]
    else:
        rules = [AccessRule(domains=frozenset(), users=frozenset({user.id}))]
    done = await _call_all(hass, _guard(hass, rules=rules), user, moved)
    speaks = {"HassBroadcast"} if by == "rule" else set()
    assert {k: v for k, v in done.items() if v and k not in speaks} == {}
