"""The dialogues of what is set up: servers, rules of access, settings."""

from .access import AccessRuleFlow
from .addresses import FormError, server_key
from .forms import (
    model_schema,
    model_server_schema,
    read_voice_node,
    try_voice_node,
    voice_node_schema,
    voice_title,
)
from .model_servers import (
    async_choose_model,
    async_read_model_server,
    model_place,
    model_title,
    no_models_step,
    server_placeholders,
)
from .options import JarvisOptionsFlow
from .reauth import ReauthFlow
from .subentries import ModelServerFlow, VoiceNodeFlow

__all__ = [
    "AccessRuleFlow",
    "FormError",
    "JarvisOptionsFlow",
    "ModelServerFlow",
    "ReauthFlow",
    "VoiceNodeFlow",
    "async_choose_model",
    "async_read_model_server",
    "model_place",
    "model_schema",
    "model_server_schema",
    "model_title",
    "no_models_step",
    "read_voice_node",
    "server_key",
    "server_placeholders",
    "try_voice_node",
    "voice_node_schema",
    "voice_title",
]
