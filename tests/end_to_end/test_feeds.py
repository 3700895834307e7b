"""Feeds from the command line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import feedlist
from tests.end_to_end.conftest import Operator
from tests.fakes.web import Answer, WebServer, feed


async def test_a_subscription_list_becomes_entries_on_one_channel_and_reasons_on_the_other(operator: Operator) -> None:
    outlines = (
        '<outline text="Dossier"><outline type="rss" text="Le Quai" xmlUrl="https://le-quai.example/feed"/></outline>'
        '<outline type="rss" text="Encore" xmlUrl="https://le-quai.example/feed"/>'
        '<outline type="rss" text="Programme" xmlUrl="|script.sh"/>'
    )
    (operator.folder / "list.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    code, out, err = await operator.bot("feeds", "import", "list.opml")
    assert code == 0
    assert [spec.url for spec in feedlist.parse(out).specs] == ["https://le-quai.example/feed"]
    assert "already in the list" in err
    assert "“|script.sh” is not a web address" in err
    assert "1 feed found" in err


async def test_a_file_that_is_no_subscription_list_is_refused_with_one_line(operator: Operator) -> None:
    (operator.folder / "list.opml").write_text("{}", encoding="utf-8")
    code, out, err = await operator.bot("feeds", "import", "list.opml")
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


async def test_a_replayed_poll_leaves_out_what_was_published_later(operator: Operator) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    code, then, _ = await operator.bot("poll", "--all", "--fetch-only", "--at", yesterday)
    assert code == 0
    _, now, _ = await operator.bot("poll", "--all", "--fetch-only")
    assert "0 new articles" in then
    assert "0 new articles" not in now


async def test_a_probe_says_what_a_feed_is_like(operator: Operator, address: str) -> None:
    listed = feedlist.read(operator.folder / "feeds.yaml").specs
    code, out, _ = await operator.bot("feeds", "probe", listed[0].url)
    assert code == 0
    assert listed[0].url in out
    assert "about the war" in out
    assert "a week" in out


async def test_a_wordpress_site_is_offered_with_its_own_search_where_more_of_that_is_about_the_war(
    operator: Operator,
) -> None:
    links = '<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="https://api.w.org/" href="/api">'
    war, other = "Ukraine : un missile russe frappe un dépôt près de Kharkiv", "Le marché aux fleurs rouvre dimanche"
    async with WebServer() as site:
        site.script |= {
            "/": Answer(f"<html><head>{links}</head></html>".encode(), content_type="text/html"),
            "/feed/": Answer(feed(war, other, other)),
            "/search/ukraine/feed/rss2/": Answer(feed(war, war)),
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /search/", content_type="text/plain"),
        }
        reader = replace(operator, environment=operator.environment | {"FETCH_ALLOW": f"127.0.0.1:{site.port}"})
        code, out, err = await reader.bot("feeds", "probe", site.url("/"))
        refused, _, reason = await reader.bot("feeds", "probe", "http://127.0.0.1:9/")
    assert (code, err) == (0, "")
    main, search = out[: out.index("/search/")], out[out.index("/search/") :]
    assert "/feed/" in main
    assert "33%" in main
    assert "100%" in search
    assert "robots.txt" in search
    assert (refused, len(reason.strip().splitlines())) == (1, 1)
