"""A briefing: a few points, each with its sources, and what they were chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.correction import Correction
from bot.domain.feed import Ownership
from bot.domain.language import ArticleLanguage, ReaderLanguage


class Badge(StrEnum):
    """Why a point is in this briefing."""

    NEW = "new"
    UPDATED = "updated"
    """Told before, and something was added."""
    CORRECTED = "corrected"


class Method(StrEnum):
    """How the sentences were written; the footer says it in plain words."""

    EXTRACTIVE = "extractive"
    MODEL = "model"
    MIXED = "mixed"


class Length(StrEnum):
    """How much of each point a reader wants."""

    HEADLINES = "headlines"
    SHORT = "short"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Window:
    """What a briefing covers: after ``start``, up to and including ``end`` (UTC)."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Citation:
    """One outlet behind a point, with the article to open."""

    article_id: str
    name: str
    url: str | None
    language: ArticleLanguage
    ownership: Ownership | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence of an article, as it stood, that a point tells in other words or in another language."""

    article_id: str
    text: str


@dataclass(frozen=True, slots=True)
class FactCard:
    """Language-neutral facts of a story, worded by the view where no sentence in the reader's language exists."""

    topics: tuple[str, ...]
    phase: str | None
    actors: tuple[str, ...]
    """Canonical actor ids, most present first."""
    numbers: tuple[str, ...]
    """Such as ``150:prisoners``: a figure two independent sources give, and what it counts: see ``facts.units``."""
    source_count: int
    """Independent sources."""


@dataclass(frozen=True, slots=True)
class Point:
    """One story, told."""

    story_id: str
    headline: str
    """At most 60 characters, in ``quoted_language`` or the reader's."""
    text: str
    """One or two sentences of the sources, or a model's; may be empty in a headlines edition."""
    badges: tuple[Badge, ...]
    article_ids: tuple[str, ...]
    """Those of ``citations`` and those the text was taken from."""
    citations: tuple[Citation, ...]
    topics: tuple[str, ...]
    newest_at: datetime
    quoted_language: ArticleLanguage | None = None
    """Set when headline and text are the original words in another language: the view must label them."""
    facts: FactCard | None = None
    method: Method = Method.EXTRACTIVE
    """Who wrote headline and text."""
    translated_from: ArticleLanguage | None = None
    """Set when a model wrote it from articles in another language only: the view must label it."""
    notes: tuple[Correction, ...] = ()
    """What was set right after it had been sent, in dated notes under it."""
    grounds: tuple[Ground, ...] = ()
    """What a model wrote it from; empty where the text is the articles' own."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the footer is honest about."""

    feeds_reached: int
    feeds_total: int
    """Every listed feed the reader can see."""
    articles_read: int
    articles_relevant: int
    newest_article_at: datetime | None
    method: Method
    first_reading_done: bool = True
    """False while a bot that has only begun to read has not tried and judged everything yet."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What one reader is told of a window, before it is worded."""

    language: ReaderLanguage
    zone: str
    at: datetime
    window: Window
    points: tuple[Point, ...]
    coverage: Coverage
    length: Length = Length.SHORT
    since_last: bool = False
    """The window starts where this chat's last briefing ended, so the first line may say so."""
    corrections: tuple[Correction, ...] = ()
    """What was set right of earlier briefings: it opens with them."""
    on_topics: bool = False
    """It keeps to the topics its reader follows: silence says nothing about the others."""

    @property
    def method(self) -> Method:
        """How the sentences were written, of all that it tells."""
        return method_of([point.method for point in self.points]) if self.points else self.coverage.method


def method_of(methods: Sequence[Method]) -> Method:
    """One word for several methods; sentences of the articles where there are none."""
    return methods[0] if len(set(methods)) == 1 else Method.MIXED if methods else Method.EXTRACTIVE
