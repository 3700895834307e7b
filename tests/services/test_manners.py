"""The poller's manners, each proved by what a scripted server received, and when."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.adapters.web.parse import FeedParser
from bot.app import USER_AGENT
from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState
from bot.domain.feed_health import FeedNews, feed_news
from bot.ports import Scope
from bot.services.poll import Poller
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, Asked, WebServer, feed, moved, serving

HOUR = timedelta(hours=1)
MOST = 1.1
"""With the most jitter there is."""
ETAG = 'W/"v-é 1"'
MODIFIED = "Mon, 10 Feb 2025 09:00:00 +0000"
"""Not as the standard writes it: it must come back as it was."""
SYNDICATION = 'xmlns:u="http://purl.org/rss/1.0/modules/syndication/"'
DAILY = f"<u:updatePeriod {SYNDICATION}>daily</u:updatePeriod>"
FOUR_TIMES = f"<u:updateFrequency {SYNDICATION}>4</u:updateFrequency>"


@pytest.fixture
def clock() -> FakeClock:
    """Monday noon."""
    return FakeClock(datetime(2026, 3, 9, 12, tzinfo=UTC))


class Reader:
    """A poller that lives through time: only what is due is ever read."""

    def __init__(self, poller: Poller, web: WebServer, clock: FakeClock) -> None:
        self.poller = poller
        self._web = web
        self._clock = clock

    async def follow(self, *paths: str) -> None:
        async with self.poller.store.write() as unit:
            await unit.feeds.reconcile([FeedSpec(self._web.url(path), name=path) for path in paths])
        await self.poller.due()

    async def live(self, hours: float, step: float = 0.25) -> None:
        """Look for what is due every quarter of an hour."""
        for _ in range(round(hours / step)):
            self._clock.pass_by(hours=step)
            await self.poller.due()

    async def one(self) -> tuple[Feed, FeedReading]:
        async with self.poller.store.read() as unit:
            (followed,) = await unit.feeds.listed(Scope())
            return followed, (await unit.feeds.readings([followed.id]))[followed.id]

    async def wait(self) -> timedelta:
        """From the last request to the next one."""
        _, reading = await self.one()
        assert reading.next_poll is not None
        assert reading.last_attempt is not None
        return reading.next_poll - reading.last_attempt


@pytest.fixture
async def reader(store: SqlStore, clock: FakeClock, web: WebServer) -> AsyncIterator[Reader]:
    fetcher = WebFetcher(user_agent=USER_AGENT, allow=web.allowed, clock=clock)
    parser = FeedParser(clock=clock)
    async with fetcher, parser:
        yield Reader(Poller(store, fetcher, parser, clock, "me", HOUR), web, clock)


def fresh(clock: FakeClock, *, every: timedelta, extra: str = "", count: int = 10) -> bytes:
    """A feed whose entries came at that rate until now."""
    items = "".join(
        f"<item><title>Nouvelle {number}</title><link>https://journal.test/{number}</link>"
        f"<pubDate>{format_datetime(clock.now() - (number + 1) * every)}</pubDate></item>"
        for number in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>J</title>{extra}{items}</channel></rss>'.encode()


# --- Asking whether something changed ---


async def test_only_the_first_request_is_unconditional_and_both_validators_come_back_byte_for_byte(
    reader: Reader, web: WebServer
) -> None:
    web.script["/feed"] = serving(feed("Un"), etag=ETAG, modified=MODIFIED)
    await reader.follow("/feed")
    await reader.live(hours=12)
    first, *later = web.asked("/feed")
    assert not {"if-none-match", "if-modified-since"} & set(first.headers)
    assert len(later) >= 2
    sent = {(asked.headers["if-none-match"], asked.headers["if-modified-since"]) for asked in later}
    assert sent == {(ETAG.encode().decode("latin-1"), MODIFIED)}


async def test_a_restart_does_not_make_a_request_unconditional(
    reader: Reader, web: WebServer, clock: FakeClock
) -> None:
    web.script["/feed"] = serving(feed("Un"), etag='"1"')
    await reader.follow("/feed")
    clock.pass_by(hours=2)
    async with WebFetcher(user_agent="after", allow=web.allowed) as fetcher, FeedParser() as parser:
        await Poller(reader.poller.store, fetcher, parser, clock, "another", HOUR).due()
    assert [asked.headers.get("if-none-match") for asked in web.asked("/feed")] == [None, '"1"']


async def test_both_validators_are_those_of_the_last_200_even_where_the_body_did_not_change(
    reader: Reader, web: WebServer
) -> None:
    answers = iter([('"1"', "Mon"), ('"2"', "Tue"), ('"3"', "Wed")])

    def changing(_: Asked) -> Answer:
        etag, modified = next(answers)
        return Answer(feed("Un"), headers={"ETag": etag, "Last-Modified": modified})

    web.script["/feed"] = changing
    await reader.follow("/feed")
    await reader.live(hours=3)
    _, second, third = (asked.headers for asked in web.asked("/feed")[:3])
    assert (second["if-none-match"], second["if-modified-since"]) == ('"1"', "Mon")
    assert (third["if-none-match"], third["if-modified-since"]) == ('"2"', "Tue")


async def test_a_failure_in_between_loses_no_validator(reader: Reader, web: WebServer) -> None:
    web.script["/feed"] = serving(feed("Un"), etag='"1"')
    await reader.follow("/feed")
    web.script["/feed"] = Answer(status=500)
    await reader.live(hours=2)
    web.script["/feed"] = serving(feed("Un"), etag='"1"')
    await reader.live(hours=6)
    assert all(asked.headers["if-none-match"] == '"1"' for asked in web.asked("/feed")[1:])


# --- How often ---


async def test_an_hour_at_least_lies_between_two_requests_and_the_jitter_only_adds(
    reader: Reader, web: WebServer, clock: FakeClock
) -> None:
    web.script["/feed"] = lambda _: Answer(fresh(clock, every=timedelta(minutes=5)), headers={"ETag": '"1"'})
    await reader.follow("/feed")
    assert HOUR <= await reader.wait() <= MOST * HOUR
    await reader.live(hours=10)
    assert 8 <= len(web.asked("/feed")) <= 10


async def test_an_address_keeps_its_own_jitter(store: SqlStore, reader: Reader, web: WebServer) -> None:
    """Spread by a hash of the address: a restart does not bring everybody together."""
    web.script["/a"] = web.script["/b"] = serving(feed("Un"), etag='"1"')
    await reader.follow("/a", "/b")
    before = await waits(store)
    await reader.live(hours=1.25, step=1.25)
    await reader.live(hours=5, step=5)
    async with store.write() as unit:
        readings = await unit.feeds.readings(list(before))
        await unit.feeds.save_readings([replace(one, last_success=None, next_poll=None) for one in readings.values()])
    await reader.poller.due()
    assert await waits(store) == before
    assert len(set(before.values())) == 2


async def waits(store: SqlStore) -> dict[int, timedelta]:
    """From each feed's last request to its next one."""
    async with store.read() as unit:
        readings = await unit.feeds.readings([one.id for one in await unit.feeds.listed(Scope())])
    return {
        number: one.next_poll - one.last_attempt
        for number, one in readings.items()
        if one.next_poll and one.last_attempt
    }


async def test_feeds_of_one_site_do_not_all_come_at_once(reader: Reader, web: WebServer) -> None:
    paths = [f"/f{number}" for number in range(12)]
    for path in paths:
        web.script[path] = serving(feed("Un", site=f"https://{path[1:]}.test"), etag='"1"')
    await reader.follow(*paths)
    async with reader.poller.store.read() as unit:
        readings = await unit.feeds.readings([one.id for one in await unit.feeds.listed(Scope())])
    assert len({reading.next_poll for reading in readings.values()}) == 12


async def test_a_busy_feed_is_asked_more_often_than_a_quiet_one(
    reader: Reader, web: WebServer, clock: FakeClock
) -> None:
    busy, quiet = fresh(clock, every=timedelta(minutes=10)), fresh(clock, every=timedelta(days=2))
    web.script["/busy"], web.script["/quiet"] = serving(busy, etag='"1"'), serving(quiet, etag='"1"')
    await reader.follow("/busy", "/quiet")
    await reader.live(hours=12)
    assert len(web.asked("/quiet")) >= 3
    assert len(web.asked("/busy")) >= 2 * len(web.asked("/quiet"))


async def test_without_validators_and_without_news_a_feed_is_asked_once_a_day(reader: Reader, web: WebServer) -> None:
    web.script["/feed"] = serving(feed("Un"))
    await reader.follow("/feed")
    await reader.live(hours=72, step=1)
    assert 24 * HOUR <= await reader.wait() <= MOST * 24 * HOUR
    assert len(web.asked("/feed")) <= 8


@pytest.mark.parametrize(
    ("headers", "hours"),
    [
        ({"Cache-Control": "public, max-age=10800"}, 3),
        ({"Cache-Control": "max-age=10800", "Age": "3600"}, 2),
        ({"Expires": "Mon, 09 Mar 2026 17:00:00 GMT"}, 5),
        ({"Expires": "Mon, 09 Mar 2026 17:00:00 GMT", "Cache-Control": "max-age=7200"}, 2),
    ],
    ids=["max-age", "max-age less its age", "Expires", "max-age before Expires"],
)
async def test_an_answer_is_not_asked_for_again_while_it_is_fresh(
    reader: Reader, web: WebServer, headers: dict[str, str], hours: int
) -> None:
    web.script["/feed"] = Answer(feed("Un"), headers={"ETag": '"1"', **headers})
    await reader.follow("/feed")
    assert hours * HOUR <= await reader.wait() <= MOST * hours * HOUR


@pytest.mark.parametrize(
    ("channel", "hours"),
    [
        ("<ttl>240</ttl>", 4),
        (
            DAILY + FOUR_TIMES,
            6,
        ),
    ],
    ids=["ttl", "sy:updatePeriod"],
)
async def test_what_the_document_asks_for_holds_also_after_answers_without_one(
    reader: Reader, web: WebServer, channel: str, hours: int
) -> None:
    web.script["/feed"] = serving(feed("Un", extra=channel), etag='"1"')
    await reader.follow("/feed")
    for _ in range(2):
        assert hours * HOUR <= await reader.wait() <= MOST * hours * HOUR
        await reader.live(hours=hours * MOST, step=0.1)
    assert len(web.asked("/feed")) == 3


async def test_nobody_is_asked_in_the_hours_and_days_a_feed_names(
    reader: Reader, web: WebServer, clock: FakeClock
) -> None:
    night = "".join(f"<hour>{hour}</hour>" for hour in (*range(6), 22, 23))
    asks = f"<skipHours>{night}</skipHours><skipDays><day>Tuesday</day></skipDays>"
    body, times = feed("Un", extra=asks), list[datetime]()

    def answer(asked: Asked) -> Answer:
        times.append(clock.now())
        return serving(body, etag='"1"')(asked)

    web.script["/feed"] = answer
    await reader.follow("/feed")
    await reader.live(hours=72, step=0.5)
    assert len(times) > 8
    assert not [moment for moment in times if moment.hour in {*range(6), 22, 23}]
    assert {moment.strftime("%A") for moment in times} == {"Monday", "Wednesday", "Thursday"}


# --- Refusals ---


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("written", ["18000", "Mon, 09 Mar 2026 17:00:00 GMT"], ids=["seconds", "date"])
async def test_retry_after_is_honoured_in_both_forms(reader: Reader, web: WebServer, status: int, written: str) -> None:
    web.script["/feed"] = Answer(status=status, headers={"Retry-After": written})
    await reader.follow("/feed")
    await reader.live(hours=4.75)
    assert len(web.asked("/feed")) == 1
    await reader.live(hours=1)
    assert len(web.asked("/feed")) == 2


async def test_errors_are_met_with_ever_longer_pauses_up_to_a_day_and_heal_by_themselves(
    reader: Reader, web: WebServer
) -> None:
    web.script["/feed"] = Answer(status=500)
    await reader.follow("/feed")
    waits = []
    for _ in range(7):
        waits.append(await reader.wait())
        await reader.live(hours=waits[-1] / HOUR, step=waits[-1] / HOUR)
    assert waits == sorted(waits)
    assert waits[3] >= 8 * HOUR
    assert waits[-1] <= MOST * 24 * HOUR
    web.script["/feed"] = serving(feed("Un"), etag='"1"')
    await reader.live(hours=30, step=1)
    _, reading = await reader.one()
    assert (reading.failures, reading.error_key) == (0, None)


async def test_a_feed_that_is_gone_is_never_asked_again(reader: Reader, web: WebServer, clock: FakeClock) -> None:
    web.script["/feed"] = Answer(status=410)
    await reader.follow("/feed")
    await reader.live(hours=72, step=1)
    followed, reading = await reader.one()
    assert followed.state is FeedState.GONE
    assert len(web.asked("/feed")) == 1
    assert feed_news(followed.state, reading, None, clock.now()) is FeedNews.GONE  # moderators are told


# --- Redirects ---


@pytest.mark.parametrize("status", [301, 308])
async def test_a_permanent_redirect_moves_the_feed_for_good(reader: Reader, web: WebServer, status: int) -> None:
    web.script["/old"], web.script["/new"] = moved("/new", status), serving(feed("Un"), etag='"1"')
    await reader.follow("/old")
    await reader.live(hours=6)
    assert len(web.asked("/old")) == 1
    assert len(web.asked("/new")) >= 2


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_passing_redirect_leaves_the_feed_where_it_is(reader: Reader, web: WebServer, status: int) -> None:
    web.script["/here"], web.script["/there"] = moved("/there", status), serving(feed("Un"), etag='"1"')
    await reader.follow("/here")
    await reader.live(hours=6)
    assert len(web.asked("/here")) == len(web.asked("/there")) >= 2


@pytest.mark.parametrize("target", [Answer(status=500), Answer(b"<html><body>Bonjour</body></html>")])
async def test_a_permanent_redirect_to_something_unreadable_moves_nothing(
    reader: Reader, web: WebServer, target: Answer
) -> None:
    web.script["/old"], web.script["/new"] = moved("/new"), target
    await reader.follow("/old")
    followed, _ = await reader.one()
    assert followed.spec.url == web.url("/old")


# --- Who is asking ---


async def test_the_bot_says_who_it_is_takes_gzip_and_carries_nothing_else(reader: Reader, web: WebServer) -> None:
    def answer(asked: Asked) -> Answer:
        packed = "gzip" in asked.headers["accept-encoding"]
        headers = {"Set-Cookie": "seen=1", "Content-Encoding": "gzip" if packed else "identity"}
        return Answer(gzip.compress(feed("Un")) if packed else feed("Un"), headers=headers)

    web.script["/feed"] = answer
    await reader.follow("/feed")
    await reader.live(hours=6)
    asked = [request.headers for request in web.asked("/feed")]
    assert len(asked) >= 2
    assert all(headers["user-agent"].startswith("Depeche/") for headers in asked)
    assert all("(+https://" in headers["user-agent"] for headers in asked)
    assert not any({"cookie", "referer", "authorization"} & set(headers) for headers in asked)
    async with reader.poller.store.read() as unit:
        assert [article.title for article in await unit.articles.unread(1, 10)] == ["Un"]


async def test_requests_to_one_host_are_spaced_and_never_two_at_once(
    store: SqlStore, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = list[float]()

    def begin(asked: Asked) -> Answer:
        times.append(asked.at)
        return Answer(feed("Un"), delay=0.05)

    script: dict[str, Callable[[Asked], Answer]] = {f"/f{number}": begin for number in range(3)}
    async with WebServer(script) as web:
        # The address guard exempts what is allowed from spacing too, so here loopback counts as public instead.
        monkeypatch.setattr("bot.adapters.web.fetch.require_public", lambda _: None)
        monkeypatch.setattr("bot.adapters.web.guard.is_public", lambda _: True)
        async with (
            WebFetcher(user_agent="x", spacing_seconds=0.2, clock=SystemClock()) as fetcher,
            FeedParser() as parser,
        ):
            poller = Poller(store, fetcher, parser, clock, "me", HOUR)
            async with store.write() as unit:
                await unit.feeds.reconcile([FeedSpec(web.url(path)) for path in script])
            await poller.due()
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) == 2
    assert all(gap >= 0.24 for gap in gaps)  # the answer, which takes 0.05 s, and then the pause
