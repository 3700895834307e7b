"""Full text from the operator's side: asked for in feeds.yaml, read on the publisher's terms, let go of in time."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.adapters.sql.store import SqlStore
from bot.services.upkeep import Upkeep
from tests.end_to_end.conftest import Operator
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer

TITLE = "Ukraine : Kiev et Moscou échangent {} prisonniers"
BEGINNING = "Kiev et Moscou ont échangé des prisonniers lundi, selon les deux ministères de la défense."
DETAIL = "Les bus sont arrivés avant midi au poste de Novi Yarylovychi, où les familles attendaient depuis l’aube."
MORE = [f"{DETAIL} Le convoi numéro {number} est passé sans incident, a dit le gouverneur." for number in range(6)]
PROSE = f"<p>{BEGINNING}</p>" + "".join(f"<p>{paragraph}</p>" for paragraph in MORE)
PAYWALL = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
ROBOTS = Answer(b"User-agent: *\nDisallow: /closed/\n", content_type="text/plain")
PATHS = ("/open/1", "/closed/2", "/paid/3", "/reserved/4")


def page(head: str = "", **headers: str) -> Answer:
    markup = f"<html><head>{head}</head><body><nav>Menu</nav><article>{PROSE}</article></body></html>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(markup.encode(), headers=named, content_type="text/html; charset=utf-8")


def excerpts(site: WebServer, paths: tuple[str, ...]) -> bytes:
    now = datetime.now(UTC)
    items = "".join(
        f"<item><title>{TITLE.format(80 + number)}</title><link>{site.url(path)}</link><description>{BEGINNING} […]"
        f"</description><pubDate>{format_datetime(now - timedelta(hours=number + 1))}</pubDate></item>"
        for number, path in enumerate(paths)
    )
    return (
        f'<rss version="2.0"><channel><title>Le Journal</title><language>fr</language>{items}</channel></rss>'.encode()
    )


@pytest.fixture
async def site() -> AsyncIterator[WebServer]:
    """A newspaper that gives excerpts, and keeps some of its pages to itself."""
    async with WebServer() as server:
        server.script |= {
            "/robots.txt": ROBOTS,
            "/feed": lambda _: Answer(excerpts(server, PATHS)),
            "/short": lambda _: Answer(excerpts(server, ("/open/9",))),
            "/open/1": page(),
            "/closed/2": page(),
            "/paid/3": page(PAYWALL),
            "/reserved/4": page(TDM_Reservation="1"),
            "/open/9": page(),
        }
        yield server


@pytest.fixture
def reader(operator: Operator, site: WebServer) -> Operator:
    """An operator who wants the whole text of one feed, and of another what it gives."""
    listed = f"feeds:\n  - url: {site.url('/feed')}\n    full_text: true\n  - url: {site.url('/short')}\n"
    (operator.folder / "feeds.yaml").write_text(listed, encoding="utf-8")
    return replace(operator, environment=operator.environment | {"FETCH_ALLOW": f"127.0.0.1:{site.port}"})


def texts(folder: Path) -> dict[str, str]:
    """Path → the text kept of it."""
    with contextlib.closing(sqlite3.connect(folder / "data" / "depeche.db")) as database:
        rows = database.execute("SELECT url, text FROM articles").fetchall()
    return {urlsplit(url).path: text for url, text in rows}


async def test_pages_are_read_once_where_wanted_and_allowed_and_their_text_goes_after_a_month(
    reader: Operator, site: WebServer
) -> None:
    for _ in range(2):
        code, _, err = await reader.bot("poll", "--once", "--all")
        assert code == 0, err
    asked = [request.path for request in site.requests if request.path not in {"/feed", "/short"}]
    assert sorted(asked) == ["/.well-known/tdmrep.json", "/open/1", "/paid/3", "/reserved/4", "/robots.txt"]
    whole = "\n".join([BEGINNING, *MORE])
    assert texts(reader.folder) == dict.fromkeys((*PATHS, "/open/9"), "") | {"/open/1": whole}

    code, briefing, err = await reader.bot("brief", "--lang", "fr", "--format", "json")
    assert code == 0, err
    (point,) = json.loads(briefing)["points"]
    assert point["text"][:30] in whole  # written with what the page said

    store = await SqlStore.open(f"sqlite:///{reader.folder}/data/depeche.db")
    month_later = FakeClock(datetime.now(UTC) + timedelta(days=31))
    await Upkeep(store, month_later, "test", articles=timedelta(days=90), chats=timedelta(days=90)).turn()
    await store.close()
    assert texts(reader.folder) == dict.fromkeys((*PATHS, "/open/9"), "")
