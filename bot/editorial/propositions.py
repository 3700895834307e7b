"""Propositions: the canonical id of what a sentence claims, so that claims of one thing can be compared.

trump-putin-call        an event between two people, whoever tells of it
ceasefire-agreed        a topic and how far it has come
energy-ceasefire-agreed the same for a partial truce
ceasefire-violated-by-russia
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from bot.domain.claim import Phase
from bot.domain.topic import TopicId
from bot.editorial.lexicon import Side
from bot.editorial.matching import Found, Vocabulary
from bot.editorial.naming import Named, Read
from bot.editorial.pack import yaml_data
from bot.editorial.saying import listed

BACK, OFFER, ABSENT = "back", "offer", "absent"
EVENTS = ("call", "meeting")
REACH = 18
"""Words between an event and the people it is between."""

AHEAD = 4
"""Words before an event in which "wants" or "next" makes it one to come."""

CULPRITS: dict[Side, str] = {"kyiv": "ukraine", "moscow": "russia"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something between two people that somebody may deny."""

    proposition: str
    absent: bool
    """The sentence says that it did not happen."""
    ahead: bool
    """It is wished for or planned."""
    crosses: bool
    """Moscow is one of the two: it bears on peace, whatever it was about."""


def event(read: Read) -> Event | None:
    """The call or meeting a sentence tells of, with the two people it is between."""
    hits = _vocabulary().find(read.folded)
    for kind in EVENTS:
        for hit in hits:
            pair = _pair(read.names, hit) if hit.group == kind else None
            if pair is not None:
                absent = any(other.group == ABSENT for other in hits)
                around = {word.folded for word in read.words[max(0, hit.start - AHEAD) : hit.end + 2]}
                crosses = "moscow" in {named.claimant.side for named in pair}
                names = "-".join(str(named.claimant.id).removeprefix("P:") for named in pair)
                return Event(f"{names}-{kind}", absent, bool(around & listed("ahead")), crosses)
    return None


def points_back(read: Read) -> bool:
    """Does the sentence speak of "this call", "such a report", without naming it again?

    "During this call" only tells when something else was said.
    """
    words = read.folded
    hits = (hit for hit in _vocabulary().find(words) if hit.group == BACK)
    return any(not listed("during") & set(words[max(0, hit.start - 2) : hit.start]) for hit in hits)


def points_to_offer(read: Read) -> bool:
    """Does the sentence speak of "this proposal", "the deal", without naming it again?"""
    return any(hit.group == OFFER for hit in _vocabulary().find(read.folded))


@lru_cache(4_096)
def is_event(proposition: str) -> bool:
    """Is it something between two people, rather than a topic's progress?"""
    return proposition.endswith(tuple(f"-{kind}" for kind in EVENTS))


def progress(topic: TopicId, phase: Phase, scope: str | None, culprit: Side | None) -> str:
    """The proposition that a topic, or one of its partial truces, has come so far."""
    parts = [*([scope] if scope else []), topic, phase.value.replace("_", "-")]
    if phase is Phase.VIOLATED and culprit is not None:
        parts += ["by", CULPRITS[culprit]]
    return "-".join(parts)


def culprit(claimant: Side | None, named: Iterable[Side | None], *, denies: bool) -> Side | None:
    """Who is said to have broken a truce: the side that is accused, or the one that denies it."""
    if denies:
        return claimant
    accused = {side for side in named if side is not None and side != claimant}
    return accused.pop() if len(accused) == 1 else None


def _pair(names: Sequence[Named], hit: Found) -> tuple[Named, Named] | None:
    """The two people nearest to an event, outsiders before belligerents, then by name."""
    people = {named.claimant.id: named for named in reversed(names) if (named.claimant.id or "").startswith("P:")}
    near = [named for named in people.values() if _distance(named, hit) <= REACH]
    if len(near) < 2:
        return None
    best = min(combinations(near, 2), key=lambda pair: sum(_distance(named, hit) for named in pair))
    first, second = sorted(best, key=lambda named: (named.claimant.side is not None, str(named.claimant.id)))
    return first, second


def _distance(named: Named, hit: Found) -> int:
    return max(named.start - hit.end, hit.start - named.end, 0)


@cache
def _vocabulary() -> Vocabulary:
    data = yaml_data("attribution.yaml")
    return Vocabulary({**data["events"], BACK: data["back"], OFFER: data["offer"], ABSENT: data["absent"]})
