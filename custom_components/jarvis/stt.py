"""Speech-to-text of the assistant, over the pool of voice nodes."""

import logging
from collections.abc import AsyncIterable
from typing import override

from homeassistant.components import assist_pipeline, stt
from homeassistant.components.stt.models import SpeechAudioProcessing
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .assistant import say, spoken_names
from .const import DOMAIN
from .core.errors import JarvisError
from .engines.language import speech_language
from .engines.voice import HearingRequest, NodeInfo, VoiceNode, hear
from .entity import JarvisEntity, is_wanted
from .ha_internals import pipeline_store
from .runtime import JarvisConfigEntry, heard_text

PARALLEL_UPDATES = 0

_LOGGER = logging.getLogger(__name__)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up speech-to-text."""
    if is_wanted(hass, entry, Platform.STT):
        async_add_entities([JarvisSpeechToText(entry)])


class JarvisSpeechToText(JarvisEntity, stt.SpeechToTextEntity):
    """Hears while the user speaks; another node takes over when one fails."""

    _attr_translation_key = "speech_to_text"

    def __init__(self, entry: JarvisConfigEntry) -> None:
        """Suggest the id that every pipeline knows it by, whatever the language."""
        super().__init__(entry)
        self.entity_id = f"{Platform.STT}.{DOMAIN}"

    @property
    @override
    def available(self) -> bool:
        """Return whether a node may answer that hears, as far as is known."""
        return self.runtime.coordinator.reachable(
            lambda node: (
                isinstance(node, VoiceNode)
                and (node.info is None or bool(node.info.hears))
            )
        )

    @property
    @override
    def supported_languages(self) -> list[str]:
        """Return what the nodes understand together."""
        languages = {tag for info in self._infos() for tag in info.hears}
        return sorted(languages) or ["en", "fr"]

    @property
    @override
    def supported_formats(self) -> list[stt.AudioFormats]:
        """Return the one container: raw PCM, which the pipeline calls WAV."""
        return [stt.AudioFormats.WAV]

    @property
    @override
    def supported_codecs(self) -> list[stt.AudioCodecs]:
        """Return the one codec."""
        return [stt.AudioCodecs.PCM]

    @property
    @override
    def supported_bit_rates(self) -> list[stt.AudioBitRates]:
        """Return all widths: the voice servers convert."""
        return list(stt.AudioBitRates)

    @property
    @override
    def supported_sample_rates(self) -> list[stt.AudioSampleRates]:
        """Return all rates: the voice servers convert."""
        return list(stt.AudioSampleRates)

    @property
    @override
    def supported_channels(self) -> list[stt.AudioChannels]:
        """Return mono and stereo: the voice servers convert."""
        return list(stt.AudioChannels)

    @property
    @override
    def audio_processing(self) -> SpeechAudioProcessing:
        """Return what the preferred node wants done before it hears."""
        info = next(iter(self._infos()), NodeInfo())
        return SpeechAudioProcessing(
            requires_external_vad=info.requires_external_vad,
            prefers_auto_gain_enabled=info.prefers_auto_gain,
            prefers_noise_reduction_enabled=info.prefers_noise_reduction,
        )

    @override
    async def async_process_audio_stream(
        self, metadata: stt.SpeechMetadata, stream: AsyncIterable[bytes]
    ) -> stt.SpeechResult:
        """Return what was said, or what the agent should say went wrong."""
        request = HearingRequest(
            language=metadata.language,
            rate=int(metadata.sample_rate),
            width=int(metadata.bit_rate) // 8,
            channels=int(metadata.channel),
            names=spoken_names(self.hass),
        )
        try:
            text = await hear(self.runtime.voices, stream, request)
        except JarvisError as err:
            _LOGGER.debug("nothing was heard: %s", err)
            if not self._agent_is_jarvis():
                return stt.SpeechResult(None, stt.SpeechResultState.ERROR)
            # The dialogue shows it as what was said; the answer tells what went wrong.
            text = say(speech_language(metadata.language), "not_heard")
            self.runtime.voice_failures.put(text, err)
        if self._agent_is_jarvis():
            text = self.runtime.assistant.conceal(text)
        heard_text.set(text)
        return stt.SpeechResult(text, stt.SpeechResultState.SUCCESS)

    def _infos(self) -> list[NodeInfo]:
        return [node.info for node in self.runtime.voices if node.info]

    def _agent_is_jarvis(self) -> bool:
        """Tell whether a text from here reaches Jarvis's own agent.

        An entity is not told which pipeline it serves, so every pipeline that uses it
        has to have Jarvis as its agent: another agent would take an error for a request.
        """
        if pipeline_store(self.hass) is None:
            return False
        agent = er.async_get(self.hass).async_get_entity_id(
            "conversation", DOMAIN, self.entry.entry_id
        )
        return all(
            pipeline.conversation_engine == agent
            for pipeline in assist_pipeline.async_get_pipelines(self.hass)
            if pipeline.stt_engine == self.entity_id
        )
