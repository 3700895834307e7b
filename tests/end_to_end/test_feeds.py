"""Feeds from the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot import feedlist
from tests.end_to_end.conftest import Operator


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
