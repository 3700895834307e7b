"""A document's bytes → a ParsedFeed, choosing the reader. Pure but slow: it runs in the worker process."""

from __future__ import annotations

import re
from datetime import datetime

from bot.adapters.web import jsonfeed, quick
from bot.adapters.web.canonical import canonical
from bot.adapters.web.charset import decoded
from bot.adapters.web.entries import MAX_ENTRIES, MAX_TITLE, Place, entries_of, language_of, newest
from bot.adapters.web.manners import minimum_interval_seconds
from bot.adapters.web.mask import masked
from bot.adapters.web.plain import plain_line, shortened
from bot.adapters.web.raw import MOST_ITEMS, RawFeed
from bot.domain.article import ParsedFeed
from bot.domain.errors import BrokenFeed, EmptyBody, NotAFeed

_ITEM_ENDS = re.compile(
    r"<!\[CDATA\[(?:[^\]]|\](?!\]>))*+|<!--(?:[^-]|-(?!->))*+|(</(?:[a-zA-Z][\w.-]*+:)?(?:item|entry)\s*+>)"
)
"""An end tag is one outside CDATA and comments only: text may quote it."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters XML forbids, which stray into feeds from word processors."""

_PROLOGUE = re.compile(
    r"(?:\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<!DOCTYPE\s[^\[>]*+(?:\[[^\]]*+\]\s*+)?>)*+", re.IGNORECASE
)
_ROOT = re.compile(r"<([a-zA-Z][\w.-]*+:)?([a-zA-Z][\w.-]*+)")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel", "rss1", "item", "entry"})


def parsed(body: bytes, url: str, content_type: str, seen_at: datetime) -> ParsedFeed:
    """The feed. Raises EmptyBody, NotAFeed or BrokenFeed, with the address that was asked for."""
    text = decoded(body, content_type).strip("\ufeff\x00")
    clean = _ILLEGAL.sub("", text)
    if not (document := clean.lstrip("\ufeff \t\r\n")):
        raise EmptyBody(url=masked(url))
    raw = _read(document, url)
    raw.repaired = raw.repaired or len(clean) != len(text)
    return _feed(raw, url, seen_at)


def _bounded(text: str) -> tuple[str, int]:
    """The document without what is in the middle of more than ``MOST_ITEMS`` items, and how many those are."""
    if text.count("</") <= MOST_ITEMS:
        return text, 0
    ends = [found.end() for found in _ITEM_ENDS.finditer(text) if found[1]]
    if len(ends) <= MOST_ITEMS:
        return text, 0
    half = MOST_ITEMS // 2
    return text[: ends[half - 1]] + text[ends[-half - 1] :], len(ends) - MOST_ITEMS


def _read(text: str, url: str) -> RawFeed:
    if text[0] in "{[":
        return _found(jsonfeed.read(text), url, looks_right='"items"' in text and "jsonfeed.org" in text)
    root = _root(text)
    if root == "html":
        raise NotAFeed(url=masked(url))
    short, left_out = _bounded(text)
    raw = _found(quick.read(short) or _tolerantly(short), url, looks_right=root in _FEED_ROOTS)
    raw.uncounted = left_out
    return raw


def _tolerantly(text: str) -> RawFeed | None:
    """feedparser is loaded for the first document that needs it."""
    from bot.adapters.web import tolerant

    return tolerant.read(text)


def _found(raw: RawFeed | None, url: str, *, looks_right: bool) -> RawFeed:
    """A reader's answer. Nothing read, or a mended document without entries, is an error."""
    if raw is None:
        raise (BrokenFeed if looks_right else NotAFeed)(url=masked(url))
    if raw.repaired and not raw.entries:
        raise (BrokenFeed if looks_right else NotAFeed)(url=masked(url))
    return raw


def _root(text: str) -> str:
    """The first element's local name, lower case."""
    prologue = _PROLOGUE.match(text[:20_000])
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    if root is None:
        return ""
    return root[2].lower()


def _feed(raw: RawFeed, url: str, seen_at: datetime) -> ParsedFeed:
    site = canonical(raw.link, url)
    base = url if raw.relative_to_document or site is None else site
    entries = entries_of(newest(raw.entries, seen_at), Place(base=base, seen_at=seen_at))
    if raw.entries and not entries:
        raise BrokenFeed(url=masked(url))
    return ParsedFeed(
        title=shortened(plain_line(raw.title), MAX_TITLE),
        site_url=site,
        language=language_of(raw.language),
        entries=entries,
        skipped=max(0, len(raw.entries) - MAX_ENTRIES) + raw.uncounted,
        minimum_interval_seconds=minimum_interval_seconds(raw),
        skipped_hours=raw.skipped_hours,
        skipped_days=raw.skipped_days,
        repaired=raw.repaired,
    )
