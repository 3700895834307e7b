"""Timeline: five to seven dates of a topic, one sentence each, with its sources. No date is invented.

A date is one that a sentence names, or that of the report, which then is marked as such. What had yet to happen when
it was reported is marked as planned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.language import ReaderLanguage
from bot.domain.status import TimelineEntry
from bot.editorial import propositions
from bot.editorial.attribution import standing

MOST = 7
MOST_SOURCES = 5
LOOKED_BACK, LOOKED_AHEAD = timedelta(days=90), timedelta(days=60)
"""What is further away is history, or no plan one can count on."""

LONGEST = 320
"""Characters of a sentence."""

READABLE, ALONE = 1.0, 0.8
"""Weight of a sentence in the reader's language, and of one that is understood by itself (no "this journey")."""

COMPARED = 6
"""Sentences of a day, the most telling ones, of which one is chosen."""

_WEIGHT = {
    Phase.PROPOSED: 1.0,
    Phase.TALKS: 1.2,
    Phase.AGREED: 2.0,
    Phase.IN_FORCE: 2.0,
    Phase.VIOLATED: 1.8,
    Phase.REJECTED: 1.8,
    Phase.EXPIRED: 1.8,
}


def timeline(
    claims: Sequence[Claim], at: datetime, language: ReaderLanguage | None = None
) -> tuple[TimelineEntry, ...]:
    """The dates that matter most, by coverage, dates named and changes of phase; oldest first."""
    days: dict[date, list[Claim]] = defaultdict(list)
    first, last = at.date() - LOOKED_BACK, at.date() + LOOKED_AHEAD
    for claim in claims:
        day = claim.event_date or claim.published.date()
        if first <= day <= last and claim.published <= at:
            days[day].append(claim)
    telling = {day: told for day, told in days.items() if any(claim.phase is not Phase.MENTIONED for claim in told)}
    # Days on which the topic was merely named tell nothing of it, unless there is nothing else.
    days = telling or days
    changes = _changes(days)
    usable = [day for day in days if any(len(claim.sentence) <= LONGEST for claim in days[day])]
    chosen = sorted(usable, key=lambda day: (-_weight(days[day], changed=day in changes), day))[:MOST]
    return tuple(_entry(day, days[day], language) for day in sorted(chosen))


def _changes(days: dict[date, list[Claim]]) -> set[date]:
    """The days on which something is told that was not told the day before."""
    changed: set[date] = set()
    before: set[Phase] = set()
    for day in sorted(days):
        now = {claim.phase for claim in days[day] if _is_firm(claim)} - {Phase.MENTIONED}
        if now - before:
            changed.add(day)
        before |= now
    return changed


def _weight(told: Sequence[Claim], *, changed: bool) -> float:
    coverage = len({claim.article_id for claim in told})
    named = any(claim.event_date is not None for claim in told)
    return min(coverage, 8) * 0.4 + 1.0 * named + 1.5 * changed + max(_telling(claim) for claim in told)


@lru_cache(4_096)
def _telling(claim: Claim) -> float:
    """How well one claim's sentence tells its day."""
    weight = _WEIGHT.get(claim.phase, 0.2) if _is_firm(claim) else 0.1
    weight += 0.5 if propositions.is_event(claim.proposition) else 0.0
    weight += 0.6 if claim.event_date is not None else 0.0
    return weight + (0.3 if claim.via is not None else 0.0)


def _is_firm(claim: Claim) -> bool:
    return claim.modality in {Modality.ASSERTED, Modality.HOPED} and claim.polarity is Polarity.AFFIRMED


def _entry(day: date, told: Sequence[Claim], language: ReaderLanguage | None) -> TimelineEntry:
    usable = [claim for claim in told if len(claim.sentence) <= LONGEST]
    best = _best(usable, language)
    same = [claim for claim in told if claim.proposition == best.proposition or claim.article_id == best.article_id]
    ordered = [best, *sorted(same, key=lambda claim: claim.published, reverse=True)]
    return TimelineEntry(
        date=day,
        text=best.sentence,
        language=best.language,
        article_ids=tuple(dict.fromkeys(claim.article_id for claim in ordered))[:MOST_SOURCES],
        planned=_is_ahead(best),
        by_report=best.event_date is None,
    )


def _is_ahead(claim: Claim) -> bool:
    return claim.event_date is not None and claim.event_date > claim.published.date()


def _best(usable: Sequence[Claim], language: ReaderLanguage | None) -> Claim:
    """The claim whose sentence tells the day: telling, in the reader's language, and understood by itself."""

    def readable(claim: Claim) -> tuple[float, datetime]:
        return _telling(claim) + READABLE * (claim.language == language), claim.published

    # What was expected of a day tells it only where nobody told of it afterwards.
    usable = [claim for claim in usable if not _is_ahead(claim)] or usable
    compared = sorted(usable, key=readable, reverse=True)[:COMPARED]
    return max(compared, key=lambda claim: readable(claim)[0] + ALONE * standing(claim.sentence, claim.language).opens)
