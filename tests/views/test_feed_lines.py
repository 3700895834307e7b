"""What operators and readers are told of one feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState, Origin
from bot.editorial import lexicon
from bot.i18n import translator
from bot.views.operator import feed_line
from bot.views.sources import Reader, health_words

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEED = Feed(7, FeedSpec("https://le-quai.example/feed", "Le Quai"), Origin.FILE, FeedState.ACTIVE, public=True)
READ = FeedReading(7, last_attempt=NOW, last_success=NOW)


def test_the_operators_line_has_a_column_for_the_entries_that_were_too_many() -> None:
    line = feed_line(FEED, replace(READ, skipped_entries=300))
    assert line.split("\t") == ["7", "active", "-", "Le Quai", "https://le-quai.example/feed", "300"]
    assert feed_line(FEED, None).split("\t")[-1] == "0"


@pytest.mark.parametrize(("language", "words"), [("fr", "300 articles de trop"), ("en", "300 surplus articles")])
def test_a_moderator_is_told_how_many_articles_were_left_out(language: str, words: str) -> None:
    reader = Reader(translator(language), "Africa/Dakar", NOW)
    assert words in health_words(FEED, replace(READ, skipped_entries=300), reader)
    assert " · " not in health_words(FEED, READ, reader)


def test_readers_are_told_that_a_source_is_out_of_reach_and_moderators_why_and_what_to_do() -> None:
    reader = Reader(translator("fr"), "Africa/Dakar", NOW)
    arguments: dict[str, str | int | float | None] = {"url": "https://le-quai.example/feed", "status": 500}
    failing = replace(READ, error_key="http-status", error_arguments=arguments, failing_since=NOW)
    assert health_words(FEED, failing, reader, remedy=False) == "injoignable depuis 12\u00a0h"
    assert "le-quai.example" in health_words(FEED, failing, reader)


@pytest.mark.parametrize("identity", ["O:nato", "O:iaea", "P:syrsky", "O:ukrainian-army"])
def test_french_names_are_typeset(identity: str) -> None:
    actor = lexicon.actors()[identity]
    assert "'" not in actor.names["fr"] + actor.roles["fr"]
