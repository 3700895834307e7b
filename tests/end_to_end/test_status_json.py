"""What tools read of the article this bot began with, through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.language import READER_LANGUAGES
from tests.end_to_end.conftest import Operator

FILE = Path(__file__).parents[3] / "shared" / "data" / "articles" / "netcomsn_2025-02-10.jsonl"
AT = "2025-02-10T12:00:00Z"

FIELDS = {
    "topic", "language", "at", "phase", "confidence", "since", "followed_since", "partial", "latest", "claims",
    "contested", "timeline", "trend", "sources",
}  # fmt: skip
PHASES = {"mentioned", "proposed", "talks", "agreed", "in_force", "violated", "rejected", "expired", "unknown"}


@pytest.mark.shared
@pytest.mark.skipif(not FILE.is_file(), reason="the shared articles are not beside this checkout")
async def test_the_article_it_began_with_is_told_in_the_fields_tools_rely_on(operator: Operator) -> None:
    code, _, complaint = await operator.bot("import", str(FILE))
    assert (code, complaint) == (0, "")
    for language in READER_LANGUAGES:
        code, out, err = await operator.bot("status", "ceasefire", "--lang", language, "--at", AT, "--format", "json")
        assert (code, err) == (0, "")
        check(json.loads(out), language)


def check(status: dict[str, Any], language: str) -> None:
    """The whole contract, then what a careful reader of the article knows."""
    assert set(status) >= FIELDS
    assert (status["topic"], status["language"], status["at"]) == ("ceasefire", language, AT)
    assert status["phase"] in PHASES & {"proposed", "talks"}
    assert status["confidence"] == "low"
    assert status["partial"] == []
    (source,) = status["sources"]
    assert set(source) == {"name", "url", "lang", "ownership"}
    assert source["lang"] == "fr"
    ids = set(status["latest"]["articles"])
    assert len(ids) == 1
    assert status["latest"]["text"]
    assert status["latest"]["at"].endswith("Z")
    claims = {claim["claimant"]: claim for claim in reversed(status["claims"])}
    assert claims["Donald Trump"]["polarity"] == "affirmed"
    assert claims["Dmitri Peskov"]["polarity"] == "unaware"
    assert any("Zelensk" in name for name in claims)
    assert "Roger Housen" in claims
    assert all(set(claim["articles"]) == ids and claim["text"] for claim in status["claims"])
    (contest,) = status["contested"]
    assert contest["proposition"] == "trump-putin-call"
    sides = {side["claimant"]: side["polarity"] for side in contest["positions"]}
    assert sides["Donald Trump"] == "affirmed"
    assert sides["Dmitri Peskov"] == "unaware"
    assert all({"date", "text", "articles"} <= set(entry) for entry in status["timeline"])
    assert {entry["date"] for entry in status["timeline"]} <= {"2025-02-09", "2025-02-10"}
    assert status["trend"]["direction"] == "too_few"
    assert all(set(day) == {"date", "stories"} for day in status["trend"]["days"])
