"""What a feed document says, before it is judged: the shape every reader (XML, JSON, tolerant) fills."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_ITEMS = 2_000
"""Items read of one document, half of them from either end, since nobody knows which end is new; the rest is counted.
A hostile document may hold hundreds of thousands."""


@dataclass(slots=True)
class RawEntry:
    """One item, its values as written: markup, odd dates and relative links included."""

    guid: str = ""
    guid_is_link: bool = False
    """The item's only link is its guid."""
    link: str = ""
    original_link: str = ""
    """Where a proxy such as FeedBurner says the article really is."""
    title: str = ""
    summary: str = ""
    content: str = ""
    dates: list[str] = field(default_factory=list)
    """Best first: published, created, updated."""
    language: str = ""


@dataclass(slots=True)
class RawFeed:
    """A whole document."""

    title: str = ""
    link: str = ""
    language: str = ""
    entries: list[RawEntry] = field(default_factory=list)
    uncounted: int = 0
    """Items beyond those kept in ``entries``, of which only the number is known."""
    ttl: str = ""
    """Minutes."""
    update_period: str = ""
    update_frequency: str = ""
    skipped_hours: tuple[int, ...] = ()
    skipped_days: tuple[int, ...] = ()
    relative_to_document: bool = False
    """Relative links start from the document's own address (Atom, JSON), not from the site's."""
    repaired: bool = False
