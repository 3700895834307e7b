"""The quick reader: it declines every document that is not ordinary, and agrees with feedparser on those that are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import fastfeedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.web import quick, tolerant
from bot.adapters.web.entries import Place, entries_of
from bot.adapters.web.raw import RawFeed
from tests.adapters.web.documents import ATOM, RDF, item, rss

PLACE = Place("https://journal.test/", datetime(2025, 2, 10, 12, tzinfo=UTC))
DATE = "<pubDate>Mon, 10 Feb 2025 09:00:00 +0000</pubDate>"
GUID = '<guid isPermaLink="false">https://journal.test/?p=7</guid>'
MEDIA = "xmlns:media='http://search.yahoo.com/mrss/'"
ATOM_LINK = "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' {}/>"
UNFINISHED = "Un accord {} n’est pas confirmé"

TWICE = "Une trêve à Kyiv".encode().decode("latin-1")
"""UTF-8 taken for Latin-1, which feedparser sets right."""


def ordinary(inner: str = "", title: str = "Une trêve proposée", channel: str = "") -> str:
    return rss(item(DATE + GUID + inner, title=title), channel)


@pytest.mark.parametrize(
    "document",
    [
        "",
        "Bonjour.",
        "https://journal.test/feed",
        "/etc/passwd",
        ordinary()[:-3],
        ordinary(title="Kyiv & Moscou"),
        ordinary(title="&nbsp;"),
        ordinary(title=UNFINISHED.format("<b>de paix</b>")),
        ordinary(title=UNFINISHED.format("<!-- de paix -->")),
        ordinary(title=UNFINISHED.format("<?x de paix?>")),
        ordinary(title=""),
        ordinary(title=TWICE),
        ordinary(f"<description>{TWICE}</description>"),
        ordinary(f"<content:encoded>{TWICE}</content:encoded>"),
        ordinary("<!-- relu -->"),
        ordinary().replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss', 1),
        ordinary().replace("<rss ", "<rss xml:base='https://other.test/' ", 1),
        ordinary("<description xml:lang='en'>A text.</description>"),
        ordinary(f"<media:title {MEDIA}>Une photo</media:title>"),
        ordinary(f"<media:description {MEDIA}>Une légende.</media:description>"),
        ordinary("<dc:title>Un autre titre</dc:title>"),
        ordinary("<dc:language>uk</dc:language>"),
        ordinary("<title>Un second titre</title>"),
        ordinary("<description type='xhtml'>Un texte.</description>"),
        ordinary(ATOM_LINK.format("href='https://journal.test/page'")),
        ordinary(channel=ATOM_LINK.format("rel='alternate' href='https://journal.test/page'")),
        ordinary(channel="<dc:language>fr</dc:language>"),
        ordinary(channel="<title>Un second titre</title>"),
        rss(item(DATE)),
        rss(item(GUID)),
        rss(item(GUID + "<pubDate>09/02/2025 18:05</pubDate>")),
        rss(item(GUID + "<pubDate>Sun, 09 Feb 2025 11:00:00 +0009</pubDate>")),
        rss(item(GUID + "<pubDate>dim., 09 févr. 2025</pubDate>")),
        rss(item(DATE + GUID, link="")),
        rss(f"<item><title>x</title>{DATE}{GUID}</item>"),
        rss(item(DATE + GUID) + item(GUID)),
        rss(f"<item><title>x</title>{item(DATE + GUID)}</item>"),
        rss(item(DATE + GUID), channel="<category>" * 300 + "</category>" * 300),
        ATOM,
        RDF,
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><item/></body></html>",
        "<sitemap/>",
    ],
)
def test_it_leaves_to_feedparser_what_is_not_ordinary(document: str) -> None:
    assert quick.read(document) is None


def test_the_library_alone_would_say_the_opposite() -> None:
    """Why only ordinary documents may reach it; where this fails, the library has learnt to read on."""
    document = ordinary(title=UNFINISHED.format("<b>de paix</b>"))
    assert fastfeedparser.parse(document.encode()).entries[0].title == "Un accord"


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:9/feed", "https://127.0.0.1:9/", "file:///etc/passwd", "/etc/passwd"]
)
def test_an_address_or_a_path_is_never_opened(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError(text)

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert quick.read(text) is None
    with pytest.raises(ValueError, match="parse"):  # as bytes: what ``quick`` gives it
        fastfeedparser.parse(text.encode())


def test_a_pictures_text_and_the_channels_image_are_not_the_articles() -> None:
    image = "<image><title>Logo</title><link>https://journal.test/logo</link><url>x</url></image>"
    media = (
        f"<media:content {MEDIA} url='x'><media:title>Photo</media:title>"
        "<media:description>Une légende.</media:description></media:content><description>Un texte.</description>"
    )
    feed = quick.read(ordinary(media, channel=image))
    assert feed is not None
    assert (feed.title, feed.link) == ("Le Journal", "https://journal.test/")
    (entry,) = feed.entries
    assert (entry.title, entry.summary, entry.content) == ("Une trêve proposée", "Un texte.", "")


@pytest.mark.parametrize("space", [" ", "\t", "\n"])
def test_the_encoding_a_document_declares_no_longer_holds_once_it_is_text(space: str) -> None:
    document = ordinary().partition("?>")[2]
    feed = quick.read(f'<?xml{space}version="1.0"{space}encoding="ISO-8859-1"?>{document}')
    assert feed is not None
    assert feed.entries[0].title == "Une trêve proposée"


def test_a_channels_link_to_itself_is_not_its_page() -> None:
    feed = quick.read(ordinary(channel=ATOM_LINK.format("rel='self' href='https://journal.test/self'")))
    assert feed is not None
    assert feed.link == "https://journal.test/"


words = st.text(st.sampled_from("abcdéàœ’« »…<>&\"' \n;#xЖ🇺"), max_size=20)
marked = st.builds("<p>{}</p>\n<ul><li>{}</li></ul>".format, words, words)


def element(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element around a value, escaped or in CDATA."""
    cdata = values.map(lambda value: f"<{name}><![CDATA[{value.replace(']]>', '')}]]></{name}>")
    return cdata | values.map(lambda value: f"<{name}>{escape(value)}</{name}>")


links = st.sampled_from(["https://journal.test/1", "/a?b=1&c=2", "javascript:x", " https://journal.test/é "])
dates = st.sampled_from(["Mon, 10 Feb 2025 09:00:00 +0000", "Mon, 10 Feb 2025 09:00:00 +0530"])
items = st.tuples(
    element("title", words.map("T{}".format)),
    element("link", links),
    element("guid", st.sampled_from(["https://journal.test/2", "12"])) | st.just(GUID),
    element("pubDate", dates),
    st.just("") | element("description", words | marked),
    st.just("") | element("content:encoded", marked),
    st.just("") | element("dc:date", st.sampled_from(["2025-02-10T08:00:00Z", ""])),
    st.just("") | element("category", words),
).map(lambda parts: f"<item>{''.join(parts)}</item>")


@settings(max_examples=150, deadline=None)
@given(st.lists(items, max_size=3), st.booleans())
def test_it_agrees_with_feedparser_on_generated_feeds(written: list[str], skips: bool) -> None:
    manners = "<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
    channel = f"{manners}<skipDays><day>Sunday</day></skipDays><language>fr</language>" if skips else ""
    document = rss("".join(written), channel)
    fast, slow = quick.read(document), tolerant.read(document)
    assert fast is not None
    assert slow is not None
    assert entries_of(fast.entries, PLACE) == entries_of(slow.entries, PLACE)
    assert without_entries(fast) == without_entries(slow)


def without_entries(feed: RawFeed) -> RawFeed:
    return replace(feed, entries=[])
