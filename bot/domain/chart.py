"""A chart before it is drawn: numbers and words, no pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One day."""

    label: str
    """Its date, short enough to stand below a bar."""
    value: int
    mark: str = ""
    """What changed on that day, in a few words; empty: nothing."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values of successive days."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
