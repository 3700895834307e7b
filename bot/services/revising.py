"""Revising: a known article says something else now. What matters is judged again, and told to whoever read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.article import Article
from bot.domain.correction import NewRevision, Wording
from bot.editorial import corrections
from bot.ports import UnitOfWork

log = structlog.get_logger(__name__)


async def revise(unit: UnitOfWork, articles: Sequence[Article], now: datetime) -> int:
    """Store what known articles say now, within the caller's transaction; how many changes have to be told.

    An article stays the one it was, known since then: nobody is told of it as of news.
    """
    read = {(article.id, feed): article for article in articles for feed in article.feed_ids}
    told = 0
    for before in await unit.revisions.differing(articles):
        now_read = read[before.id, before.feed_ids[0]]
        after = _successor(before, now_read)
        was, is_ = _wordings(before, after, now_read)
        matters = corrections.matters(was, is_, before.language)
        if matters:
            story = await unit.revisions.story_of(before.id)
            await unit.revisions.keep(NewRevision(before.id, story, before.language, was, is_, now))
            told += 1
        await unit.revisions.rewrite(after, again=matters)
    if told:
        log.info("articles changed", articles=told)
    return told


def _successor(before: Article, read: Article) -> Article:
    """What is stored from now on; a text read from the page stays where the feed has none."""
    return replace(
        before, title=read.title, summary=read.summary, text=read.text or before.text, fingerprint=read.fingerprint
    )


def _wordings(before: Article, after: Article, read: Article) -> tuple[Wording, Wording]:
    """What to compare: a text only where the feed gave one both times."""
    if read.text:
        return Wording(before.title, before.summary, before.text), Wording(after.title, after.summary, after.text)
    return Wording(before.title, before.summary, ""), Wording(after.title, after.summary, "")
