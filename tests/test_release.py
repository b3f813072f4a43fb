"""What a tag publishes is what the app store and HACS will look for."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import wyoming_servers

ROOT = Path(__file__).parents[1]
CONFIG: dict[str, Any] = yaml.safe_load((ROOT / "addon" / "config.yaml").read_text())
WORKFLOW: dict[str, Any] = yaml.safe_load(
    (ROOT / ".github" / "workflows" / "release.yaml").read_text()
)


def version_of(*arguments: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "scripts" / "version-of-tag"
    return subprocess.run(
        [script, *arguments], capture_output=True, text=True, check=False
    )


def test_all_parts_are_of_one_version() -> None:
    version = wyoming_servers.__version__
    done = version_of(f"v{version}", CONFIG["image"])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"version={version}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("v99.0.0",), "custom_components/jarvis is"),
        (("v99.0.0",), "pyproject.toml is"),
        ((f"v{wyoming_servers.__version__}", "ghcr.io/else/where"), "the app's image"),
    ],
)
def test_a_tag_of_another_version_publishes_nothing(
    arguments: tuple[str, ...], told: str
) -> None:
    done = version_of(*arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stdout == ""


def test_the_image_is_published_under_the_name_that_the_app_has() -> None:
    """The Supervisor pulls IMAGE:VERSION, for each architecture that the app names."""
    owner = CONFIG["url"].rstrip("/").rpartition("/")[0].rpartition("/")[2]
    image = WORKFLOW["env"]["IMAGE"].replace("${{ github.repository_owner }}", owner)
    assert image == CONFIG["image"]
    built = WORKFLOW["jobs"]["image"]["strategy"]["matrix"]["include"]
    assert {one["arch"] for one in built} == set(CONFIG["arch"])
    joined = "".join(
        step.get("run", "") for step in WORKFLOW["jobs"]["publish"]["steps"]
    )
    for arch in CONFIG["arch"]:
        assert f'"$IMAGE:$VERSION-{arch}"' in joined
    assert '--tag "$IMAGE:$VERSION"' in joined
