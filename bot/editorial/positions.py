"""Positions: what each claimant says, told once however many articles report it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.status import Position
from bot.editorial import propositions
from bot.editorial.naming import side_of
from bot.editorial.text import fold

MOST = 8
MOST_OF_ONE = 2
"""Positions of one claimant: more would drown the others."""

ABOUT_AS_NEW = timedelta(days=2)
"""Within so long an article in the reader's language stands for a newer one that says the same."""

ALIKE = 88.0
"""rapidfuzz token_set from which two sentences say the same."""

_DAY_SECONDS = 86_400.0
_FADING = 0.15
"""What each day of age takes from a position's weight."""

_PHASE_WEIGHT = {
    Phase.AGREED: 2.0,
    Phase.IN_FORCE: 2.0,
    Phase.VIOLATED: 2.0,
    Phase.REJECTED: 2.0,
    Phase.EXPIRED: 1.5,
    Phase.TALKS: 1.0,
    Phase.PROPOSED: 1.0,
}
_published = attrgetter("published")
_MODALITY_WEIGHT = {Modality.ASSERTED: 0.5, Modality.HOPED: 0.25, Modality.CONDITIONAL: -0.5, Modality.QUESTION: -1.0}


class _Key(NamedTuple):
    """What makes two claims one position."""

    claimant: str
    proposition: str
    polarity: Polarity
    disputed: bool


class _Held(NamedTuple):
    """A position being made."""

    key: _Key
    told: list[Claim]
    best: Claim
    """The claim whose words stand for the others."""


def positions(
    claims: Sequence[Claim], contested: Collection[Claim], at: datetime, language: ReaderLanguage | None = None
) -> tuple[Position, ...]:
    """Who says what: every claimant's most telling position, disputed ones first, then second ones while there is room.

    ``contested``: the claims that are. What somebody says of a disputed event and of a later one are two positions.
    Sentences whose speaker can't be told, and outlets' own voices, are left out.
    """
    told: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        disputed = claim in contested
        if claim.claimant and not claim.own_voice and (disputed or _is_somebody(claim)):
            key = _Key(claim.claimant_id or claim.claimant, claim.proposition, claim.polarity, disputed)
            told[key].append(claim)
    of_one: dict[str, int] = defaultdict(int)
    turns: list[list[tuple[bool, Position]]] = [[] for _ in range(MOST_OF_ONE)]
    held = [_Held(key, said, _best(said)) for key, said in told.items()]
    held.sort(key=lambda one: -_weight(one, at))
    for one in _readable_first(held, language):
        claimant = one.key.claimant
        if of_one[claimant] == MOST_OF_ONE:
            continue
        held_by = _position(one, language)
        if not any(_repeats(held_by, other) for turn in turns for _, other in turn):
            turns[of_one[claimant]].append((one.key.disputed, held_by))
            of_one[claimant] += 1
    return tuple(one for turn in turns for _, one in sorted(turn, key=_order))[:MOST]


def _readable_first(ranked: Sequence[_Held], language: ReaderLanguage | None) -> list[_Held]:
    """The same, but of two voices of one side that say the same, the one that speaks for both goes first.

    A spokesman quoted in English says nothing that his government, quoted in French, doesn't tell a French reader.
    """
    ordered: list[_Held] = []
    of_sides: dict[tuple[str, bool], list[tuple[Voice, _Held]]] = defaultdict(list)
    for one in ranked:
        place, side = len(ordered), side_of(one.best.claimant_id)
        if side is not None:
            voice, before = _voice(one), of_sides[one.key.proposition, one.key.disputed]
            place = next((ordered.index(other) for heard, other in before if speaks_for(voice, heard, language)), place)
            before.append((voice, one))
        ordered.insert(place, one)
    return ordered


class Voice(NamedTuple):
    """Who says what, and in which languages it can be read."""

    claimant_id: str | None
    proposition: str
    polarity: Polarity
    languages: Collection[ArticleLanguage]


def speaks_for(one: Voice, other: Voice, language: ReaderLanguage | None) -> bool:
    """Does one voice tell a reader of ``language`` what another one of its side says too?

    What stands only in another language adds nothing to it, nor does an institution to the person who speaks for it:
    that the Kremlin leaves a call open says no more than that its spokesman does not know of it.
    """
    side = side_of(one.claimant_id)
    if side is None or side_of(other.claimant_id) != side or one.proposition != other.proposition:
        return False
    if language not in one.languages:
        return False
    if language not in other.languages:
        return one.polarity is other.polarity
    affirm = {one.polarity is Polarity.AFFIRMED, other.polarity is Polarity.AFFIRMED}
    return _is_person(one.claimant_id) and not _is_person(other.claimant_id) and affirm == {False}


def _is_person(claimant_id: str | None) -> bool:
    return (claimant_id or "").startswith("P:")


def _voice(held: _Held) -> Voice:
    languages = {claim.language for claim in held.told}
    return Voice(held.best.claimant_id, held.key.proposition, held.key.polarity, languages)


def _is_somebody(claim: Claim) -> bool:
    """Does a reader learn who says what: somebody known, or a stranger with a name who says how far the matter is?

    "Sources say" beside a word on the topic is neither.
    """
    if claim.claimant_id is not None or claim.role is not None:
        return True
    return " " in claim.claimant and claim.phase is not Phase.MENTIONED


def _repeats(one: Position, other: Position) -> bool:
    """Do two positions say the same in nearly the same words? Who affirms and who denies never repeat each other."""
    return one.polarity is other.polarity and fuzz.token_set_ratio(fold(one.text), fold(other.text)) >= ALIKE


def _order(held: tuple[bool, Position]) -> tuple[bool, bool]:
    """Disputes first, with whoever affirms before whoever doesn't."""
    disputed, one = held
    return not disputed, disputed and one.polarity is not Polarity.AFFIRMED


def position(proposition: str, told: Sequence[Claim], language: ReaderLanguage | None = None) -> Position:
    """One claimant's position, from the claims that report it: the newest one's words, or those said to an outlet.

    ``language``: where one in it is about as new, its words are taken.
    """
    return _position(_Held(_Key("", proposition, told[0].polarity, disputed=False), list(told), _best(told)), language)


def _position(held: _Held, language: ReaderLanguage | None) -> Position:
    newest = in_language(held.told, language, instead_of=held.best)
    ordered = sorted(held.told, key=_published, reverse=True)
    return Position(
        claimant=newest.claimant,
        claimant_id=newest.claimant_id,
        role=next((claim.role for claim in ordered if claim.role), None),
        via=newest.via,
        proposition=held.key.proposition,
        polarity=newest.polarity,
        phase=newest.phase,
        modality=newest.modality,
        text=newest.sentence,
        language=newest.language,
        published=newest.published,
        article_ids=tuple(dict.fromkeys([newest.article_id, *[claim.article_id for claim in ordered]])),
        own_voice=newest.own_voice,
    )


def in_language(told: Sequence[Claim], language: ReaderLanguage | None, *, instead_of: Claim) -> Claim:
    """A claim in a reader's language that is about as new and as far as another one, else that one."""
    if instead_of.language == language:
        return instead_of
    oldest = instead_of.published - ABOUT_AS_NEW
    alike = [
        claim
        for claim in told
        if claim.language == language
        and claim.published >= oldest
        and (claim.phase, claim.polarity) == (instead_of.phase, instead_of.polarity)
    ]
    return _best(alike) if alike else instead_of


def _best(told: Sequence[Claim]) -> Claim:
    """The claim whose words stand for the others: of the newest article, firm, with its outlet or its quotation."""
    newest = max(map(_published, told))
    return max((claim for claim in told if claim.published == newest), key=_firmness)


def _firmness(claim: Claim) -> tuple[float, bool, bool]:
    return _MODALITY_WEIGHT[claim.modality], claim.via is not None, claim.direct_speech


def _weight(held: _Held, at: datetime) -> float:
    """How much a reader loses without it: disputes, denials, belligerents, progress, own words; less with age."""
    best = held.best
    weight = _PHASE_WEIGHT.get(best.phase, 0.0) + _MODALITY_WEIGHT[best.modality]
    weight += 3.0 if held.key.disputed else 0.0
    if best.claimant_id is not None:
        weight += 2.0 if best.polarity is not Polarity.AFFIRMED else 1.0
    weight += 1.5 if side_of(best.claimant_id) is not None else 0.0
    weight += 2.5 if best.direct_speech else 0.0
    weight += 0.5 if best.via is not None else 0.0
    weight -= 2.0 if propositions.is_event(best.proposition) and best.phase is Phase.PROPOSED else 0.0
    weight += min(len({claim.article_id for claim in held.told}), 5) * 0.3
    return weight - _FADING * max(0.0, (at - best.published).total_seconds() / _DAY_SECONDS)
