"""Leaves the home's voice working when Jarvis goes: pipelines, orders, notes, files."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from homeassistant.components import assist_pipeline, conversation, stt, tts
from homeassistant.components import persistent_notification as notification
from homeassistant.components.assist_pipeline.models import Pipeline
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.collection import CollectionChange
from homeassistant.helpers.storage import Store
from homeassistant.util import language as language_util
from homeassistant.util.hass_dict import HassKey

from .assistant import attempts_store, forget_questions, say
from .const import CONF_PIN, DOMAIN
from .coordinator import voice_store
from .engines.language import enumerate_phrases, speech_language
from .ha_internals import agent_of, pipeline_store, timer_manager

_SAVE_DELAY = 5.0
_ENGINES = ("conversation_engine", "stt_engine", "tts_engine")


class _Engine(Protocol):
    """What speech engines of both kinds have in common."""

    @property
    def supported_languages(self) -> list[str]: ...


class _Memory:
    """What is kept of the pipelines.

    `preferred`: id of the last preferred one without Jarvis; `made`: id of the one that
    Jarvis made, `silent` while it has no voice; `engines`: the last engines that were
    not Jarvis's, by pipeline.
    """

    def __init__(self, store: Store[dict[str, Any]], known: dict[str, Any]) -> None:
        self.known = known
        self.store = store

    @callback
    def save(self) -> None:
        """Write it down in a while."""
        self.store.async_delay_save(lambda: self.known, _SAVE_DELAY)


_MEMORY: HassKey[_Memory] = HassKey(f"{DOMAIN}_pipelines")


async def _async_memory(hass: HomeAssistant) -> _Memory:
    """Return the one memory of this home, loaded at its first use."""
    if _MEMORY not in hass.data:
        store: Store[dict[str, Any]] = Store(hass, 1, f"{DOMAIN}.pipelines")
        hass.data[_MEMORY] = _Memory(store, await store.async_load() or {})
    return hass.data[_MEMORY]


async def async_remember(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Note what pipelines use besides Jarvis, now and whenever one is changed."""
    if (pipelines := pipeline_store(hass)) is None:
        return
    memory = await _async_memory(hass)
    known = memory.known

    @callback
    def note() -> None:
        ours = _ours(hass, entry)
        before = repr(known)
        for pipeline in assist_pipeline.async_get_pipelines(hass):
            kept = known.setdefault("engines", {}).setdefault(pipeline.id, {})
            used = pipeline.to_json()
            kept.update({key: used[key] for key in _ENGINES if used[key] not in ours})
        preferred = pipelines.data.get(pipelines.async_get_preferred_item())
        if preferred and not _uses(preferred, ours):
            known["preferred"] = preferred.id
        if repr(known) != before:
            memory.save()

    async def changed(change_set: Iterable[CollectionChange]) -> None:
        note()

    entry.async_on_unload(pipelines.async_add_change_set_listener(changed))
    note()


async def async_remember_made(
    hass: HomeAssistant, pipeline_id: str, *, silent: bool
) -> None:
    """Note which pipeline was made for the user, and whether it has no voice yet."""
    memory = await _async_memory(hass)
    memory.known |= {"made": pipeline_id, "silent": silent}
    memory.save()


async def async_made_silent(hass: HomeAssistant) -> str | None:
    """Return the id of the pipeline that was made without voice servers, if any."""
    known = (await _async_memory(hass)).known
    return known.get("made") if known.get("silent") else None


async def async_hand_back(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Undo on removal what set-up did to the home, and tell the user of it."""
    memory = await _async_memory(hass)
    language = speech_language(hass.config.language)
    text = await _hand_back_pipelines(hass, entry, memory.known, language)
    if text:
        text.append(say(language, "removal.check"))
    if entry.options.get(CONF_PIN):
        text.append(say(language, "removal.code"))
    if count := async_call_off(hass, entry):
        text.append(say(language, "removal.orders", count=str(count)))
    if text:
        title = say(language, "removal.title")
        notification.async_create(hass, "\n\n".join(text), title, f"{DOMAIN}_removed")
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
    hass.data.pop(_MEMORY)
    await memory.store.async_remove()
    await voice_store(hass).async_remove()
    await attempts_store(hass).async_remove()
    forget_questions(hass)


@callback
def async_call_off(hass: HomeAssistant, entry: ConfigEntry) -> int:
    """Cancel the orders that wait for an agent that is gone; return how many."""
    if (manager := timer_manager(hass)) is None:
        return 0
    ours = _ours(hass, entry)
    waiting = [
        timer_id
        for timer_id, timer in manager.timers.items()
        if timer.conversation_command and timer.conversation_agent_id in ours
    ]
    for timer_id in waiting:
        manager.cancel_timer(timer_id)
    return len(waiting)


def _ours(hass: HomeAssistant, entry: ConfigEntry) -> set[str]:
    """Return the ids of Jarvis's engines."""
    registry = er.async_get(hass)
    platforms = (Platform.CONVERSATION, Platform.STT, Platform.TTS)
    ids = (registry.async_get_entity_id(p, DOMAIN, entry.entry_id) for p in platforms)
    return set(filter(None, ids))


def _uses(pipeline: Pipeline, ours: set[str]) -> bool:
    return not ours.isdisjoint(pipeline.to_json()[key] for key in _ENGINES)


async def _hand_back_pipelines(
    hass: HomeAssistant, entry: ConfigEntry, known: dict[str, Any], language: str
) -> list[str]:
    """Let no pipeline use Jarvis any more; return what became of those that did."""
    if (store := pipeline_store(hass)) is None:
        return []
    ours = _ours(hass, entry)
    users = [p for p in assist_pipeline.async_get_pipelines(hass) if _uses(p, ours)]
    preferred = store.data[store.async_get_preferred_item()]
    before_id = preferred.id
    made = known.get("made")
    others = [p for p in store.data.values() if p.id != made]
    if preferred in users:
        heir = store.data.get(known.get("preferred", ""))
        if heir is None and preferred.id == made:
            heir = next(iter(others), None)
        preferred = heir or preferred
        store.async_set_preferred_item(preferred.id)
    told: list[str] = []
    for pipeline in users:
        engines = {pipeline.to_json()[key] for key in _ENGINES} - {None}
        if pipeline.id == made != preferred.id and engines <= ours:
            await store.async_delete_item(pipeline.id)
            told.append(say(language, "removal.deleted", name=pipeline.name))
            continue
        before = known.get("engines", {}).get(pipeline.id, {})
        data = _without(hass, pipeline, ours, before, preferred)
        await store.async_update_item(pipeline.id, data)
        now = enumerate_phrases(_uses_now(hass, pipeline, data, language), language)
        told.append(say(language, "removal.changed", name=pipeline.name, engines=now))
    if preferred.id != before_id:
        told.append(say(language, "removal.preferred", name=preferred.name))
    return told


def _uses_now(
    hass: HomeAssistant, before: Pipeline, now: dict[str, Any], language: str
) -> list[str]:
    """Return what a pipeline understands, hears and speaks with, by names."""
    told: list[str] = []
    for key in _ENGINES:
        if engine_id := now[key]:
            state = hass.states.get(engine_id)
            name = state.name if state else engine_id
            told.append(say(language, f"removal.{key}", name=name))
        elif before.to_json()[key]:
            told.append(say(language, f"removal.no_{key}"))
    return told


def _without(
    hass: HomeAssistant,
    pipeline: Pipeline,
    ours: set[str],
    before: dict[str, Any],
    heir: Pipeline,
) -> dict[str, Any]:
    """Return a pipeline's settings with other engines in the place of Jarvis's.

    What it had before, else what the preferred pipeline has, else Home Assistant's
    default; None where no engine speaks the language.
    """
    data = pipeline.to_json()
    del data["id"]

    def choose(
        key: str, default: str | None, get: Callable[[str], _Engine | None]
    ) -> tuple[str | None, str | None]:
        for engine_id in (before.get(key), heir.to_json()[key], default):
            if engine_id and engine_id not in ours and (engine := get(engine_id)):
                tags = language_util.matches(
                    pipeline.language, engine.supported_languages, hass.config.country
                )
                if tags:
                    return engine_id, tags[0]
        return None, None

    if pipeline.conversation_engine in ours:
        agent = before.get("conversation_engine")
        if not agent or not agent_of(hass, agent):
            agent = conversation.HOME_ASSISTANT_AGENT
        known = conversation.async_get_conversation_languages(hass, agent)
        tags = language_util.matches(pipeline.language, known, hass.config.country)
        data["conversation_engine"] = agent
        data["conversation_language"] = tags[0] if tags else pipeline.language
    if pipeline.stt_engine in ours:
        data["stt_engine"], data["stt_language"] = choose(
            "stt_engine",
            stt.async_default_engine(hass),
            lambda x: stt.async_get_speech_to_text_engine(hass, x),
        )
    if pipeline.tts_engine in ours:
        data["tts_engine"], data["tts_language"] = choose(
            "tts_engine",
            tts.async_default_engine(hass),
            lambda x: tts.helper.get_engine_instance(hass, x),
        )
        data["tts_voice"] = None
    return data
