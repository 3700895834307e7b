"""Digests: a story told to one reader in a headline and one or two sentences, every word of them from its articles.

The reader's language comes first. A story known only in another language keeps its original words, marked with that
language, headline and text alike: the view labels them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.language import READER_LANGUAGES, ArticleLanguage, ReaderLanguage
from bot.domain.story import Digest, SourcedArticle, Story
from bot.editorial.attribution import standing
from bot.editorial.extracts import Extract, best, extracts, subject
from bot.editorial.features import Vector, likeness, vector
from bot.editorial.genres import APART, Genre, genre_of
from bot.editorial.harm import allowed
from bot.editorial.headline import SHORTEST, Headline, headline
from bot.editorial.outlets import owner
from bot.editorial.salience import tokens
from bot.editorial.typography import typeset

MOST_ARTICLES = 12
"""Read for a digest: those of different owners and the newest first."""


OUTLIVED = timedelta(hours=12)
"""A reader's own language is preferred to news in another one as long as it is no more than this behind."""


def digest(story: Story, language: ReaderLanguage, *, words: int = 45, since: datetime | None = None) -> Digest:
    """What a reader is told of a story, in at most ``words`` words beside the headline.

    ``since``: the moment from which it is news to this reader. Older articles only lend their denials, so that a story
    of many days is not told by its first one.
    """
    known = _news(story.articles, language, since)
    spoken = _language(known, language)
    own = [source for source in known if source.article.language == spoken]
    fresh = frozenset(source.article.id for source in own if since is None or source.article.published > since)
    kinds = _reports_first(own)
    head = _headline(chosen(kinds[0], fresh), spoken, fresh)
    told = _told(story, kinds, spoken, fresh, head.text, words) if spoken != "other" else ()
    used = dict.fromkeys([*(extract.source.article.id for extract in told), head.article_id])
    return Digest(
        headline=head.text,
        text=" ".join(typeset(extract.text, spoken) for extract in told),
        article_ids=tuple(used),
        quoted_language=None if spoken == language else spoken,
    )


_TELLING = (
    frozenset({Genre.REPORT}),
    frozenset({Genre.REPORT, Genre.LIVE}),
    frozenset({Genre.REPORT, Genre.LIVE, Genre.PICTURES, Genre.PEOPLE}),
)
"""Kinds of article a story is told with, by falling preference."""


def _reports_first(sources: Sequence[SourcedArticle]) -> list[list[SourcedArticle]]:
    """What a story may be told with, the best first; with columns and guides only where there is nothing else."""
    kinds = {source.article.id: genre_of(source.article) for source in sources}
    choices = [[source for source in sources if kinds[source.article.id] in telling] for telling in _TELLING]
    if not choices[-1]:
        choices = [[source for source in sources if kinds[source.article.id] not in APART], list(sources)]
    return [choice for choice in choices if choice]


def _told(
    story: Story,
    kinds: Sequence[Sequence[SourcedArticle]],
    language: ArticleLanguage,
    fresh: frozenset[str],
    headline: str,
    words: int,
) -> tuple[Extract, ...]:
    """The extracts, of the best kind of article that has one."""
    for choice in kinds:
        if told := best(_pool(story, chosen(choice, fresh), language, fresh), headline, language, words=words):
            return told
    return ()


def _news(
    articles: Sequence[SourcedArticle], wanted: ReaderLanguage, since: datetime | None
) -> Sequence[SourcedArticle]:
    """The articles that are news: of the reader's language first, and a little older rather than in another one."""
    if since is None:
        return articles
    own = [source for source in articles if source.article.language == wanted]
    for choice, limit in ((own, since), (own, since - OUTLIVED), (articles, since)):
        if found := [source for source in choice if source.article.published > limit]:
            return found
    return articles


def _pool(
    story: Story, sources: Sequence[SourcedArticle], language: ArticleLanguage, fresh: frozenset[str]
) -> list[Extract]:
    """What may be quoted: of the news everything, of what was told before the denials."""
    told = {source.article.id for source in sources}
    older = [
        source for source in story.articles if source.article.language == language and source.article.id not in told
    ]
    denials = extracts(chosen(older, fresh), language, fresh) if older else []
    return [*extracts(sources, language, fresh), *(extract for extract in denials if extract.contradicts)]


def _language(articles: Sequence[SourcedArticle], wanted: ReaderLanguage) -> ArticleLanguage:
    """The reader's language where an article has it, else another reader's, else the most frequent."""
    spread = Counter(source.article.language for source in articles)

    def preference(language: ArticleLanguage) -> tuple[bool, bool, bool, int]:
        return language == wanted, language in READER_LANGUAGES, language != "other", spread[language]

    return max(spread, key=preference)


def chosen(sources: Sequence[SourcedArticle], fresh: frozenset[str]) -> list[SourcedArticle]:
    """The articles to read: other owners before more of one, new ones first, then the latest."""
    latest = sorted(
        sources,
        key=lambda source: (source.article.id in fresh, source.article.published, source.article.id),
        reverse=True,
    )
    turns: Counter[str] = Counter()
    ranked = []
    for source in latest:
        ranked.append((turns[owner(source)], source))
        turns[owner(source)] += 1
    return [source for _, source in sorted(ranked, key=lambda turn: turn[0])][:MOST_ARTICLES]


@dataclass(frozen=True, slots=True)
class _Head:
    """A chosen headline with the article it was taken from."""

    text: str
    article_id: str


def _headline(sources: Sequence[SourcedArticle], language: ArticleLanguage, fresh: frozenset[str]) -> _Head:
    """The title that tells the story best; empty where none may be printed."""
    centre = subject(sources, language)
    ready = [(source, headline(source.article.title, language, source.source.name)) for source in sources]
    printable = [(source, head) for source, head in ready if head.text and allowed(source.article.title, language)]
    if not printable:
        return _Head("", sources[0].article.id)
    source, head = max(printable, key=lambda choice: _merit(choice[1], language, centre, choice[0].article.id in fresh))
    return _Head(head.text, source.article.id)


def _merit(head: Headline, language: ArticleLanguage, centre: Vector, new: bool) -> float:
    """How good a headline is: it tells what the titles share, whole, in full words, with its speaker."""
    merit = likeness(vector(tokens(head.text), language), centre)
    merit += 0.4 * head.fits + 0.1 * head.whole + 0.15 * new
    merit -= 0.4 * head.teaser + 0.3 * standing(head.text, language).orphan
    return merit - 0.3 * (len(head.text) < SHORTEST)
