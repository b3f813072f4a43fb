"""Text-to-speech of the assistant, over the pool of voice nodes."""

import io
import logging
import wave
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import override

from homeassistant.components import tts
from homeassistant.components.tts.entity import TTSAudioRequest
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_LANGUAGE, DOMAIN
from .core.errors import JarvisError
from .engines.clips import read_chime, read_clip
from .engines.language import reply_language
from .engines.spoken import Sound, read_hint, speakable
from .engines.voice import (
    AudioFormat,
    NodeVoice,
    SpeakingRequest,
    Speech,
    VoiceNode,
    fluent,
    speak,
    split_sentences,
)
from .entity import JarvisEntity, is_wanted
from .runtime import JarvisConfigEntry
from .speech_cache import async_forget

PARALLEL_UPDATES = 0

_LOGGER = logging.getLogger(__name__)

ATTR_SPEAKER = "speaker"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: JarvisConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up text-to-speech."""
    if is_wanted(hass, entry, Platform.TTS):
        async_add_entities([JarvisTextToSpeech(entry)])


class JarvisTextToSpeech(JarvisEntity, tts.TextToSpeechEntity):
    """Speaks sentence by sentence, by whichever node can."""

    _attr_translation_key = "text_to_speech"

    def __init__(self, entry: JarvisConfigEntry) -> None:
        """Take the languages of the voices that are known so far."""
        super().__init__(entry)
        # The id that every pipeline knows it by, whatever the language.
        self.entity_id = f"{Platform.TTS}.{DOMAIN}"
        self._attr_supported_options = [tts.ATTR_VOICE, ATTR_SPEAKER]
        self._take_languages()

    @property
    @override
    def available(self) -> bool:
        """Return whether a node may answer that speaks, as far as is known."""
        return self.runtime.coordinator.reachable(
            lambda node: (
                isinstance(node, VoiceNode)
                and (node.info is None or bool(node.info.voices))
            )
        )

    @callback
    @override
    def _servers_changed(self) -> None:
        self._take_languages()
        super()._servers_changed()

    @callback
    def _take_languages(self) -> None:
        languages = {tag for voice in self._voices() for tag in voice.languages}
        # With no node known yet: what the clips can say.
        self._attr_supported_languages = sorted(languages) or ["en-US", "fr-FR"]
        wanted = self.entry.data.get(CONF_LANGUAGE, "en")
        self._attr_default_language = next(
            (x for x in self._attr_supported_languages if x.startswith(wanted)),
            self._attr_supported_languages[0],
        )

    def _voices(self) -> list[NodeVoice]:
        nodes = self.runtime.voices
        return [voice for node in nodes if node.info for voice in node.info.voices]

    @callback
    @override
    def async_get_supported_voices(self, language: str) -> list[tts.Voice]:
        """Return the voices of all nodes for a language, each name once."""
        voices = {v.name: v for v in self._voices() if language in v.languages}
        return [tts.Voice(voice.name, voice.title) for voice in voices.values()]

    @override
    async def async_stream_tts_audio(
        self, request: TTSAudioRequest
    ) -> tts.TTSAudioResponse:
        """Speak while the text is still being written."""
        first = await anext(request.message_gen, "")
        hint, words = read_hint(first)
        match hint:
            case Sound.CHIME:
                chime = await self.hass.async_add_executor_job(read_chime)
                return tts.TTSAudioResponse("mp3", _once(chime))
            case Sound.SILENCE:
                return tts.TTSAudioResponse("wav", _once(_wav_of_silence()))
        said = [first]

        async def written() -> AsyncGenerator[str]:
            yield words
            async for text in request.message_gen:
                said.append(text)
                yield text

        @callback
        def forget() -> None:
            self.entry.async_create_background_task(
                self.hass,
                async_forget(
                    self.hass, self.entity_id, "".join(said), request.language
                ),
                "forget speech that failed",
            )

        try:
            speech = await speak(
                self.runtime.voices, self._requests(request, written(), hint)
            )
        except JarvisError as err:
            _LOGGER.debug("no node can speak (%s): playing a clip", err)
            clip = await self.hass.async_add_executor_job(
                read_clip, err.key, request.language
            )
            forget()
            return tts.TTSAudioResponse("mp3", _once(clip))
        if speech is None:
            return tts.TTSAudioResponse("wav", _once(_wav_of_silence()))
        return tts.TTSAudioResponse("wav", _wav(speech, forget))

    async def _requests(
        self, request: TTSAudioRequest, texts: AsyncGenerator[str], language: str
    ) -> AsyncGenerator[SpeakingRequest]:
        """Yield what to say, in `language` or, where it is "", in that of the words."""
        told = bool(language)
        begun = False
        async for sentence in split_sentences(texts):
            if not told:
                # "OK." is in the language of what was said before it.
                language = reply_language(sentence) or language
            wanted = self._in_language(request, language)
            words = speakable(sentence, wanted.language)
            # A picture after words only adorns them: "Done! 👍".
            if words and not (begun and not any(map(str.isalnum, sentence))):
                begun = True
                yield replace(wanted, text=words)

    def _in_language(self, request: TTSAudioRequest, language: str) -> SpeakingRequest:
        """Return how to speak: in `language`, where it is another and a node has it."""
        chosen = SpeakingRequest(
            text="",
            language=request.language,
            voice=request.options.get(tts.ATTR_VOICE),
            speaker=request.options.get(ATTR_SPEAKER),
        )
        if not language or chosen.language.startswith(language):
            return chosen
        tags = (tag for voice in self._voices() for tag in voice.languages)
        tag = next((tag for tag in tags if tag.startswith(language)), None)
        return SpeakingRequest(text="", language=tag) if tag else chosen


async def _once(data: bytes) -> AsyncGenerator[bytes]:
    yield data


async def _wav(speech: Speech, failed: Callable[[], None]) -> AsyncGenerator[bytes]:
    """Yield a WAV file whose length is not known when it begins."""
    yield _wav_header(speech.format, frames=0)
    try:
        async with aclosing(fluent(speech)) as audio:
            async for pcm in audio:
                yield pcm
    except JarvisError as err:
        # What was heard stays; an exception would throw the file away.
        _LOGGER.debug("speech broke off: %s", err)
        failed()


def _wav_header(audio: AudioFormat, frames: int) -> bytes:
    with io.BytesIO() as buffer:
        with wave.open(buffer, "wb") as file:
            file.setframerate(audio.rate)
            file.setsampwidth(audio.width)
            file.setnchannels(audio.channels)
            file.setnframes(frames)
            file.writeframes(bytes(frames * audio.width * audio.channels))
        return buffer.getvalue()


def _wav_of_silence() -> bytes:
    """Return a tenth of a second of silence, for text without a word."""
    return _wav_header(AudioFormat(rate=16_000, width=2, channels=1), frames=1_600)
