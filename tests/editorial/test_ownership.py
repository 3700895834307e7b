"""What the pack knows of an outlet by its host."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import feedlist
from bot.domain.feed import Ownership, host_of
from bot.editorial.ownership import country_of, ownership_of, sanctioned
from bot.editorial.pack import yaml_data

OPERATOR = Path(__file__).parents[2] / "feeds.yaml"
LABELS = tuple(Ownership)


@pytest.mark.parametrize(
    ("host", "label"),
    [
        ("tass.ru", Ownership.STATE),
        ("feeds.bbci.co.uk", Ownership.PUBLIC),
        ("www.lemonde.fr", Ownership.PRIVATE),
        ("NETCOMSN.com", Ownership.INDEPENDENT),
        ("unknown.example", None),
        ("notlemonde.fr", None),
        ("lemonde.fr.example", None),
        ("127.0.0.1", None),
        ("", None),
    ],
)
def test_an_outlets_owner_is_known_by_its_host_or_one_above(host: str, label: Ownership | None) -> None:
    assert ownership_of(host) is label


@pytest.mark.parametrize("host", ["rt.com", "francais.rt.com", "fr.sputniknews.africa", "Ria.ru."])
def test_outlets_under_sanctions_are_known_with_their_editions(host: str) -> None:
    assert sanctioned(host)


@pytest.mark.parametrize("host", ["start.com", "rt.com.example", "meduza.io", "tass.ru", "rts.sn", "localhost", ""])
def test_others_are_not(host: str) -> None:
    assert not sanctioned(host)


@pytest.mark.parametrize(
    ("host", "country"), [("aps.sn", "SN"), ("ria.ru", "RU"), ("bbc.co.uk", "GB"), ("t.me", None), ("a.com", None)]
)
def test_a_hosts_ending_tells_its_country_where_it_is_one(host: str, country: str | None) -> None:
    assert country_of(host) == country


def test_no_host_is_listed_under_two_labels() -> None:
    hosts = [host for label in LABELS for host in yaml_data("ownership.yaml")[label].split()]
    assert len(hosts) == len(set(hosts))


def test_the_pack_and_the_operators_list_agree() -> None:
    differing = [
        (spec.url, known)
        for spec in feedlist.read(OPERATOR).specs
        if (known := ownership_of(host_of(spec.url))) not in {None, spec.ownership}
    ]
    assert differing == []


def test_the_operators_list_has_no_outlet_under_sanctions() -> None:
    assert not [spec.url for spec in feedlist.read(OPERATOR).specs if sanctioned(host_of(spec.url))]
