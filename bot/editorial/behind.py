"""Behind a point: the sentence of each source that says most of what the point says. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.domain.report import SourceSaid
from bot.domain.story import SourcedArticle
from bot.editorial.harm import allowed
from bot.editorial.sentences import split
from bot.editorial.text import fold, words

MOST_READ = 60
"""Sentences of an article that are looked at."""


def behind(told: str, articles: Sequence[SourcedArticle], limit: int) -> tuple[SourceSaid, ...]:
    """At most ``limit`` outlets, each with its nearest sentence, the nearest first. Sentences that do harm are none."""
    wanted = Counter(words(fold(told)))
    found = [(_nearest(sourced, wanted), sourced) for sourced in articles]
    best: dict[str, tuple[float, str, SourcedArticle]] = {}
    for (score, sentence), sourced in found:
        name = sourced.source.name
        if sentence and (name not in best or score > best[name][0]):
            best[name] = (score, sentence, sourced)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
    return tuple(SourceSaid(name, sourced.article.url, sentence) for name, (_, sentence, sourced) in ranked)


def _nearest(sourced: SourcedArticle, wanted: Counter[str]) -> tuple[float, str]:
    article = sourced.article
    sentences = split(f"{article.summary}\n{article.text}", article.language)[:MOST_READ] or [article.title]
    scored = [
        (sum((Counter(words(fold(sentence))) & wanted).values()) / max(len(words(sentence)), 1) ** 0.5, sentence)
        for sentence in sentences
        if allowed(sentence, article.language)
    ]
    return max(scored, key=lambda pair: pair[0], default=(0.0, ""))
