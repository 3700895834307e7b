"""Secrets in addresses are masked wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.masking import masked


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/feed", "https://a.example/feed"),
        ("https://me:pw@a.example/feed", "https://***@a.example/feed"),
        ("https://a.example/feed?token=abc&x=1", "https://a.example/feed?token=***&x=1"),
        ("https://a.example/private/3f2a9c1d4e5b6a7980c1d2e3/rss", "https://a.example/private/***/rss"),
        ("https://a.example/u/3f2a9c1d4e5b6a7980c1d2e3.xml", "https://a.example/u/***.xml"),
        ("https://a.example/2026/03/10/une-treve-de-trente-jours-en-ukraine-2026/", None),
        ("https://a.example/internationalnewsandpoliticsfeed/", None),
        ("https://a.example/202603101200000000000000001/", None),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, shown: str | None) -> None:
    assert masked(url) == (shown or url)


@given(st.text(alphabet="abcdef0123456789", min_size=24, max_size=40), st.sampled_from(["/{}/", "/x/{}.rss", "/{}"]))
def test_a_long_key_of_letters_and_digits_never_shows(key: str, path: str) -> None:
    key = f"a{key}1"
    assert key not in masked("https://a.example" + path.format(key))


@given(st.text())
def test_masking_twice_changes_nothing(url: str) -> None:
    assert masked(masked(url)) == masked(url)
