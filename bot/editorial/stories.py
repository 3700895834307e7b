"""Which articles tell one story: online clustering, one article at a time, in published order.

An article joins the story it resembles most, if it resembles it enough; else it begins one. In one language likeness is
half that of its stems and half that of the shared space; across languages the shared space decides alone. It fades
with the days between. What speaks of many events, such as a review of the papers, leaves no trace in the story it comes
to, so that it ties nothing together. Precision comes first: two stories of one event cost a reader a line, one story of
two events costs them the truth. Stories that grow alike are merged, the smaller into the larger; no article is lost.

Thresholds were found on one labelled set and checked on others (see the README's quality page).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.domain.article import Article
from bot.domain.story import OpenStory
from bot.editorial.genres import APART, genre_of
from bot.editorial.index import StoryIndex
from bot.editorial.memory import SHARED, StoryMemory, read
from bot.editorial.vectors import Representation, Vector, prepare, represent

WINDOW = timedelta(days=14)
"""A story nothing was added to for so long is closed: what comes later is a new one."""

_FADING = timedelta(days=6)
"""After so long likeness counts exp(-1), after twice as long next to nothing."""

_JOIN, _JOIN_ACROSS = 0.275, 0.16
"""Likeness from which an article joins a story, one with articles of its language and one without."""

_SECOND = 0.04
"""Across languages, what all but the first thing two articles have in common must add to their likeness: one country,
one number or one subject (Brazil, 5 %, vaccines) is no event."""

_GROWN = 0.04
"""How much less is asked by a story of twenty articles or more: its sum knows what the event is."""

_MERGE = 0.4
"""Likeness from which two stories are one."""

_RIVALS = 4
"""Stories looked at for a merge: those nearest to the article that changed one."""


class Clusterer:
    """Keeps the open stories. It decides by them and the article alone, so a restart changes nothing."""

    def __init__(self, open_stories: Iterable[OpenStory] = ()) -> None:
        """``open_stories``: the rows persisted so far, in any order; merged and closed ones do no harm."""
        prepare()
        self._stories: dict[str, StoryMemory] = {}
        self._index = StoryIndex()
        self._merged: dict[str, OpenStory] = {}
        self._touched: set[str] = set()
        self._ended: dict[str, OpenStory] = {}
        for row in sorted(open_stories, key=lambda row: row.id):
            if row.merged_into is not None:
                self._merged[row.id] = row
            elif row.memory:
                self._stories[row.id] = story = read(row)
                self._index.add(story)

    def assign(self, article: Article) -> str:
        """The story the article belongs to, taking it in. Feed articles once each, in published order."""
        published = article.published.astimezone(UTC)
        self._close_before(max(published, self._index.newest or published) - WINDOW)
        seen = represent(article)
        near = self._nearest(seen, published)
        found = near[0][1] if near and near[0][0] >= 0 else None
        if genre_of(article) in APART:
            return found.id if found is not None else self._alone(article.id, published)
        story = found or self._begin(article.id, published)
        self._index.remove(story)
        story.add(seen, published)
        self._keep(story)
        return self._merge(story, [rival for _, rival in near[:_RIVALS] if rival is not story]).id

    def current(self, story_id: str) -> str:
        """The story an id leads to after merges: itself where it was never merged."""
        while (row := self._merged.get(story_id)) is not None and row.merged_into is not None:
            story_id = row.merged_into
        return story_id

    @property
    def open_count(self) -> int:
        """How many stories are open."""
        return len(self._stories)

    def changed(self) -> tuple[OpenStory, ...]:
        """The rows to persist since the last call: stories that grew, were merged, or closed (without memory)."""
        rows = {id_: self._stories[id_].row() for id_ in self._touched} | self._ended
        self._touched, self._ended = set(), {}
        return tuple(rows[id_] for id_ in sorted(rows))

    def forget_before(self, moment: datetime) -> None:
        """Close the stories nothing was added to since, and forget older merges. Their articles stay theirs."""
        self._close_before(moment.astimezone(UTC))
        self._merged = {id_: row for id_, row in self._merged.items() if row.last_published >= moment}

    def _nearest(self, seen: Representation, published: datetime) -> list[tuple[float, StoryMemory]]:
        """Stories with something in common, by how much nearer they are than joining asks; the nearest first."""
        scored = [
            (_likeness(seen, published, story) - _asked(seen, story), story) for story in self._index.candidates(seen)
        ]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1].first, pair[1].id))

    def _begin(self, article_id: str, published: datetime) -> StoryMemory:
        """A new story; its id follows from its first article, so that a replay gives the same one."""
        id_ = _id(article_id)
        return self._stories.get(id_) or StoryMemory(id_, published, published)

    def _alone(self, article_id: str, published: datetime) -> str:
        """A story that is closed as soon as it begins: nothing joins what names many events."""
        row = OpenStory(_id(article_id), published, b"")
        self._ended[row.id] = row
        return row.id

    def _merge(self, story: StoryMemory, rivals: Iterable[StoryMemory]) -> StoryMemory:
        """The story itself, or the larger of it and the rival it has grown alike to, both in one."""
        alike = [(_kinship(story, rival), rival) for rival in rivals]
        likeness, rival = max(alike, key=lambda pair: (pair[0], pair[1].id), default=(0.0, story))
        if likeness < _MERGE:
            return story
        kept, gone = sorted((story, rival), key=lambda one: (-one.size, one.first, one.id))
        self._index.remove(kept)
        self._drop(gone, merged_into=kept.id)
        kept.absorb(gone)
        self._keep(kept)
        return kept

    def _keep(self, story: StoryMemory) -> None:
        self._stories[story.id] = story
        self._touched.add(story.id)
        self._index.add(story)

    def _drop(self, story: StoryMemory, merged_into: str | None = None) -> None:
        self._index.remove(story)
        del self._stories[story.id]
        self._touched.discard(story.id)
        row = OpenStory(story.id, story.last, b"", merged_into)
        self._ended[story.id] = row
        if merged_into is not None:
            self._merged[story.id] = row

    def _close_before(self, moment: datetime) -> None:
        for story in self._index.older_than(moment):
            self._drop(story)


def _id(article_id: str) -> str:
    return hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _likeness(seen: Representation, published: datetime, story: StoryMemory) -> float:
    shared = story.spaces[SHARED].similarity(seen.shared)
    own = story.spaces.get(seen.language) if seen.terms else None
    if own is not None:
        alike = (shared + own.similarity(seen.terms)) / 2
    else:
        alike = shared if shared >= _JOIN_ACROSS - _GROWN and _one_event(seen.shared, story) else 0.0
    return alike * _fading(max(published - story.last, story.first - published))


def _one_event(vector: Vector, story: StoryMemory) -> bool:
    """Do they share more than one thing, and not only subjects? Asked where no words of one language can tell."""
    common = story.spaces[SHARED].common(vector)
    if all(key.startswith(("C:", "&C:")) for key in common):
        return False
    return math.fsum(common.values()) - max(common.values()) >= _SECOND


def _asked(seen: Representation, story: StoryMemory) -> float:
    same_language = bool(seen.terms) and seen.language in story.spaces
    return (_JOIN if same_language else _JOIN_ACROSS) - _GROWN * min(1.0, math.log(story.size) / 3)


def _kinship(one: StoryMemory, other: StoryMemory) -> float:
    shared = one.spaces[SHARED].kinship(other.spaces[SHARED])
    common = [name for name in one.spaces if name in other.spaces and name != SHARED]
    if not common and not _one_event(one.spaces[SHARED].direction, other):
        return 0.0
    own = max((one.spaces[name].kinship(other.spaces[name]) for name in common), default=shared)
    return (shared + own) / 2 * _fading(abs(one.last - other.last))


def _fading(gap: timedelta) -> float:
    return math.exp(-((max(gap, timedelta()) / _FADING) ** 2))
