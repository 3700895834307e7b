"""Writing by a model: what it may read, what it hands in, and what speaks against a line of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.claim import Modality, Phase, Polarity
from bot.domain.language import ArticleLanguage


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says a sentence."""

    name: str
    """Empty where somebody says it and it can't be told who."""
    id: str | None = None
    """Canonical actor id, None where unknown."""
    polarity: Polarity = Polarity.AFFIRMED


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of an article, as a writer is given it and as its lines are checked against it."""

    id: str
    """Within one request: ``s1``, ``s2``…"""
    text: str
    language: ArticleLanguage
    article_id: str
    published: datetime
    voices: tuple[Voice, ...] = ()
    """Who says it; empty: the outlet in its own voice."""
    denied_by: tuple[str, ...] = ()
    """Ids of the sentences that deny it or leave it open."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One sentence a model wrote."""

    text: str
    cites: tuple[str, ...]
    """Ids of the evidence it was written from."""
    claimant: str | None = None
    modality: Modality | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as a model wrote it, unchecked."""

    headline: str
    bullets: tuple[Bullet, ...]
    conflicts: tuple[tuple[str, ...], ...] = ()
    """Groups of evidence ids that contradict each other, as the model sees it."""
    insufficient: bool = False
    """The model says that too little is known to write anything."""


class Objection(StrEnum):
    """Why a line is not printed."""

    CITES = "cites"
    """It names no evidence, or evidence that doesn't exist."""
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    QUOTE = "quote"
    PHASE = "phase"
    """More has come about than the evidence says."""
    MODALITY = "modality"
    """It is told more firmly than the evidence does."""
    CLAIMANT = "claimant"
    """Who says it is missing, or somebody else."""
    DENIAL = "denial"
    """A claim stands without its denial, or a denial became an assertion."""
    LANGUAGE = "language"
    LENGTH = "length"
    HARM = "harm"
    """It names or shows what is never printed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is not printed, with every reason."""

    text: str
    objections: tuple[Objection, ...]
