"""A language model through the command line: what it may write, and that everything goes on without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.writers.desk import ENGLISH, FRENCH, RAID, TRANSLATIONS
from tests.end_to_end.conftest import Operator
from tests.fakes.model import ModelServer

AT = "2025-02-11T12:00:00Z"


def row(name: str, text: str, lang: str, title: str) -> str:
    """An article of an archive."""
    url = f"https://{name}.example/odessa"
    return json.dumps(
        {
            "id": name,
            "title": title,
            "published": "2025-02-11T08:00:00Z",
            "source": name,
            "url": url,
            "text": text,
            "lang": lang,
        }
    )


@pytest.fixture
async def archive(operator: Operator, tmp_path: Path) -> Path:
    """Two stories, one of them known in English only."""
    other = (
        "L’Allemagne livrera 14 chars Leopard à l’Ukraine avant la fin du mois de mars, a annoncé Berlin. "
        "Kyiv en demandait 30 depuis le mois de novembre, rappelle le ministère allemand de la Défense. "
        "Les équipages ukrainiens seront formés pendant six semaines en Pologne."
    )
    file = tmp_path / "archive.jsonl"
    rows = [
        row("harbour", ENGLISH, "en", "Russia hits Odesa with 41 drones"),
        row("quai", other, "fr", "L’Allemagne livrera 14 chars à l’Ukraine"),
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    code, _, err = await operator.bot("import", str(file))
    assert (code, err) == (0, "")
    return file


def with_model(operator: Operator, server: ModelServer) -> None:
    """What the operator writes into .env."""
    operator.environment |= {"LLM_PROVIDER": "openai", "LLM_BASE_URL": f"{server.url}/v1", "LLM_MODEL": "test"}


async def brief(operator: Operator, *words: str) -> dict[str, Any]:
    """The French briefing of that day, as tools read it."""
    code, out, err = await operator.bot("brief", "--lang", "fr", "--at", AT, "--format", "json", *words)
    assert code == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


@pytest.mark.usefixtures("archive")
async def test_a_model_writes_in_the_readers_language_and_without_it_the_same_stories_are_told(
    operator: Operator,
) -> None:
    offline = await brief(operator)
    assert offline["coverage"]["method"] == "extractive"
    async with ModelServer(translations=TRANSLATIONS, headline="") as server:
        with_model(operator, server)
        written = await brief(operator)
        text = (await operator.bot("brief", "--lang", "fr", "--at", AT))[1]
    assert written["coverage"]["method"] == "model"
    foreign = next(point for point in written["points"] if point["articles"] == ["harbour"])
    assert foreign["quoted_language"] is None
    assert RAID in foreign["text"]
    assert "(traduit)" in text
    assert "rédigé par IA" in text
    # The model is gone: what was written stays, what was not is told in the articles' words.
    assert (await brief(operator))["points"] == written["points"]
    operator.environment["LLM_MODEL"] = "another"
    without = await brief(operator)
    assert without == offline
    for points in (written["points"], offline["points"]):
        assert {point["story"] for point in points} == {point["story"] for point in offline["points"]}
    assert [point["sources"] for point in written["points"]] == [point["sources"] for point in offline["points"]]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("part", ["obeys", "number", "broken", "500"])
async def test_a_bad_model_changes_nothing(operator: Operator, part: str) -> None:
    offline = await brief(operator)
    async with ModelServer([part]) as server:
        with_model(operator, server)
        assert await brief(operator) == offline
        assert server.requests


@pytest.mark.usefixtures("archive")
async def test_both_platforms_say_who_wrote_what(operator: Operator) -> None:
    async with ModelServer(translations={}) as server:  # it can't translate: one story stays in English
        with_model(operator, server)
        for form in ("telegram", "discord"):
            code, out, _ = await operator.bot("brief", "--lang", "fr", "--at", AT, "--format", form)
            assert code == 0
            assert "1 nouvelle sur 2 rédigée par IA" in out
            assert "evil" not in out
    assert FRENCH not in server.shown


async def test_a_status_is_told_in_the_readers_language_and_without_the_model_it_is_quoted(
    operator: Operator, tmp_path: Path
) -> None:
    said = "Volodymyr Zelensky said he was ready for a 30-day ceasefire if Russia accepts it."
    dit = "Volodymyr Zelensky s’est dit prêt à un cessez-le-feu de 30 jours si la Russie l’accepte."
    file = tmp_path / "status.jsonl"
    text = f"{said} Emmanuel Macron called for a ceasefire in Ukraine before Easter."
    file.write_text(row("harbour", text, "en", "Zelensky ready for a 30-day ceasefire"), encoding="utf-8")
    assert (await operator.bot("import", str(file)))[0] == 0
    asked = ("status", "ceasefire", "--lang", "fr", "--at", AT)
    offline = (await operator.bot(*asked))[1]
    assert "(traduit)" not in offline
    async with ModelServer(translations={said: dit}) as server:
        with_model(operator, server)
        told = (await operator.bot(*asked))[1]
        for form in ("telegram", "discord"):
            assert "(traduit)" in (await operator.bot(*asked, "--format", form))[1]
        fields = json.loads((await operator.bot(*asked, "--format", "json"))[1])
    assert "(traduit)" in told
    assert "traductions par IA, confrontées aux articles" in told
    assert any(claim["text"] == dit for claim in fields["claims"])
    operator.environment["LLM_PROVIDER"] = ""
    assert (await operator.bot(*asked))[1] == offline


async def test_check_says_whether_the_model_answers_what_was_used_and_what_a_month_may_cost(
    operator: Operator,
) -> None:
    assert "no model" in (await operator.bot("check"))[1]
    async with ModelServer() as server:
        with_model(operator, server)
        operator.environment["LLM_PRICE"] = "0.5"
        good = (await operator.bot("check"))[1]
        operator.environment["LLM_PRICE"] = "0"
    gone = (await operator.bot("check"))[1]
    assert "✓ model test" in good
    assert "tokens: 800 today of 200,000, about 6,000,000 a month, which is 3 at your price" in good
    assert "✗ model test: The model’s server does not answer." in gone
    assert "price" not in gone


async def test_a_provider_without_a_model_is_one_clear_error(operator: Operator) -> None:
    operator.environment |= {"LLM_PROVIDER": "openai", "LLM_BASE_URL": "http://127.0.0.1:9"}
    code, _, err = await operator.bot("brief")
    assert code == 2
    assert "LLM_MODEL" in err
    assert len(err.splitlines()) == 1
