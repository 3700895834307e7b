"""Writing for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.story import Digest, Story

PATIENCE = 25.0
"""Seconds that a person who asked waits for a model."""


class Purpose(StrEnum):
    """What is written for, the most important first: when the day's tokens run out, the last goes first."""

    BRIEFING = "briefing"
    STATUS = "status"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a model may take over a text, and what the text is for."""

    seconds: float = PATIENCE
    purpose: Purpose = Purpose.SINGLE


READER_WAITS = Patience()
"""Somebody asked, and waits."""


class Summariser(Protocol):
    """Condenses a story in a reader's language."""

    async def condense(
        self, story: Story, language: ReaderLanguage, *, since: datetime | None, patience: Patience = READER_WAITS
    ) -> Digest:
        """A digest of the story; what is newer than ``since`` comes first. Never raises: offline is always possible.

        Whatever takes longer than its ``patience`` is given up for what can be written at once.
        """
        ...


@dataclass(frozen=True, slots=True)
class Original:
    """A sentence to be told in another language."""

    text: str
    language: ArticleLanguage
    article_id: str
    published: datetime
    claimant: str = ""
    """Who says it, as readers know them; empty: the outlet, or nobody that can be told."""
    url: str | None = None
    """Its article's address."""
    reserved: bool = False
    """Its publisher keeps it from text mining."""


class Translator(Protocol):
    """Tells sentences in a reader's language. An engine on this machine may fulfil it as well as a model."""

    async def translate(
        self, originals: Sequence[Original], language: ReaderLanguage, *, within: float = PATIENCE
    ) -> Mapping[str, str]:
        """Original text → the same in the language, of those that could be told and checked. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote of a story, checked, as it is kept."""

    key: str
    """Of its content, language, prompt and model: a hash."""
    story_id: str
    language: ReaderLanguage
    writer: str
    """Prompt version and model."""
    articles: Mapping[str, str]
    """Article id → hash of its content when this was written."""
    independent_sources: int
    progress: str
    """How far the story's matters had come."""
    text: str
    """The digest, as the writer keeps it."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """What a model was used for on one day (UTC)."""

    day: date
    tokens: int
    """Asked and answered, with what is reserved for calls under way."""
    calls: int


class WritingRows(Protocol):
    """What models wrote, and what they cost."""

    async def written(self, story_id: str, language: ReaderLanguage, writer: str) -> tuple[Written, ...]:
        """What was written of a story, the newest first."""
        ...

    async def keep(self, written: Written, *, forget_before: datetime) -> None:
        """Store it in the place of what has its key; what is older than ``forget_before`` goes."""
        ...

    async def reserve(self, day: date, tokens: int, limit: int) -> bool:
        """Set tokens aside for a call; False, and nothing is, where the day would then pass its limit."""
        ...

    async def settle(self, day: date, difference: int) -> None:
        """A call used more or fewer tokens than were set aside for it."""
        ...

    async def spent(self, since: date) -> tuple[Spent, ...]:
        """The days from ``since`` on, oldest first; days without a call are left out."""
        ...
