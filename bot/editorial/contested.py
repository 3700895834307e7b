"""Contested: claimants who differ on one proposition about one event, side by side, never merged.

A later event never settles an earlier one: what is claimed of the call of the ninth stays contested, whoever confirms
the call of the twelfth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.language import ReaderLanguage
from bot.domain.status import Contest
from bot.editorial import propositions
from bot.editorial.positions import position

REMEMBERED = timedelta(days=21)
"""How long a dispute is told of."""

ONE_EVENT = timedelta(hours=36)
"""An undated claim this long after the last one still speaks of the same event."""

SAME_EVENT_AT_MOST = timedelta(days=7)
"""A dated claim this long after undated ones may still give them their date."""

_DISPUTABLE = frozenset({Phase.AGREED, Phase.IN_FORCE, Phase.VIOLATED, Phase.EXPIRED, Phase.TALKS})


@dataclass(slots=True)
class Event:
    """Claims of one proposition about one event, in published order."""

    date: date | None
    claims: list[Claim] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    """Claimants who did not affirm it at some time."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contest with the claims it is made of."""

    contest: Contest
    claims: tuple[Claim, ...]
    """In published order."""


def disputes(claims: Sequence[Claim], at: datetime, language: ReaderLanguage | None = None) -> tuple[Dispute, ...]:
    """What named claimants dispute, the newest dispute first. Outlets' own voices are no party to a dispute."""
    oldest = at - REMEMBERED
    recent = [claim for claim in claims if _is_named(claim) and oldest <= claim.published <= at]
    answered = {(claim.article_id, claim.proposition) for claim in recent if claim.polarity is not Polarity.AFFIRMED}
    by_proposition: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(recent, key=lambda claim: claim.published):
        if _is_disputable(claim) or (
            claim.phase is Phase.PROPOSED and (claim.article_id, claim.proposition) in answered
        ):
            by_proposition[claim.proposition].append(claim)
    found = [
        Dispute(contest, tuple(event.claims))
        for proposition, told in by_proposition.items()
        for event in events(told)
        for contest in _contest(proposition, event, language)
    ]
    return tuple(sorted(found, key=lambda dispute: dispute.claims[-1].published, reverse=True))


def events(told: Sequence[Claim]) -> list[Event]:
    """Claims of one proposition, in published order, parted into the events they speak of."""
    found: list[Event] = []
    for claim in told:
        event = next((event for event in reversed(found) if _belongs(claim, event)), None)
        if event is None:
            event = Event(None)
            found.append(event)
        event.date = event.date or claim.event_date
        event.claims.append(claim)
        if claim.polarity is not Polarity.AFFIRMED:
            event.refusing.add(claim.claimant)
    return found


def _belongs(claim: Claim, event: Event) -> bool:
    """Does a claim speak of this event, as far as dates and what was said before can tell?"""
    first, last = event.claims[0].published, event.claims[-1].published
    if claim.event_date is not None:
        if event.date is not None:
            return claim.event_date == event.date
        return claim.event_date <= first.date() and claim.published - first <= SAME_EVENT_AT_MOST
    if claim.published - last > ONE_EVENT:
        return False
    return not (claim.polarity is Polarity.AFFIRMED and claim.claimant in event.refusing)


def _is_named(claim: Claim) -> bool:
    return bool(claim.claimant) and not claim.own_voice


def _is_disputable(claim: Claim) -> bool:
    """Is it firm, and about something that has happened or not?

    An offer is disputed only within the articles that tell its refusal: who else is for a truce says nothing of it.
    """
    firm = claim.modality is Modality.ASSERTED
    return firm and (claim.phase in _DISPUTABLE or propositions.is_event(claim.proposition))


def _contest(proposition: str, event: Event, language: ReaderLanguage | None) -> Iterator[Contest]:
    """The dispute over one event: each claimant's last word, where not all affirm."""
    by_name: dict[str, list[Claim]] = defaultdict(list)
    for claim in event.claims:
        by_name[claim.claimant_id or claim.claimant].append(claim)
    affirming = [told[-1] for told in by_name.values() if told[-1].polarity is Polarity.AFFIRMED]
    if affirming and len(affirming) < len(by_name):
        positions = sorted(
            (position(proposition, told, language) for told in by_name.values()),
            key=lambda held: (held.polarity is not Polarity.AFFIRMED, held.published),
        )
        yield Contest(proposition, event.claims[0].published, event.date, tuple(positions))
