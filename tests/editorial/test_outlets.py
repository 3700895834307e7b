"""Who is behind an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.feed import Ownership
from bot.editorial.outlets import agency, owner
from tests.editorial.stories_cases import article, sourced


def behind(name: str, url: str | None = None, **more: object) -> str:
    return owner(sourced(article("x", "Un titre", url=url), name, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["Le Phare", "Le Phare - Monde", "Le Phare | À la une", "Le Phare : vidéos", "LE PHARE"]
)
def test_an_outlets_sections_have_one_owner(name: str) -> None:
    assert behind(name) == "lephare"


@pytest.mark.parametrize(
    "url", ["https://phare.example/a", "https://video.phare.example/b", "https://www.phare.co.uk/c?d=e"]
)
def test_an_address_tells_the_outlet_whatever_the_feed_is_called(url: str) -> None:
    assert behind("Actualités", url) == "phare"


def test_an_aggregators_address_is_not_the_outlets() -> None:
    assert behind("Le Phare", "https://news.google.com/articles/abc") == "lephare"


@pytest.mark.parametrize(("country", "side"), [("RU", "moscow"), ("ru", "moscow"), ("UA", "kyiv"), ("SN", "lephare")])
def test_a_belligerents_state_media_count_as_that_party(country: str, side: str) -> None:
    assert behind("Le Phare", country=country, ownership=Ownership.STATE) == side


def test_a_private_outlet_of_a_belligerents_country_is_its_own() -> None:
    assert behind("Le Phare", country="RU", ownership=Ownership.PRIVATE) == "lephare"


@pytest.mark.parametrize(
    "text", ["VALMER (AFP) - Le port rouvre.", "Le port rouvre. (avec AFP)", "Le port rouvre (© AFP)", "Le port. / AFP"]
)
def test_a_credited_agency_is_known(text: str) -> None:
    assert agency(sourced(article("x", "Un titre", text), "Le Phare")) == "afp"


@pytest.mark.parametrize("text", ["", "Le maire l'a dit à l'AFP mardi, après la tempête.", "Le port rouvre."])
def test_an_agency_that_was_merely_told_is_not_credited(text: str) -> None:
    assert agency(sourced(article("x", "Un titre", text), "Le Phare")) is None


@settings(deadline=None)
@given(
    st.text(max_size=60), st.one_of(st.none(), st.text(max_size=60), st.just("http://[::1]/x")), st.text(max_size=200)
)
def test_any_outlet_has_an_owner(name: str, url: str | None, text: str) -> None:
    one = sourced(article("x", "Un titre", text, url=url), name)
    assert isinstance(owner(one), str)
    agency(one)
