"""Fetching, over real sockets on loopback."""

from __future__ import annotations

import asyncio
import itertools
import time
import tracemalloc
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.problems import VENDOR_ERRORS, translated
from bot.domain.errors import (
    FetchError,
    FetchTimedOut,
    HttpStatus,
    TooLarge,
    Unreachable,
)
from bot.domain.feed import NO_VALIDATORS, Validators
from bot.ports import FetchRequest
from tests.adapters.web.fetching import AGENT, BODY, fetching, get
from tests.fakes.web import Answer, Asked, WebServer, bomb, serving, zipped


class TestManners:
    async def test_a_first_request_is_unconditional_and_says_who_asks(
        self, server: WebServer, fetcher: WebFetcher
    ) -> None:
        await get(fetcher, server)
        headers = server.requests[0].headers
        assert headers["user-agent"] == AGENT
        assert headers["accept-encoding"] == "gzip"
        assert "application/rss+xml" in headers["accept"]
        assert not {"if-none-match", "if-modified-since", "cookie", "referer", "authorization"} & headers.keys()

    @pytest.mark.parametrize("etag", ['"abc"', 'W/"abc"', "abc", '"a b;c,d"', '""', '"é"'])
    async def test_validators_go_back_byte_for_byte_and_an_unchanged_feed_has_no_body(
        self, server: WebServer, fetcher: WebFetcher, etag: str
    ) -> None:
        modified = "Mon, 10 Feb 2025 9:00:00 GMT (about)"
        server.script["/feed"] = serving(BODY, etag=etag, modified=modified)
        first = await get(fetcher, server)
        second = await get(fetcher, server, known=first.validators)
        assert first.validators == Validators(etag, modified)
        assert (first.body, second.body) == (BODY, None)
        assert second.validators == first.validators
        sent = server.requests[1].headers
        assert sent["if-none-match"].encode("latin-1").decode() == etag
        assert sent["if-modified-since"] == modified

    async def test_a_304_that_names_no_validators_keeps_those_sent(
        self, server: WebServer, fetcher: WebFetcher
    ) -> None:
        server.script["/feed"] = Answer(status=304)
        known = Validators('"1"', None)
        assert (await get(fetcher, server, known=known)).validators == known

    async def test_a_200_replaces_both_validators(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = Answer(BODY, headers={"ETag": '"2"'})
        answer = await get(fetcher, server, known=Validators('"1"', "Sun, 09 Feb 2025 09:00:00 GMT"))
        assert answer.validators == Validators('"2"', None)

    async def test_a_304_nobody_asked_for_is_an_error(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = Answer(status=304)
        with pytest.raises(HttpStatus):
            await get(fetcher, server)

    async def test_validators_that_could_not_be_stored_are_not_kept(
        self, server: WebServer, fetcher: WebFetcher
    ) -> None:
        server.script["/feed"] = Answer(BODY, headers={"ETag": "x" * 2_000, "Last-Modified": "\u202e"})
        assert (await get(fetcher, server)).validators == NO_VALIDATORS

    async def test_cookies_are_never_sent_back(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = Answer(BODY, headers={"Set-Cookie": "follow=me; Path=/"})
        await get(fetcher, server)
        await get(fetcher, server)
        assert "cookie" not in server.requests[1].headers

    async def test_gzip_is_read(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = zipped(BODY)
        assert (await get(fetcher, server)).body == BODY

    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({}, 0),
            ({"Cache-Control": "public, max-age=900"}, 900),
            ({"Cache-Control": "max-age=900", "Age": "300"}, 600),
            ({"Cache-Control": "max-age=900, no-cache"}, 0),
            ({"Cache-Control": "s-maxage=900"}, 0),
            ({"Cache-Control": "max-age=60", "Expires": "Mon, 10 Feb 2025 14:00:00 GMT"}, 60),
            ({"Expires": "Mon, 10 Feb 2025 14:00:00 GMT"}, 7_200),
            ({"Expires": "Mon, 10 Feb 2025 14:00:00 GMT", "Date": "Mon, 10 Feb 2025 13:00:00 GMT"}, 3_600),
            ({"Expires": "0"}, 0),
            ({"Expires": "Mon, 10 Feb 2020 14:00:00 GMT"}, 0),
            ({"Cache-Control": "max-age=9999999999"}, 30 * 24 * 3600),
        ],
    )
    async def test_freshness_is_what_the_server_says(
        self, server: WebServer, fetcher: WebFetcher, headers: dict[str, str], seconds: int
    ) -> None:
        server.script["/feed"] = Answer(BODY, headers=headers)
        assert (await get(fetcher, server)).fresh_seconds == seconds

    @pytest.mark.parametrize(
        ("written", "seconds"),
        [
            ("120", 120.0),
            ("Mon, 10 Feb 2025 12:30:00 GMT", 1_800.0),
            ("Mon, 10 Feb 2025 11:30:00 GMT", 0.0),
            ("soon", None),
            ("-5", None),
        ],
    )
    @pytest.mark.parametrize("status", [429, 503])
    async def test_retry_after_is_read_as_seconds_or_as_a_date(
        self, server: WebServer, fetcher: WebFetcher, status: int, written: str, seconds: float | None
    ) -> None:
        server.script["/feed"] = Answer(status=status, headers={"Retry-After": written})
        with pytest.raises(HttpStatus) as caught:
            await get(fetcher, server)
        assert (caught.value.status, caught.value.retry_after) == (status, seconds)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 502])
    async def test_an_error_status_is_an_error(self, server: WebServer, fetcher: WebFetcher, status: int) -> None:
        server.script["/feed"] = Answer(BODY, status=status)
        with pytest.raises(HttpStatus) as caught:
            await get(fetcher, server)
        assert caught.value.status == status
        assert caught.value.retry_after is None


class TestLimits:
    async def test_a_body_over_the_cap_is_refused(self, server: WebServer) -> None:
        server.script["/feed"] = Answer(b"x" * 2_001)
        async with fetching(server, max_bytes=2_000) as fetcher:
            with pytest.raises(TooLarge) as caught:
                await get(fetcher, server)
            assert caught.value.arguments["limit"] == 2_000
            server.script["/feed"] = Answer(b"x" * 2_000)
            assert (await get(fetcher, server)).body == b"x" * 2_000

    async def test_a_gzip_bomb_is_stopped_early(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = bomb(300)
        tracemalloc.start()
        with pytest.raises(TooLarge):
            await get(fetcher, server)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 12 * 1024 * 1024

    async def test_an_endless_body_is_stopped(self, server: WebServer, fetcher: WebFetcher) -> None:
        async def endless() -> AsyncIterator[bytes]:
            while True:
                yield b"x" * 65_536

        server.script["/feed"] = Answer(stream=endless)
        with pytest.raises(TooLarge):
            await get(fetcher, server)

    async def test_a_server_that_drips_meets_the_deadline(self, server: WebServer) -> None:
        server.script["/feed"] = Answer(b"x" * 1_000, drip=0.02)
        async with fetching(server, seconds=0.3) as fetcher:
            started = time.monotonic()
            with pytest.raises(FetchTimedOut):
                await get(fetcher, server)
            assert time.monotonic() - started < 10  # it would take twenty

    async def test_redirects_share_one_deadline(self, server: WebServer) -> None:
        server.script |= {
            f"/{hop}": Answer(status=302, delay=0.15, headers={"Location": f"/{hop + 1}"}) for hop in range(4)
        }
        server.script["/4"] = Answer(BODY)
        async with fetching(server, seconds=0.4) as fetcher:
            with pytest.raises(FetchTimedOut):
                await get(fetcher, server, "/0")

    @pytest.mark.parametrize(
        "headers", [{"X-Long": "x" * 20_000}, {f"X-{number}": "1" for number in range(300)}], ids=["long", "many"]
    )
    async def test_headers_are_capped(self, server: WebServer, fetcher: WebFetcher, headers: dict[str, str]) -> None:
        server.script["/feed"] = Answer(BODY, headers=headers)
        with pytest.raises(Unreachable):
            await get(fetcher, server)

    async def test_one_host_is_asked_one_thing_at_a_time_with_a_pause_between(self) -> None:
        from bot.adapters.web.lanes import Lanes

        lanes, running, most, starts = Lanes(0.05), 0, 0, list[float]()

        async def visit(host: str) -> None:
            nonlocal running, most
            async with lanes.turn(host):
                running += 1
                most = max(most, running)
                starts.append(time.monotonic())
                await asyncio.sleep(0.01)
                running -= 1

        await asyncio.gather(*(visit("one.test") for _ in range(4)))
        assert most == 1
        assert all(later - earlier >= 0.055 for earlier, later in itertools.pairwise(starts))
        await asyncio.gather(*(visit(f"{number}.test") for number in range(4)))
        assert most == 4

    async def test_allowed_addresses_are_not_spaced(self, server: WebServer, fetcher: WebFetcher) -> None:
        started = time.monotonic()
        await asyncio.gather(*(get(fetcher, server) for _ in range(20)))
        assert time.monotonic() - started < 10  # spaced, they would take nineteen


class TestFaults:
    async def test_a_dropped_connection_is_unreachable(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = Answer(BODY, cut=40)
        with pytest.raises(Unreachable):
            await get(fetcher, server)

    async def test_a_closed_port_is_unreachable(self, server: WebServer, fetcher: WebFetcher) -> None:
        address = server.url()
        await server.__aexit__()
        with pytest.raises(Unreachable):
            await fetcher.fetch(FetchRequest(address))
        await server.__aenter__()

    async def test_nothing_is_fetched_after_closing(self, server: WebServer) -> None:
        fetcher = fetching(server)
        await get(fetcher, server)
        await fetcher.close()
        with pytest.raises(Unreachable):
            await get(fetcher, server)
        assert len(server.requests) == 1

    async def test_broken_gzip_is_unreachable(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/feed"] = Answer(b"not gzip at all", headers={"Content-Encoding": "gzip"})
        with pytest.raises(Unreachable):
            await get(fetcher, server)

    async def test_the_next_feed_is_read_after_every_fault(self, server: WebServer, fetcher: WebFetcher) -> None:
        server.script["/bad"] = Answer(BODY, cut=1)
        for _ in range(3):
            with pytest.raises(FetchError):
                await get(fetcher, server, "/bad")
            assert (await get(fetcher, server)).body == BODY

    async def test_secrets_are_masked_in_errors_yet_sent_to_the_server(
        self, server: WebServer, fetcher: WebFetcher
    ) -> None:
        def refuse(asked: Asked) -> Answer:
            return Answer(status=403)

        server.script["/feed?api_key=s3cret&page=2"] = refuse
        address = server.url("/feed?api_key=s3cret&page=2").replace("http://", "http://me:pa55@")
        with pytest.raises(HttpStatus) as caught:
            await fetcher.fetch(FetchRequest(address))
        assert "s3cret" not in str(caught.value)
        assert "pa55" not in str(caught.value)
        assert "page=2" in str(caught.value)
        assert "authorization" in server.requests[0].headers


def _all_kinds(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(_all_kinds(sub) for sub in kind.__subclasses__()))


@pytest.mark.parametrize("kind", sorted(_all_kinds(aiohttp.ClientError), key=str))
def test_every_error_of_the_vendor_becomes_one_of_ours(kind: type[Exception]) -> None:
    error = kind.__new__(kind)
    assert isinstance(error, VENDOR_ERRORS)
    ours = translated(error, "https://me:secret@journal.test/feed", 20.0)
    assert type(ours) is not FetchError
    assert "secret" not in str(ours)
