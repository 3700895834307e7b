"""``bot desk relevance``: is each row about the war? What is in doubt is settled by the other rows of its story."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.article import Article, Relevance, Verdict
from bot.editorial.language import detect
from bot.editorial.relevance import judge, settle
from bot.editorial.stories import WINDOW, Clusterer
from bot.editorial.text import terms
from bot.services.desk import Answer, Row

_UNDATED = datetime(2022, 2, 24, tzinfo=UTC)
"""What rows without a readable date are taken for: all of one day."""


_IN_COMMON = 3
"""Terms a row in doubt shares with the batch's yeses before it is worth looking for its story."""

_OPENING = 300
"""Characters of an article's body looked at for that."""


def answer(rows: Iterable[Row]) -> list[Answer]:
    """``{"id", "verdict", "score", "reasons"}`` for each row, ``{"id", "error"}`` for one that can't be used."""
    listed = list(rows)
    articles = {place: _article(place, row) for place, row in enumerate(listed) if _usable(row)}
    judged = {place: judge(read.title, read.summary, read.text, read.language) for place, read in articles.items()}
    settled = judged | _settled(articles, judged)
    return [_worded(row, settled.get(place)) for place, row in enumerate(listed)]


def _usable(row: object) -> bool:
    return isinstance(row, Mapping) and any(isinstance(row.get(key), str) for key in ("title", "summary", "text"))


def _article(place: int, row: Row) -> Article:
    title, summary, text, declared = (_text(row.get(key)) for key in ("title", "summary", "text", "lang"))
    published = _date(row.get("published"))
    return Article(
        id=str(place),
        url=None,
        title=title,
        summary=summary,
        text=text,
        language=detect(f"{title}\n{summary or text[:500]}", declared),
        published=published,
        known_at=published,
        feed_ids=(),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _date(value: object) -> datetime:
    try:
        read = datetime.fromisoformat(_text(value))
    except ValueError:
        return _UNDATED
    try:
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return _UNDATED


def _settled(articles: Mapping[int, Article], judged: Mapping[int, Relevance]) -> dict[int, Relevance]:
    """The maybes, by the company of the rows told apart by the newsroom's own clustering; noes are in no story."""
    doubtful = _near_news(articles, judged)
    if not doubtful:
        return {}
    story_of = _stories(
        [(place, articles[place]) for place, found in judged.items() if found.verdict is not Verdict.NO]
    )
    together: dict[str, list[int]] = defaultdict(list)
    for place, story in story_of.items():
        together[story].append(place)
    return {
        place: settle(judged[place], [judged[other].verdict for other in together[story_of[place]] if other != place])
        for place in doubtful
    }


def _near_news(articles: Mapping[int, Article], judged: Mapping[int, Relevance]) -> list[int]:
    """The maybes that may share a story with a yes: near it in time, with some words of the yeses.

    Clustering costs more than judging: where it can settle nothing, it is left out.
    """
    told = [articles[place] for place, found in judged.items() if found.verdict is Verdict.YES]
    moments = sorted(article.published for article in told)
    told_terms = {term for article in told for term in _head(article)}
    return [
        place
        for place, found in judged.items()
        if found.verdict is Verdict.MAYBE
        and _any_within(moments, articles[place].published)
        and len(told_terms & set(_head(articles[place]))) >= _IN_COMMON
    ]


def _head(article: Article) -> list[str]:
    return terms(f"{article.title} {article.body[:_OPENING]}", article.language)


def _any_within(moments: Sequence[datetime], moment: datetime) -> bool:
    """Whether one of the sorted moments lies within a story's life of this one."""
    after = bisect_left(moments, moment)
    return any(abs(near - moment) <= WINDOW for near in moments[max(0, after - 1) : after + 1])


def _stories(articles: Sequence[tuple[int, Article]]) -> dict[int, str]:
    clusterer = Clusterer()
    in_order = sorted(articles, key=lambda pair: pair[1].published)
    story_of = {place: clusterer.assign(article) for place, article in in_order}
    return {place: clusterer.current(story) for place, story in story_of.items()}


def _worded(row: Any, relevance: Relevance | None) -> Answer:
    id_ = row.get("id") if isinstance(row, Mapping) else None
    if relevance is None:
        return {"id": id_, "error": "import-row"}
    return {
        "id": id_,
        "verdict": relevance.verdict.value,
        "score": relevance.score,
        "reasons": list(relevance.reasons),
    }
