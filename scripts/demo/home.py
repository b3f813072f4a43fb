"""The running demo: voice servers, Home Assistant and Jarvis, from start to stop."""

import asyncio
import fcntl
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from . import configuration, furnish, home_assistant, jarvis
from .errors import DemoError
from .memo import Memo
from .paths import RunFolder
from .ports import keep_or_free
from .process import Child
from .progress import Progress
from .rest import Rest
from .rooms import Language
from .satellite import Satellite
from .servers import VoiceServers
from .speech import Speech
from .turn import Request, Result, take_turn
from .websocket import WebSocket


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start."""

    folder: RunFolder
    language: Language
    """Of a home that is made; one that exists keeps its own."""
    port: int
    models: str = "auto"
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A running demo home and its connections."""

    folder: RunFolder
    url: str
    language: Language
    session: aiohttp.ClientSession
    rest: Rest
    socket: WebSocket
    hass: Child
    servers: VoiceServers
    pipelines: dict[Language, str]

    @property
    def satellite(self) -> Satellite:
        """A satellite in this home."""
        return Satellite(self.session, self.url, self.socket)

    async def turn(
        self, speech: Speech, language: Language, said: str | None = None
    ) -> Result:
        """Take one spoken turn; `said` is the sentence where it is known."""
        request = Request(
            speech=speech,
            language=language,
            pipeline=self.pipelines[language],
            said=said,
            reply_wav=self.folder.reply,
        )
        return await take_turn(self.satellite, self.socket, request)

    async def watch(self, progress: Progress) -> None:
        """Return never; raise when Home Assistant ends.

        When the voice servers end it says so, and the home stays up: what Jarvis does
        without them is worth seeing.
        """
        running = True
        while True:
            self.hass.check()
            if running and not self.servers.child.running:
                running = False
                progress(
                    "the voice servers have ended: Jarvis can neither hear nor speak, "
                    f"but still reads. {self.servers.child.log} tells more; stop with "
                    "Ctrl-C and run scripts/run again to have them back"
                )
            await asyncio.sleep(1)


@asynccontextmanager
async def running(plan: Plan, progress: Progress) -> AsyncIterator[Home]:
    """Start everything, set up what is not set up yet, and stop it all at the end."""
    folder = plan.folder
    with _alone(folder.base):
        memo = _memo(plan)
        folder.create()
        language = memo.language if memo else plan.language
        gateway_port = keep_or_free(memo.gateway_port if memo else None)
        configuration.write(folder.home, language, plan.port)
        async with AsyncExitStack() as stack:
            servers = await VoiceServers.start(
                plan.models, folder, gateway_port, progress
            )
            stack.push_async_callback(servers.stop)
            progress("Home Assistant starts" + ("" if memo else " for the first time"))
            hass = await home_assistant.start(
                folder.home, folder.logs / "home-assistant.log"
            )
            stack.push_async_callback(_stop_together, hass, servers)
            session = await stack.enter_async_context(aiohttp.ClientSession())
            rest = Rest(session, home_assistant.url_of(plan.port))
            await _enter(rest, hass, language, progress)
            stack.push_async_callback(_leave, rest)
            socket = await stack.enter_async_context(
                WebSocket.connect(session, rest.url, rest.token)
            )
            await home_assistant.wait_until_running(hass, socket)
            if memo is None:
                await furnish.settle(socket, language)
            if memo is None or memo.build != furnish.build():
                progress("rooms and devices are made")
                await furnish.furnish(rest, socket, language)
            if memo is None or memo.gateway_port != gateway_port:
                progress("Jarvis is set up")
                await servers.wait_for_gateway()
                await jarvis.connect(rest, socket, gateway_port, language)
            pipelines = await jarvis.pipelines(socket)
            Memo(
                language=language, gateway_port=gateway_port, build=furnish.build()
            ).save(folder.memo)
            await servers.wait_until_ready(progress)
            yield Home(
                folder=folder,
                url=rest.url,
                language=language,
                session=session,
                rest=rest,
                socket=socket,
                hass=hass,
                servers=servers,
                pipelines=pipelines,
            )


def _memo(plan: Plan) -> Memo | None:
    """Return the memo of a finished home; clear away one that is unfinished."""
    memo = None if plan.fresh else Memo.load(plan.folder.memo)
    if memo is None:
        shutil.rmtree(plan.folder.home, ignore_errors=True)
    return memo


async def _enter(
    rest: Rest, hass: Child, language: Language, progress: Progress
) -> None:
    if await home_assistant.wait_for_http(hass, rest):
        await rest.login()
        return
    progress("the first user is made")
    await rest.onboard(language)


async def _leave(rest: Rest) -> None:
    # A Home Assistant that is gone already needs no goodbye.
    with suppress(aiohttp.ClientError, TimeoutError):
        await rest.logout()


async def _stop_together(hass: Child, servers: VoiceServers) -> None:
    await asyncio.gather(hass.stop(), servers.stop())


@contextmanager
def _alone(base: Path) -> Iterator[None]:
    """Hold the run folder for one demo at a time."""
    base.mkdir(parents=True, exist_ok=True)
    with (base / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise DemoError(
                f"A demo home is running from {base} already: end it with Ctrl-C, "
                "or give this one its own folder with --run-folder."
            ) from err
        yield
