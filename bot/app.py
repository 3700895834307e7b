"""Composition root: every service is built once, here, and closed in order."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

from bot import __version__
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
from bot.platforms import renderers
from bot.ports import Clock, Renderer
from bot.services.brief import Briefer
from bot.services.correct import Corrector
from bot.services.editing import Editor
from bot.services.feed_health import FeedHealth
from bot.services.full_text import FullText
from bot.services.moderating import Moderating
from bot.services.newsroom import Newsroom
from bot.services.poll import Poller
from bot.services.restate import Restater
from bot.services.status import StatusDesk
from bot.services.upkeep import Upkeep
from bot.settings import Settings

USER_AGENT = f"Depeche/{__version__} (+https://github.com/depeche-bot/depeche)"
OWN_TERMINAL = "console"
"""Every process has its own; of the others a token has one connection, whichever process has it."""
AT_THE_TERMINAL = (OWN_TERMINAL, "terminal")
"""Whoever has the bot's own terminal has its settings and its database too."""


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
        writing = _Writing.of(await _model(settings, store, clock, stack), fetcher, clock)
        app = _wired(settings, clock, store, owner, fetcher, parser, writing)
        stack.callback(app.newsroom.close)
        yield app


@dataclass(frozen=True, slots=True)
class _Writing:
    """Who writes: the articles' own words, or a model that falls back to them."""

    model: PaidModel | None
    offline: ExtractiveWriter
    writer: ExtractiveWriter | ModelWriter
    translate: ModelTranslator | None

    @classmethod
    def of(cls, model: PaidModel | None, fetcher: WebFetcher, clock: Clock) -> _Writing:
        """With the model the operator chose, or none."""
        offline = ExtractiveWriter()
        if model is None:
            return cls(None, offline, offline, None)
        mining = Mining.of(fetcher, clock) if is_outside(model.client.base_url) else None
        return cls(model, offline, ModelWriter(model, offline, mining), ModelTranslator(model, mining))

    @property
    def tally(self) -> Mapping[str, int]:
        """What became of stories the model was to write."""
        return self.writer.tally if isinstance(self.writer, ModelWriter) else {}


def _wired(
    settings: Settings,
    clock: Clock,
    store: SqlStore,
    owner: str,
    fetcher: WebFetcher,
    parser: FeedParser,
    writing: _Writing,
) -> App:
    """Every service, on what has been opened for them."""
    rendering = renderers()
    editor = Editor(rendering)
    briefer, status = Briefer(store, writing.writer), StatusDesk(store, writing.translate)
    moderating = _moderating(settings, store, clock, WebDiscoverer(fetcher, parser, clock=clock), rendering)
    services = Services(
        store,
        clock,
        briefer,
        status,
        settings.bot_timezone,
        settings.bot_language,
        moderating,
        paint=_painter(),
        renderers=rendering,
        gone_days=settings.chat_retention_days,
    )
    return App(
        settings=settings,
        clock=clock,
        store=store,
        poller=_poller(settings, store, clock, owner, fetcher, parser),
        newsroom=Newsroom(store, clock, owner),
        briefer=briefer,
        status=status,
        registry=Registry.of(discover(), services),
        moderating=moderating,
        health=FeedHealth(store, clock, moderating.moderators, moderating.notices),
        corrector=Corrector(store, clock, writing.offline, editor, moderating.notices, owner),
        restater=Restater(store, clock, editor, owner),
        upkeep=Upkeep(
            store,
            clock,
            owner,
            articles=timedelta(days=settings.retention_days),
            chats=timedelta(days=settings.chat_retention_days),
        ),
        owner=owner,
        model=writing.model,
        stories=writing.tally,
    )


def _poller(
    settings: Settings, store: SqlStore, clock: Clock, owner: str, fetcher: WebFetcher, parser: FeedParser
) -> Poller:
    pages = WebPageReader(fetcher, parser, RobotsBook(fetcher, clock), unreserved(fetcher, clock))
    return Poller(
        store,
        fetcher,
        parser,
        clock,
        owner,
        timedelta(minutes=settings.poll_min_minutes),
        replay=isinstance(clock, StoppedClock),
        full_text=FullText(store, pages),
    )


def _moderating(
    settings: Settings, store: SqlStore, clock: Clock, discoverer: WebDiscoverer, rendering: Mapping[str, Renderer]
) -> Moderating:
    return Moderating.of(
        store,
        clock,
        discoverer,
        canonical,
        named=settings.bot_moderators | {AT_THE_TERMINAL},
        renderers=rendering,
        default_language=settings.bot_language,
        default_zone=settings.bot_timezone,
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
