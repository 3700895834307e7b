"""Settling: how far a matter has really come, from what is claimed. Settled is earned.

"Agreed" and "in force" (and that a truce was broken or has lapsed, which presumes one) need both belligerents, or two
independent sources that assert it in their own voice within a few days; else they stay somebody's claim. A
belligerent's government-controlled media are that party. Old phases fade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.domain.article import Article
from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.story import SourcedArticle
from bot.editorial.independence import independent_sources
from bot.editorial.naming import side_of
from bot.editorial.outlets import owner

LASTING = timedelta(days=30)
"""How long a settled phase stands without being told again."""

CURRENT = timedelta(days=21)
"""How long an offer, talks or a refusal stand."""

TOGETHER = timedelta(days=3)
"""Within so long two sources tell of one event."""

PAUSE = timedelta(days=10)
"""Silence after which a phase counts as begun anew."""

INDEPENDENT_SOURCES = 2
PARTIES = frozenset({"kyiv", "moscow"})

_PROVABLE = (Phase.AGREED, Phase.IN_FORCE, Phase.VIOLATED, Phase.EXPIRED)
"""In the order in which they follow each other: of two proved at one time the later counts."""

MOST_COMPARED = 12
"""Owners whose articles are compared: among more of them two independent ones would have shown."""

MOST_OF_A_PROOF = 8
"""The same within a few days of one phase."""

_COMPARED, _SUMMARY = 300, 1_500
"""Characters. A longer text or summary is cut to its beginning and its end before it is compared."""
_CUT, _END = " … ", 160
"""What stands for the middle, and characters of the end: an agency's credit is within them."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter stands."""

    phase: Phase
    since: datetime | None
    changed: bool
    """Something else was known before."""
    alleged: tuple[Claim, ...]
    """Claims that more is settled than ``phase`` grants, newest first."""


class _Proof(NamedTuple):
    """A phase that is proved, and when it last was."""

    last: datetime
    rank: int
    phase: Phase


class Evidence:
    """The articles that claims stand in, with who is behind each."""

    def __init__(self, articles: Mapping[str, SourcedArticle]) -> None:
        self._articles = articles
        self._excerpts: dict[str, SourcedArticle] = {}
        self._owners = {article_id: owner(sourced) for article_id, sourced in articles.items()}

    def owner(self, claim: Claim) -> str | None:
        """The owner of the outlet a claim stands in; None where the article isn't known."""
        return self._owners.get(claim.article_id)

    def party(self, claim: Claim) -> str | None:
        """The belligerent a claim counts for: its claimant's, or that whose government controls the outlet."""
        controlling = self.owner(claim)
        return controlling if controlling in PARTIES else side_of(claim.claimant_id)

    def is_corroborated(self, claims: Sequence[Claim]) -> bool:
        """Do enough independent sources assert it in their own voice?"""
        voices = {
            self._owners[claim.article_id]: self._articles[claim.article_id]
            for claim in claims
            if claim.own_voice and claim.article_id in self._articles and self.party(claim) is None
        }
        compared = [self._excerpt(voice) for voice in list(voices.values())[-MOST_OF_A_PROOF:]]
        # Two that are independent mostly stand side by side: all are compared only where those two are not.
        groups = (compared[-INDEPENDENT_SOURCES:], compared)
        return any(independent_sources(some) >= INDEPENDENT_SOURCES for some in groups if len(some) > 1)

    def _excerpt(self, sourced: SourcedArticle) -> SourcedArticle:
        article_id = sourced.article.id
        if article_id not in self._excerpts:
            self._excerpts[article_id] = excerpt(sourced)
        return self._excerpts[article_id]


def settle(claims: Sequence[Claim], evidence: Evidence, at: datetime) -> State:
    """The state of one matter (the general one, or one partial truce) at a moment, from claims in any order."""
    told = sorted((claim for claim in claims if claim.published <= at), key=lambda claim: claim.published)
    proofs = [proof for phase in _PROVABLE for proof in _proofs(_of(told, phase), phase, evidence, at)]
    if proofs:
        phase = max(proofs).phase
        began = _run_start([claim for claim in told if _asserts(claim)], phase)
        return State(phase, began, began is not None and _differs(told, phase, began), ())
    alleged = tuple(
        claim
        for claim in reversed(told)
        if _asserts(claim) and claim.phase in {Phase.AGREED, Phase.IN_FORCE} and claim.published >= at - CURRENT
    )
    phase = _open_phase([claim for claim in told if claim.published >= at - CURRENT])
    since = _run_start(told, phase)
    return State(phase, since, since is not None and _differs(told, phase, since), alleged)


def merely_spoken_of(claims: Sequence[Claim], at: datetime) -> State:
    """The state of a subject that has no phase of its own: whether it is spoken of, and since when without a pause."""
    moments = sorted((claim.published for claim in claims if claim.published <= at), reverse=True)
    if not moments or at - moments[0] > CURRENT:
        return State(Phase.UNKNOWN, None, changed=False, alleged=())
    since = moments[0]
    for moment in moments:
        if since - moment > PAUSE:
            break
        since = moment
    return State(Phase.MENTIONED, since, changed=False, alleged=())


def excerpt(sourced: SourcedArticle) -> SourcedArticle:
    """The article cut to what shows a copy or an agency's credit: comparing whole texts would take seconds."""
    return replace(sourced, article=shortened(sourced.article))


def shortened(article: Article) -> Article:
    """The same of an article without its outlet. Shortened again, it stays as it is."""
    summary = article.summary or article.text[:_COMPARED]
    return replace(article, text=_edges(article.text, _COMPARED), summary=_edges(summary, _SUMMARY))


def _edges(text: str, longest: int) -> str:
    """A text's beginning and its end, where credits stand."""
    return text if len(text) <= longest + len(_CUT) else f"{text[: longest - _END]}{_CUT}{text[-_END:]}"


def _proofs(told: Sequence[Claim], phase: Phase, evidence: Evidence, at: datetime) -> Iterator[_Proof]:
    """The proof of a phase by the claims of it, where there is one that has not faded."""
    denied = max((claim.published for claim in told if _is_party_denial(claim, evidence)), default=None)
    asserted = [
        claim
        for claim in told
        if _asserts(claim) and claim.published >= at - LASTING and (denied is None or claim.published > denied)
    ]
    ends = {claim.published.date(): claim.published for claim in asserted}
    for end in sorted(ends.values(), reverse=True):
        if _is_proved(_until(asserted, end), evidence):
            yield _Proof(end, _PROVABLE.index(phase), phase)
            return


def _of(told: Sequence[Claim], phase: Phase) -> list[Claim]:
    return [claim for claim in told if claim.phase is phase]


def _until(asserted: Sequence[Claim], moment: datetime) -> list[Claim]:
    return [claim for claim in asserted if moment - TOGETHER <= claim.published <= moment]


def _is_proved(together: Sequence[Claim], evidence: Evidence) -> bool:
    """Do both belligerents say so, or two independent sources in their own voice?"""
    if {evidence.party(claim) for claim in together} >= PARTIES:
        return True
    return evidence.is_corroborated(together)


def _asserts(claim: Claim) -> bool:
    return claim.polarity is Polarity.AFFIRMED and claim.modality is Modality.ASSERTED


def _is_party_denial(claim: Claim, evidence: Evidence) -> bool:
    return claim.polarity is Polarity.DENIED and evidence.party(claim) is not None


def _open_phase(told: Sequence[Claim]) -> Phase:
    """Of a matter that nothing settles: refused, talked about, proposed, or merely spoken of."""
    refused = [
        claim for claim in told if claim.phase is Phase.REJECTED and _asserts(claim) and side_of(claim.claimant_id)
    ]
    talked = [claim for claim in told if claim.phase is Phase.TALKS and _asserts(claim)]
    if refused and (not talked or refused[-1].published > talked[-1].published):
        return Phase.REJECTED
    if talked:
        return Phase.TALKS
    # A stranger's refusal alone shows no offer.
    if any(claim.phase not in {Phase.MENTIONED, Phase.EXPIRED, Phase.REJECTED} for claim in told):
        return Phase.PROPOSED
    return Phase.MENTIONED if told else Phase.UNKNOWN


def _run_start(told: Sequence[Claim], phase: Phase) -> datetime | None:
    """When the present run of a phase began: the first claim with it after a silence."""
    start: datetime | None = None
    for claim in reversed(told):
        if claim.phase is phase or (phase is Phase.PROPOSED and claim.phase is not Phase.MENTIONED):
            if start is not None and start - claim.published > PAUSE:
                break
            start = claim.published
    return start


def _differs(told: Sequence[Claim], phase: Phase, since: datetime) -> bool:
    return any(claim.published < since and claim.phase not in {phase, Phase.MENTIONED} for claim in told)
