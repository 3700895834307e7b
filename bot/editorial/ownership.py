"""What the pack knows of an outlet by its host: who controls it, its country, and whether it is under sanctions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.domain.feed import Ownership
from bot.editorial.pack import yaml_data

_FILE = "ownership.yaml"


def ownership_of(host: str) -> Ownership | None:
    """Who controls the outlet at a host; None where the pack does not know.

    >>> ownership_of("feeds.bbci.co.uk")
    <Ownership.PUBLIC: 'public'>
    """
    return next((label for name in _names(host) if (label := _labels().get(name)) is not None), None)


def country_of(host: str) -> str | None:
    """The ISO 3166 code of a host's country, where its ending tells one."""
    return _countries().get(host.lower().rstrip(".").rpartition(".")[2])


def sanctioned(host: str) -> bool:
    """Whether the outlet at a host is under European Union sanctions."""
    return any(name in _sanctioned() for name in _names(host))


def _names(host: str) -> Iterator[str]:
    """A host and the hosts above it: ``fr.sputniknews.africa``, ``sputniknews.africa``."""
    name = host.lower().rstrip(".")
    while "." in name:
        yield name
        name = name.partition(".")[2]


@cache
def _labels() -> dict[str, Ownership]:
    return {host: label for label in Ownership for host in yaml_data(_FILE)[label].split()}


@cache
def _sanctioned() -> frozenset[str]:
    return frozenset(yaml_data(_FILE)["sanctioned"].split())


@cache
def _countries() -> dict[str, str]:
    pairs = yaml_data(_FILE)["countries"].split()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))
