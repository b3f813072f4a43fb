"""What the Supervisor accepts, and a Supervisor that takes discovery messages."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import voluptuous as vol
from aiohttp import web

_RANGE = r"(?:\((?:-?\d*\.?\d+)?,(?:-?\d*\.?\d+)?\))?"
ELEMENT = re.compile(
    rf"(?:bool|email|url|port|str{_RANGE}|password{_RANGE}|int{_RANGE}|float{_RANGE}"
    r"|match\(.+\)|list\(.+\)|device(?:\(.+\))?)\??"
)
MAPS = {
    "data",
    "ssl",
    "share",
    "media",
    "backup",
    "homeassistant_config",
    "app_config",
    "all_app_configs",
    "local_apps",
}
_VERSION = vol.All(str, vol.Match(r"^\d+(\.\d+)+([-.]?(dev|beta|rc)\d*)?$"))
_PORTS = vol.Match(r"^\d{1,5}/(tcp|udp)$")


def _element(text: str) -> str:
    if not ELEMENT.fullmatch(text):
        raise vol.Invalid(f"{text} is no type of an option")
    return text


APP = vol.Schema(
    {
        vol.Required("name"): str,
        vol.Required("version"): _VERSION,
        vol.Required("slug"): vol.Match(r"^[-_.A-Za-z0-9]+$"),
        vol.Required("description"): str,
        vol.Required("arch"): [vol.In(["amd64", "aarch64"])],
        "url": vol.Url(),
        "image": vol.Match(r"^([a-z0-9.\-]+/)?[\w\-]+/[\w\-]+$"),
        "startup": vol.In(["initialize", "system", "services", "application", "once"]),
        "boot": vol.In(["auto", "manual", "manual_only"]),
        "homeassistant": _VERSION,
        "discovery": [str],
        "map": [vol.All(str, lambda text: vol.In(MAPS)(text.split(":")[0]))],
        "backup_exclude": [str],
        "ports": {_PORTS: vol.Any(None, vol.All(int, vol.Range(1, 65_535)))},
        "ports_description": {_PORTS: str},
        "timeout": vol.All(int, vol.Range(10, 300)),
        "options": dict,
        "schema": {vol.Match(r"^\w+$"): vol.Any(vol.All(str, _element), [_element])},
    },
    # The Supervisor drops a key that it does not know without a word: a slip here
    # would be lost, so that this schema knows the keys in use and no others.
    extra=vol.PREVENT_EXTRA,
)


class Supervisor:
    """Takes discovery messages as the Supervisor's API does."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        """Status codes for the next requests; 200 when there is none left."""
        self.messages: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []

    async def discovery(self, request: web.Request) -> web.Response:
        self.tokens.append(request.headers.get("Authorization"))
        status = self.answers.pop(0) if self.answers else 200
        if status != 200:
            body = {"result": "error", "message": "not now"}
            return web.json_response(body, status=status)
        message = await request.json()
        assert set(message) == {"service", "config"}
        self.messages.append(message)
        return web.json_response({"result": "ok", "data": {"uuid": "1234"}})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Listen; yield the address."""
        app = web.Application()
        app.router.add_post("/discovery", self.discovery)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()
