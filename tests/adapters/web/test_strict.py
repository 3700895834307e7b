"""The quick reader: it declines what it does not understand, and agrees with feedparser on what it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.web import strict, tolerant
from bot.adapters.web.entries import Place, entries_of
from bot.adapters.web.raw import RawFeed
from tests.adapters.web.documents import ATOM, RDF, item, rss

PLACE = Place("https://journal.test/", datetime(2025, 2, 10, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    "document",
    [
        "",
        "Bonjour.",
        rss(item())[:-3],
        rss(item(title="Kyiv & Moscou")),
        rss(item(title="&nbsp;")),
        rss(item()).replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss', 1),
        ATOM.replace("<feed ", '<feed xml:base="https://other.test/" ', 1),
        ATOM.replace('type="html"', 'type="application/octet-stream"'),
        rss(f"<item><title>x</title>{item()}</item>"),
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><item/></body></html>",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>x</title></feed>',
        "<sitemap/>",
        rss("<item><media:title xmlns:media='http://search.yahoo.com/mrss/'>x</media:title></item>"),
    ],
)
def test_it_leaves_to_feedparser_what_it_does_not_understand(document: str) -> None:
    assert strict.read(document) is None


def test_a_pictures_title_and_the_channels_image_are_not_the_articles() -> None:
    image = "<image><title>Logo</title><link>https://journal.test/logo</link><url>x</url></image>"
    media = (
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' url='x'><media:title>Photo</media:title>"
        "<media:description>Une légende.</media:description></media:content><description>Un texte.</description>"
    )
    feed = strict.read(rss(item(media), image))
    assert feed is not None
    assert (feed.title, feed.link) == ("Le Journal", "https://journal.test/")
    assert (feed.entries[0].summary, feed.entries[0].content) == ("Un texte.", "")


def test_it_reads_both_kinds_of_link_and_prefers_the_page() -> None:
    links = (
        "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='https://journal.test/self'/>"
        "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='https://journal.test/page'/>"
    )
    feed = strict.read(rss(f"<item><title>x</title>{links}</item>", links))
    assert feed is not None
    assert feed.entries[0].link == "https://journal.test/page"
    assert feed.link == "https://journal.test/"


words = st.text(st.sampled_from("abcdéàœ’« »…<>&\"' \n;#xЖ🇺"), max_size=20)
marked = st.builds("<p>{}</p>\n<ul><li>{}</li></ul>".format, words, words)


def element(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element around a value, escaped or in CDATA, or nothing."""
    cdata = values.map(lambda value: f"<{name}><![CDATA[{value.replace(']]>', '')}]]></{name}>")
    escaped = values.map(lambda value: f"<{name}>{escape(value)}</{name}>")
    return cdata | escaped | st.just("")


items = st.tuples(
    element("title", words),
    element(
        "link", st.sampled_from(["https://journal.test/1", "/a?b=1&c=2", "javascript:x", " https://journal.test/é "])
    ),
    element("guid", st.sampled_from(["https://journal.test/2", "12", ""]))
    | st.just('<guid isPermaLink="false">7</guid>'),
    element("description", words | marked),
    element("content:encoded", marked),
    element("pubDate", st.sampled_from(["Mon, 10 Feb 2025 09:00:00 +0000", "09/02/2025 18:05", "hier"])),
    element("dc:date", st.sampled_from(["2025-02-10T08:00:00Z", ""])),
    element("category", words),
).map(lambda parts: f"<item>{''.join(parts)}</item>")


@settings(max_examples=150, deadline=None)
@given(st.lists(items, max_size=3), st.booleans())
def test_it_agrees_with_feedparser_on_generated_feeds(written: list[str], skips: bool) -> None:
    channel = "<ttl>60</ttl><skipDays><day>Sunday</day></skipDays><language>fr</language>" if skips else ""
    agree(rss("".join(written), channel))


@pytest.mark.parametrize("document", [ATOM, RDF, rss(item("<description>Un texte.</description>"))])
def test_it_agrees_with_feedparser_on_every_format(document: str) -> None:
    agree(document)


def agree(document: str) -> None:
    quick, slow = strict.read(document), tolerant.read(document)
    assert quick is not None
    assert slow is not None
    assert entries_of(quick.entries, PLACE) == entries_of(slow.entries, PLACE)
    assert without_entries(quick) == without_entries(slow)


def without_entries(feed: RawFeed) -> RawFeed:
    return replace(feed, entries=[])
