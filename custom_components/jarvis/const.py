"""Names that more than one floor needs."""

from typing import Final

DOMAIN: Final = "jarvis"

CONF_LANGUAGE: Final = "language"
CONF_PIN: Final = "pin"
CONF_CRITICAL: Final = "critical"
CONF_RATE_LIMIT: Final = "rate_limit"
CONF_CONFIRMATIONS: Final = "confirmations"
CONF_KIND: Final = "kind"
"""The protocol of a model server, a `ServerKind`; Ollama's where there is none."""
CONF_LOCAL: Final = "local"
"""False where what a model is asked leaves the home network."""
CONF_CONTEXT_LENGTH: Final = "context_length"
CONF_KEEP_ALIVE: Final = "keep_alive"
"""Minutes that a model stays loaded after an answer; -1: for ever."""
CONF_THINK: Final = "think"
CONF_CREATE_PIPELINE: Final = "create_pipeline"

CONFIRM_WORDS: Final = "words"
CONFIRM_CHIME: Final = "chime"
CONFIRM_NONE: Final = "none"
CONFIRMATIONS: Final = (CONFIRM_WORDS, CONFIRM_CHIME, CONFIRM_NONE)
"""How Jarvis says that an action is done; the first is the default."""

SUBENTRY_VOICE_NODE: Final = "voice_node"
SUBENTRY_MODEL_SERVER: Final = "model_server"
SUBENTRY_ACCESS_RULE: Final = "access_rule"

CONF_AREAS: Final = "areas"
CONF_SATELLITES: Final = "satellites"
CONF_USERS: Final = "users"
CONF_DOMAINS: Final = "domains"

CONTROLLED_DOMAINS: Final = (
    "alarm_control_panel",
    "automation",
    "button",
    "climate",
    "cover",
    "fan",
    "group",
    "humidifier",
    "input_boolean",
    "input_button",
    "input_number",
    "input_select",
    "lawn_mower",
    "light",
    "lock",
    "media_player",
    "number",
    "remote",
    "scene",
    "script",
    "select",
    "siren",
    "switch",
    "todo",
    "vacuum",
    "valve",
    "water_heater",
)
"""Domains that a voice can act on; the rest of Home Assistant's is only read."""

DEFAULT_RATE_LIMIT: Final = 30
"""Turns that one user or satellite may take in a minute."""

DEFAULT_VOICE_PORT: Final = 10300

MAX_TEXT: Final = 4096
"""Characters in one message, as the voice servers accept them."""

MAX_SILENCE: Final = 10.0
"""Seconds a user may have to wait without hearing or seeing anything."""
