"""feeds.yaml: what it says, what is wrong with it, and that comments survive."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import feedlist
from bot.domain.errors import FeedListError
from bot.domain.feed import FeedSpec, Ownership
from bot.i18n import explain, translator

OPERATOR = Path(__file__).parents[1] / "feeds.yaml"


def problem(text: str) -> FeedListError:
    """The one problem of a list."""
    try:
        problems = feedlist.parse(text).problems
    except FeedListError as error:
        return error
    assert len(problems) == 1
    return problems[0]


def test_the_operators_list_has_netcomsn_first_and_both_languages_and_three_african_outlets() -> None:
    listed = feedlist.read(OPERATOR)
    assert listed.problems == ()
    assert listed.specs[0].url == "https://netcomsn.com/feed/"
    assert {spec.language for spec in listed.specs} >= {"fr", "en"}
    assert sum(spec.country in {"SN", "CD", "ML", "CI", "CM", "KE", "BF"} for spec in listed.specs) >= 3
    assert all(spec.language and spec.country and spec.ownership and spec.name for spec in listed.specs)


def test_every_key_is_read() -> None:
    text = """
feeds:
  - url: https://daily.example/feed
    name: The Daily
    language: en
    country: gb
    ownership: public
    dedicated: true
    full_text: true
"""
    spec = FeedSpec(
        "https://daily.example/feed", "The Daily", "en", "GB", Ownership.PUBLIC, dedicated=True, full_text=True
    )
    assert feedlist.parse(text).specs == (spec,)


def test_only_the_address_is_required() -> None:
    assert feedlist.parse("feeds:\n  - url: https://a.example/\n").specs == (FeedSpec("https://a.example/"),)


def test_an_empty_list_is_valid() -> None:
    assert feedlist.parse("feeds: []\n") == feedlist.FeedList((), ())


@pytest.mark.parametrize(
    ("text", "key", "line", "entry", "field"),
    [
        ("feeds:\n  - url: https://a.example\n    nmae: A\n", "feed-list-unknown-key", 3, 1, "nmae"),
        ("feeds:\n  - url: ftp://a.example\n", "feed-list-value", 2, 1, "url"),
        ("feeds:\n  - name: A\n", "feed-list-url-missing", 2, 1, "url"),
        ("feeds:\n  - https://a.example\n", "feed-list-entry", 2, 1, ""),
        ("feeds:\n  - url: https://a.example\n    language: de\n", "feed-list-value", 3, 1, "language"),
        ("feeds:\n  - url: https://a.example\n    country: Senegal\n", "feed-list-value", 3, 1, "country"),
        ("feeds:\n  - url: https://a.example\n    ownership: mine\n", "feed-list-value", 3, 1, "ownership"),
        ("feeds:\n  - url: https://a.example\n    dedicated: yes\n", "feed-list-value", 3, 1, "dedicated"),
        ("feeds:\n  - url: https://a.example\n  - url: https://a.example\n", "feed-list-twice", 3, 2, "url"),
        ("feeds:\n  - url: 'https://a.example\n", "feed-list-syntax", 3, 0, ""),
        ("- url: https://a.example\n", "feed-list-shape", 1, 0, "feeds"),
        ("", "feed-list-shape", 1, 0, "feeds"),
    ],
)
def test_a_wrong_entry_names_its_line_entry_and_key(text: str, key: str, line: int, entry: int, field: str) -> None:
    found = problem(text)
    assert (found.key, found.arguments["line"], found.arguments["entry"], found.arguments["field"]) == (
        key,
        line,
        entry,
        field,
    )


def test_a_wrong_entry_leaves_the_others_followed() -> None:
    listed = feedlist.parse("feeds:\n  - url: https://a.example\n  - url: nonsense\n  - url: https://b.example\n")
    assert [spec.url for spec in listed.specs] == ["https://a.example", "https://b.example"]
    assert len(listed.problems) == 1


def test_a_misspelt_key_is_answered_with_the_nearest_one() -> None:
    words = explain(problem("feeds:\n  - url: https://a.example\n    langage: fr\n"), translator("en"))
    assert words == "feeds.yaml, line 3, entry 1: unknown key “langage”. Did you mean: language?"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FeedListError) as caught:
        feedlist.read(tmp_path / "none.yaml")
    assert "feeds: []" in explain(caught.value, translator("en"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FeedListError):
        feedlist.read(tmp_path / "feeds.yaml")


def test_comments_and_order_survive_a_rewrite() -> None:
    text = OPERATOR.read_text(encoding="utf-8")
    specs = feedlist.parse(text).specs
    kept = (*specs[1:], FeedSpec("https://new.example/feed", name="New", language="fr"))
    rewritten = feedlist.render(text, kept)
    assert feedlist.parse(rewritten).specs == kept
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in rewritten.splitlines() if line.lstrip().startswith("#")] == comments


def test_rewriting_without_a_change_changes_nothing() -> None:
    text = OPERATOR.read_text(encoding="utf-8")
    assert feedlist.render(text, feedlist.parse(text).specs) == text


addresses = st.from_regex(r"https://[a-z]{1,12}\.example/[a-z]{0,8}", fullmatch=True)
specs = st.builds(
    FeedSpec,
    url=addresses,
    name=st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20),
    language=st.sampled_from([None, "fr", "en", "uk", "ru"]),
    country=st.sampled_from([None, "SN", "FR", "NO"]),
    ownership=st.sampled_from([None, *Ownership]),
    dedicated=st.booleans(),
    full_text=st.booleans(),
)


@given(st.lists(specs, max_size=5, unique_by=lambda spec: spec.url))
def test_what_is_written_is_read_back(wanted: list[FeedSpec]) -> None:
    assert feedlist.parse(feedlist.render("", tuple(wanted))).specs == tuple(wanted)


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_one_clear_error(text: str) -> None:
    with contextlib.suppress(FeedListError):
        feedlist.parse(text)
