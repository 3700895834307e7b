"""Redirects, followed by hand."""

from __future__ import annotations

import pytest

from bot.adapters.web.fetch import WebFetcher
from bot.domain.errors import AddressRefused, HttpStatus, TooManyRedirects
from tests.adapters.web.fetching import BODY, get
from tests.fakes.web import Answer, WebServer, moved


def chain(server: WebServer, statuses: tuple[int, ...]) -> None:
    """Redirects /0 → /1 → … → /feed."""
    for number, status in enumerate(statuses):
        target = "/feed" if number == len(statuses) - 1 else f"/{number + 1}"
        server.script[f"/{number}"] = moved(target, status)


class TestRedirects:
    @pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308, 301)])
    async def test_permanent_redirects_tell_where_the_feed_lives_now(
        self, server: WebServer, fetcher: WebFetcher, statuses: tuple[int, ...]
    ) -> None:
        chain(server, statuses)
        answer = await get(fetcher, server, "/0")
        assert answer.moved_to == answer.final_url == server.url("/feed")
        assert answer.url == server.url("/0")
        assert answer.body == BODY

    @pytest.mark.parametrize("statuses", [(302,), (303,), (307,), (301, 302), (302, 301)])
    async def test_a_chain_with_a_temporary_redirect_moves_nothing(
        self, server: WebServer, fetcher: WebFetcher, statuses: tuple[int, ...]
    ) -> None:
        chain(server, statuses)
        answer = await get(fetcher, server, "/0")
        assert (answer.moved_to, answer.final_url) == (None, server.url("/feed"))

    async def test_five_redirects_are_followed_and_a_sixth_is_not(self, server: WebServer, fetcher: WebFetcher) -> None:
        chain(server, (301,) * 6)
        assert (await get(fetcher, server, "/1")).body == BODY
        with pytest.raises(TooManyRedirects):
            await get(fetcher, server, "/0")

    async def test_a_loop_ends(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = moved("/feed")
        with pytest.raises(TooManyRedirects):
            await get(fetcher, server)
        assert len(server.requests) == 6

    async def test_no_redirect_carries_a_referer(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/old"] = moved("/feed")
        await get(fetcher, server, "/old")
        assert all("referer" not in request.headers for request in server.requests)

    @pytest.mark.parametrize(
        "target",
        [
            "http://127.0.0.2:{port}/feed",
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "gopher://127.0.0.1:{port}/_x",
            "javascript:alert(1)",
            "http://exa mple.test/",
            "http://[::1",
            "//10.0.0.1/feed",
        ],
    )
    async def test_a_redirect_to_anything_not_public_is_refused(
        self, server: WebServer, fetcher: WebFetcher, target: str
    ) -> None:
        server.script["/feed"] = moved(target.format(port=server.port))
        with pytest.raises(AddressRefused):
            await get(fetcher, server)
        assert len(server.requests) == 1

    async def test_a_redirect_without_an_address_is_an_error_status(
        self, server: WebServer, fetcher: WebFetcher
    ) -> None:
        server.script["/feed"] = Answer(status=301)
        with pytest.raises(HttpStatus):
            await get(fetcher, server)
