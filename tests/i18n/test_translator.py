"""Numbers, moments, places and errors, in the reader's language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import DepecheError, HttpStatus, SettingsError
from bot.domain.language import ReaderLanguage
from bot.i18n import explain, translator

EVENING = datetime(2025, 2, 10, 20, 55, tzinfo=UTC)


@pytest.mark.parametrize(("language", "words"), [("fr", "20\u00a0h\u00a055"), ("en", "20:55")])
def test_a_clock_is_written_as_the_language_does(language: ReaderLanguage, words: str) -> None:
    assert translator(language).clock(EVENING, "Africa/Dakar") == words


@pytest.mark.parametrize(("language", "words"), [("fr", "21\u00a0h"), ("en", "21:00")])
def test_a_sharp_hour_has_no_french_minutes(language: ReaderLanguage, words: str) -> None:
    assert translator(language).clock(EVENING + timedelta(minutes=5), "Africa/Dakar") == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "20\u00a0h\u00a055"), (1, "hier 20\u00a0h\u00a055"), (3, "7 février, 20\u00a0h\u00a055")]
)
def test_a_moment_is_named_as_one_would_say_it(days: int, words: str) -> None:
    assert translator("fr").when(EVENING - timedelta(days=days), EVENING, "Africa/Dakar") == words


def test_yesterday_is_the_readers_own_yesterday() -> None:
    before_midnight_in_kyiv = datetime(2025, 2, 10, 21, 30, tzinfo=UTC)
    after_midnight_in_kyiv = datetime(2025, 2, 10, 22, 30, tzinfo=UTC)
    assert translator("en").when(before_midnight_in_kyiv, after_midnight_in_kyiv, "Europe/Kyiv") == "yesterday 23:30"


@pytest.mark.parametrize(
    ("language", "zone", "city"),
    [
        ("fr", "Africa/Dakar", "Dakar"),
        ("fr", "Africa/Cairo", "Le Caire"),
        ("en", "Africa/Cairo", "Cairo"),
        ("fr", "Europe/Kyiv", "Kyiv"),
        ("en", "Europe/Kyiv", "Kyiv"),
        ("fr", "Etc/GMT-1", "UTC+1"),
        ("en", "Etc/UTC", "UTC"),
        ("en", "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city(language: ReaderLanguage, zone: str, city: str) -> None:
    assert translator(language).city(zone) == city


def test_nothing_and_one_are_singular_in_french_and_only_one_in_english() -> None:
    assert translator("fr").count("footer.articles", 0) == "0 article"
    assert translator("en").count("footer.articles", 0) == "0 articles"
    assert translator("fr").count("footer.articles", 1) == "1 article"


def test_large_numbers_have_the_languages_own_separator() -> None:
    assert translator("fr").number(12345) == "12\u202f345"
    assert translator("en").number(12345) == "12,345"


def test_an_error_is_said_with_its_remedy() -> None:
    words = explain(HttpStatus(url="https://a.example", status=503), translator("en"))
    assert words == "https://a.example answers with error 503. I will try again; if it lasts, check the address."


def test_a_reason_given_as_a_key_is_worded_inside_the_sentence() -> None:
    error = SettingsError("wrong-setting", name="BOT_TIMEZONE", reason="reason.zone", expected="")
    assert explain(error, translator("en")) == (
        "The setting BOT_TIMEZONE is wrong. It takes an IANA zone such as Africa/Dakar. See .env.example."
    )


def test_an_error_without_a_sentence_is_still_an_answer() -> None:
    assert explain(DepecheError("never-heard-of"), translator("en")).startswith("Something failed on my side.")


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    first = datetime(2025, 2, 1, tzinfo=UTC)
    assert (translator("fr").short_day(first), translator("en").short_day(first)) == ("1er février", "1 February")
    assert translator("fr").day(first) == "samedi 1er février"
    assert translator("fr").short_day(datetime(2025, 2, 11, tzinfo=UTC)) == "11 février"
