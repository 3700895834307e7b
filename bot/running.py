"""Running: the ticks and the platforms under supervision, from start to the end of the grace period."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

import structlog

from bot import feedlist
from bot.app import OWN_TERMINAL, App
from bot.domain.chat import PlatformName
from bot.domain.errors import DepecheError, FeedListError, PlatformRefused
from bot.i18n import explain, translator
from bot.platforms import renderers
from bot.ports import ListChanges, Platform
from bot.services.alerts import Alerts
from bot.services.connection import Connection
from bot.services.deliver import Deliverer
from bot.services.editions import Editions
from bot.services.reach import Reach
from bot.services.watch import Watch
from bot.ticks import Ticks

log = structlog.get_logger(__name__)

GRACE_SECONDS = 4.0
"""What people asked for before SIGTERM may be answered within this, after the ticks' own grace: 15 s in all."""
RECONNECT_SECONDS = (1, 5, 15, 60)
"""Pauses before a platform that failed is connected again; the last one repeats."""


async def follow_list(app: App, path: Path) -> tuple[ListChanges, tuple[FeedListError, ...]]:
    """Make the operator's feeds those of feeds.yaml; its wrong entries are reported and the others followed."""
    listed = feedlist.read(path)
    async with app.store.write() as unit:
        return await unit.feeds.reconcile(listed.specs), listed.problems


async def reread_list(app: App) -> None:
    """What SIGHUP asks for. A list that can't be used changes nothing."""
    try:
        changes, problems = await follow_list(app, app.settings.feeds_file)
    except DepecheError as error:
        log.error("feed list not read", error=error.key, line=error.arguments.get("line"))
        return
    for problem in problems:
        log.warning("feed list entry left out", error=problem.key, line=problem.arguments.get("line"))
    log.info("feed list read", **asdict(changes))


async def run(app: App, platforms: Mapping[str, Platform]) -> None:
    """Tick and answer until SIGTERM, SIGINT, or the end of a console's input."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    rereading = set[asyncio.Task[None]]()  # a loop holds its tasks weakly

    def reread() -> None:
        task = loop.create_task(reread_list(app))
        rereading.add(task)
        task.add_done_callback(rereading.discard)

    loop.add_signal_handler(signal.SIGHUP, reread)
    connections = {
        name: Connection(app.store, app.clock, name, app.owner) for name in platforms.keys() - {OWN_TERMINAL}
    }

    def sends(name: PlatformName) -> bool:
        return name not in connections or connections[name].held

    deliverer = Deliverer(app.store, app.clock, platforms, app.owner, connected=sends)
    reach = Reach(app.clock, platforms, sends)
    ticks = _ticks(app, deliverer, reach)
    watch = Watch(
        app.store,
        app.clock,
        app.owner,
        ticks.ages,
        ticks.failures,
        deliverer.outcomes,
        app.stories,
        reach.lost,
        connections,
    )
    from bot.adapters import ops  # its metrics and web server are no use to a command that ends by itself

    async with ops.serving(app.settings.ops_address, watch, translator(app.settings.bot_language)):
        serving = [
            asyncio.create_task(_supervise(app, platform, connections.get(name), stop, reach))
            for name, platform in platforms.items()
        ]
        ticks.start()
        try:
            await stop.wait()
        finally:
            deliverer.stop()
            await ticks.stop()
            for task in serving:
                task.cancel()
            await asyncio.wait(serving, timeout=GRACE_SECONDS)


def _alerts(app: App) -> Alerts:
    language, zone = app.settings.bot_language, app.settings.bot_timezone
    return Alerts(
        app.store, app.clock, app.briefer.summariser, renderers(), app.owner, language, zone, app.status.coverage
    )


def _ticks(app: App, deliverer: Deliverer, reach: Reach) -> Ticks:
    """What is done again and again. One that has much to do says so: that is no standstill."""

    def written() -> None:
        ticks.progress("brief")

    async def poll() -> None:
        async for _ in app.poller.rounds(everything=False):
            ticks.progress("poll")

    async def judge() -> None:
        await app.newsroom.turn()
        await app.status.refresh(app.clock.now())

    reader = translator(app.settings.bot_language)
    ticks = Ticks(
        app.clock,
        {
            "poll": poll,
            "newsroom": judge,
            "correct": app.corrector.turn,
            "restate": app.restater.turn,
            "alerts": _alerts(app).turn,
            "brief": Editions(app.store, app.clock, app.briefer, renderers(), app.owner, written).turn,
            "deliver": deliverer.turn,
            "health": app.health.turn,
            "upkeep": app.upkeep.turn,
            "reach": reach.look,
        },
        words=lambda error: explain(error, reader),
    )
    app.newsroom.progress = partial(ticks.progress, "newsroom")
    deliverer.progress = partial(ticks.progress, "deliver")
    return ticks


async def _supervise(
    app: App, platform: Platform, connection: Connection | None, stop: asyncio.Event, reach: Reach
) -> None:
    """Keep a platform connected; one that needs a person is reported and left, the rest of the bot lives."""
    serve = partial(platform.serve, app.registry.dispatch)
    for attempt in range(10**9):
        try:
            await (serve() if connection is None else connection.serve(serve))
        except PlatformRefused as refused:
            log.error("platform refused", platform=platform.name, **refused.arguments)
            reach.refuse(platform.name)
            return
        except Exception:
            log.exception("platform lost", platform=platform.name)
        else:
            stop.set()  # Only a console ends by itself.
            return
        await app.clock.sleep(RECONNECT_SECONDS[min(attempt, len(RECONNECT_SECONDS) - 1)])
