"""Finds the open stories an article may belong to without looking at all of them.

An inverted index: key → the stories it is strong in. What it answers follows from the open stories alone, whatever
the order they came in, and its cost is bounded, however many share a word.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from bot.editorial.memory import SHARED, StoryMemory
from bot.editorial.vectors import Representation

_STRONG = 0.06
"""Share of a story's length from which a key leads to it."""

_VISITS = 800
"""Entries looked up for one article, rare keys first: what is left then is shared by everything."""

_PROMISING = 0.04
"""Likeness by strong keys alone below which no story ever turned out to be the one."""

_CANDIDATES = 10
"""Stories compared in full."""

_Key = tuple[str, str]
"""Space and key."""


class StoryIndex:
    """The open stories by what they are about, and by age."""

    def __init__(self) -> None:
        self._stories: dict[str, StoryMemory] = {}
        self._leads: dict[_Key, dict[str, float]] = {}
        self._keys: dict[str, list[_Key]] = {}
        self._ages: list[tuple[datetime, str]] = []
        self._newest: datetime | None = None

    @property
    def newest(self) -> datetime | None:
        """When something was last added to any open story; None where none is open."""
        return self._newest if self._stories else None

    def add(self, story: StoryMemory) -> None:
        """Take a story in as it is now; ``remove`` it before it changes."""
        self._newest = max(story.last, self.newest or story.last)
        self._stories[story.id] = story
        self._keys[story.id] = keys = []
        for name, space in story.spaces.items():
            for key, weight in space.total.items():
                if weight >= _STRONG * space.length:
                    self._leads.setdefault((name, key), {})[story.id] = weight / space.length
                    keys.append((name, key))
        heapq.heappush(self._ages, (story.last, story.id))

    def remove(self, story: StoryMemory) -> None:
        """Leave a story out; nothing happens where it is not in."""
        if self._stories.pop(story.id, None) is None:
            return
        for key in self._keys.pop(story.id):
            led = self._leads[key]
            del led[story.id]
            if not led:
                del self._leads[key]

    def candidates(self, seen: Representation) -> list[StoryMemory]:
        """The stories an article has most in common with; at most ``_CANDIDATES``, the most promising first."""
        promise: dict[str, float] = defaultdict(float)
        left = _VISITS
        for led, weight in self._entries(seen):
            if len(led) > left and promise:
                break
            for story_id in led if len(led) <= left else heapq.nsmallest(left, led):
                promise[story_id] += weight * led[story_id]
            left -= len(led)
        promising = [(-promised, story_id) for story_id, promised in promise.items() if promised >= _PROMISING]
        return [self._stories[story_id] for _, story_id in heapq.nsmallest(_CANDIDATES, promising)]

    def older_than(self, moment: datetime) -> Iterator[StoryMemory]:
        """The stories last added to before a moment. Remove each before taking the next."""
        while self._ages and self._ages[0][0] < moment:
            last, story_id = heapq.heappop(self._ages)
            story = self._stories.get(story_id)
            if story is not None and story.last == last:
                yield story

    def _entries(self, seen: Representation) -> list[tuple[dict[str, float], float]]:
        """What each of the article's keys leads to, rare and heavy keys first, with the key's weight."""
        keys = [((SHARED, key), weight) for key, weight in seen.shared.items()]
        keys += [((seen.language, key), weight) for key, weight in seen.terms.items()]
        known = sorted((len(self._leads[key]), -weight, key) for key, weight in keys if key in self._leads)
        return [(self._leads[key], -weight) for _, weight, key in known]
