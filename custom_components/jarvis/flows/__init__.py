"""The dialogues of what is set up: servers, rules of access, settings."""

from .access import AccessRuleFlow
from .forms import (
    API_KEY,
    ask_models,
    model_schema,
    model_server_schema,
    test_voice_node,
    voice_node_schema,
)
from .options import JarvisOptionsFlow
from .subentries import ModelServerFlow, VoiceNodeFlow

__all__ = [
    "API_KEY",
    "AccessRuleFlow",
    "JarvisOptionsFlow",
    "ModelServerFlow",
    "VoiceNodeFlow",
    "ask_models",
    "model_schema",
    "model_server_schema",
    "test_voice_node",
    "voice_node_schema",
]
