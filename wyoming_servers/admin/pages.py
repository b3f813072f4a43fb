"""HTTP pages for those who look after the server, and for those who need vectors."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from .. import __version__
from ..gateway import Gateway
from .embeddings import EmbeddingsPage
from .gauges import WorkerGauges
from .readiness import readiness


class Admin:
    """GET /health (the process lives), /ready (each program), /metrics (Prometheus), /v1/….

    The admin port has no password: let it listen where only friends are.
    """

    def __init__(self, address: str, gateway: Gateway) -> None:
        host, _, port = address.rpartition(":")
        if not port.isdigit():
            raise ValueError(f"admin address {address!r} is not HOST:PORT")
        self._host, self._port = host.strip("[]") or "127.0.0.1", int(port)
        self._gateway = gateway
        gateway.meters.registry.register(WorkerGauges(gateway))
        app = web.Application()
        app.router.add_get("/health", self._health)
        app.router.add_get("/ready", self._ready)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_routes(EmbeddingsPage(gateway).routes())
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Start to listen; raise OSError when the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        """Stop to listen."""
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """The TCP port, also when the system chose it."""
        port: int = self._runner.addresses[0][1]
        return port

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"alive": True, "version": __version__})

    async def _ready(self, _: web.Request) -> web.Response:
        ready, report = readiness(self._gateway)
        return web.json_response(report, status=200 if ready else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        page = generate_latest(self._gateway.meters.registry)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})
