"""What a model on another machine may be given: nothing that a site keeps from mining, or from a model's crawler."""

from __future__ import annotations

import pytest

from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.mining import Mining
from bot.adapters.web.plain import plain
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer

ROBOTS, TDM = "/robots.txt", "/.well-known/tdmrep.json"


@pytest.mark.parametrize(
    ("robots", "tdm", "allowed"),
    [
        (b"", b"[]", True),
        (b"User-agent: *\nAllow: /", b"[]", True),
        (b"User-agent: GPTBot\nDisallow: /", b"[]", False),
        (b"User-agent: ClaudeBot\nUser-agent: CCBot\nDisallow: /news", b"[]", False),
        (b"User-agent: GPTBot\nDisallow: /shop", b"[]", True),
        (b"User-agent: *\nDisallow: /", b"[]", False),
        (b"", b'[{"location": "/news*", "tdm-reservation": 1}]', False),
    ],
)
async def test_a_site_is_asked_in_both_ways(robots: bytes, tdm: bytes, allowed: bool) -> None:
    script = {ROBOTS: Answer(robots, content_type="text/plain"), TDM: Answer(tdm, content_type="application/json")}
    async with WebServer(script) as server, WebFetcher(user_agent="test", allow=server.allowed) as fetcher:
        mining = Mining.of(fetcher, FakeClock())
        assert await mining.allows(server.url("/news/1")) is allowed
        assert await mining.allows(server.url("/news/2")) is allowed
        assert len(server.asked(ROBOTS)) <= 1


async def test_a_site_without_such_files_lets_models_have_it_and_one_that_fails_does_not() -> None:
    async with WebServer() as server, WebFetcher(user_agent="test", allow=server.allowed) as fetcher:
        assert await Mining.of(fetcher, FakeClock()).allows(server.url("/news/1"))
        server.script[ROBOTS] = Answer(status=500)
        assert not await Mining.of(fetcher, FakeClock()).allows(server.url("/news/1"))


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display: none">machines</span>',
        "<div hidden>machines</div>",
        '<p style="color:red;font-size:0">machines</p>',
        '<i style="visibility:hidden">machines</i>',
        '<b style="opacity:0;">machines</b>',
        "<!-- machines -->",
    ],
)
def test_words_for_machines_only_are_no_text(hidden: str) -> None:
    assert plain(f"<p>Pour tous.</p>{hidden}<p style='font-size:0.9em'>Aussi.</p>").split() == [
        "Pour",
        "tous.",
        "Aussi.",
    ]
