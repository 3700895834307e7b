"""Corrections: what a source takes back or changes after a chat was told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.language import ArticleLanguage


class CorrectionKind(StrEnum):
    """What became of a cited sentence."""

    WITHDRAWN = "withdrawn"
    """Its source took the whole article back."""
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"
    PHASE = "phase"
    """How far the matter has come: agreed, in force, violated…"""
    MODERATORS = "moderators"
    """Moderators set it right, in their own words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article says at one time."""

    title: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One change that matters to whoever read the sentence."""

    kind: CorrectionKind
    before: str = ""
    """As it was: ``12 morts``, a name, or the whole sentence."""
    after: str = ""
    """As it is now; of a figure and a name the neutral part stands in both languages."""


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A change of an article that matters, noticed while polling."""

    article_id: str
    story_id: str | None
    """The story it was told in."""
    language: ArticleLanguage
    before: Wording
    after: Wording
    noticed_at: datetime


@dataclass(frozen=True, slots=True)
class Revision(NewRevision):
    """One that waits to be told to the chats concerned."""

    id: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader is told: in a dated note under the point, and once more at the start of the next edition."""

    kind: CorrectionKind
    at: datetime
    headline: str
    """Of the point as it was sent."""
    told_at: datetime
    """When the point was sent."""
    outlet: str = ""
    before: str = ""
    after: str = ""
    language: ArticleLanguage = "other"
    """Of ``before`` and ``after``."""


@dataclass(frozen=True, slots=True)
class Citing:
    """A delivery that told a story from an article, as its chat sees it now."""

    delivery_id: int
    """The first message's; an edit of it is told by its id too."""
    chat_id: int
    briefing: str
    """As kept, after whatever edits there were."""
    sent_at: datetime
    editable: bool
    """False for what was the answer to a command: its message is not ours to find."""
    parts: int
    breaking: bool = False
    """It was an alert: of these the words are not kept."""


def edit_number(revision_id: int) -> int:
    """A revision's number among a delivery's edits: even. 1 is the completion of a first edition in place."""
    return 2 * revision_id


def edit_number_by_hand(change_id: int) -> int:
    """The number among a delivery's edits of what moderators changed, by its number in the audit log: odd, above 1."""
    return 2 * change_id + 1
