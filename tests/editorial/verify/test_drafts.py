"""Drafts: what is printed of one, and that a claim is never printed without its denial."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.writing import Bullet, Draft, Objection
from bot.editorial.verify import checked, objections
from tests.editorial.verify.lines import evidence

CLAIM = "Donald Trump affirme avoir parlé à Vladimir Poutine au téléphone."
DENIAL = "Le Kremlin n’a ni confirmé ni démenti cet entretien téléphonique."
OTHER = "L’Allemagne livrera 14 chars Leopard à l’Ukraine avant la fin du mois de mars."
EVIDENCE = (evidence(CLAIM, "fr", "s1", denied_by=("s2",)), evidence(DENIAL, "fr", "s2"), evidence(OTHER, "fr", "s3"))

LINES = (
    Bullet(CLAIM, ("s1",)),
    Bullet(DENIAL, ("s2",)),
    Bullet(OTHER, ("s3",)),
    Bullet(OTHER.replace("14", "41"), ("s3",)),
    Bullet("Donald Trump et le Kremlin confirment cet entretien téléphonique.", ("s1", "s2")),
    Bullet(OTHER, ("s7",)),
)


def test_a_claim_without_its_denial_is_not_printed() -> None:
    kept, refused = checked(Draft("", (LINES[0], LINES[2])), EVIDENCE, "fr")
    assert kept == (LINES[2],)
    assert [line.objections for line in refused] == [(Objection.DENIAL,)]


def test_a_claim_beside_its_denial_is() -> None:
    kept, refused = checked(Draft("", LINES[:3]), EVIDENCE, "fr")
    assert (kept, refused) == (LINES[:3], ())


def test_a_denial_that_was_merged_with_its_claim_falls() -> None:
    kept, _ = checked(Draft("", (LINES[4], LINES[2])), EVIDENCE, "fr")
    assert kept == (LINES[2],)


def test_what_the_model_calls_a_conflict_is_told_from_both_sides() -> None:
    kept, _ = checked(Draft("", (LINES[2],), conflicts=(("s3", "s2"),)), EVIDENCE, "fr")
    assert kept == ()


@given(st.lists(st.sampled_from(LINES), max_size=6))
def test_every_line_is_either_printed_or_refused_and_what_is_printed_stands(lines: list[Bullet]) -> None:
    kept, refused = checked(Draft("", tuple(lines)), EVIDENCE, "fr")
    assert len(kept) + len(refused) == len(lines)
    known = {one.id: one for one in EVIDENCE}
    assert all(not objections(bullet, known, "fr") for bullet in kept)
    told = {id_ for bullet in kept for id_ in bullet.cites}
    assert all(set(known[id_].denied_by) <= told for id_ in told)
