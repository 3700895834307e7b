"""Feed documents written for these tests, and short ways to read them."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.adapters.web.document import parsed
from bot.domain.article import Entry, ParsedFeed

SEEN = datetime(2025, 2, 10, 12, tzinfo=UTC)
URL = "https://journal.test/feed/"
TITLE = "Une trêve proposée à Kyiv"

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>The Paper</title>
<link rel="self" href="https://paper.test/atom"/><link href="https://paper.test/"/>
<updated>2025-02-10T10:00:00Z</updated><entry><id>tag:paper.test,2025:1</id>
<title type="html">{TITLE} &lt;b&gt;now&lt;/b&gt;</title><link rel="alternate" href="/a/1"/>
<link rel="enclosure" href="https://paper.test/a.mp3"/><published>2025-02-10T09:00:00+01:00</published>
<updated>2025-02-10T11:00:00Z</updated><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>First <em>paragraph</em>, long enough.</p><p>Second.</p></div></content>
</entry></feed>"""
RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://journal.test/"><title>Le Journal</title>
<link>https://journal.test/</link><dc:language>fr</dc:language></channel><item rdf:about="https://journal.test/1">
<title>{TITLE}</title><link>https://journal.test/1</link><dc:date>2025-02-10T09:00:00+01:00</dc:date>
<description>Un texte.</description></item></rdf:RDF>"""


def rss(items: str, channel: str = "", version: str = "2.0") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="{version}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Le Journal</title>'
        f"<link>https://journal.test/</link><description>d</description>{channel}{items}</channel></rss>"
    )


def item(inner: str = "", title: str = TITLE, link: str = "https://journal.test/1") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{inner}</item>"


def read(document: str | bytes, content_type: str = "application/rss+xml") -> ParsedFeed:
    body = document.encode() if isinstance(document, str) else document
    return parsed(body, URL, content_type, SEEN)


def only(document: str | bytes) -> Entry:
    (entry,) = read(document).entries
    return entry
