"""Thirteen parsers' test corpora, recorded feeds and attack lists, where they stand beside the checkout."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.adapters import opml
from bot.adapters.web import quick as quickly
from bot.adapters.web.charset import decoded
from bot.adapters.web.document import parsed
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.guard import is_public
from bot.adapters.web.parse import FeedParser
from bot.domain.article import ParsedFeed
from bot.domain.errors import AddressRefused, FeedListError, FetchError, ParseError, ParserKilled
from bot.ports import FetchRequest
from tests.adapters.web.loop import Loop
from tests.adapters.web.test_guard import Names
from tests.fakes.web import Answer, WebServer

SHARED = Path(__file__).parents[4] / "shared" / "data"
FEEDS = SHARED / "feeds"
LISTS = SHARED / "security" / "PayloadsAllTheThings"
SEEN = datetime(2026, 1, 1, tzinfo=UTC)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FEEDS.is_dir(), reason="the shared data is not beside this checkout"),
]


def files(*folders: str) -> list[Path]:
    """Every file below the folders, in order."""
    return sorted(path for folder in folders for path in (FEEDS / folder).rglob("*") if path.is_file())


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> set[Any]:
    """Every address this process connects to; its workers may open no socket."""
    addresses: set[Any] = set()
    connect = asyncio.selector_events.BaseSelectorEventLoop.sock_connect

    async def noted(loop: Any, sock: Any, address: Any) -> None:
        addresses.add(address)
        await connect(loop, sock, address)

    monkeypatch.setattr("asyncio.selector_events.BaseSelectorEventLoop.sock_connect", noted)
    return addresses


async def test_every_file_served_over_loopback_is_read_or_refused_without_a_crash_or_a_stall(
    loop_watch: Loop, connected: set[Any]
) -> None:
    outcomes: Counter[str] = Counter()
    async with WebServer() as server:
        fetcher = WebFetcher(user_agent="test", allow=server.allowed)
        async with fetcher, FeedParser(workers=2) as parser:
            bodies = await asyncio.to_thread(lambda: [path.read_bytes() for path in files("")])
            queue = iter(enumerate(bodies))

            async def read_on() -> None:
                for number, body in queue:
                    server.script[f"/{number}"] = Answer(body, content_type="application/xml")
                    try:
                        fetched = await fetcher.fetch(FetchRequest(server.url(f"/{number}")))
                        feed = await parser.parse(fetched, seen_at=SEEN)
                    except ParseError as error:
                        outcomes[error.key] += 1
                    else:
                        outcomes["read"] += 1
                        check(feed)

            loop_watch.longest, server_port = 0.0, server.port
            await asyncio.gather(*(read_on() for _ in range(6)))
    assert outcomes["read"] > 1_500  # of 3,441; most others hold no item with a title or text, or are answers in JSON
    assert outcomes[ParserKilled.key] == 0
    assert loop_watch.longest < 0.1
    assert connected == {("127.0.0.1", server_port)}


async def test_every_subscription_list_served_over_loopback_is_read_or_refused_with_its_reason(
    loop_watch: Loop, connected: set[Any]
) -> None:
    paths = sorted(path for path in (SHARED / "opml").rglob("*.*") if path.is_file())
    outcomes: Counter[str] = Counter()
    async with WebServer() as server:
        async with WebFetcher(user_agent="test", allow=server.allowed) as fetcher:
            for path in paths:
                server.script["/list"] = Answer(await asyncio.to_thread(path.read_bytes), content_type="text/x-opml")
                fetched = await fetcher.fetch(FetchRequest(server.url("/list")))
                loop_watch.longest = 0.0
                try:
                    outcomes["read"] += bool(opml.parse(fetched.body or b"").specs)
                except FeedListError as problem:
                    outcomes[problem.key] += 1
                await asyncio.sleep(0.01)
                assert loop_watch.longest < 0.1, path.name
        assert connected == {("127.0.0.1", server.port)}
    assert outcomes["read"] == len(paths) - 2
    assert outcomes.keys() == {"read", "opml-syntax", "opml-empty"}


def check(feed: ParsedFeed) -> None:
    """What is promised of every entry."""
    guids = [entry.guid for entry in feed.entries]
    assert len(set(guids)) == len(guids)
    for entry in feed.entries:
        for text in (entry.title, entry.summary, entry.text):
            assert not re.search(r"<[a-zA-Z/!?]|[\x00-\x09\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text)
        assert entry.title == " ".join(entry.title.split()) != ""
        assert entry.url is None or entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published <= datetime.now(UTC)


RECORDED = ("netcomsn", "fr_press_raw_2025-02-10", "real_news")


@pytest.mark.parametrize("path", files(*RECORDED) if FEEDS.is_dir() else [], ids=lambda path: path.name)
def test_recorded_feeds_give_dated_linked_titles_in_french_and_english(path: Path) -> None:
    body = path.read_bytes()
    if b"<html" in body[:500]:
        with pytest.raises(ParseError):
            parsed(body, "https://journal.test/", "text/xml", SEEN)
        return
    feed = parsed(body, "https://journal.test/", "text/xml", SEEN)
    check(feed)
    assert feed.entries
    assert feed.language in {"fr", "en", "other"}
    for entry in feed.entries:
        assert entry.published is not None
        assert entry.url is not None
        assert not re.search(r"xtor|utm_|at_medium|fbclid|#", entry.url)
        assert not re.search(r"&(?:amp|nbsp|#\d+);|Ã©|â€", entry.title + entry.summary)


def test_every_document_says_the_same_through_both_readers_as_through_feedparser_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the quick reader takes on, and what it leaves to feedparser: in the end nobody can tell."""
    paths = files("")
    through_both = [outcome(path) for path in paths]
    ordinary = [path for path in paths if is_ordinary(path)]
    monkeypatch.setattr("bot.adapters.web.quick.read", lambda _: None)
    alone = [outcome(path) for path in paths]
    assert [path.name for path, one, other in zip(paths, through_both, alone, strict=True) if one != other] == []
    assert len({*ordinary} & {*files(*RECORDED)}) >= 18  # of 24: it does take on what newspapers publish
    assert len(ordinary) > 40


def outcome(path: Path) -> ParsedFeed | str:
    try:
        return parsed(path.read_bytes(), "https://journal.test/feed", "application/xml", SEEN)
    except ParseError as error:
        return error.key
    except Exception as error:  # what the worker calls a broken feed
        return type(error).__name__


def is_ordinary(path: Path) -> bool:
    text = decoded(path.read_bytes(), "application/xml").lstrip("\ufeff \t\r\n")
    return quickly.read(text) is not None


def targets() -> list[str]:
    """Every address in the lists of request forgeries, rebinding names and redirects, private or malformed."""
    if not LISTS.is_dir():
        return []
    pages = [*LISTS.glob("Server_Side_Request_Forgery/*.md"), *LISTS.glob("DNS_Rebinding/*.md")]
    found = {url for page in pages for url in re.findall(r"[a-z0-9]+:/{1,3}[^\s`\"'<>|]+", page.read_text("utf-8"))}
    named = {
        f"http://{name}/" for page in pages for name in re.findall(r"[\w.-]*\d+(?:\.\d+){3}[\w.-]*", page.read_text())
    }
    redirects = (path.read_text("utf-8", "replace") for path in (LISTS / "Open_Redirect" / "Intruder").glob("*.txt"))
    found |= named | {line.strip() for text in redirects for line in text.splitlines() if line.strip()}
    return sorted(url for url in found if not is_public(_host(url)))


def _host(url: str) -> str:
    try:
        return URL(url).host or ""
    except ValueError:
        return ""


class PrivateEverywhere(AbstractResolver):
    """The attacker's DNS: every name is on this machine."""

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        return await Names({host: [["127.0.0.1"]]}).resolve(host, port)

    async def close(self) -> None:
        """Nothing is open."""


async def test_every_private_or_malformed_target_is_refused_without_a_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connections: list[Any] = []

    async def connect(_: Any, __: Any, address: Any) -> None:
        connections.append(address)
        raise OSError

    monkeypatch.setattr("asyncio.selector_events.BaseSelectorEventLoop.sock_connect", connect)
    urls = targets()
    assert len(urls) > 300
    survivors = []
    async with WebFetcher(user_agent="test", seconds=2, spacing_seconds=0, resolver=PrivateEverywhere()) as fetcher:
        for url in urls:
            try:
                await fetcher.fetch(FetchRequest(url))
            except AddressRefused:
                continue
            except FetchError as error:
                survivors.append((url, str(error)))
    assert survivors == []
    assert connections == []


@pytest.mark.parametrize("path", sorted((SHARED / "security" / "xml").glob("*.xml")), ids=lambda path: path.name)
async def test_xml_bombs_are_refused_or_harmless(path: Path) -> None:
    """As they are, and as the prologue of a feed that uses the entity they declare."""
    bomb = await asyncio.to_thread(path.read_bytes)
    declared = re.search(rb"<!DOCTYPE.*?\]>", bomb, re.DOTALL)
    names = re.findall(rb"<!ENTITY\s+(\w+)", bomb) or [b"a"]
    used = b"".join(b"&%b;" % name for name in names)
    feed = b"%b<rss version='2.0'><channel><title>x</title><item><title>Titre %b</title></item></channel></rss>"
    async with FeedParser(job_seconds=8) as parser:
        for body in (bomb, feed % (declared[0] if declared else b"", used)):
            try:
                answer = await parser.parse(_document(body), seen_at=SEEN)
            except ParseError:
                continue
            assert all("root:" not in entry.title and len(entry.title) <= 300 for entry in answer.entries)


def _document(body: bytes) -> Any:
    from tests.adapters.web.test_parse import document

    return document(body)


def test_attack_strings_lose_their_markup() -> None:
    from bot.adapters.web.canonical import canonical
    from bot.adapters.web.plain import plain

    lists = [SHARED / "security" / "xss_payload_list.txt", SHARED / "security" / "blns" / "blns.txt"]
    lines = {line for path in lists for line in path.read_text("utf-8", "replace").splitlines()}
    for line in lines:
        assert not re.search(r"<[a-zA-Z/!?]", plain(line))
        link = canonical(line, "https://journal.test/")
        assert link is None or re.match(r"https?://[^\s<>\"\\]+\Z", link)
