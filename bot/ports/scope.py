"""What one reader may see, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles an answer may rest on."""

    chat_id: int | None = None
    """Public feeds and this chat's own, without those it muted; None: public feeds only."""
    known_by: datetime | None = None
    """Nothing that became known later; None: everything we have."""
    replay: bool = False
    """An article is known from its ``published``, not from when it was stored."""
