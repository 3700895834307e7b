"""An article's page → its text, or nothing where the publisher reserves it. Pure, and linear in the page's length.

Paragraphs are collected in one pass with the elements that hold them; the text is that of the most telling holder
(``entry-content`` and its kin, ``article``, ``main``, the body) with enough prose in it. No tree is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.adapters.web.charset import decoded
from bot.adapters.web.page_rights import reserved
from bot.adapters.web.plain import plain, plain_line, shortened

MAX_PAGE = 800_000
"""Characters read of a page."""
MAX_TEXT = 30_000
ENOUGH = 400
"""Characters below which what was found is no article."""
MAX_DEPTH = 200
"""Open elements remembered; pages that nest deeper are not written by newspapers."""
LINKED = 0.4
"""A paragraph with this share of linked words leads elsewhere."""
SHORTEST = 40
"""Characters of a line without a full stop that still counts as prose."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})((?:[^<>\"']++|\"[^\"]{0,5000}+\"|'[^']{0,5000}+')*+)>")
_CLOSED = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "noscript", "svg", "template")
}
_HOLDERS = frozenset({"article", "main", "body", "div", "section"})
_ASIDE = frozenset({"nav", "aside", "footer", "header", "form", "figure", "figcaption", "button", "select", "table"})
_PROSE = frozenset({"p", "blockquote", "li", "h2", "h3", "h4"})
_ENDS_PROSE = _HOLDERS | _ASIDE | _PROSE | {"ul", "ol", "h1"}
_CONTENT = re.compile(
    r"\b(?:class|id|itemprop)\s*=\s*[\"'][^\"']*"
    r"(?:entry-content|post-content|post-body|article-?_*body|article-?_*content|article-?_*text|story-?_*body|td-post-content"
    r"|single-content|the-content|content-?_*body|body-?_*text|texte-?_*article|field--name-body|rich-?text)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:class|id|role)\s*=\s*[\"'](?:[^\"']*\s)?(?:(?:post|entry|article|wp-block|site|page)[_-]+)?"
    r"(?:related|share|sharing|social|newsletter|comment|promo|advert|cookie|consent|sidebar|breadcrumb|caption|byline"
    r"|author-|tags|widget|navigation|menu|footer|a-lire|lire-aussi|read-more|jp-relatedposts|sharedaddy|mentions)",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b[^>]{0,2000}>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_ENDED = re.compile(r"[.!?…:»”\"')\]]\Z")
_RANKS = {"body": 0, "main": 1, "article": 2}
_CONTENT_RANK = 3


@dataclass(slots=True)
class _Open:
    """An element that is open while the page is read."""

    name: str
    start: int
    paragraphs: int
    """How many there were before it."""
    rank: int | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class _Holder:
    """An element that may be the article."""

    rank: int
    start: int
    end: int
    paragraphs: tuple[int, int]


def text_of(body: bytes, content_type: str) -> str | None:
    """The article's text, a paragraph a line; None where it is reserved, behind a paywall, or not to be found."""
    page = decoded(body, content_type)[:MAX_PAGE]
    if reserved(page):
        return None
    reading = _Reading(page)
    reading.run()
    text = shortened("\n".join(dict.fromkeys(reading.best())), MAX_TEXT)
    return text if len(text) >= ENOUGH else None


class _Reading:
    """One pass over a page."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._open: list[_Open] = []
        self._asides = 0
        self._prose: tuple[str, int] | None = None
        self._paragraphs: list[str] = []
        self._characters = [0]
        self._holders: list[_Holder] = []

    def run(self) -> None:
        """Read the page to its end."""
        position = 0
        while (opening := self._page.find("<", position)) >= 0:
            if self._page.startswith("<!--", opening):
                end = self._page.find("-->", opening + 4)
                position = len(self._page) if end < 0 else end + 3
                continue
            tag = _TAG.match(self._page, opening)
            position = opening + 1 if tag is None else self._take(tag)
        while self._open:
            self._close(len(self._page))

    def best(self) -> list[str]:
        """The paragraphs of the most telling element that has enough of them."""
        for rank in range(_CONTENT_RANK, -1, -1):
            holders = [holder for holder in self._holders if holder.rank == rank]
            richest = max(holders, key=self._amount, default=None)
            if richest is not None and self._amount(richest) >= ENOUGH:
                return self._paragraphs[slice(*richest.paragraphs)]
            if richest is not None and rank >= _RANKS["article"]:
                lines = _lines(max(holders, key=lambda holder: holder.end - holder.start), self._page)
                if sum(map(len, lines)) >= ENOUGH:
                    return lines
        return []

    def _amount(self, holder: _Holder) -> int:
        first, last = holder.paragraphs
        return self._characters[last] - self._characters[first]

    def _take(self, tag: re.Match[str]) -> int:
        """A tag; where reading goes on."""
        closing, name, attributes = bool(tag[1]), tag[2].lower(), tag[3]
        if name in _CLOSED and not closing:
            end = _CLOSED[name].search(self._page, tag.end())
            return end.end() if end else len(self._page)
        if name in _ENDS_PROSE:
            self._end_prose(tag.start())
        if name in _PROSE and not closing and not self._asides:
            self._prose = (name, tag.end())
        if name in _HOLDERS or name in _ASIDE:
            if closing:
                self._close_named(name, tag.start())
            elif not attributes.endswith("/"):
                self._begin(name, attributes, tag.end())
        return tag.end()

    def _begin(self, name: str, attributes: str, start: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            return
        rank = _CONTENT_RANK if name != "body" and _CONTENT.search(attributes) else _RANKS.get(name)
        # A theme may call its whole page "has-sidebar": what holds the article is never aside.
        aside = name in _ASIDE or (rank is None and _BESIDE.search(attributes) is not None)
        self._asides += aside
        self._open.append(_Open(name, start, len(self._paragraphs), rank, aside))

    def _close_named(self, name: str, end: int) -> None:
        """Close the innermost element of that name, and what was left open in it; a stray end closes nothing."""
        if any(element.name == name for element in self._open):
            while self._close(end) != name:
                pass

    def _close(self, end: int) -> str:
        self._end_prose(end)
        element = self._open.pop()
        self._asides -= element.aside
        if element.rank is not None and not self._asides:
            between = (element.paragraphs, len(self._paragraphs))
            self._holders.append(_Holder(element.rank, element.start, end, between))
        return element.name

    def _end_prose(self, end: int) -> None:
        if self._prose is None:
            return
        (name, start), self._prose = self._prose, None
        if name in {"h2", "h3", "h4"} or end - start <= SHORTEST // 2:
            return
        markup = self._page[start:end]
        text = plain_line(markup)
        if _is_prose(text) and _linked(markup) < LINKED * len(text):
            self._paragraphs.append(text)
            self._characters.append(self._characters[-1] + len(text))


def _is_prose(text: str) -> bool:
    return len(text) >= SHORTEST or (len(text) > SHORTEST // 2 and _ENDED.search(text) is not None)


def _linked(markup: str) -> int:
    """Characters of its links' words."""
    return sum(len(plain_line(link)) for link in _LINK.findall(markup)) if "<a" in markup else 0


def _lines(holder: _Holder, page: str) -> list[str]:
    """The prose of an element without paragraphs: lines parted by ``<br>``."""
    return [line for line in plain(page[holder.start : holder.end]).split("\n") if len(line) >= 2 * SHORTEST]
