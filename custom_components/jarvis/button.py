"""Tries the voice: each server says a sentence and hears it again."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import override

from homeassistant.components import persistent_notification as notification
from homeassistant.components.button import ButtonEntity
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .assistant import say, spoken_error
from .const import CONF_LANGUAGE, DOMAIN
from .core.errors import JarvisError
from .core.pool import Pool
from .engines.language import speech_language
from .engines.voice import (
    AudioFormat,
    HearingRequest,
    SpeakingRequest,
    VoiceNode,
    hear,
    speak,
)
from .entity import JarvisEntity
from .runtime import JarvisConfigEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Offer the test where there is a voice to test."""
    if len(entry.runtime_data.voices):
        async_add_entities([VoiceTest(entry)])
    async_add_entities(entry.runtime_data.skills.entities(Platform.BUTTON))


class VoiceTest(JarvisEntity, ButtonEntity):
    """Lets all voice servers speak and hear, and reports on each in a notification."""

    _attr_translation_key = "test_voice"
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, entry: JarvisConfigEntry) -> None:
        """Share the device of the assistant."""
        super().__init__(entry)
        self._attr_unique_id = f"{entry.entry_id}_test_voice"

    @override
    async def async_press(self) -> None:
        """Report on every server; raises `HomeAssistantError` when none works."""
        told = speech_language(self.hass.config.language)
        spoken = speech_language(self.entry.data.get(CONF_LANGUAGE) or told)
        tries = [
            _attempt(self.runtime.voices, node, spoken, told) for node in self._nodes
        ]
        reports = await asyncio.gather(*tries)
        notification.async_create(
            self.hass,
            "\n".join(f"- {text}" for _, text in reports),
            say(told, "voice_test.title"),
            f"{DOMAIN}_voice_test",
        )
        if not any(works for works, _ in reports):
            raise HomeAssistantError(
                translation_domain=DOMAIN, translation_key="voice_test_failed"
            )

    @property
    def _nodes(self) -> list[VoiceNode]:
        return list(self.runtime.voices)


async def _attempt(
    pool: Pool[VoiceNode], node: VoiceNode, spoken: str, told: str
) -> tuple[bool, str]:
    """Return whether a node works, and what it did, in the language `told`."""
    try:
        text = await _try(node, spoken, told)
    except JarvisError as err:
        pool.failed(node, err)
        reason = spoken_error(err, told)
        return False, say(told, "voice_test.failed", name=node.name, reason=reason)
    pool.succeeded(node)
    return True, say(told, "voice_test.works", name=node.name, what=text)


async def _try(node: VoiceNode, spoken: str, told: str) -> str:
    info = await node.describe()
    alone = Pool([node])
    done: list[str] = []
    sentence = say(spoken, "voice_test.sentence")
    form, pcm = AudioFormat(rate=16_000, width=2, channels=1), b""
    if info.voices:
        tags = [tag for voice in info.voices for tag in voice.languages]
        tag = next((tag for tag in tags if tag.startswith(spoken)), tags[0])
        begun = time.monotonic()
        request = SpeakingRequest(text=sentence, language=tag)
        speech = await speak(alone, _stream(request))
        assert speech
        form, pcm = speech.format, b"".join([chunk async for chunk in speech.audio])
        done.append(
            say(told, "voice_test.spoke", seconds=_seconds(begun, told), text=sentence)
        )
    if info.hears and pcm:
        begun = time.monotonic()
        wanted = HearingRequest(
            language=spoken, rate=form.rate, width=form.width, channels=form.channels
        )
        text = await hear(alone, _stream(pcm), wanted)
        done.append(
            say(told, "voice_test.heard", seconds=_seconds(begun, told), text=text)
        )
    return ", ".join(done) or say(told, "voice_test.answers")


def _seconds(begun: float, language: str) -> str:
    text = f"{time.monotonic() - begun:.1f}"
    return text.replace(".", ",") if language == "fr" else text


async def _stream[T](item: T) -> AsyncIterator[T]:
    yield item
