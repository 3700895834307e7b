"""How telling a word is: inverse document frequencies, counted once over a background of news and kept in the pack.

They are static: a count that followed the stream would make yesterday's clustering depend on what came before it,
and a restart would change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from bot.domain.language import ArticleLanguage
from bot.editorial.pack import json_data

IdfSpace = Literal["terms", "shared"]
"""Stems of one language, or the keys languages share."""

COUNTED: tuple[ArticleLanguage, ...] = ("fr", "en")
"""Languages with counts in the pack (``idf_fr.json``, ``idf_en.json``)."""


class Idf(dict[str, float]):
    """Term → natural logarithm of how rare it is; a term never counted is as rare as can be."""

    def __init__(self, values: Mapping[str, float], rarest: float) -> None:
        super().__init__(values)
        self.rarest = rarest

    def __missing__(self, term: str) -> float:
        return self.rarest


@cache
def term_idf(language: ArticleLanguage) -> Idf:
    """A language's stems, as ``text.terms`` gives them; nothing is known of languages without counts."""
    if language not in COUNTED:
        return Idf({}, 1.0)
    return _read(language, "terms")


@cache
def shared_idf() -> Idf:
    """Keys of the shared space, as ``vectors.counts`` gives them. The language where one is commoner decides."""
    merged: dict[str, float] = {}
    tables = [_read(language, "shared") for language in COUNTED]
    for table in tables:
        for key, value in table.items():
            merged[key] = min(value, merged.get(key, value))
    return Idf(merged, min(table.rarest for table in tables))


def _read(language: ArticleLanguage, space: IdfSpace) -> Idf:
    """The file keeps terms under their value, so that a value is written once: ``{"4.5": "ukrain russ"}``."""
    stored = json_data(f"idf_{language}.json")
    values = {term: float(value) for value, terms in stored[space].items() for term in terms.split()}
    return Idf(values, stored["rarest"])
