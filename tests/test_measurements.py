"""Measurements leave the installed packages as they are."""

from pathlib import Path

import pytest
from pytest_homeassistant_custom_component.common import get_test_config_dir

from bench._own_home import own_home

FOLDER = Path(__file__).parents[1] / "bench"
OWN_HOME = FOLDER / "_own_home.py"


async def test_a_home_to_measure_in_has_a_folder_of_its_own() -> None:
    async with own_home() as hass:
        assert not hass.config.config_dir.startswith(get_test_config_dir())
        await hass.async_stop(force=True)


@pytest.mark.parametrize(
    "file", sorted(set(FOLDER.rglob("*.py")) - {OWN_HOME}), ids=lambda file: file.stem
)
def test_every_measurement_uses_it(file: Path) -> None:
    assert "async_test_home_assistant" not in file.read_text("utf-8")
