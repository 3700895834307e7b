"""Claimants: who says a sentence, through whom, and whether they affirm it, deny it or leave it open.

A sentence nobody is named for is the outlet's own voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.claim import Polarity
from bot.domain.language import ArticleLanguage
from bot.editorial.naming import Claimant, People, Read
from bot.editorial.saying import VERBS, Part, holds_quotation, is_quotation, parts
from bot.editorial.subjects import is_person, named_subject, speaker
from bot.editorial.through import through

REMEMBERED = 2
"""Sentences after which "he" is no longer whoever spoke before."""

_POLARITY: Mapping[str, Polarity] = {
    "neither": Polarity.NEITHER,
    "unaware": Polarity.UNAWARE,
    "denied": Polarity.DENIED,
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence and what they do with it."""

    claimant: Claimant | None
    """None: the outlet in its own voice, or somebody who can't be told."""
    unclear: bool
    """Somebody says it, and it can't be told who: it is nobody's claim, and not the outlet's either."""
    polarity: Polarity
    via: str | None
    wished: bool
    """They want it, rather than say that it is so."""
    refuses: bool
    """They will not have it."""
    quoted: bool
    """It holds their own words, between quotation marks."""
    clause: range
    """The words of the sentence that they say."""


class Speakers:
    """Reads one article's sentences in order; remembers who spoke last, and to whom."""

    def __init__(self) -> None:
        self._last: Attribution | None = None
        self._since = 0
        self._outlets: dict[str, str] = {}

    def read(self, sentence: Read) -> tuple[Attribution, ...]:
        """The attributions of the next sentence: one, or one for each side of a "but"."""
        self._since += 1
        clauses = parts(sentence)
        read = [said for part in clauses for said in self._attributed(part)]
        apart = {said.claimant.name: said for said in reversed(read) if said.claimant is not None}
        said = tuple(reversed(apart.values())) or tuple(read[:1])
        if apart:
            self._last, self._since = said[-1], 0
        else:
            self._introduce(clauses[0])
        return said

    def _attributed(self, part: Part) -> Iterator[Attribution]:
        last = self._last.claimant if self._last is not None and self._since <= REMEMBERED else None
        spoken = speaker(part, last)
        claimants: tuple[Claimant | None, ...] = spoken.claimants
        if not claimants:
            claimants = (last if is_quotation(part.sentence) and self._since == 1 else None,)
        quoted = holds_quotation(part.sentence)
        for claimant in claimants:
            unclear = claimant is None and (spoken.group != "" or quoted)
            polarity, via = _polarity(part, claimant), self._via(part, claimant)
            clause = range(part.start, part.end)
            wished, refuses = spoken.group == "wanted", spoken.group == "refused"
            yield Attribution(claimant, unclear, polarity, via, wished, refuses, quoted, clause)

    def _via(self, part: Part, claimant: Claimant | None) -> str | None:
        """The outlet somebody speaks to: an expert's for the whole article, an actor's while they go on speaking."""
        if claimant is None:
            return None
        via = through(part.sentence, part.words, part.everyone, range(part.start, part.end))
        if via is not None:
            self._outlets[claimant.name] = via
        elif claimant.id is None:
            via = self._outlets.get(claimant.name)
        elif self._last is not None and self._since == 1 and self._last.claimant == claimant:
            via = self._last.via
        return via if via != claimant.name else None

    def _introduce(self, part: Part) -> None:
        """Remember the outlet somebody we don't know is introduced with: ``X s'est confié au journal Y``."""
        via = through(part.sentence, part.words, part.everyone, range(len(part.words)))
        strangers = {named.claimant.name for named in part.everyone if named.claimant.id is None} - {via}
        if via is not None and len(strangers) == 1:
            self._outlets.setdefault(strangers.pop(), via)


@lru_cache(maxsize=512)
def offers(sentence: str, language: ArticleLanguage, claimant_id: str | None) -> bool:
    """Does the claimant of a sentence make the offer or ask for it, rather than report that somebody does?"""
    for part in parts(People(sentence, language).read(sentence)):
        spoken = speaker(part, None)
        named = {claimant.id for claimant in spoken.claimants}
        if spoken.group in {"asked", "wanted"} and (not named or claimant_id in named):
            return True
    return False


def _polarity(part: Part, claimant: Claimant | None) -> Polarity:
    """What the claimant does with it; a denial whose subject is somebody else is theirs."""
    for cue in sorted(part.cues, key=lambda cue: VERBS.index(cue.group)):
        if cue.group in _POLARITY:
            deniers = named_subject(part, cue)
            if not deniers or claimant in deniers or _speaks_for(claimant, deniers):
                return _POLARITY[cue.group]
    return Polarity.AFFIRMED


def _speaks_for(claimant: Claimant | None, deniers: tuple[Claimant, ...]) -> bool:
    """Is it the claimant's own side that denies it?"""
    side = claimant.side if claimant is not None else None
    return side is not None and not any(is_person(denier) or denier.side != side for denier in deniers)
