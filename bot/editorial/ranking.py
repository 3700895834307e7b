"""Which stories a briefing tells, and in which order.

A story counts for its independent sources, not for its articles, so that an outlet that publishes a hundred a day does
not decide alone; each outlet's voice is shared among the stories it tells, so that one that publishes little is heard.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.briefing import Badge
from bot.domain.feed import Ownership
from bot.domain.story import Ranked, SourcedArticle, Story, Told
from bot.editorial.attribution import standing
from bot.editorial.genres import APART, genre_of
from bot.editorial.gravity import gravity, of_kind
from bot.editorial.headline import argues
from bot.editorial.independence import copies, groups
from bot.editorial.outlets import owner
from bot.editorial.rarity import root_of
from bot.editorial.salience import tokens

_FEWEST = 3
"""Points a briefing has wherever there are as many stories; more have to be worth it."""

_WORTH = 0.23
"""Share of the first point's score that a fourth or a fifth needs."""

_FRESHNESS = timedelta(hours=36)
"""After so long a story counts exp(-1) of what it did."""

_SAME_SUBJECT = 0.8
"""What a story keeps for each one chosen before it that has its main topic."""

_UPDATE = 0.8
"""What a story keeps that the chat was told before."""

_ARGUED = 0.6
"""What a story keeps that only columns, interviews and questions tell."""

_ASIDE = 0.8
"""What a story keeps whose titles all quote or point instead of telling."""

_ECHO = 0.35
"""How much more a story counts that all others share their subject with: a great event is many stories."""

_WIDEST = 0.3
"""Share of the stories from which a word is what they are all about, and no subject."""

_ECHOED = 4
"""Other stories with a word from which more make no difference."""

_KEY_WORDS = 3
"""Of a story's titles, those most shared with others."""

_STATE_WEIGHT = 0.5
"""What a government-controlled outlet counts; the others count 1."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    story: Story
    told: bool
    fresh: tuple[str, ...]
    independent: int
    score: float
    subject: str | None


def rank(
    stories: Sequence[Story], *, at: datetime, told: Mapping[str, Told] | None = None, limit: int = 5
) -> tuple[Ranked, ...]:
    """At most ``limit`` stories, the most important first; the fourth and later only where they are worth it.

    ``told``: story id → what this chat was told of it. Such a story comes again only with articles it was not told
    of that are no copies of those it was.
    """
    volumes = Counter(name for story in stories for name in {owner(article) for article in story.articles})
    echoes = _echoes(stories)
    candidates = [
        replace(candidate, score=candidate.score * (1.0 + _ECHO * echo))
        for story, echo in zip(stories, echoes, strict=True)
        if story.articles and (candidate := _candidate(story, _memory(story, told or {}), volumes, at)).fresh
    ]
    return tuple(_chosen(candidates, limit))


def _memory(story: Story, told: Mapping[str, Told]) -> frozenset[str] | None:
    """The story's articles the chat was told of; None: it was told of none.

    Also where it was told of them under another id, before two stories were merged.
    """
    own = {article.article.id for article in story.articles}
    before = [entry for id_, entry in told.items() if id_ == story.id or not own.isdisjoint(entry.article_ids)]
    if not before:
        return None
    moment = max(entry.at for entry in before)
    named = {id_ for entry in before for id_ in entry.article_ids}
    return frozenset(named | {article.article.id for article in story.articles if article.article.known_at <= moment})


def _candidate(story: Story, memory: frozenset[str] | None, volumes: Mapping[str, int], at: datetime) -> _Candidate:
    fresh = _fresh(story, memory)
    sources = groups(_telling_it(story.articles))
    weight = math.log1p(sum(_voice(group, volumes) for group in sources))
    news = [article for article in story.articles if article.article.id in fresh]
    score = weight * max((_telling(one) * _freshness(one, at) for one in news), default=1.0)
    score *= 1.0 if memory is None else _UPDATE
    return _Candidate(story, memory is not None, fresh, len(sources), score, _subject(story))


def _freshness(article: SourcedArticle, at: datetime) -> float:
    """1 for what has just appeared. An article's own: a wedding of today makes last night's raid no fresher."""
    return math.exp(-(max(timedelta(), at - article.article.published) / _FRESHNESS))


def _telling_it(articles: Sequence[SourcedArticle]) -> Sequence[SourcedArticle]:
    """Without what speaks of many events and confirms none, where anything else is left."""
    return [article for article in articles if genre_of(article.article) not in APART] or articles


def _telling(article: SourcedArticle) -> float:
    """How far an article tells news, and how grave: by its kind, title, first words and topics. 0 to about 1.5."""
    own = article.article
    told = min(of_kind(genre_of(own)), _ARGUED if argues(own.title, own.body, own.language) else 1.0)
    told *= 1.0 if standing(own.title, own.language).opens else _ASIDE
    return told * gravity(own.title, own.language, article.topics)


def _echoes(stories: Sequence[Story]) -> list[float]:
    """For each story, 0 to 1: how many others speak of the same, by the words their titles share in one language."""
    words = [
        {(one.article.language, root) for one in story.articles for root in _roots(one.article.title)}
        for story in stories
    ]
    spread = Counter(word for own in words for word in own)
    widest = max(4.0, _WIDEST * len(stories))
    echoes = []
    for own in words:
        shared = sorted((min(spread[word] - 1, _ECHOED) for word in own if spread[word] <= widest), reverse=True)
        echoes.append(sum(shared[:_KEY_WORDS]) / (_KEY_WORDS * _ECHOED))
    return echoes


def _roots(title: str) -> set[str]:
    return {root for word in tokens(title) if (root := root_of(word))}


def _fresh(story: Story, memory: frozenset[str] | None) -> tuple[str, ...]:
    """The articles that say something the chat was not told."""
    if memory is None:
        return tuple(article.article.id for article in story.articles)
    known = {
        article.article.id
        for group in copies(story.articles)
        if any(article.article.id in memory for article in group)
        for article in group
    }
    return tuple(article.article.id for article in story.articles if article.article.id not in known)


def _voice(group: Sequence[SourcedArticle], volumes: Mapping[str, int]) -> float:
    """What one independent source counts: half for being there, half shared among the stories it tells."""
    return max(
        (0.5 + 0.5 / math.sqrt(volumes[owner(article)]))
        * (_STATE_WEIGHT if article.source.ownership is Ownership.STATE else 1.0)
        for article in group
    )


def _subject(story: Story) -> str | None:
    counts = Counter(topic for article in story.articles for topic in article.topics[:1])
    return max(sorted(counts), key=lambda topic: counts[topic], default=None)


def _chosen(candidates: Sequence[_Candidate], limit: int) -> list[Ranked]:
    """Best first, each choice making its subject less wanted."""
    left, chosen, subjects = list(candidates), list[Ranked](), Counter[str | None]()
    while left and len(chosen) < limit:
        best = min(left, key=lambda one: (-_wanted(one, subjects), -one.story.last_published.timestamp(), one.story.id))
        score = _wanted(best, subjects)
        if len(chosen) >= _FEWEST and score < _WORTH * chosen[0].score:
            break
        left.remove(best)
        subjects[best.subject] += 1
        badge = Badge.UPDATED if best.told else Badge.NEW
        chosen.append(Ranked(best.story, (badge,), score, best.independent, best.fresh))
    return chosen


def _wanted(candidate: _Candidate, subjects: Mapping[str | None, int]) -> float:
    if candidate.subject is None:
        return candidate.score
    return candidate.score * float(_SAME_SUBJECT ** subjects[candidate.subject])
