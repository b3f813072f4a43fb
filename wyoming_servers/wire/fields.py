"""Takes typed fields out of an event that a stranger wrote."""

from wyoming.event import Event

from ..errors import ProtocolError


def text(event: Event, key: str) -> str:
    """Return the required string; raise ProtocolError when it is not one."""
    value = event.data.get(key)
    if not isinstance(value, str):
        raise ProtocolError(f'The {event.type} event needs "{key}" as a string.')
    return value


def optional_text(event: Event, key: str) -> str | None:
    """Return the string, None when absent or empty."""
    return text(event, key) or None if event.data.get(key) is not None else None


def integer(event: Event, key: str) -> int:
    """Return the required whole number; raise ProtocolError when it is not one."""
    value = event.data.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ProtocolError(f'The {event.type} event needs "{key}" as a whole number.')
    return value


def texts(event: Event, key: str) -> list[str]:
    """Return the list of strings, empty when absent."""
    value = event.data.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ProtocolError(f'The {event.type} event needs "{key}" as strings.')
    return value


def table(event: Event, key: str) -> dict[str, object]:
    """Return the object, empty when absent."""
    value = event.data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ProtocolError(f'The {event.type} event needs "{key}" as an object.')
    return value
