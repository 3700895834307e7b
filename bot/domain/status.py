"""The state of a topic: what ``/status`` answers, before it is worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.briefing import Citation
from bot.domain.claim import Modality, Phase, Polarity
from bot.domain.language import ArticleLanguage
from bot.domain.topic import TopicId


class Strength(StrEnum):
    """How well the sources carry the state: their number, independence and age. Never a chance of peace."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Direction(StrEnum):
    """Whether more is reported than the week before."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Position:
    """What one claimant says of one proposition, in all articles that report it."""

    claimant: str
    claimant_id: str | None
    """Canonical actor id, None where unknown."""
    role: str | None
    """What the article calls somebody we don't know, in ``language``."""
    via: str | None
    """The agency or outlet it was said to."""
    proposition: str
    polarity: Polarity
    phase: Phase
    modality: Modality
    text: str
    """The sentence of the newest article that reports it, in ``language``."""
    language: ArticleLanguage
    published: datetime
    """When that article appeared (UTC)."""
    article_ids: tuple[str, ...]
    """Every article that reports it: the one whose sentence is quoted, then the others, newest first."""
    own_voice: bool = False
    """An outlet asserts it itself."""
    translated_from: ArticleLanguage | None = None
    """Set when a model told ``text``, checked, in ``language``: the view must label it."""


@dataclass(frozen=True, slots=True)
class Contest:
    """One proposition about one event on which claimants differ: shown side by side, never merged."""

    proposition: str
    since: datetime
    """When the first of the claims was published (UTC)."""
    event_date: date | None
    positions: tuple[Position, ...]
    """One a claimant, the earliest first."""


@dataclass(frozen=True, slots=True)
class FigureSource:
    """One outlet's or claimant's number."""

    claimant: str
    value: int
    article_id: str


@dataclass(frozen=True, slots=True)
class FigureRange:
    """Differing numbers for one thing in one story: a range with its sources, never an average."""

    unit: str
    """What is counted, as a key of the pack, such as ``drones``."""
    low: int
    high: int
    sources: tuple[FigureSource, ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """A truce of limited scope, beside the general state."""

    scope: str
    """A key of the pack, such as ``energy``."""
    phase: Phase
    since: datetime | None
    according_to: tuple[str, ...] = ()
    """Who says that more is settled than ``phase`` grants: claimants' names."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest thing said that matters."""

    text: str
    """In ``language``, the article's own words."""
    at: datetime
    language: ArticleLanguage
    article_ids: tuple[str, ...]
    positions: tuple[Position, ...]
    """Who says it, then whoever denies it or won't confirm it."""
    translated_from: ArticleLanguage | None = None
    """Set when a model told ``text``, checked, in ``language``: the view must label it."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One date, one sentence."""

    date: date
    text: str
    language: ArticleLanguage
    article_ids: tuple[str, ...]
    planned: bool = False
    """It had yet to happen when it was reported."""
    by_report: bool = False
    """The date is that of the report; the sentence names none."""
    translated_from: ArticleLanguage | None = None
    """Set when a model told ``text``, checked, in ``language``: the view must label it."""


@dataclass(frozen=True, slots=True)
class Day:
    """How many stories a day had."""

    date: date
    stories: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Stories a day, the last seven days against the seven before."""

    days: tuple[Day, ...]
    """Fourteen, oldest first."""
    direction: Direction


@dataclass(frozen=True, slots=True)
class PhaseChange:
    """A day on which the state became another one."""

    date: date
    phase: Phase


@dataclass(frozen=True, slots=True)
class TopicStatus:
    """The state of one topic, from what one reader may see and what was known at ``at``."""

    topic: TopicId
    at: datetime
    phase: Phase
    strength: Strength
    since: datetime | None
    """When the first report of the present phase appeared; None where the phase is unknown."""
    followed_since: datetime | None
    """The start of what we have read; nothing is said about the time before."""
    newest_at: datetime | None
    """The newest article on the topic: "no news since …" where it is old."""
    last_change: datetime | None
    """When the phase last became what it is; None where we never saw it differ."""
    according_to: tuple[Position, ...]
    """Who says that more is settled than ``phase`` grants."""
    partial: tuple[Partial, ...]
    latest: Latest | None
    positions: tuple[Position, ...]
    contested: tuple[Contest, ...]
    figures: tuple[FigureRange, ...]
    timeline: tuple[TimelineEntry, ...]
    """Oldest first."""
    trend: Trend
    sources: tuple[Citation, ...]
    """Every outlet behind this answer, its newest article, newest first; an outlet's sections are one."""
    independent_sources: int
    """Outlets of different owners with texts of their own."""
    articles: int
    """Articles behind this answer."""
    cited: tuple[Citation, ...]
    """The article behind every sentence of it, each once."""
