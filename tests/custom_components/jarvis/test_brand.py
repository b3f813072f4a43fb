"""The pictures that Home Assistant and HACS show: all there, and of the asked sizes."""

from pathlib import Path

import pytest
from homeassistant.components.brands.const import ALLOWED_IMAGES
from PIL import Image

BRAND = Path("custom_components/jarvis/brand")


@pytest.mark.parametrize(("suffix", "side"), [("", 256), ("@2x", 512)])
def test_the_icon_is_square(suffix: str, side: int) -> None:
    with Image.open(BRAND / f"icon{suffix}.png") as icon:
        assert icon.size == (side, side)


@pytest.mark.parametrize("name", ["logo", "dark_logo"])
@pytest.mark.parametrize(("suffix", "least"), [("", 128), ("@2x", 256)])
def test_the_logo_is_a_landscape_that_bears_the_name(
    name: str, suffix: str, least: int
) -> None:
    with Image.open(BRAND / f"{name}{suffix}.png") as logo:
        assert min(logo.size) == logo.height == least
        assert logo.width > 2 * logo.height
        assert logo.getbbox() == (0, 0, *logo.size)
        transparent, _opaque = logo.getchannel("A").getextrema()
        assert transparent == 0


def test_no_picture_that_nobody_asks_for() -> None:
    assert {picture.name for picture in BRAND.iterdir()} <= ALLOWED_IMAGES
