"""Names that more than one floor needs."""

from typing import Final

DOMAIN: Final = "jarvis"

CONF_LANGUAGE: Final = "language"
CONF_PIN: Final = "pin"
CONF_CRITICAL: Final = "critical"
CONF_RATE_LIMIT: Final = "rate_limit"
CONF_CONFIRMATIONS: Final = "confirmations"
CONF_CREATE_PIPELINE: Final = "create_pipeline"

CONFIRM_WORDS: Final = "words"
CONFIRM_CHIME: Final = "chime"
CONFIRM_NONE: Final = "none"
CONFIRMATIONS: Final = (CONFIRM_WORDS, CONFIRM_CHIME, CONFIRM_NONE)
"""How Jarvis says that an action is done; the first is the default."""

SUBENTRY_VOICE_NODE: Final = "voice_node"
SUBENTRY_MODEL_SERVER: Final = "model_server"

DEFAULT_VOICE_PORT: Final = 10300

MAX_TEXT: Final = 4096
"""Characters in one message, as the voice servers accept them."""

MAX_SILENCE: Final = 10.0
"""Seconds a user may have to wait without hearing or seeing anything."""
