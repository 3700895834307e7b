"""What clustering remembers of one story: for each space the sum of its articles' vectors, and its latest ones.

Weights are kept to four decimals in memory as in the row, so that a story read back is the story that was written.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.domain.story import OpenStory
from bot.editorial.vectors import Representation, Vector, dot

SHARED = "shared"
"""The space every language has; the others are named by their language."""

RECENT = 4
"""Articles of a story kept one by one: a saga's next article resembles its latest ones."""

_SUM_KEYS = 80
"""Keys of a sum that are kept, the heaviest ones: the others are what single articles say besides."""

_NEAREST_SHARE = 0.3
"""What the nearest of the recent articles weighs in a similarity; the sum of all weighs the rest."""

_DECIMALS = 4


@dataclass(slots=True)
class Space:
    """A story in one space."""

    total: Vector = field(default_factory=dict)
    recent: list[Vector] = field(default_factory=list)
    length: float = 0.0
    """Of ``total``; follows from it."""

    def add(self, vector: Vector) -> None:
        """Take an article in."""
        for key, weight in vector.items():
            self.total[key] = round(self.total.get(key, 0.0) + weight, _DECIMALS)
        self.recent = [*self.recent, vector][-RECENT:]
        self._settle()

    def absorb(self, other: Space) -> None:
        """Take another story's articles in; they count as the earlier ones."""
        for key, weight in other.total.items():
            self.total[key] = round(self.total.get(key, 0.0) + weight, _DECIMALS)
        self.recent = [*other.recent, *self.recent][-RECENT:]
        self._settle()

    def similarity(self, vector: Vector) -> float:
        """0 to 1: how near an article is to the whole and to its nearest recent article."""
        whole = dot(vector, self.total) / self.length if self.length else 0.0
        nearest = max((dot(vector, recent) for recent in self.recent), default=0.0)
        return (1 - _NEAREST_SHARE) * whole + _NEAREST_SHARE * nearest

    def common(self, vector: Vector) -> Vector:
        """What each key adds to the likeness to the whole."""
        if not self.length:
            return {}
        return {key: weight * self.total[key] / self.length for key, weight in vector.items() if key in self.total}

    @property
    def direction(self) -> Vector:
        """The sum, with length 1."""
        return {key: weight / self.length for key, weight in self.total.items()} if self.length else {}

    def kinship(self, other: Space) -> float:
        """0 to 1: how near two stories are as wholes."""
        if not (self.length and other.length):
            return 0.0
        return dot(self.total, other.total) / (self.length * other.length)

    def _settle(self) -> None:
        if len(self.total) > 2 * _SUM_KEYS:
            heaviest = sorted(self.total, key=lambda key: (-self.total[key], key))[:_SUM_KEYS]
            self.total = {key: self.total[key] for key in sorted(heaviest)}
        self.measure()

    def measure(self) -> None:
        """Find the length anew."""
        self.length = math.sqrt(sum(weight * weight for weight in self.total.values()))


@dataclass(slots=True)
class StoryMemory:
    """An open story."""

    id: str
    first: datetime
    last: datetime
    size: int = 0
    spaces: dict[str, Space] = field(default_factory=dict)

    def add(self, seen: Representation, published: datetime) -> None:
        """Take an article in."""
        self.first, self.last = min(self.first, published), max(self.last, published)
        self.size += 1
        self.spaces.setdefault(SHARED, Space()).add(seen.shared)
        if seen.terms:
            self.spaces.setdefault(seen.language, Space()).add(seen.terms)

    def absorb(self, other: StoryMemory) -> None:
        """Become the story of both."""
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.size += other.size
        for name, space in other.spaces.items():
            self.spaces.setdefault(name, Space()).absorb(space)

    def row(self) -> OpenStory:
        """As it is stored."""
        spaces = {name: [space.total, space.recent] for name, space in self.spaces.items()}
        content = {"first": self.first.isoformat(), "size": self.size, "spaces": spaces}
        packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)
        return OpenStory(self.id, self.last, packed)


def read(row: OpenStory) -> StoryMemory:
    """A story as it was when its row was written. Raises ValueError or zlib.error for bytes that are no memory."""
    content: Mapping[str, Any] = json.loads(zlib.decompress(row.memory))
    spaces = {name: Space(total, recent) for name, (total, recent) in content["spaces"].items()}
    for space in spaces.values():
        space.measure()
    first = datetime.fromisoformat(content["first"]).astimezone(UTC)
    return StoryMemory(row.id, first, row.last_published.astimezone(UTC), content["size"], spaces)
