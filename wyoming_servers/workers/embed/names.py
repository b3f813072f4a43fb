"""The names that clients see; standard library only, the gateway uses it."""

from pathlib import Path


def model_name(model: str) -> str:
    """Return a folder's or repository's last part, else the name itself."""
    return Path(model).name
