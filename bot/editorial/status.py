"""Status: the state of a topic, put together from what one reader may see and what was known at a moment. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.language import ReaderLanguage
from bot.domain.status import Contest, Latest, Partial, Position, Strength, TimelineEntry, TopicStatus
from bot.domain.story import Report, SourcedArticle
from bot.domain.topic import TopicId
from bot.editorial import propositions, topics
from bot.editorial.attribution import standing
from bot.editorial.citing import cited, outlets
from bot.editorial.contested import Dispute, disputes
from bot.editorial.independence import independent_sources
from bot.editorial.outlets import owner
from bot.editorial.positions import in_language, position, positions
from bot.editorial.ranges import ranges
from bot.editorial.saying import explains
from bot.editorial.settling import CURRENT, MOST_COMPARED, PARTIES, Evidence, State, excerpt, merely_spoken_of, settle
from bot.editorial.timeline import COMPARED, timeline
from bot.editorial.trend import reports_of, trend

RECENT = timedelta(hours=48)
"""Before the newest claim: what may be the latest."""

COUNTED = timedelta(days=14)
"""Before the newest article: whose outlets stand behind the answer."""

STALE = timedelta(days=7)
"""News older than this carries little."""

_WEIGHTY = frozenset({Phase.AGREED, Phase.IN_FORCE, Phase.VIOLATED, Phase.REJECTED})

DAY_SECONDS = 86_400.0

READABLE = 2.0
"""What a sentence in the reader's language is worth: as much as being a day newer."""

FEW, MANY = 2, 4
"""Independent sources from which the strength is medium, and high."""


def assess(
    topic: TopicId,
    articles: Sequence[SourcedArticle],
    claims: Sequence[Claim],
    *,
    at: datetime,
    followed_since: datetime | None,
    reports: Sequence[Report] | None = None,
    steady_feeds: Collection[int] | None = None,
    language: ReaderLanguage | None = None,
) -> TopicStatus:
    """The state of a topic at a moment.

    ``articles``: those on the topic that the reader may see; ``claims``: theirs, on the topic. Nothing published after
    ``at`` counts, and no claim of an article that isn't given. ``followed_since``: when reading began.
    ``reports``: every article of the last fortnight on the topic, for the trend; None: ``articles`` are all there are.
    ``steady_feeds``: feeds read in both of the last weeks, for the trend. ``language``: of articles that say the same,
    one in it is quoted.
    """
    known = {sourced.article.id: sourced for sourced in articles if sourced.article.published <= at}
    told = _once([claim for claim in claims if claim.article_id in known and claim.topic == topic])
    where = _standing(topic, told, Evidence(known), at)
    behind = _behind(known.values(), at)
    said = _said(told, at, language)
    counted = reports_of(known.values()) if reports is None else reports
    return TopicStatus(
        topic=topic,
        at=at,
        phase=_phase(where.state, behind.newest, at),
        strength=behind.strength,
        since=where.state.since,
        followed_since=followed_since,
        newest_at=behind.newest,
        last_change=where.state.since if where.state.changed else None,
        according_to=_according_to(where.state.alleged),
        partial=where.partial,
        latest=said.latest,
        positions=said.positions,
        contested=said.contested,
        figures=ranges(told, known),
        timeline=said.timeline,
        trend=trend(counted, at=at, followed_since=followed_since, steady_feeds=steady_feeds),
        sources=outlets(behind.articles),
        independent_sources=behind.independent,
        articles=len(behind.articles),
        cited=cited((said.latest, *said.positions, *said.timeline), known),
    )


class _Standing(NamedTuple):
    """How far the matter has come."""

    state: State
    partial: tuple[Partial, ...]


def _standing(topic: TopicId, told: Sequence[Claim], evidence: Evidence, at: datetime) -> _Standing:
    """The general state, and the partial truces beside it; of a subject without phases, whether it is spoken of."""
    subject = topics.topic(topic)
    if subject is not None and not subject.phased:
        return _Standing(merely_spoken_of(told, at), ())
    general = [claim for claim in told if claim.scope is None]
    return _Standing(settle(general, evidence, at), _partial(told, evidence, at))


def _phase(state: State, newest: datetime | None, at: datetime) -> Phase:
    """The state's phase; where none is known and articles speak of the topic, that they do."""
    spoken_of = newest is not None and at - newest <= CURRENT
    return Phase.MENTIONED if state.phase is Phase.UNKNOWN and spoken_of else state.phase


class _Behind(NamedTuple):
    """What stands behind an answer."""

    newest: datetime | None
    articles: Sequence[SourcedArticle]
    independent: int
    """Sources."""
    strength: Strength


def _behind(known: Collection[SourcedArticle], at: datetime) -> _Behind:
    """The articles that count, and what they carry together."""
    newest = max((sourced.article.published for sourced in known), default=None)
    behind = [sourced for sourced in known if newest and newest - sourced.article.published <= COUNTED]
    independent = _independent(behind)
    return _Behind(newest, behind, independent, _strength(behind, independent, newest, at))


class _Said(NamedTuple):
    """What is told of it."""

    latest: Latest | None
    positions: tuple[Position, ...]
    contested: tuple[Contest, ...]
    timeline: tuple[TimelineEntry, ...]


def _said(told: Sequence[Claim], at: datetime, language: ReaderLanguage | None) -> _Said:
    """The newest thing, who says what, what is contested, and the dates."""
    disputed = disputes(told, at, language)
    contested = frozenset(claim for dispute in disputed for claim in dispute.claims)
    return _Said(
        latest=_latest(told, disputed, contested, language),
        positions=positions(told, contested, at, language),
        contested=tuple(dispute.contest for dispute in disputed),
        timeline=timeline(told, at, language),
    )


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Each article's claim of a sentence once, in published order."""
    seen = {(claim.article_id, claim.sentence, claim.claimant, claim.proposition): claim for claim in claims}
    return sorted(seen.values(), key=lambda claim: claim.published)


def _according_to(alleged: Sequence[Claim]) -> tuple[Position, ...]:
    """Who says that more is settled, each once, newest first."""
    by_name: dict[str, list[Claim]] = {}
    for claim in alleged:
        if claim.claimant:
            by_name.setdefault(claim.claimant, []).append(claim)
    return tuple(position(told[0].proposition, told) for told in by_name.values())


def _partial(told: Sequence[Claim], evidence: Evidence, at: datetime) -> tuple[Partial, ...]:
    """Partial truces that are more than spoken of, the newest first."""
    found: list[Partial] = []
    scopes = dict.fromkeys(claim.scope for claim in reversed(told) if claim.scope is not None)
    for scope in scopes:
        state = settle([claim for claim in told if claim.scope == scope], evidence, at)
        if state.phase not in {Phase.MENTIONED, Phase.UNKNOWN}:
            names = dict.fromkeys(claim.claimant for claim in state.alleged if claim.claimant)
            found.append(Partial(scope, state.phase, state.since, tuple(names)))
    return tuple(found)


def _latest(
    told: Sequence[Claim],
    disputed: Sequence[Dispute],
    contested: Collection[Claim],
    language: ReaderLanguage | None,
) -> Latest | None:
    """The newest thing that matters, with whoever denies it or leaves it open beside it."""
    if not told:
        return None
    oldest = told[-1].published - RECENT
    recent = [claim for claim in told if claim.published >= oldest]
    told_by: dict[str, set[str]] = {}
    for claim in recent:
        told_by.setdefault(claim.proposition, set()).add(claim.article_id)
    coverage = {proposition: len(ids) for proposition, ids in told_by.items()}

    def worth(claim: Claim) -> tuple[float, datetime]:
        news = _news(claim, coverage[claim.proposition], told[-1].published, claim in contested)
        return news + READABLE * (claim.language == language), claim.published

    worths = sorted(((*worth(claim), place) for place, claim in enumerate(recent)), key=itemgetter(0, 1), reverse=True)
    best = recent[max(worths[:COMPARED], key=lambda one: one[0] + _opens(recent[one[2]]))[2]]
    same = [claim for claim in recent if claim.proposition == best.proposition and claim.claimant == best.claimant]
    best = in_language(same, language, instead_of=best)
    others = next((dispute.contest.positions for dispute in disputed if best in dispute.claims), ())
    said = [position(best.proposition, [best])] if best.claimant else []
    said += [held for held in others if held.claimant != best.claimant]
    ids = [claim.article_id for claim in (best, *same)] + [id_ for held in said for id_ in held.article_ids]
    return Latest(best.sentence, best.published, best.language, tuple(dict.fromkeys(ids)), tuple(said))


def _opens(claim: Claim) -> bool:
    return standing(claim.sentence, claim.language).opens


def _news(claim: Claim, coverage: int, newest: datetime, disputed: bool) -> float:
    """How much a claim is the news: disputed or told by many articles (``coverage``), firm, told with its source."""
    age = (newest - claim.published).total_seconds() / DAY_SECONDS
    return _substance(claim) + 0.3 * min(coverage, 6) + 2.0 * disputed - 2.0 * age


@lru_cache(4_096)
def _substance(claim: Claim) -> float:
    """What a claim weighs by itself, whenever and however often it is told."""
    firm = claim.modality is Modality.ASSERTED and claim.polarity is Polarity.AFFIRMED
    weight = 2.0 * firm - 2.0 * (claim.phase is Phase.MENTIONED)
    weight += 1.0 * (claim.phase in _WEIGHTY) + 0.5 * (claim.claimant_id is not None)
    weight -= 2.0 * explains(claim.sentence)
    weight += 0.5 * (claim.via is not None) + 0.5 * propositions.is_event(claim.proposition)
    return weight - (1.0 if not claim.claimant else 0.0)


def _independent(behind: Sequence[SourcedArticle]) -> int:
    """How many independent sources stand behind the answer, up to a dozen: each owner's newest article is compared."""
    newest: dict[str, SourcedArticle] = {}
    for sourced in sorted(behind, key=lambda sourced: sourced.article.published):
        newest[owner(sourced)] = sourced
    return independent_sources([excerpt(sourced) for sourced in list(newest.values())[-MOST_COMPARED:]])


def _strength(behind: Sequence[SourcedArticle], independent: int, newest: datetime | None, at: datetime) -> Strength:
    partisan = bool(behind) and len({owner(sourced) for sourced in behind} - PARTIES) == 0
    if newest is None or at - newest > STALE or independent < FEW or partisan:
        return Strength.LOW
    return Strength.HIGH if independent >= MANY else Strength.MEDIUM
