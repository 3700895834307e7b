"""Phase history: on which days of the last weeks a topic's state became another one."""

from __future__ import annotations

from bot.domain.claim import Phase
from bot.domain.status import PhaseChange
from bot.editorial.phase_history import phase_changes
from tests.editorial.claims_cases import article, claim, day


def told(number: int, phase: Phase, **changes: object) -> tuple[object, object]:
    sourced = article(f"News of {number}", source="Nordlys", published=day(number))
    fields = {"claimant": "Moscow", "claimant_id": "L:russia"} | changes
    return sourced, claim(sourced, phase=phase, **fields)


def steps(*pairs: tuple[object, object], until: int = 20, topic: str = "ceasefire") -> list[tuple[int, Phase]]:
    articles, claims = zip(*pairs, strict=True)
    found = phase_changes(topic, articles, claims, day(until))
    assert all(isinstance(change, PhaseChange) for change in found)
    return [(change.date.day, change.phase) for change in found]


def test_each_day_whose_evening_is_not_as_the_last_one_is_a_step() -> None:
    found = steps(told(8, Phase.PROPOSED), told(9, Phase.PROPOSED), told(11, Phase.TALKS), told(14, Phase.REJECTED))
    assert found == [(8, Phase.PROPOSED), (11, Phase.TALKS), (14, Phase.REJECTED)]


def test_what_was_so_before_the_fortnight_is_no_step_of_it() -> None:
    assert steps(told(3, Phase.TALKS), told(12, Phase.TALKS)) == []


def test_to_be_spoken_of_or_to_be_forgotten_is_no_step() -> None:
    assert steps(told(8, Phase.MENTIONED), told(9, Phase.MENTIONED)) == []


def test_a_day_is_judged_by_what_was_known_that_evening() -> None:
    agreed = told(10, Phase.AGREED)
    later = told(13, Phase.AGREED, claimant="Kyiv", claimant_id="L:ukraine")
    assert steps(agreed, later) == [(10, Phase.PROPOSED), (13, Phase.AGREED)]


def test_a_partial_truce_and_a_topic_without_phases_have_no_steps_here() -> None:
    assert steps(told(10, Phase.TALKS, scope="energy")) == []
    assert steps(told(10, Phase.TALKS, topic="sanctions"), topic="sanctions") == []
