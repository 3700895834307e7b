"""What operators and readers are told of one feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState, Origin
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


@pytest.mark.parametrize(("language", "words"), [("fr", "300 articles de trop"), ("en", "300 articles too many")])
def test_a_reader_is_told_how_many_articles_were_left_out(language: str, words: str) -> None:
    reader = Reader(translator(language), "Africa/Dakar", NOW)
    assert words in health_words(FEED, replace(READ, skipped_entries=300), reader)
    assert " · " not in health_words(FEED, READ, reader)
