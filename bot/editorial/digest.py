"""A story condensed for one reader: a headline and one or two extracts, chosen across its articles.

Fair quoting: at most two extracts a point, at most 35 words from any one article, each its article's own words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.article import Article
from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.story import Digest, SourcedArticle, Story
from bot.editorial.harm import redact
from bot.editorial.headline import headline
from bot.editorial.outlets import owner
from bot.editorial.summarise import summarise
from bot.editorial.text import terms
from bot.editorial.units import units

FAIR_WORDS = 35
"""Words taken from one article at most."""
READ_ARTICLES = 8
"""Of one story; the newest and those of other owners first. More would repeat."""
SAME = 0.5
"""Share of an extract's terms that an earlier one has: above it the second adds nothing."""
SHORTEST = 8
"""Words of an extract that tells something."""


@dataclass(frozen=True, slots=True)
class _Extract:
    """One article's own sentences."""

    article: Article
    text: str
    terms: frozenset[str]
    new: bool
    """Published after the reader was last told of the story."""

    @property
    def words(self) -> int:
        return len(self.text.split())


def digest(story: Story, language: ReaderLanguage, *, words: int = 45, since: datetime | None = None) -> Digest:
    """The story in at most ``words`` words: in the reader's language where an article has it, else as written.

    What is newer than ``since`` comes first; a second extract comes from another owner and adds something. The words
    are the articles' own; ``quoted_language`` is set where they are not in the reader's language.
    """
    spoken = _spoken(story, language)
    read = list(_by_interest([one for one in story.articles if one.article.language == spoken], since))
    extracts = [found for one in read if (found := _extract(one.article, spoken, words, since)) is not None]
    chosen = _choose(extracts, words)
    titles = [one.article for one in chosen] + [one.article for one in read]
    return Digest(
        headline=_headline(tuple(dict.fromkeys(titles)), spoken),
        text=" ".join(one.text for one in chosen),
        article_ids=tuple(one.article.id for one in chosen) or (read[0].article.id,),
        quoted_language=None if spoken == language else spoken,
    )


def _headline(articles: Sequence[Article], language: ArticleLanguage) -> str:
    """The best title: one that keeps its meaning in so few characters, tells rather than asks, and needs no cut."""
    made = [headline(article.title, language) for article in articles]
    return max(made, key=lambda one: (one.fits, not one.teaser, one.whole)).text


def _spoken(story: Story, language: ReaderLanguage) -> ArticleLanguage:
    """The reader's language if any article has it, else the one most articles have."""
    languages = [one.article.language for one in story.articles]
    return language if language in languages else max(languages, key=languages.count)


def _by_interest(articles: Sequence[SourcedArticle], since: datetime | None) -> Iterator[SourcedArticle]:
    """New ones first, then one of every owner before a second of any, newest first."""
    seen: dict[str, int] = {}
    ranked: list[tuple[bool, int, float, SourcedArticle]] = []
    for one in sorted(articles, key=lambda one: one.article.published, reverse=True):
        turn = seen.get(owner(one), 0)
        seen[owner(one)] = turn + 1
        ranked.append((not _is_new(one.article, since), turn, -one.article.published.timestamp(), one))
    yield from (one for *_, one in sorted(ranked, key=lambda entry: entry[:3])[:READ_ARTICLES])


def _is_new(article: Article, since: datetime | None) -> bool:
    return since is None or article.published > since


def _extract(article: Article, language: ArticleLanguage, words: int, since: datetime | None) -> _Extract | None:
    text = _quoted(article.title, redact(article.body, language), language, min(words, FAIR_WORDS))
    if len(text.split()) < SHORTEST:
        return None
    return _Extract(article, text, frozenset(terms(text, language)), _is_new(article, since))


def _quoted(title: str, body: str, language: ArticleLanguage, words: int) -> str:
    """A body that fits is quoted whole: choosing among its sentences could part a denial from its claim."""
    read = units(title, body, language)
    whole = " ".join(unit.text for unit in read)
    if len(whole.split()) <= words and all(unit.complete for unit in read):
        return whole
    return summarise(title, body, language, words=words)


def _choose(extracts: Sequence[_Extract], words: int) -> list[_Extract]:
    """The best extract, and a second one that fits and adds something."""
    if not extracts:
        return []
    first = max(extracts, key=lambda one: (one.new, _agreed(one, extracts)))
    room = words - first.words
    others = [one for one in extracts if one is not first and one.words <= room and not _repeats(one, first)]
    return [first, max(others, key=lambda one: (one.new, _agreed(one, extracts)))] if others else [first]


def _agreed(one: _Extract, extracts: Sequence[_Extract]) -> float:
    """How much of what the other articles tell it tells: what all report is the story."""
    return sum(len(one.terms & other.terms) for other in extracts if other is not one) / math.sqrt(
        max(1, len(one.terms))
    )


def _repeats(one: _Extract, first: _Extract) -> bool:
    return len(one.terms & first.terms) > SAME * min(len(one.terms), len(first.terms))
