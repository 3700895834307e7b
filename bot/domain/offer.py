"""What a moderator is offered before a feed is added: the feeds found, looked at, with what to beware of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.feed import FeedSpec, Ownership
from bot.domain.language import ArticleLanguage

MOST_CANDIDATES = 5
LONGEST_NAME = 60
"""Characters of a name: a feed's own title may be a paragraph."""
DEAD_AFTER = timedelta(days=30)
PREVIEW_LIFE = timedelta(days=1)
"""How long a preview's buttons work."""


class Caution(StrEnum):
    """What a moderator should know before adding a feed."""

    SANCTIONED = "sanctioned"
    """An outlet under European Union sanctions."""
    SAME_ARTICLES = "same-articles"
    """Another feed that is followed carries the same articles."""
    SECRET = "secret"  # noqa: S105 - a warning about secrets
    """Its address holds a token or a password."""
    HTTP_ONLY = "http-only"
    EXCERPTS_ONLY = "excerpts-only"
    DEAD = "dead"
    UNDATED = "undated"
    SLOW = "slow"
    OFF_TOPIC = "off-topic"
    SEARCH = "search"
    """The site's own search, as a feed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One feed that was found, looked at."""

    url: str
    """As it will be fetched: may hold a secret, so it is shown masked only."""
    name: str
    site: str
    """Its host, or its site's where that says more."""
    language: ArticleLanguage
    country: str | None
    ownership: Ownership | None
    """As our table says; None: it has to be asked."""
    entries: int
    entries_a_week: float
    relevant: int
    newest_at: datetime | None
    titles: tuple[str, ...]
    """At most three, about the war where there are any."""
    cautions: tuple[Caution, ...] = ()
    same_as: str | None = None
    """The followed feed that carries the same articles."""

    @property
    def spec(self) -> FeedSpec:
        """The feed it would be."""
        return FeedSpec(self.url, self.name, self.language, self.country, self.ownership)


@dataclass(frozen=True, slots=True)
class Offer:
    """The feeds found at one address, one of them chosen."""

    candidates: tuple[Candidate, ...]
    chosen: int = 0

    @property
    def choice(self) -> Candidate:
        """The feed that would be added."""
        return self.candidates[self.chosen]

    def choose(self, place: int) -> Offer:
        """Another of the feeds found; a place there is none at changes nothing."""
        return replace(self, chosen=place) if 0 <= place < len(self.candidates) else self

    def label(self, ownership: Ownership) -> Offer:
        """Say who controls the outlet: all of its feeds have the same owner."""
        labelled = tuple(
            replace(candidate, ownership=ownership) if candidate.site == self.choice.site else candidate
            for candidate in self.candidates
        )
        return replace(self, candidates=labelled)


class PreviewState(StrEnum):
    """What became of a preview."""

    OPEN = "open"
    USED = "used"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Preview:
    """An offer that waits for a moderator's decision; its token is what the buttons carry."""

    token: str
    chat_id: int
    made_at: datetime
    offer: Offer
    state: PreviewState = PreviewState.OPEN


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A feed that a member would like, for the moderators to decide."""

    id: int
    chat_id: int
    """Where it was suggested, and where its member hears of it."""
    actor: str
    made_at: datetime
    candidate: Candidate
    for_everyone: bool
    """Suggested in private: for the bot's moderators to decide."""
    state: SuggestionState = SuggestionState.WAITING
