"""What sites allow robots to read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.robots import RobotsBook
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer

RULES = b"""\xef\xbb\xbfUser-agent: *
Disallow: /private/

User-agent: Depeche
Disallow: /archive/
"""


async def test_the_rules_for_us_count_where_there_are_some(server: WebServer, fetcher: WebFetcher) -> None:
    server.script["/robots.txt"] = Answer(RULES, content_type="text/plain")
    robots = RobotsBook(fetcher)
    assert not await robots.allows(server.url("/archive/1"))
    assert await robots.allows(server.url("/private/1"))
    assert len(server.asked("/robots.txt")) == 1


async def test_the_rules_for_everybody_count_otherwise(server: WebServer, fetcher: WebFetcher) -> None:
    server.script["/robots.txt"] = Answer(RULES.split(b"\n\n")[0], content_type="text/plain")
    assert not await RobotsBook(fetcher).allows(server.url("/private/1"))


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("Disallow: /*?s=", "/?s=ukraine", False),
        ("Disallow: /\nAllow: /news/", "/news/1", True),
        ("Allow: /\nDisallow: /news/", "/news/1", False),
        ("Disallow:", "/1", True),
    ],
    ids=[
        "a pattern's end",
        "beyond it",
        "a wildcard",
        "the longest rule allows",
        "the longest rule forbids",
        "nothing",
    ],
)
async def test_patterns_and_precedence_are_those_of_the_standard(
    server: WebServer, fetcher: WebFetcher, rules: str, path: str, allowed: bool
) -> None:
    server.script["/robots.txt"] = Answer(f"User-agent: *\n{rules}\n".encode(), content_type="text/plain")
    assert await RobotsBook(fetcher).allows(server.url(path)) is allowed


@pytest.mark.parametrize(
    "line", ["Disallow: /" + "*a" * 60 + "*b", "Disallow: /a\n" * 40_000, "User-agent: x\n" * 40_000]
)
async def test_a_hostile_file_takes_no_time(server: WebServer, fetcher: WebFetcher, line: str) -> None:
    server.script["/robots.txt"] = Answer(f"User-agent: *\n{line}\n".encode(), content_type="text/plain")
    robots = RobotsBook(fetcher)
    began = time.process_time()
    await robots.allows(server.url("/" + "a" * 2_000))
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (410, True), (429, False), (500, False), (503, False)]
)
async def test_a_missing_file_forbids_nothing_and_a_failing_server_everything(
    server: WebServer, fetcher: WebFetcher, status: int, allowed: bool
) -> None:
    server.script["/robots.txt"] = Answer(status=status)
    assert await RobotsBook(fetcher).allows(server.url("/1")) is allowed


async def test_a_site_that_cannot_be_reached_is_taken_to_forbid(fetcher: WebFetcher) -> None:
    assert not await RobotsBook(fetcher).allows("http://127.0.0.1:9/1")


async def test_the_file_is_read_again_after_a_day(server: WebServer, fetcher: WebFetcher, clock: FakeClock) -> None:
    robots = RobotsBook(fetcher, clock)
    server.script["/robots.txt"] = Answer(RULES, content_type="text/plain")
    assert not await robots.allows(server.url("/archive/1"))
    server.script["/robots.txt"] = Answer(status=404)
    assert not await robots.allows(server.url("/archive/1"))
    clock.pass_by(hours=25)
    assert await robots.allows(server.url("/archive/1"))


pieces = st.sampled_from(
    ["User-agent: ", "*", "Disallow: ", "Allow: ", "/a", "$", "Crawl-delay: ", "\n", ":", "#", "%", "\x00", "é"]
)


@given(st.lists(pieces | st.text(max_size=5), max_size=30).map("".join), st.text(max_size=20))
def test_no_file_and_no_address_is_an_error(text: str, path: str) -> None:
    assert Protego.parse(text).can_fetch(f"https://journal.test/{path}", "Depeche") in {True, False}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()
