"""The elements of RSS, RDF and Atom that we read, under the names the XML parser gives them: namespace, space, name."""

from __future__ import annotations

ATOM = "http://www.w3.org/2005/atom "
"""Lower case, like every key here: publishers' capitals differ."""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_RSS1 = "http://purl.org/rss/1.0/ "
_RSS09 = "http://my.netscape.com/rdf/simple/0.9/ "
_DC = "http://purl.org/dc/elements/1.1/ "
_TERMS = "http://purl.org/dc/terms/ "
_SY = "http://purl.org/rss/1.0/modules/syndication/ "
_CONTENT = "http://purl.org/rss/1.0/modules/content/ "
_FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0 "
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd "
_XHTML = "http://www.w3.org/1999/xhtml "
MEDIA = "http://search.yahoo.com/mrss"

ROOTS = frozenset({"rss", RDF + "rdf", ATOM + "feed"})
CONTAINERS = {ATOM + "entry": "entry"} | {
    namespace + name: kind
    for namespace in ("", _RSS1, _RSS09)
    for name, kind in (("channel", "channel"), ("item", "entry"))
}
_RSS = {
    "title": "title",
    "link": "link",
    "description": "summary",
    "guid": "guid",
    "pubdate": "published",
    "language": "language",
    "ttl": "ttl",
    "summary": "summary",
    "fullitem": "content",
    "body": "body",
}
_ATOM = {
    "id": "guid",
    "title": "title",
    "link": "href",
    "summary": "summary",
    "content": "content",
    "published": "published",
    "updated": "updated",
}
FIELDS: dict[str, str] = (
    {namespace + name: field for namespace in ("", _RSS1, _RSS09) for name, field in _RSS.items()}
    | {"pubDate": "published"}
    | {ATOM + name: field for name, field in _ATOM.items()}
    | {
        _DC + "title": "title",
        _DC + "description": "summary",
        _DC + "date": "updated",
        _DC + "language": "language",
        _TERMS + "issued": "published",
        _TERMS + "created": "created",
        _TERMS + "modified": "updated",
        _SY + "updateperiod": "update_period",
        _SY + "updatefrequency": "update_frequency",
        _CONTENT + "encoded": "content",
        _FEEDBURNER + "origlink": "original_link",
        _ITUNES + "summary": "summary",
        _XHTML + "body": "body",
    }
)
"""Element → the field of ``raw`` it fills; ``href`` is an Atom link, ``body`` is content written as XHTML."""

DATES = {"published": 0, "created": 1, "updated": 2}
"""Best first."""
