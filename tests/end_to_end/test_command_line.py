"""The command line as its operator uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Operator


async def test_the_demonstration_shows_stories_with_sources_in_both_languages_and_ends_by_itself(
    operator: Operator,
) -> None:
    code, out, err = await operator.bot("demo")
    assert (code, err) == (0, "")
    assert "prisonniers" in out
    assert "prisoners" in out
    assert "https://le-quai.example/international/" in out
    assert "https://harbour-post.example/world/" in out
    assert "Radio Littoral" in out  # the broken feed is named, and the others go on


async def test_a_poll_reports_the_broken_feed_and_stores_the_others(operator: Operator) -> None:
    code, out, _ = await operator.bot("poll", "--once")
    assert code == 0
    assert "✗ Radio Littoral" in out
    assert "6 feeds read" in out
    code, out, _ = await operator.bot("brief", "--lang", "fr", "--format", "json")
    briefing = json.loads(out)
    assert code == 0
    assert briefing["coverage"]["feeds_total"] == 6
    assert briefing["coverage"]["feeds_reached"] == 5
    words = " ".join(point["headline"] + point["text"] for point in briefing["points"])
    assert "bortsch" not in words
    assert "Lions" not in words
    assert len(briefing["points"]) >= 3


async def test_a_second_poll_at_once_asks_nobody(operator: Operator) -> None:
    await operator.bot("poll", "--once")
    code, out, _ = await operator.bot("poll", "--once")
    assert (code, "No feed is due now." in out) == (0, True)


@pytest.mark.parametrize("form", ["telegram", "discord"])
async def test_a_briefing_can_be_printed_as_a_platforms_payloads(operator: Operator, form: str) -> None:
    await operator.bot("poll", "--once")
    code, out, _ = await operator.bot("brief", "--lang", "en", "--format", form)
    assert code == 0
    assert all(isinstance(json.loads(line), dict) for line in out.splitlines())


async def test_an_archive_is_imported_once_and_known_from_its_dates(operator: Operator) -> None:
    rows = [
        {
            "id": "a1",
            "title": "Ukraine : 84 prisonniers échangés",
            "published": "2025-02-10T09:00:00Z",
            "source": "Le Quai",
            "lang": "fr",
            "url": "https://le-quai.example/a1?utm_source=rss#xtor=RSS-3",
            "text": "Kiev et Moscou ont échangé 84 prisonniers de guerre. Les deux ministères l’ont confirmé.",
        },
        {"id": "a2", "title": "", "published": "2025-02-10T09:00:00Z", "source": "Le Quai"},
        {"id": "a3", "title": "Sans date", "source": "Le Quai"},
    ]
    archive = operator.folder / "archive.jsonl"
    archive.write_text("\n".join(map(json.dumps, rows)) + "\nnot JSON\n", encoding="utf-8")
    code, out, err = await operator.bot("import", str(archive))
    assert (code, "1 article added" in out) == (0, True)
    assert "3 rows refused" in out
    assert "Line 4" in err
    _, again, _ = await operator.bot("import", str(archive))
    assert "0 articles added, 1 already there" in again
    _, before, _ = await operator.bot("brief", "--at", "2025-02-10T08:00:00Z", "--format", "json")
    _, after, _ = await operator.bot("brief", "--at", "2025-02-10T12:00:00Z", "--format", "json")
    assert json.loads(before)["points"] == []
    (point,) = json.loads(after)["points"]
    assert point["articles"] == ["a1"]
    assert point["sources"][0]["url"] == "https://le-quai.example/a1"


@pytest.mark.parametrize(
    ("environment", "words", "said"),
    [
        ({"BOT_TIMEZONE": "Mars"}, ["brief"], "BOT_TIMEZONE"),
        ({"DATABASE_URL": "mysql://x"}, ["brief"], "DATABASE_URL"),
        ({"FEEDS_FILE": "nowhere.yaml"}, ["poll", "--once"], "nowhere.yaml"),
        ({}, ["brief", "--at", "yesterday"], "ISO"),
        ({}, ["brief", "--hours", "many"], "--hours"),
        ({}, ["dance"], "dance"),
    ],
)
async def test_wrong_usage_or_settings_exit_with_2_and_name_what_is_wrong(
    operator: Operator, environment: dict[str, str], words: list[str], said: str
) -> None:
    operator.environment |= environment
    code, _, err = await operator.bot(*words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


async def test_an_unknown_topic_fails_with_the_nearest_ones_and_no_traceback(operator: Operator) -> None:
    code, _, err = await operator.bot("status", "xyzzy")
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert "xyzzy" in err


async def test_a_bad_entry_in_the_feed_list_is_named_and_the_others_are_read(operator: Operator) -> None:
    listed = operator.folder / "feeds.yaml"
    listed.write_text(listed.read_text(encoding="utf-8") + "  - url: nonsense\n", encoding="utf-8")
    code, out, err = await operator.bot("poll", "--once")
    assert code == 0
    assert "entry 7" in err
    assert "6 feeds read" in out


async def test_a_check_names_every_part_and_fails_where_one_is_wrong(operator: Operator) -> None:
    code, out, _ = await operator.bot("check")
    assert code == 1
    assert "✓ database" in out
    assert "✓ Le Quai" in out
    assert "✗ Radio Littoral" in out


async def test_the_console_answers_commands_and_ends_with_its_input(operator: Operator) -> None:
    await operator.bot("poll", "--once")
    code, out, _ = await operator.bot("run", stdin="/help\n/statut trêve\n/subscribe 8h Dakar\n/quit\n".encode())
    assert code == 0
    assert "What I can do" in out
    assert "Ceasefire" in out
    assert "Done: a briefing every day at 08:00 (Dakar)." in out


async def test_a_backup_is_a_database_that_answers(operator: Operator, tmp_path: Path) -> None:
    await operator.bot("poll", "--once")
    code, _, _ = await operator.bot("backup", str(tmp_path / "copy.db"))
    assert code == 0
    operator.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'copy.db'}"
    _, out, _ = await operator.bot("feeds", "list")
    assert len(out.splitlines()) == 6


async def test_feeds_are_exported_as_they_are_listed(operator: Operator) -> None:
    listed = (operator.folder / "feeds.yaml").read_text(encoding="utf-8")
    code, out, _ = await operator.bot("feeds", "export")
    assert (code, out.strip()) == (0, listed.strip())
    code, opml, _ = await operator.bot("feeds", "export", "--opml")
    (operator.folder / "list.opml").write_text(opml, encoding="utf-8")
    code, back, _ = await operator.bot("feeds", "import", "list.opml")
    assert code == 0
    assert back.count("url: http://127.0.0.1") == 6
