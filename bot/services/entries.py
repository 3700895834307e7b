"""A feed's entries → articles. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime

from bot.domain.article import Article, Entry, ParsedFeed
from bot.domain.feed import Feed, Origin
from bot.editorial.language import detect

TELLING = 200
"""Characters of a summary that tell its language as well as all of it: the same for each of 4,791 articles."""


def articles_of(feed: Feed, parsed: ParsedFeed, now: datetime, *, replay: bool = False) -> tuple[Article, ...]:
    """A feed's entries as articles known from ``now`` on; the same address is the same article.

    A date in the future is a publisher's mistake and becomes ``now``; in a replay it is the future.
    """
    known = (entry for entry in parsed.entries if not (replay and entry.published and entry.published > now))
    unique = {_identity(feed, entry): entry for entry in reversed(tuple(known))}
    return tuple(_article(identity, feed, parsed, entry, now) for identity, entry in reversed(unique.items()))


def _identity(feed: Feed, entry: Entry) -> str:
    """The canonical address, so that neither another feed nor a changed guid makes another article of it.

    A chat's own feed may put any words to any address; others who read what stands there must not be told those. So
    its articles are its own.
    """
    if feed.origin is Origin.CHAT:
        key = f"chat's {feed.id} {entry.url or entry.guid}"
    else:
        key = entry.url or f"{feed.spec.url} {entry.guid}"
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def _article(identity: str, feed: Feed, parsed: ParsedFeed, entry: Entry, now: datetime) -> Article:
    return Article(
        id=identity,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        text=entry.text,
        language=detect(
            f"{entry.title} {entry.summary[:TELLING]}", feed.spec.language or entry.language or parsed.language
        ),
        published=min(entry.published or now, now),
        known_at=now,
        feed_ids=(feed.id,),
        fingerprint=_fingerprint(entry),
    )


def _fingerprint(entry: Entry) -> str:
    """Of an entry's words. Its page's, read for the full text, are none of its own."""
    said = f"{entry.title}\x00{entry.summary}\x00{entry.text}"
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
