"""Health and metrics over HTTP, for whoever watches the bot: ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable

import structlog
from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

log = structlog.get_logger(__name__)

STALE_SECONDS = 60.0
"""A tick that has not ended for this long means that the bot is not doing its job."""


@contextlib.asynccontextmanager
async def serving(address: tuple[str, int] | None, tick_ages: Callable[[], dict[str, float]]) -> AsyncIterator[None]:
    """Answer on ``address`` while the block runs. A busy address is a warning, None is off.

    ``tick_ages`` gives the seconds since each tick last ended.
    """
    if address is None:
        yield
        return
    runner = web.AppRunner(_application(tick_ages), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, *address).start()
    except OSError:
        log.warning("health address is busy", port=address[1])
    try:
        yield
    finally:
        await runner.cleanup()


def _application(tick_ages: Callable[[], dict[str, float]]) -> web.Application:
    registry = CollectorRegistry()
    age = Gauge("depeche_tick_age_seconds", "Seconds since a tick last ended", ["tick"], registry=registry)

    async def healthy(_: web.Request) -> web.Response:
        """The event loop answers: the process is alive."""
        return web.json_response({"status": "alive"})

    async def ready(_: web.Request) -> web.Response:
        """Every tick ended recently: the bot does its job."""
        stale = sorted(name for name, seconds in tick_ages().items() if seconds > STALE_SECONDS)
        return web.json_response({"stale": stale}, status=503 if stale else 200)

    async def metrics(_: web.Request) -> web.Response:
        for name, seconds in tick_ages().items():
            age.labels(name).set(seconds)
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes([web.get("/healthz", healthy), web.get("/readyz", ready), web.get("/metrics", metrics)])
    return application
