"""An article's page → its text, or nothing where the publisher reserves it. For the worker process: it can be slow.

Where a page says which element is the article (WordPress's ``entry-content`` and its kin, schema.org's ``articleBody``,
``article``, ``main``), its paragraphs are the text. Where it does not, trafilatura guesses, if it is installed (the
extra ``extract``); else the whole body is taken for the article.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from bot.adapters.web.charset import decoded
from bot.adapters.web.invisible import visible
from bot.adapters.web.markup import text_in, tree_of
from bot.adapters.web.page_rights import reserved
from bot.adapters.web.plain import lines, plain_line, shortened

MAX_PAGE = 800_000
"""Characters read of a page."""
MAX_TEXT = 30_000
ENOUGH = 400
"""Characters below which what was found is no article."""
LINKED = 0.4
"""A paragraph with this share of linked words leads elsewhere."""
SHORTEST = 40
"""Characters of a line without a full stop that still counts as prose."""

_PROSE = ("p", "blockquote", "li")
_HOLDERS = ("article", "main", "body", "div", "section")
_ASIDE = ("nav", "aside", "footer", "header", "form", "figure", "figcaption", "button", "select", "table")
_CONTENT = re.compile(
    r"entry-content|post-content|post-body|article-?_*body|article-?_*content|article-?_*text|story-?_*body|td-post-content"
    r"|single-content|the-content|content-?_*body|body-?_*text|texte-?_*article|field--name-body|rich-?text",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<!\S)(?:(?:post|entry|article|wp-block|site|page)[_-]+)?"
    r"(?:related|share|sharing|social|newsletter|comment|promo|advert|cookie|consent|sidebar|breadcrumb|caption|byline"
    r"|author-|tags|widget|navigation|menu|footer|a-lire|lire-aussi|read-more|jp-relatedposts|sharedaddy|mentions)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…:»”\"')\]]\Z")
_CONTENT_RANK = 3
_RANKS = {"article": 2, "main": 1, "body": 0}


def text_of(body: bytes, content_type: str) -> str | None:
    """The article's text, a paragraph a line; None where it is reserved, behind a paywall, or not to be found."""
    markup = decoded(body, content_type)[:MAX_PAGE]
    page = tree_of(markup)
    if page is None or reserved(page):
        return None
    _drop_asides(page)
    paragraphs = _marked(page) or _unmarked(page, markup)
    text = shortened("\n".join(dict.fromkeys(paragraphs)), MAX_TEXT)
    return text if len(text) >= ENOUGH else None


def is_reserved(body: bytes, content_type: str) -> bool:
    """Whether a page that gave no text keeps it for people, or for those who pay."""
    page = tree_of(decoded(body, content_type)[:MAX_PAGE])
    return page is not None and reserved(page)


def _marked(page: Any) -> list[str]:
    """The paragraphs of what the page itself calls its article: the most telling element with enough in it."""
    return next((found for rank in (_CONTENT_RANK, 2, 1) if (found := _best(page, rank))), [])


def _unmarked(page: Any, markup: str) -> list[str]:
    """The paragraphs of a page that does not say where its article is: nobody is asked where there is no prose."""
    everything = _best(page, 0)
    return everything and (_guessed(markup) or everything)


def _guessed(markup: str) -> list[str]:
    """trafilatura's opinion. It costs 21 MB, so it is loaded for the first page that needs it."""
    if importlib.util.find_spec("trafilatura") is None:
        return []
    import trafilatura

    found = trafilatura.extract(markup, include_comments=False, include_tables=False, favor_precision=True)
    return [text for text in map(plain_line, (found or "").splitlines()) if _is_prose(text)]


def _drop_asides(page: Any) -> None:
    """Take out what is beside the article; what holds it never is, whatever a theme calls its whole page."""
    for element in page.iter(*_HOLDERS, "ul", "ol", "p"):
        if _rank(element) is None and _BESIDE.search(_names(element, "class", "id", "role")):
            element.tag = "aside"
    etree.strip_elements(page, *_ASIDE, with_tail=False)


def _best(page: Any, rank: int) -> list[str]:
    """The richest element of a rank, as paragraphs or, where it has none, as lines; empty without enough of either."""
    holders = [element for element in page.iter(*_HOLDERS) if _rank(element) == rank]
    for read in (_paragraphs, _lines):
        richest = max((list(read(holder)) for holder in holders), key=_amount, default=[])
        if _amount(richest) >= ENOUGH:
            return richest
    return []


def _rank(element: Any) -> int | None:
    """How telling an element is; None for one that says nothing."""
    if element.tag != "body" and _CONTENT.search(_names(element, "class", "id", "itemprop")):
        return _CONTENT_RANK
    return _RANKS.get(element.tag)


def _names(element: Any, *attributes: str) -> str:
    return " ".join(element.get(attribute, "") for attribute in attributes)


def _amount(texts: list[str]) -> int:
    return sum(map(len, texts))


def _paragraphs(holder: Any) -> Iterator[str]:
    """Its paragraphs of prose: not those around others, nor those that only lead elsewhere."""
    for element in holder.iter(*_PROSE):
        if next(element.iterdescendants(*_PROSE, *_HOLDERS), None) is None:
            text = _line(element)
            linked = sum(len(_line(link)) for link in element.iter("a"))
            if _is_prose(text) and linked < LINKED * len(text):
                yield text


def _lines(holder: Any) -> Iterator[str]:
    """The prose of an element without paragraphs: lines parted by ``<br>``, without markup that was told as text."""
    found = map(plain_line, lines(visible(text_in(holder))).split("\n"))
    return (line for line in found if len(line) >= 2 * SHORTEST)


def _line(element: Any) -> str:
    return plain_line(text_in(element))


def _is_prose(text: str) -> bool:
    return len(text) >= SHORTEST or (len(text) > SHORTEST // 2 and _ENDED.search(text) is not None)
