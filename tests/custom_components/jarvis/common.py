"""What the integration's tests hand to each other."""

from collections.abc import Awaitable, Callable
from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentryData
from pytest_homeassistant_custom_component.common import MockConfigEntry

from tests.fakes.wyoming_node import FakeNode

type SetUp = Callable[..., Awaitable[MockConfigEntry]]
"""Sets Jarvis up with some servers; see the fixture `set_up`."""


def voice_node(node: FakeNode, title: str = "Salon") -> ConfigSubentryData:
    """Return the subentry that leads to a fake node."""
    return ConfigSubentryData(
        subentry_type="voice_node",
        title=title,
        data=MappingProxyType({"host": node.host, "port": node.port}),
        unique_id=None,
    )
