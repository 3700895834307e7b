"""The claims desk: every row is answered, in order, with the claims on one topic."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.claim import Modality, Phase, Polarity
from bot.domain.errors import UnknownTopic
from bot.services.desk.claims import answer

KEYS = {"claimant", "text", "proposition", "polarity", "phase", "modality"}


def test_a_row_is_answered_with_its_claims() -> None:
    (answered,) = answer([{"id": "r1", "text": "Kyiv accuses Moscow of violating the ceasefire."}], topic="ceasefire")
    (claim,) = answered["claims"]
    assert answered["id"] == "r1"
    assert set(claim) == KEYS
    assert (claim["claimant"], claim["polarity"], claim["phase"]) == ("Kyiv", "affirmed", "violated")


def test_the_person_is_named_with_what_they_deny() -> None:
    text = (
        "Trump told the Daily Herald that he had a phone call with Putin about the war in Ukraine. "
        "Kremlin spokesman Dmitry Peskov said he was not aware of such a call."
    )
    (answered,) = answer([{"id": 1, "title": "Trump on Ukraine", "text": text, "lang": "en"}], topic="ceasefire")
    told = {claim["claimant"]: claim["polarity"] for claim in answered["claims"] if "call" in claim["proposition"]}
    assert told == {"Donald Trump": "affirmed", "Dmitry Peskov": "unaware"}


def test_every_row_is_answered_in_order_whatever_it_holds() -> None:
    rows: list[dict[str, object]] = [
        {"id": 1, "text": "A truce was signed in Kyiv."},
        {"id": 2},
        {"id": 3, "title": None, "text": 7},
        {},
    ]
    answered = answer(rows, topic="ceasefire")
    assert [row["id"] for row in answered] == [1, 2, 3, None]
    assert answered[1]["claims"] == []


def test_other_topics_claims_are_left_out() -> None:
    row = {"id": 1, "text": "The EU announces new sanctions on Russia."}
    assert answer([row], topic="ceasefire")[0]["claims"] == []
    assert answer([row], topic="sanctions")[0]["claims"]


def test_a_topic_may_be_named_by_an_alias() -> None:
    row = {"id": 1, "text": "Kyiv demande une trêve.", "lang": "fr"}
    assert answer([row], topic="trêve") == answer([row], topic="ceasefire")


def test_a_word_for_no_topic_is_refused() -> None:
    with pytest.raises(UnknownTopic):
        answer([], topic="weather")


@given(st.lists(st.dictionaries(st.sampled_from(["id", "title", "text", "published", "lang"]), st.text(max_size=60))))
def test_answers_are_json_with_values_of_the_contract(rows: list[dict[str, str]]) -> None:
    answered = answer(rows, topic="ceasefire")
    assert len(answered) == len(rows)
    for row in json.loads(json.dumps(answered)):
        for claim in row["claims"]:
            assert Polarity(claim["polarity"])
            assert Phase(claim["phase"])
            assert Modality(claim["modality"])
