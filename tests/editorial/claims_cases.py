"""Articles and claims made up for the tests of claims and status."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.domain.article import Article
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.feed import Ownership
from bot.domain.language import ArticleLanguage
from bot.domain.story import Source, SourcedArticle
from bot.editorial.claims import extract

SHARED = Path(__file__).parents[3] / "shared" / "data" / "articles"
shared_articles = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared articles are not beside this checkout")

_numbers = count(1)
_CLAIM = Claim(
    topic="ceasefire",
    proposition="ceasefire-mentioned",
    polarity=Polarity.AFFIRMED,
    phase=Phase.MENTIONED,
    modality=Modality.ASSERTED,
    claimant="",
    claimant_id=None,
    via=None,
    article_id="",
    sentence="",
    event_date=None,
    published=datetime(2025, 1, 1, tzinfo=UTC),
    language="en",
)


def day(number: int, hour: int = 12, month: int = 2) -> datetime:
    """A moment of February 2025."""
    return datetime(2025, month, number, hour, tzinfo=UTC)


def article(
    title: str,
    text: str = "",
    *,
    published: datetime | None = None,
    source: str = "The Morning Dispatch",
    language: ArticleLanguage = "en",
    country: str | None = None,
    ownership: Ownership | None = None,
    story: str | None = None,
    feed: int = 1,
) -> SourcedArticle:
    """An article with an id of its own."""
    moment = published or day(10)
    piece = Article(f"a{next(_numbers)}", None, title, "", text, language, moment, moment, (feed,))
    return SourcedArticle(piece, Source(source, language, country, ownership), story_id=story)


def claim(sourced: SourcedArticle, **changes: object) -> Claim:
    """A claim of an article: its own voice asserts what ``changes`` say."""
    piece = sourced.article
    base = replace(
        _CLAIM,
        claimant=sourced.source.name,
        own_voice="claimant" not in changes,
        article_id=piece.id,
        sentence=piece.title,
        published=piece.published,
        language=piece.language,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # each test names fields of Claim with their types


def claims_of(articles: Iterable[SourcedArticle], topic: str = "ceasefire") -> list[Claim]:
    """What the articles claim of a topic."""
    return [found for sourced in articles for found in extract(sourced) if found.topic == topic]


def shared(name: str) -> list[SourcedArticle]:
    """The articles of one of the shared archives; a source is a feed."""
    feeds: dict[str, int] = {}
    found = []
    for line in (SHARED / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        moment = datetime.fromisoformat(row["published"]).astimezone(UTC)
        feed = feeds.setdefault(row["source"], len(feeds) + 1)
        language: ArticleLanguage = row.get("lang") or "fr"
        summary, text = row.get("summary") or "", row.get("text") or ""
        piece = Article(row["id"], row.get("url"), row["title"], summary, text, language, moment, moment, (feed,), True)
        found.append(SourcedArticle(piece, Source(row["source"], language)))
    return found
