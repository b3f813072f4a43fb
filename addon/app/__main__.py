"""The image's only program: options in, privileges off, servers on.

It starts as root only because the Supervisor keeps options.json for root; started as
another user, on a plain Docker host, it stays that user.
"""

import json
import logging
import os
import sys
import tempfile
import threading
from pathlib import Path

from wyoming_servers import cli

from .discovery import announce
from .options import read_options, settings_of

USER = 10_001
"""Made in the Dockerfile; owns /data/models."""
_LOGGER = logging.getLogger(__name__)


def main() -> int:
    """Run until SIGTERM; return the exit status."""
    data = Path(os.environ.get("JARVIS_APP_DATA", "/data"))
    own_models = Path(os.environ.get("JARVIS_APP_CONFIG", "/config"))
    try:
        settings = settings_of(read_options(data), data, own_models)
    except (OSError, TypeError, ValueError) as err:
        print(f"The app's options cannot be read: {err}", file=sys.stderr)
        return 2
    if os.geteuid() == 0:
        hand_over(data / "models")
        drop_privileges()
    token = os.environ.pop("SUPERVISOR_TOKEN", "")
    if token:
        supervisor = os.environ.get("JARVIS_APP_SUPERVISOR", "http://supervisor")
        threading.Thread(target=announce, args=(supervisor, token), daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="jarvis-app-") as folder:
        file = Path(folder) / "settings.json"
        file.write_text(json.dumps(settings))
        return cli.main(["serve", "--config", str(file), *sys.argv[1:]])


def hand_over(models: Path) -> None:
    """Give the folder of models to the user that the servers run as."""
    models.mkdir(parents=True, exist_ok=True)
    # An older version, or a restored backup, may have left files of root.
    for path in (models, *models.rglob("*")):
        if path.lstat().st_uid != USER:
            os.chown(path, USER, USER, follow_symlinks=False)


def drop_privileges() -> None:
    """Become the user without rights; nothing can bring them back."""
    os.setgroups([])
    os.setgid(USER)
    os.setuid(USER)
    os.environ["HOME"] = "/tmp"  # noqa: S108 - libraries look for a cache folder


if __name__ == "__main__":
    sys.exit(main())
