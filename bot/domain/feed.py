"""Feeds: what we follow, and what we know about the last time we read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.language import ArticleLanguage


class Ownership(StrEnum):
    """Who controls an outlet; shown beside its name when it matters."""

    STATE = "state"
    """Government-controlled."""
    PUBLIC = "public"
    """Publicly funded, independent by law."""
    PRIVATE = "private"
    INDEPENDENT = "independent"


class Origin(StrEnum):
    """Where a feed came from; decides who may change it and who sees it."""

    FILE = "file"
    """The operator's feeds.yaml: everyone's."""
    CHAT = "chat"
    """A moderator's: seen by the chats that added it, until promoted."""
    ARCHIVE = "archive"
    """A source named by ``bot import``: never polled, seen by everyone."""


class FeedState(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    """Stopped by a moderator, or by days of failure."""
    GONE = "gone"
    """Its server said 410: it will not come back."""
    RETIRED = "retired"
    """Taken out of feeds.yaml or removed by its last chat; its articles stay."""


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """What a person says about a feed: one entry of feeds.yaml. Only ``url`` is required."""

    url: str
    name: str | None = None
    language: ArticleLanguage | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2, upper case."""
    ownership: Ownership | None = None
    dedicated: bool = False
    """Everything in it is about the war."""
    full_text: bool = False
    """Read the article's page when the feed has only an excerpt."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A followed feed."""

    id: int
    spec: FeedSpec
    origin: Origin
    state: FeedState
    public: bool
    """Everyone's; otherwise seen only by the chats it is attached to."""
    title: str | None = None
    """What it calls itself, once it was read."""

    @property
    def name(self) -> str:
        """What readers call it: its given name, else its own title, else its host."""
        return self.spec.name or self.title or host_of(self.spec.url)

    @property
    def polled(self) -> bool:
        """Whether it is ever read from the web; an archive source is not."""
        return self.origin is not Origin.ARCHIVE


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask "has it changed?", kept byte for byte."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a feed's last document wants to be read, and how often it says something new.

    Kept with the reading, because an answer without a document (304) does not repeat it.
    """

    interval_seconds: int = 0
    """What ttl and sy:updatePeriod ask for; 0: nothing asked."""
    gap_seconds: int | None = None
    """Between two of its newest entries, on average; None: too few are dated."""
    skipped_hours: tuple[int, ...] = ()
    """0–23, UTC: the hours in which it asks not to be read."""
    skipped_days: tuple[int, ...] = ()
    """0 is Monday, UTC."""


NO_RHYTHM = Rhythm()


@dataclass(frozen=True, slots=True)
class FeedReading:
    """How reading a feed has gone so far: what the next request and the health views need."""

    feed_id: int
    validators: Validators = NO_VALIDATORS
    body_hash: str | None = None
    """blake2b-128 of the last 200 body, hexadecimal: equal means nothing to parse."""
    next_poll: datetime | None = None
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    """The last 200 or 304 whose body could be used."""
    failing_since: datetime | None = None
    failures: int = 0
    """In a row; 0 after every success."""
    error_key: str | None = None
    error_arguments: dict[str, str | int | float | None] | None = None
    skipped_entries: int = 0
    """Entries of the last body left out because of the cap."""
    rhythm: Rhythm = NO_RHYTHM


def host_of(url: str) -> str:
    """The host of an address without ``www.``, for people; the address itself where there is none."""
    host = url.split("://", 1)[-1].split("/", 1)[0].rsplit("@", 1)[-1].split(":", 1)[0]
    return host.removeprefix("www.") or url
