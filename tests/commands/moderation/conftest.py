"""Moderators at work: real sites on loopback, found by the real fetcher and parser."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.discover import WebDiscoverer
from bot.adapters.web.document import parsed
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.page import links_of
from bot.domain.article import ParsedFeed
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.errors import EmptyBody
from bot.domain.feed import Feed
from bot.domain.message import Button, Message, plain
from bot.ports import Fetched, PageLinks, Scope
from tests.commands.conftest import Ask
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer

WAR = ("Ukraine : une trêve se discute à Genève", "Odessa visée par des drones russes", "Kiev reçoit des renforts")
OTHER = ("Le marché de Thiaroye rouvre", "Handball : Rufisque en finale")
GROUP = ChatAddress("console", "-100")
OTHER_GROUP = ChatAddress("console", "-200")


@dataclass(frozen=True)
class Someone:
    """A person in a chat: what they type, in their language and with their rights."""

    ask: Ask
    chat: ChatAddress = GROUP
    kind: ChatKind = ChatKind.GROUP
    person: str = "admin"
    moderator: bool = True
    language: str = "fr"

    async def __call__(self, line: str) -> Message:
        answer = await self.ask(
            line, chat=self.chat, kind=self.kind, person=self.person, moderator=self.moderator, language=self.language
        )
        assert answer is not None
        return answer

    async def words(self, line: str) -> str:
        return plain(await self(line))

    async def press(self, message: Message, label: str) -> Message:
        return await self("/" + action(message, label))

    def having(self, **changes: object) -> Someone:
        return replace(self, **changes)  # type: ignore[arg-type]  # fields by name


def buttons(message: Message) -> dict[str, Button]:
    return {button.label: button for row in message.buttons for button in row}


def action(message: Message, label: str) -> str:
    """What a button asks for, by the beginning of its label."""
    return next(button.action for name, button in buttons(message).items() if name.startswith(label))


Publish = Callable[..., None]


@pytest.fixture
async def site() -> AsyncIterator[WebServer]:
    async with WebServer() as running:
        yield running


@pytest.fixture
def publish(site: WebServer, clock: FakeClock) -> Publish:
    """``publish("/feed", *titles)``: a feed with an item every six hours, and ``page("/", "/feed")`` names it."""

    def publish(
        path: str,
        *titles: str,
        name: str = "La Gazette du port",
        text: str = "",
        age: timedelta = timedelta(hours=1),
        home: str = "https://gazette.example",
        links: Sequence[str] = (),
    ) -> None:
        items = ""
        for number, title in enumerate(titles):
            link = links[number] if number < len(links) else f"{home}{path}/{number}"
            date = format_datetime(clock.now() - age - timedelta(hours=6 * number))
            body = f"<content:encoded>{escape(text)}</content:encoded>" if text else ""
            items += (
                f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
                f"<pubDate>{date}</pubDate><description>{escape(title)}.</description>{body}</item>"
            )
        site.script[path] = Answer(
            (
                '<?xml version="1.0" encoding="UTF-8"?>'
                '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
                f"<title>{escape(name)}</title><link>{home}</link><language>fr</language>{items}</channel></rss>"
            ).encode()
        )

    return publish


@pytest.fixture
def page(site: WebServer) -> Callable[..., None]:
    """``page("/", "/feed", "/autre")``: a home page that names these feeds."""

    def page(path: str, *feeds: str) -> None:
        links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
        html = f"<!DOCTYPE html><html><head><title>La Gazette</title>{links}</head><body></body></html>"
        site.script[path] = Answer(html.encode(), content_type="text/html; charset=utf-8")

    return page


class ParserHere:
    """The parser without its process: the same code, half a second sooner."""

    async def parse(self, document: Fetched, *, seen_at: datetime) -> ParsedFeed:
        if not document.body:
            raise EmptyBody(url=document.url)
        return parsed(document.body, document.final_url, document.content_type, seen_at)

    async def links(self, page: Fetched) -> PageLinks:
        feeds, wordpress = links_of(page.body or b"", page.final_url, page.content_type)
        return PageLinks(tuple(feeds), wordpress)


@pytest.fixture
async def fetcher(site: WebServer) -> AsyncIterator[WebFetcher]:
    async with WebFetcher(user_agent="test", allow=site.allowed) as fetcher:
        yield fetcher


@pytest.fixture
def discoverer(fetcher: WebFetcher, clock: FakeClock) -> WebDiscoverer:
    return WebDiscoverer(fetcher, ParserHere(), clock=clock)


@pytest.fixture
def store_url(sqlite_template: Path, tmp_path: Path) -> str:
    """SQLite is enough here: the contract suite proves that both databases answer alike."""
    path = tmp_path / "depeche.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def admin(ask: Ask) -> Someone:
    return Someone(ask)


@pytest.fixture
def member(ask: Ask) -> Someone:
    return Someone(ask, person="member", moderator=False)


@pytest.fixture
def bot_moderator(ask: Ask) -> Someone:
    """In their own chat with the bot."""
    return Someone(ask, ChatAddress("console", "home"), ChatKind.PRIVATE, person="moderator")


Followed = Callable[[ChatAddress], Awaitable[tuple[Feed, ...]]]


@pytest.fixture
def followed(store: SqlStore) -> Followed:
    """The feeds a chat is told of."""

    async def followed(address: ChatAddress) -> tuple[Feed, ...]:
        async with store.read() as unit:
            chat = await unit.chats.find(address)
            assert chat is not None
            return await unit.feeds.listed(Scope(chat_id=chat.id))

    return followed
