"""``bot desk relevance``: every row is answered, in order, and doubt is settled within the batch."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.desk.relevance import answer

STRIKE: dict[str, Any] = {
    "id": "strike",
    "lang": "fr",
    "published": "2025-03-04T08:00:00+00:00",
    "title": "Kyiv : un immeuble de dix étages éventré par un missile, les secours cherchent des survivants",
    "summary": "Les secours fouillent les décombres d'un immeuble de dix étages de Kyiv touché par un missile russe.",
}
DOUBTFUL = {
    "id": "doubtful",
    "lang": "fr",
    "published": "2025-03-04T10:00:00+00:00",
    "title": "Un immeuble de dix étages éventré, les secours cherchent des survivants sous les décombres",
    "summary": "Les secours fouillent les décombres d'un immeuble de dix étages de Kyiv.",
}
BUDGET = {"id": "budget", "lang": "fr", "title": "La mairie vote son budget", "summary": "Les impôts ne bougent pas."}


def verdicts(rows: list[Any]) -> dict[str, str]:
    return {told["id"]: told["verdict"] for told in answer(rows)}


def test_each_row_gets_id_verdict_score_and_reasons() -> None:
    told = answer([STRIKE, BUDGET])
    assert [set(row) for row in told] == [{"id", "verdict", "score", "reasons"}] * 2
    assert [row["verdict"] for row in told] == ["yes", "no"]
    assert "title:kyiv" in told[0]["reasons"]


def test_a_row_in_doubt_stays_so_alone_and_follows_its_story_in_company() -> None:
    assert verdicts([DOUBTFUL]) == {"doubtful": "maybe"}
    assert verdicts([DOUBTFUL, BUDGET, STRIKE]) == {"doubtful": "yes", "budget": "no", "strike": "yes"}


@pytest.mark.parametrize(
    "company",
    [
        STRIKE | {"published": "2025-06-04T08:00:00+00:00"},
        STRIKE | {"title": "Zelensky à Kharkiv", "summary": "Il a rencontré des soldats ukrainiens."},
        BUDGET,
    ],
)
def test_nothing_is_clustered_where_no_news_is_near_in_time_and_words(
    company: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        pytest.fail("the stories were loaded for nothing")

    monkeypatch.setattr("bot.services.desk.relevance.Clusterer", refuse)
    assert verdicts([DOUBTFUL, company])["doubtful"] == "maybe"


def test_the_order_of_the_rows_is_kept_and_does_not_matter() -> None:
    rows = [BUDGET, DOUBTFUL, STRIKE]
    assert [told["id"] for told in answer(rows)] == ["budget", "doubtful", "strike"]
    assert verdicts(rows) == verdicts(rows[::-1])


def test_rows_of_one_id_are_each_answered() -> None:
    assert [told["verdict"] for told in answer([STRIKE, STRIKE | {"title": "Budget", "summary": ""}])] == ["yes", "no"]


@pytest.mark.parametrize(
    "row", [None, 3, "text", [], {}, {"id": 1}, {"id": 1, "title": None}, {"id": 1, "title": ["Kyiv"]}]
)
def test_a_row_without_words_is_refused_and_the_others_answered(row: Any) -> None:
    told = answer([row, STRIKE])
    assert told[0]["error"] == "import-row"
    assert told[1]["verdict"] == "yes"


@pytest.mark.parametrize("published", [None, "", "yesterday", "2025-03-04", "0001-01-01T00:00:00+14:00", 12])
def test_any_date_will_do(published: Any) -> None:
    assert verdicts([STRIKE | {"published": published}, DOUBTFUL | {"published": published}])["doubtful"] == "yes"


values = st.none() | st.integers() | st.text(max_size=30) | st.lists(st.text(max_size=5), max_size=2)
keys = st.sampled_from(["id", "title", "summary", "text", "lang", "published", "source"])


@settings(max_examples=50)
@given(st.lists(st.dictionaries(keys, values), max_size=6))
def test_whatever_the_rows_there_is_an_answer_for_each(rows: list[Any]) -> None:
    told = answer(rows)
    assert len(told) == len(rows)
    assert all(("error" in one) != ("verdict" in one) for one in told)


def test_the_command_reads_json_lines_and_writes_json_lines() -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in (STRIKE, BUDGET))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "desk", "relevance"],
        input=lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["yes", "no"]
