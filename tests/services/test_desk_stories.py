"""``bot desk stories`` answers every row, in order, whatever the rows hold."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.desk import stories
from tests.editorial.stories_cases import EVERYTHING


def row(number: int) -> dict[str, Any]:
    piece = EVERYTHING[number]
    return {
        "id": piece.id,
        "title": piece.title,
        "summary": piece.summary,
        "lang": piece.language,
        "published": piece.published.isoformat(),
        "source": "Alpha",
    }


ROWS = [row(number) for number in range(len(EVERYTHING))]


def test_rows_are_answered_in_their_own_order_and_clustered_in_published_order() -> None:
    backwards = list(reversed(ROWS))
    told = {answer["id"]: answer["story"] for answer in stories.answer(ROWS)}
    answers = stories.answer(backwards)
    assert [answer["id"] for answer in answers] == [given["id"] for given in backwards]
    assert {answer["id"]: answer["story"] for answer in answers} == told


def test_a_row_that_names_no_language_is_read_all_the_same() -> None:
    unnamed = [{key: value for key, value in given.items() if key != "lang"} for given in ROWS]
    assert len({answer["story"] for answer in stories.answer(unnamed)}) == 3


def test_an_answer_names_the_story_that_is_left_after_merges() -> None:
    titles = [
        ("fr", "Des fermiers barrent la route de Medyka avec leurs tracteurs"),
        ("en", "Hauliers wait for days in lorry queue on Polish border"),
        ("fr", "Les tracteurs des fermiers barrent toujours la route de Medyka, dit le maire Kowalczyk"),
        ("en", "Hauliers in lorry queue on Polish border blame Medyka mayor Kowalczyk and tractors"),
    ]
    rows = [
        {"id": str(number), "title": title, "lang": language, "published": f"2031-03-10T1{number}:00:00Z"}
        for number, (language, title) in enumerate(titles)
    ]
    assert len({answer["story"] for answer in stories.answer(rows)}) == 1


@pytest.mark.parametrize(
    "published", [None, "", "hier", "2031-13-45", 17, [], "2031-03-10T12:00:00+00:09", "9999-12-31"]
)
def test_an_odd_date_is_no_reason_to_fail(published: object) -> None:
    [first, second] = stories.answer([{**ROWS[0], "published": published}, ROWS[1]])
    assert first["id"] == ROWS[0]["id"]
    assert first["story"]
    assert second["story"]


def test_a_row_without_a_date_is_clustered_with_the_newest() -> None:
    undated = {key: value for key, value in ROWS[4].items() if key != "published"}
    told = {answer["id"]: answer["story"] for answer in stories.answer([*ROWS[:4], undated])}
    assert told[ROWS[4]["id"]] == told[ROWS[0]["id"]]


def test_no_rows_give_no_answers() -> None:
    assert stories.answer([]) == []


VALUES = st.one_of(st.none(), st.text(max_size=40), st.integers(), st.booleans(), st.lists(st.integers(), max_size=2))
FIELDS = st.sampled_from(["id", "title", "summary", "text", "lang", "published", "source"])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(FIELDS, VALUES), max_size=5))
def test_any_row_gets_an_answer(rows: list[dict[str, Any]]) -> None:
    answers = stories.answer(rows)
    assert [answer["id"] for answer in answers] == [given.get("id") for given in rows]
    assert all(answer["story"] for answer in answers)


def test_the_command_reads_and_writes_json_lines() -> None:
    lines = "".join(json.dumps(given, ensure_ascii=False) + "\n" for given in ROWS)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "desk", "stories"], input=lines, capture_output=True, check=True, encoding="utf-8"
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [given["id"] for given in ROWS]
    assert len({answer["story"] for answer in answers}) == 3
