"""Health and metrics over HTTP, for whoever watches the bot: ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import structlog
from aiohttp import web

from bot.adapters.metrics import CONTENT_TYPE, Snapshot, exposition
from bot.i18n import Translator, explain
from bot.services.watch import Watch

log = structlog.get_logger(__name__)


@contextlib.asynccontextmanager
async def serving(address: tuple[str, int] | None, watch: Watch, reader: Translator) -> AsyncIterator[None]:
    """Answer on ``address`` while the block runs. A busy address is a warning, None is off."""
    if address is None:
        yield
        return
    runner = web.AppRunner(_application(watch, reader), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, *address).start()
    except OSError:
        log.warning("health address is busy", port=address[1])
    try:
        yield
    finally:
        await runner.cleanup()


def _application(watch: Watch, reader: Translator) -> web.Application:
    async def healthy(_: web.Request) -> web.Response:
        """The event loop answers: the process is alive."""
        return web.json_response({"status": "alive"})

    async def ready(_: web.Request) -> web.Response:
        """The bot does its job; else what is wrong, and how to mend it."""
        found = await watch.readiness()
        trouble = None if found.store is None else explain(found.store, reader)
        body = {
            "ready": found.ready,
            "stale": list(found.stale),
            "disconnected": list(found.disconnected),
            "store": trouble,
        } | ({"standing_by": list(found.standing_by)} if found.standing_by else {})
        return web.json_response(body, status=200 if found.ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        found, figures = await watch.readiness(), await watch.figures()
        told = Snapshot(
            watch.clock.now(),
            watch.ages(),
            watch.failures,
            watch.calls,
            found.store is None,
            figures,
            watch.stories,
            found.disconnected,
            watch.held(),
        )
        return web.Response(body=exposition(told), headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.add_routes([web.get("/healthz", healthy), web.get("/readyz", ready), web.get("/metrics", metrics)])
    return application
