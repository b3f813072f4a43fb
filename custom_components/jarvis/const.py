"""Names that more than one floor needs."""

from typing import Final

DOMAIN: Final = "jarvis"

CONF_LANGUAGE: Final = "language"
CONF_PIN: Final = "pin"
CONF_CRITICAL: Final = "critical"
CONF_RATE_LIMIT: Final = "rate_limit"
CONF_CREATE_PIPELINE: Final = "create_pipeline"

SUBENTRY_VOICE_NODE: Final = "voice_node"
SUBENTRY_MODEL_SERVER: Final = "model_server"

DEFAULT_VOICE_PORT: Final = 10300

MAX_TEXT: Final = 4096
"""Characters in one message, as the voice servers accept them."""

MAX_SILENCE: Final = 10.0
"""Seconds a user may have to wait without hearing or seeing anything."""
