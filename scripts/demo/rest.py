"""Home Assistant's HTTP API as a user's browser uses it: onboarding, login, set-up flows."""

from typing import Any, Final

import aiohttp

from .errors import DemoError
from .rooms import Language

USER: Final = "demo"
PASSWORD: Final = "demo"  # noqa: S105 -- printed for the user; bound to this machine
_TIMEOUT: Final = aiohttp.ClientTimeout(total=60)


class Rest:
    """The HTTP API at `url`; logged in after `onboard` or `login`."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self.url = url
        self._refresh_token = ""
        self.token = ""

    async def onboarded(self) -> bool | None:
        """Whether the home has its first user; None while nothing answers."""
        try:
            async with self._session.get(
                f"{self.url}/api/onboarding", timeout=aiohttp.ClientTimeout(total=5)
            ) as answer:
                # The views of a finished onboarding are not there any more.
                if answer.status != 200:
                    return True if answer.status == 404 else None
                steps = await answer.json()
        except aiohttp.ClientError, TimeoutError:
            return None
        return bool(all(step["done"] for step in steps))

    async def onboard(self, language: Language) -> None:
        """Make the first user and pass the other steps, as the welcome pages do."""
        user = await self.post(
            "/api/onboarding/users",
            {
                "name": "Demo",
                "username": USER,
                "password": PASSWORD,
                "client_id": self._client,
                "language": language.value,
            },
        )
        await self._take_token(user["auth_code"])
        await self.post("/api/onboarding/core_config", {})
        await self.post("/api/onboarding/analytics", {})
        await self.post(
            "/api/onboarding/integration",
            {"client_id": self._client, "redirect_uri": self._client},
        )

    async def login(self) -> None:
        """Log in with the demo's name and password."""
        flow = await self.post(
            "/auth/login_flow",
            {
                "client_id": self._client,
                "handler": ["homeassistant", None],
                "redirect_uri": self._client,
            },
        )
        step = await self.post(
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": self._client, "username": USER, "password": PASSWORD},
        )
        if step["type"] != "create_entry":
            raise DemoError(
                "The demo home does not accept its printed login any more; "
                "start it afresh with --fresh."
            )
        await self._take_token(step["result"])

    async def logout(self) -> None:
        """Give the login back, or every run would leave one behind."""
        form = {"token": self._refresh_token}
        async with self._session.post(f"{self.url}/auth/revoke", data=form):
            pass

    async def get(self, path: str) -> Any:
        """Return the JSON at `path`."""
        return await self._request("GET", path, None)

    async def post(self, path: str, data: dict[str, Any]) -> Any:
        """Post JSON to `path` and return the JSON of the answer."""
        return await self._request("POST", path, data)

    async def delete(self, path: str) -> Any:
        """Delete what is at `path`."""
        return await self._request("DELETE", path, None)

    @property
    def _client(self) -> str:
        return f"{self.url}/"

    async def _take_token(self, code: str) -> None:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self._client,
        }
        async with self._session.post(f"{self.url}/auth/token", data=form) as answer:
            tokens = await answer.json()
        self.token = tokens["access_token"]
        self._refresh_token = tokens["refresh_token"]

    async def _request(self, method: str, path: str, data: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self._session.request(
            method, f"{self.url}{path}", json=data, headers=headers, timeout=_TIMEOUT
        ) as answer:
            if answer.status >= 400:
                text = (await answer.text())[:300]
                raise DemoError(f"{method} {path} failed: {answer.status} {text}")
            return await answer.json()
