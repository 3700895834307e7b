"""Claims: who says what about a topic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.language import ArticleLanguage
from bot.domain.topic import TopicId


class Phase(StrEnum):
    """How far a matter has come, by what a sentence says."""

    MENTIONED = "mentioned"
    PROPOSED = "proposed"
    TALKS = "talks"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    VIOLATED = "violated"
    REJECTED = "rejected"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    """Nothing is known: an answer, not a failure."""


class Polarity(StrEnum):
    """What the claimant does with the proposition."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    NEITHER = "neither"
    """Refused to confirm or deny."""
    UNAWARE = "unaware"
    """Says they do not know of it."""


class Modality(StrEnum):
    """How it is said."""

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    QUESTION = "question"
    HOPED = "hoped"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence's claim, with its claimant kept."""

    topic: TopicId
    proposition: str
    """Canonical id of what is claimed, such as ``trump-putin-call``; claims of one proposition are compared."""
    polarity: Polarity
    phase: Phase
    modality: Modality
    claimant: str
    """The person as readers know them (Dmitri Peskov), an institution, or the outlet in its own voice.

    Empty where somebody says it and it can't be told who.
    """
    claimant_id: str | None
    """Canonical actor id, None where unknown."""
    via: str | None
    """The agency or outlet it was said to."""
    article_id: str
    sentence: str
    event_date: date | None
    published: datetime
    language: ArticleLanguage
    scope: str | None = None
    """A partial truce such as ``energy``; None: the general matter."""
    role: str | None = None
    """What the article calls somebody we don't know (ancien colonel belge), in its own language."""
    own_voice: bool = False
    """The outlet asserts it itself; nobody is quoted or named for it."""
    direct_speech: bool = False
    """The sentence holds the claimant's own words, between quotation marks."""

    def __hash__(self) -> int:
        """Equal claims have equal ones; claims are looked up by the thousand, and a string knows its own already."""
        return hash(self.sentence)
