"""Timeline: few dates, one sentence each with its sources, and none invented."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Modality, Phase
from bot.editorial.timeline import MOST, timeline
from tests.editorial.claims_cases import article, claim, day


def test_a_date_the_sentence_names_is_the_date_of_the_entry() -> None:
    sourced = article("They met on 12 February", published=day(13))
    (entry,) = timeline([claim(sourced, event_date=date(2025, 2, 12), phase=Phase.TALKS)], day(14))
    assert entry.date == date(2025, 2, 12)
    assert not entry.by_report
    assert entry.article_ids == (sourced.article.id,)


def test_without_one_it_is_marked_as_the_reports() -> None:
    (entry,) = timeline([claim(article("They met", published=day(13)), phase=Phase.TALKS)], day(14))
    assert entry.date == date(2025, 2, 13)
    assert entry.by_report


def test_what_had_yet_to_happen_is_planned() -> None:
    sourced = article("They will meet on 20 February", published=day(13))
    (entry,) = timeline([claim(sourced, event_date=date(2025, 2, 20))], day(14))
    assert entry.planned


def test_history_is_left_to_the_books() -> None:
    sourced = article("It all began on 24 February 2022", published=day(13))
    assert timeline([claim(sourced, event_date=date(2022, 2, 24))], day(14)) == ()


def test_days_on_which_the_topic_was_merely_named_are_left_out_unless_there_are_no_others() -> None:
    named = [claim(article(f"Quiet, {number}", published=day(number)), phase=Phase.MENTIONED) for number in (9, 10)]
    offer = claim(article("An offer", published=day(11)), phase=Phase.PROPOSED)
    assert [entry.date.day for entry in timeline([*named, offer], day(12))] == [11]
    assert [entry.date.day for entry in timeline(named, day(12))] == [9, 10]


def test_the_days_that_matter_are_kept_in_order() -> None:
    quiet = [claim(article(f"Offer, {number}", published=day(number)), phase=Phase.PROPOSED) for number in range(1, 13)]
    loud = [claim(article(f"Agreed, {number}", published=day(20)), phase=Phase.AGREED) for number in range(4)]
    entries = timeline([*quiet, *loud], day(21))
    assert len(entries) == MOST
    assert [entry.date for entry in entries] == sorted(entry.date for entry in entries)
    assert len(entries[-1].article_ids) == 4


def test_an_asserted_sentence_tells_its_day_better_than_a_question() -> None:
    asked = claim(article("Is it over?", published=day(9)), phase=Phase.PROPOSED, modality=Modality.QUESTION)
    said = claim(article("Talks began", published=day(9)), phase=Phase.TALKS)
    assert timeline([asked, said], day(10))[0].text == "Talks began"


@given(st.lists(st.tuples(st.integers(1, 28), st.booleans(), st.sampled_from(list(Phase))), max_size=30))
def test_every_date_is_one_that_was_named_or_reported(days: list[tuple[int, bool, Phase]]) -> None:
    claims = [
        claim(article(f"{number}", published=day(number)), event_date=date(2025, 2, 3) if named else None, phase=phase)
        for number, named, phase in days
    ]
    known = {made.event_date or made.published.date() for made in claims}
    entries = timeline(claims, day(28, 23))
    assert {entry.date for entry in entries} <= known
    assert len(entries) <= MOST
    assert len({entry.date for entry in entries}) == len(entries)


def test_a_day_is_told_in_the_readers_language_where_it_can_be() -> None:
    english = claim(article("Talks began in Ankara", published=day(9)), phase=Phase.TALKS, event_date=date(2025, 2, 9))
    french = claim(article("Une trêve est proposée", published=day(9)), phase=Phase.PROPOSED, language="fr")
    assert timeline([english, french], day(10), "fr")[0].text == "Une trêve est proposée"
    assert timeline([english, french], day(10), "en")[0].text == "Talks began in Ankara"


def test_a_day_is_told_by_a_sentence_that_is_understood_by_itself() -> None:
    leaning = claim(article("He then gave this proposal to the delegations", published=day(9)), phase=Phase.PROPOSED)
    whole = claim(article("Turkey proposes a truce of thirty days", published=day(9)), phase=Phase.PROPOSED)
    assert timeline([whole, leaning], day(10), "en")[0].text == "Turkey proposes a truce of thirty days"


def test_what_was_expected_gives_way_to_what_was_told_of_that_day() -> None:
    expected = claim(
        article("Talks will begin on 12 February", published=day(9)), phase=Phase.TALKS, event_date=date(2025, 2, 12)
    )
    came = claim(article("Talks began in Geneva", published=day(12)), phase=Phase.TALKS)
    assert timeline([expected, came], day(14), "en")[0].text == "Talks began in Geneva"
    assert timeline([expected], day(14), "en")[0].planned
