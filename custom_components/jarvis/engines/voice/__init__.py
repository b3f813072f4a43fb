"""The voice workshop: hears and speaks through Wyoming servers, one or many.

Any Wyoming server serves, ours or another project's. Every wait has a time-out and
every failure is a `core.errors.VoiceError`.
"""

from .hearing import HearingRequest, Recording, hear
from .node import NodeInfo, NodeVoice, VoiceNode
from .pauses import fluent
from .sentences import split_sentences
from .speaking import AudioFormat, SpeakingRequest, Speech, speak

__all__ = [
    "AudioFormat",
    "HearingRequest",
    "NodeInfo",
    "NodeVoice",
    "Recording",
    "SpeakingRequest",
    "Speech",
    "VoiceNode",
    "fluent",
    "hear",
    "speak",
    "split_sentences",
]
