"""Breaking news: which changes are occasions, and which of them may sound now. Pure.

An alert interrupts somebody. So there are at most two a day, one topic or story is silent for six hours after it has
sounded, nothing sounds in quiet hours, and what is half a day old is left to the next briefing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.alert import AlertKind, Occasion, Ruling, Sounded, Watch
from bot.domain.claim import Phase
from bot.domain.quiet import QuietHours, quiet_at
from bot.domain.status import Strength, TopicStatus
from bot.domain.story import Story
from bot.domain.topic import TopicId
from bot.editorial.independence import groups

MOST_A_DAY = 2
SILENT = timedelta(hours=6)
"""One topic, or one story, does not sound again sooner."""
STALE = timedelta(hours=12)
"""What came about so long ago is for the briefing; a night's quiet hours are shorter."""
MANY_SOURCES = 5
"""Independent sources from which a story is breaking news."""

_FADED = frozenset({Phase.UNKNOWN, Phase.MENTIONED})
"""A matter that is no longer, or not yet, in any state."""
_DECIDED = frozenset({Phase.AGREED, Phase.IN_FORCE, Phase.VIOLATED, Phase.REJECTED, Phase.EXPIRED})
"""What whoever follows no topic in particular is alerted to."""


def phase_changes(statuses: Iterable[TopicStatus], watch: Watch, *, followed: bool) -> tuple[Occasion, ...]:
    """Topics in another phase than the chat knows, that the sources carry. ``followed``: it chose these topics."""
    return tuple(
        Occasion(AlertKind.PHASE, status.topic, status.since, status.topic, before=before, after=status.phase)
        for status in statuses
        if (before := watch.phases.get(status.topic)) is not None
        and status.since is not None
        and _is_step(before, status.phase, followed=followed)
        and status.strength is not Strength.LOW
    )


def _is_step(before: Phase, after: Phase, *, followed: bool) -> bool:
    """Whether a change is one of the matter itself, not of how much we know or how much it is spoken of."""
    if after is before or before is Phase.UNKNOWN or after in _FADED:
        return False
    return followed or after in _DECIDED


def known_phases(
    statuses: Iterable[TopicStatus], watch: Watch, rulings: Mapping[Occasion, Ruling]
) -> dict[TopicId, Phase]:
    """What the chat knows from now on: what was held back, or is carried by too little yet, it does not know."""
    held = {occasion.subject for occasion, ruling in rulings.items() if ruling is Ruling.HOLD}
    known = dict(watch.phases)
    for status in statuses:
        first = status.topic not in known
        old = status.since is None or status.at - status.since > STALE
        waits = status.topic in held or (status.strength is Strength.LOW and not old)
        if first or not waits or status.phase in _FADED:
            known[status.topic] = status.phase
    return known


def risen_stories(
    stories: Iterable[Story], since: datetime, topics: Collection[TopicId], told: Collection[str]
) -> tuple[Occasion, ...]:
    """Stories of many independent sources, the most first.

    ``since``: those that had as many before are no news; ``topics``: the followed ones, empty for all; ``told``: ids of
    stories and of articles the chat was told of.
    """
    found = []
    for story in stories:
        if story.id in told or any(article.article.id in told for article in story.articles):
            continue
        about = _topic(story)
        if topics and not any(topic in topics for article in story.articles for topic in article.topics):
            continue
        moments = sorted(min(one.article.known_at for one in group) for group in groups(story.articles))
        if len(moments) >= MANY_SOURCES and moments[MANY_SOURCES - 1] > since:
            passed = moments[MANY_SOURCES - 1]
            found.append(Occasion(AlertKind.STORY, story.id, passed, about, sources=len(moments)))
    return tuple(sorted(found, key=lambda occasion: (-occasion.sources, occasion.subject)))


def _topic(story: Story) -> TopicId | None:
    counts: dict[TopicId, int] = {}
    for article in story.articles:
        for topic in article.topics[:1]:
            counts[topic] = counts.get(topic, 0) + 1
    return max(sorted(counts), key=lambda topic: counts[topic], default=None)


def rule(
    occasions: Sequence[Occasion], sounded: Sequence[Sounded], quiet: QuietHours | None, zone: str, now: datetime
) -> dict[Occasion, Ruling]:
    """What becomes of each occasion now, the more important first; those sent count for those after them."""
    past = list(sounded)
    rulings: dict[Occasion, Ruling] = {}
    for occasion in occasions:
        rulings[occasion] = ruling = _ruling(occasion, past, quiet, zone, now)
        if ruling is Ruling.SEND:
            past.append(Sounded(now, occasion.subjects))
    return rulings


def _ruling(
    occasion: Occasion, sounded: Sequence[Sounded], quiet: QuietHours | None, zone: str, now: datetime
) -> Ruling:
    if now - occasion.at > STALE:
        return Ruling.DROP
    if quiet_at(quiet, now, zone):
        return Ruling.HOLD
    if any(now - one.at < SILENT and one.subjects & occasion.subjects for one in sounded):
        return Ruling.HOLD
    today = [one for one in sounded if _day(one.at, zone) == _day(now, zone)]
    return Ruling.HOLD if len(today) >= MOST_A_DAY else Ruling.SEND


def _day(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).date().isoformat()
