"""Phase history: on which days of the last weeks a topic's state became another one. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from bot.domain.claim import Claim, Phase
from bot.domain.status import PhaseChange
from bot.domain.story import SourcedArticle
from bot.domain.topic import TopicId
from bot.editorial import topics
from bot.editorial.settling import Evidence, settle

DAYS = 14
"""As many as a picture has."""

_NO_STEP = frozenset({Phase.MENTIONED, Phase.UNKNOWN})


def phase_changes(
    topic: TopicId, articles: Sequence[SourcedArticle], claims: Sequence[Claim], at: datetime
) -> tuple[PhaseChange, ...]:
    """The steps of the last fortnight, oldest first: days (UTC) at whose end the state was not that of the day before.

    Each day is judged by what was known then, as an answer given that evening was. That a matter is merely spoken of,
    or not any more, is no step; a topic without phases has none.
    """
    subject = topics.topic(topic)
    if subject is None or not subject.phased:
        return ()
    evidence = Evidence({sourced.article.id: sourced for sourced in articles})
    general = [claim for claim in claims if claim.topic == topic and claim.scope is None]
    found: list[PhaseChange] = []
    before, first = Phase.UNKNOWN, at.date() - timedelta(days=DAYS - 1)
    for evening in _evenings(at):
        phase = settle(general, evidence, evening).phase
        if phase is not before and phase not in _NO_STEP and evening.date() >= first:
            found.append(PhaseChange(evening.date(), phase))
        before = phase
    return tuple(found)


def _evenings(at: datetime) -> Iterator[datetime]:
    """The last moment of each day, from the one before the fortnight to now."""
    for back in range(DAYS, 0, -1):
        yield datetime.combine(at.date() - timedelta(days=back), time.max, at.tzinfo)
    yield at
