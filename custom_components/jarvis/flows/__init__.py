"""The dialogues that the set-up and the servers' own pages share."""

from .forms import (
    API_KEY,
    ask_models,
    model_schema,
    model_server_schema,
    test_voice_node,
    voice_node_schema,
)
from .subentries import ModelServerFlow, VoiceNodeFlow

__all__ = [
    "API_KEY",
    "ModelServerFlow",
    "VoiceNodeFlow",
    "ask_models",
    "model_schema",
    "model_server_schema",
    "test_voice_node",
    "voice_node_schema",
]
