"""Citing: the articles an answer rests on, as outlets a reader knows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.briefing import Citation
from bot.domain.status import Latest, Position, TimelineEntry
from bot.domain.story import SourcedArticle
from bot.editorial.outlets import outlet


def outlets(behind: Sequence[SourcedArticle]) -> tuple[Citation, ...]:
    """Every outlet with its newest article, newest first; the sections of one outlet are one."""
    newest: dict[str, SourcedArticle] = {}
    for sourced in sorted(behind, key=lambda sourced: sourced.article.published, reverse=True):
        newest.setdefault(outlet(sourced), sourced)
    return tuple(citation(sourced) for sourced in newest.values())


def cited(
    told: Iterable[Latest | Position | TimelineEntry | None], known: Mapping[str, SourcedArticle]
) -> tuple[Citation, ...]:
    """The articles that tell what is told, each once; the sections of one outlet that tell the same are one."""
    found: dict[str, Citation] = {}
    for each in told:
        ids = each.article_ids if each is not None else ()
        apart = {outlet(known[article_id]): article_id for article_id in reversed(ids) if article_id in known}
        for article_id in ids:
            if article_id in apart.values():
                found.setdefault(article_id, citation(known[article_id]))
    return tuple(found.values())


def citation(sourced: SourcedArticle) -> Citation:
    """An article as a source one can tap."""
    article, source = sourced.article, sourced.source
    return Citation(article.id, source.name, article.url, article.language, source.ownership)
