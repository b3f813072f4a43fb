"""The dialogues of what is set up: servers, rules of access, settings."""

from .access import AccessRuleFlow
from .addresses import FormError, server_key
from .forms import (
    API_KEY,
    ask_models,
    model_place,
    model_schema,
    model_server_schema,
    model_title,
    no_models_placeholders,
    read_model_server,
    read_voice_node,
    try_voice_node,
    voice_node_schema,
    voice_title,
)
from .options import JarvisOptionsFlow
from .subentries import ModelServerFlow, VoiceNodeFlow

__all__ = [
    "API_KEY",
    "AccessRuleFlow",
    "FormError",
    "JarvisOptionsFlow",
    "ModelServerFlow",
    "VoiceNodeFlow",
    "ask_models",
    "model_place",
    "model_schema",
    "model_server_schema",
    "model_title",
    "no_models_placeholders",
    "read_model_server",
    "read_voice_node",
    "server_key",
    "try_voice_node",
    "voice_node_schema",
    "voice_title",
]
