"""Well-formed RSS, RDF and Atom straight from the XML parser: a fifteenth of what feedparser costs.

It reads what it knows and leaves everything else (broken documents, document type declarations, ``xml:base``, unknown
roots) to ``tolerant``; a test compares the two on every document both can read.
"""

from __future__ import annotations

import html
from xml.parsers import expat

from bot.adapters.web.manners import skipped
from bot.adapters.web.raw import RawEntry, RawFeed
from bot.adapters.web.vocabulary import ATOM, CONTAINERS, DATES, FIELDS, MEDIA, RDF, ROOTS

MOST_ITEMS = 2_000
"""Items kept of one document; the rest is counted. A hostile one may hold hundreds of thousands."""

_XML = "http://www.w3.org/XML/1998/namespace "
_WEB_PAGE = frozenset({"", "text/html", "html", "application/xhtml+xml"})
_TEXTUAL = ("text", "html", "xhtml", "application/xhtml+xml", "application/xml")


class _Unusual(Exception):
    """Something this reader does not understand."""


def read(text: str) -> RawFeed | None:
    """The document, or None where ``tolerant`` must read it."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 65_536
    reading = _Reading()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8"), True)
    except (expat.ExpatError, _Unusual, UnicodeEncodeError):
        return None
    reading.feed.skipped_hours, reading.feed.skipped_days = skipped(text)
    return reading.feed


def _refuse(*_: object) -> None:
    """No declarations, so no entities: nothing to expand, nothing to fetch."""
    raise _Unusual


class _Reading:
    """What has been read so far. A field is an element directly inside the channel, the feed or an item."""

    def __init__(self) -> None:
        self.feed = RawFeed()
        self._depth = 0
        self._holder: RawFeed | RawEntry | None = None
        self._holder_depth = 0
        self._field = ""
        self._attributes: dict[str, str] = {}
        self._parts: list[str] = []
        self._media = False
        self._dates: list[tuple[int, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if self._field:
            self._parts.append(f"<{name.rpartition(' ')[2]}>")
            return
        name = name if name in FIELDS else name.lower()
        if _XML + "base" in attributes:
            raise _Unusual
        if self._depth == 1:
            self._root(name, attributes)
        elif name in CONTAINERS:
            self._open(CONTAINERS[name], attributes)
        elif name in FIELDS and self._depth == self._holder_depth + 1:
            self._begin(FIELDS[name], attributes)
        elif name.startswith(MEDIA):
            self._media = True

    def data(self, text: str) -> None:
        """Characters between tags."""
        if self._field:
            xhtml = self._attributes.get("type") in {"xhtml", "application/xhtml+xml"} or self._field == "body"
            self._parts.append(html.escape(text, quote=False) if xhtml else text)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._field and self._depth > self._holder_depth + 1:
            self._parts.append(f"</{name.rpartition(' ')[2]}>")
        elif self._field:
            self._finish()
        elif self._holder is not None and self._depth == self._holder_depth:
            self._close()
        self._depth -= 1

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name not in ROOTS:
            raise _Unusual
        self.feed.language = attributes.get(_XML + "lang", "")
        if name == ATOM + "feed":
            self.feed.relative_to_document = True
            self._holder, self._holder_depth = self.feed, 1

    def _open(self, kind: str, attributes: dict[str, str]) -> None:
        """A channel or an item. An item inside another one, or too deep, is not what it says."""
        if isinstance(self._holder, RawEntry) or self._depth > 3:
            raise _Unusual
        self._holder_depth = self._depth
        if kind == "channel":
            self._holder = self.feed
            return
        self._holder = RawEntry(guid=attributes.get(RDF + "about", ""), language=attributes.get(_XML + "lang", ""))
        self._dates = []
        if len(self.feed.entries) < MOST_ITEMS:
            self.feed.entries.append(self._holder)
        else:
            self.feed.uncounted += 1

    def _close(self) -> None:
        """Back to the channel, or to the root where an item stands beside it (RDF)."""
        if isinstance(self._holder, RawEntry):
            if self._media and not (self._holder.title and (self._holder.summary or self._holder.content)):
                raise _Unusual  # what it has to say may stand in the media elements
            self._holder.dates = [written for _, written in sorted(self._dates, key=lambda date: date[0])]
            if self._holder.guid_is_link and not self._holder.link:
                self._holder.link = self._holder.guid
            else:
                self._holder.guid_is_link = False
            self._holder = self.feed
        self._holder_depth = self._depth - 1

    def _begin(self, field: str, attributes: dict[str, str]) -> None:
        self._field = field
        self._attributes = {name.lower(): value for name, value in attributes.items()} if attributes else {}
        self._parts = []
        if field in _PLAIN_OR_MARKED and not self._is_text():
            raise _Unusual

    def _is_text(self) -> bool:
        return self._attributes.get("type", "text").startswith(_TEXTUAL) and "mode" not in self._attributes

    def _finish(self) -> None:
        field, value = self._field, "".join(self._parts).strip()
        self._field = ""
        if isinstance(self._holder, RawEntry):
            self._fill_entry(self._holder, field, value)
        elif field in _FEED_FIELDS and value:
            current = getattr(self.feed, field)
            setattr(self.feed, field, current if current and field != "language" else value)
        elif field in {"href", "link"}:
            self.feed.link = self.feed.link or self._alternate()

    def _fill_entry(self, entry: RawEntry, field: str, value: str) -> None:
        if field in DATES:
            if value:
                self._dates.append((DATES[field], value))
        elif field == "href":
            entry.link = entry.link or self._alternate()
        elif field == "guid":
            entry.guid = value
            entry.guid_is_link = self._attributes.get("ispermalink", "true") == "true" and not self._atom()
        elif field in {"content", "body"}:
            if self._is_text() and len(value) > len(entry.content):
                entry.content = value
        elif field == "link" and not value:
            entry.link = entry.link or self._alternate()
        elif field in _ENTRY_FIELDS and value and not getattr(entry, field):
            setattr(entry, field, value)

    def _alternate(self) -> str:
        """An Atom link's address, where it leads to the page rather than to the feed itself or a file."""
        link = self._attributes
        is_page = link.get("rel", "alternate").lower() == "alternate" and link.get("type", "").lower() in _WEB_PAGE
        return link.get("href", "").strip() if is_page else ""

    def _atom(self) -> bool:
        return self.feed.relative_to_document


_PLAIN_OR_MARKED = frozenset({"title", "summary"})
_FEED_FIELDS = frozenset({"title", "link", "language", "ttl", "update_period", "update_frequency"})
_ENTRY_FIELDS = frozenset({"title", "link", "summary", "language", "original_link"})
