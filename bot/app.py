"""Composition root: build everything once, run it under supervision, shut it down in order."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path

import structlog

from bot import __version__, feedlist
from bot.adapters.clock import StoppedClock, SystemClock
from bot.adapters.sql.store import SqlStore
from bot.adapters.web.canonical import canonical
from bot.adapters.web.discover import WebDiscoverer
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.mining import Mining
from bot.adapters.web.pages import WebPageReader
from bot.adapters.web.parse import FeedParser
from bot.adapters.web.robots import RobotsBook
from bot.adapters.web.tdm import unreserved
from bot.adapters.writers.budget import PaidModel
from bot.adapters.writers.client import ModelClient, is_outside, root_of, wire_of
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.adapters.writers.model import ModelWriter
from bot.adapters.writers.translate import ModelTranslator
from bot.commands.command import Services
from bot.commands.registry import Registry, discover
from bot.domain.chart import BarChart
from bot.domain.chat import PlatformName
from bot.domain.errors import DepecheError, FeedListError, PlatformRefused
from bot.domain.language import READER_LANGUAGES
from bot.i18n import explain, translator
from bot.ports import Clock, ListChanges, Platform, Renderer
from bot.services.alerts import Alerts
from bot.services.brief import Briefer
from bot.services.chats import ChatBook
from bot.services.connection import Connection
from bot.services.correct import Corrector
from bot.services.deliver import Deliverer
from bot.services.editing import Editor
from bot.services.editions import Editions
from bot.services.feed_health import FeedHealth
from bot.services.full_text import FullText
from bot.services.moderating import Moderating
from bot.services.newsroom import Newsroom
from bot.services.poll import Poller
from bot.services.reach import Reach
from bot.services.restate import Restater
from bot.services.servers import admit
from bot.services.status import StatusDesk
from bot.services.upkeep import Upkeep
from bot.services.watch import Watch
from bot.settings import Settings
from bot.ticks import Ticks
from bot.views.onboarding import introduction

log = structlog.get_logger(__name__)

USER_AGENT = f"Depeche/{__version__} (+https://github.com/depeche-bot/depeche)"
GRACE_SECONDS = 4.0
"""What people asked for before SIGTERM may be answered within this, after the ticks' own grace: 15 s in all."""
SHOWN_TO_ALL = frozenset({"brief", "status", "search"})
"""Answers that a moderator may show to a whole Discord channel: they only read."""
CHANGED_IN_PLACE = frozenset(
    {"settings", "setup", "start", "forget", "sources", "feeds", "audit", "undo", "addfeed", "suggestions", "reports"}
)
"""Cards whose buttons change them, on Discord: it has to be told before there is an answer."""
OWN_TERMINAL = "console"
"""Every process has its own; of the others a token has one connection, whichever process has it."""
AT_THE_TERMINAL = (OWN_TERMINAL, "terminal")
"""Whoever has the bot's own terminal has its settings and its database too."""
RECONNECT_SECONDS = (1, 5, 15, 60)
"""Pauses before a platform that failed is connected again; the last one repeats."""


@dataclass(frozen=True, slots=True)
class App:
    """Everything, wired."""

    settings: Settings
    clock: Clock
    store: SqlStore
    poller: Poller
    newsroom: Newsroom
    briefer: Briefer
    status: StatusDesk
    registry: Registry
    moderating: Moderating
    health: FeedHealth
    upkeep: Upkeep
    corrector: Corrector
    restater: Restater
    owner: str
    model: PaidModel | None = None
    """The language model that writes; None: everything is told in the articles' words."""
    stories: Mapping[str, int] = field(default_factory=dict)
    """What became of stories the model was to write."""


@contextlib.asynccontextmanager
async def opened(settings: Settings, clock: Clock | None = None) -> AsyncIterator[App]:
    """The application without platforms: what every command of the command line needs."""
    clock = clock or SystemClock()
    # Containers that share a machine's name are all number 1: without more they would take each other for themselves.
    owner = f"{os.uname().nodename}:{os.getpid()}:{secrets.token_hex(4)}"
    async with contextlib.AsyncExitStack() as stack:
        store = await SqlStore.open(settings.database_url)
        stack.push_async_callback(store.close)
        fetcher = await stack.enter_async_context(WebFetcher(user_agent=USER_AGENT, allow=settings.fetch_allow))
        parser = FeedParser()
        stack.push_async_callback(parser.close)
        newsroom = Newsroom(store, clock, owner)
        stack.callback(newsroom.close)
        minimum = timedelta(minutes=settings.poll_min_minutes)
        pages = WebPageReader(fetcher, parser, RobotsBook(fetcher, clock), unreserved(fetcher, clock))
        offline = ExtractiveWriter()
        model = await _model(settings, store, clock, stack)
        mining = Mining.of(fetcher, clock) if model is not None and is_outside(model.client.base_url) else None
        writer = offline if model is None else ModelWriter(model, offline, mining)
        briefer = Briefer(store, writer)
        translate = None if model is None else ModelTranslator(model, mining)
        status = StatusDesk(store, translate)
        zone, language = settings.bot_timezone, settings.bot_language
        rendering = renderers()
        moderating = Moderating.of(
            store,
            clock,
            WebDiscoverer(fetcher, parser, clock=clock),
            canonical,
            named=settings.bot_moderators | {AT_THE_TERMINAL},
            renderers=rendering,
            default_language=language,
            default_zone=zone,
        )
        editor = Editor(rendering)
        services = Services(
            store,
            clock,
            briefer,
            status,
            zone,
            language,
            moderating,
            paint=_painter(),
            renderers=rendering,
            gone_days=settings.chat_retention_days,
        )
        yield App(
            settings=settings,
            clock=clock,
            store=store,
            poller=Poller(
                store,
                fetcher,
                parser,
                clock,
                owner,
                minimum,
                replay=isinstance(clock, StoppedClock),
                full_text=FullText(store, pages),
            ),
            newsroom=newsroom,
            briefer=briefer,
            status=status,
            registry=Registry.of(discover(), services),
            moderating=moderating,
            health=FeedHealth(store, clock, moderating.moderators, moderating.notices),
            corrector=Corrector(store, clock, offline, editor, moderating.notices, owner),
            restater=Restater(store, clock, editor, owner),
            upkeep=Upkeep(
                store,
                clock,
                owner,
                articles=timedelta(days=settings.retention_days),
                chats=timedelta(days=settings.chat_retention_days),
            ),
            owner=owner,
            model=model,
            stories=writer.tally if isinstance(writer, ModelWriter) else {},
        )


async def _model(
    settings: Settings, store: SqlStore, clock: Clock, stack: contextlib.AsyncExitStack
) -> PaidModel | None:
    """The language model the operator chose, ready to be asked."""
    if settings.llm_provider is None or settings.llm_model is None:
        return None
    wire, own = wire_of(settings.llm_provider)
    address = root_of(settings.llm_base_url or own)
    client = ModelClient(wire, address, settings.llm_model, clock, USER_AGENT, settings.llm_api_key)
    return PaidModel(await stack.enter_async_context(client), store, clock, settings.llm_daily_tokens)


def _painter() -> Callable[[BarChart], bytes] | None:
    """The drawing function, loaded with the first picture; None without the ``charts`` extra."""
    if importlib.util.find_spec("PIL") is None:
        return None

    @lru_cache(32)  # at most 40 KB each: in a group, many press the same button
    def paint(chart: BarChart) -> bytes:
        from bot.adapters.charts.bars import draw

        return draw(chart)

    return paint


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


def renderers() -> dict[str, Renderer]:
    """How every platform writes, connected or not: pure, and without its vendor's package."""
    from bot.adapters.console import ConsoleRenderer
    from bot.adapters.discord.render import DiscordRenderer
    from bot.adapters.telegram.render import TelegramRenderer

    return {"console": ConsoleRenderer(), "telegram": TelegramRenderer(), "discord": DiscordRenderer()}


def connected(app: App) -> dict[str, Platform]:
    """The platforms that have a token. A new platform is one folder under adapters/ and one line here."""
    tokens, settings = app.settings.token_of, app.settings
    descriptions, suggest = app.registry.descriptions(), app.registry.suggest
    book = ChatBook(app.store)
    platforms: dict[str, Platform] = {}
    if "telegram" in tokens:
        from bot.adapters.telegram.platform import TelegramPlatform

        platforms["telegram"] = TelegramPlatform(
            tokens["telegram"],
            commands=descriptions,
            suggest=suggest,
            api_url=settings.telegram_api_url,
            clock=app.clock,
            events=book.note,
            default_language=settings.bot_language,
            about={code: introduction(code) for code in READER_LANGUAGES},
        )
    if "discord" in tokens:
        from bot.adapters.discord.platform import DiscordPlatform
        from bot.adapters.discord.sharing import Sharing

        platforms["discord"] = DiscordPlatform(
            tokens["discord"],
            commands=descriptions,
            suggest=suggest,
            api_url=settings.discord_api_url,
            gateway_url=settings.discord_gateway_url,
            clock=app.clock,
            events=book.note,
            servers=book,
            admit=partial(admit, app.store),
            in_place=CHANGED_IN_PLACE,
            sharing=Sharing({code: translator(code).text("button.share") for code in READER_LANGUAGES}, SHOWN_TO_ALL),
            default_language=settings.bot_language,
        )
    return platforms


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
        app.store, app.clock, app.owner, ticks.ages, ticks.failures, deliverer.outcomes, app.stories, reach.lost
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

    ready = False

    async def judge() -> None:
        nonlocal ready
        await app.newsroom.turn()
        if not ready:
            await app.status.prepare(app.clock.now())
            ready = True
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
