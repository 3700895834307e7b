"""``bot desk summarise``: every row is answered, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.desk.summarise import answer

PORT: dict[str, Any] = {
    "id": "port",
    "lang": "fr",
    "title": "Le port de Valmer rouvre",
    "text": "Le port de Valmer a rouvert mardi au trafic. Douze cargos chargés de blé attendaient au large.",
}


def test_each_row_gets_its_id_and_a_summary_of_its_text() -> None:
    told = answer([PORT, PORT | {"id": 2, "text": ""}], words=50, language="fr")
    assert told == [{"id": "port", "summary": PORT["text"]}, {"id": 2, "summary": ""}]


def test_the_words_asked_for_are_a_limit() -> None:
    assert answer([PORT], words=9, language="fr")[0]["summary"].count(".") == 1


def test_an_excerpt_is_summarised_where_there_is_no_text() -> None:
    row = {"id": "x", "summary": "Le port de Valmer a rouvert mardi."}
    assert answer([row], words=50, language="fr")[0]["summary"] == row["summary"]


def test_a_row_that_is_no_article_is_refused_by_name_and_the_others_answered() -> None:
    told = answer([["not", "a", "row"], {"id": 3, "text": 12}, PORT], words=50, language="fr")  # type: ignore[list-item]
    assert [set(row) for row in told] == [{"id", "error"}, {"id", "error"}, {"id", "summary"}]


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=40), st.lists, max_leaves=4)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "title", "text", "summary", "lang"]), JSON) | JSON, max_size=4))
def test_any_rows_are_all_answered_in_order(rows: list[Any]) -> None:
    told = answer(rows, words=50, language="fr")
    assert [row["id"] for row in told] == [row.get("id") if isinstance(row, dict) else None for row in rows]


def test_the_command_reads_and_writes_json_lines() -> None:
    given_rows = json.dumps(PORT, ensure_ascii=False) + "\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot", "desk", "summarise", "--words", "9"],
        input=given_rows,
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert json.loads(done.stdout) == {"id": "port", "summary": "Le port de Valmer a rouvert mardi au trafic."}


SUMMARIES = Path(__file__).parents[3] / "shared" / "data" / "summaries"


@pytest.mark.shared
@pytest.mark.skipif(not SUMMARIES.is_dir(), reason="the real data is not beside this checkout")
@pytest.mark.parametrize(("name", "language"), [("fr_orangesum_valid_500", "fr"), ("en_cnn_500", "en")])
def test_real_articles_are_summarised_in_forty_words_of_their_own(name: str, language: str) -> None:
    lines = (SUMMARIES / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:60]
    rows = [
        {"id": n, "title": row.get("title") or "", "text": row["article"]}
        for n, row in enumerate(map(json.loads, filter(None, lines)))
    ]
    told = [row["summary"] for row in answer(rows, words=50, language=language)]
    lengths = [len(summary.split()) for summary in told]
    assert max(lengths) <= 50
    assert sum(lengths) / len(lengths) >= 38
