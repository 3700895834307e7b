"""Institutions: a country's embassies, government and ministries, which speak for themselves and not for its president.

They are made of a kind and a country of ``data/attribution.yaml``, so that ``the Ukrainian embassy in London`` and
``l'ambassade d'Ukraine à Londres`` are one, with a name in both languages and a side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from bot.domain.language import ReaderLanguage
from bot.editorial.lexicon import Side
from bot.editorial.matching import Found, Vocabulary
from bot.editorial.pack import yaml_data

_ARTICLES = frozenset({"the", "le", "la", "les", "l"})
_SEATS = frozenset({"in", "at", "to", "en", "a", "au", "aux", "de"})
"""Before the town or the country an embassy is in."""
LONGEST_SEAT = 3
"""Words of it: ``in the United States``."""


class Institution(NamedTuple):
    """One country's one."""

    names: Mapping[ReaderLanguage, str]
    side: Side | None


def institution(id_: str) -> Institution | None:
    """The institution of an id such as ``I:ukraine-embassy``; None for others, those of the gazetteer too."""
    return _institutions().get(id_)


def find(words: Sequence[str], capitals: Sequence[bool]) -> Iterator[Found]:
    """Those named in a sentence's folded words, each with the place it is in: ``embassy in London``.

    ``capitals``: for each word whether it is written with a capital, as every place is.
    """
    for hit in _vocabulary().find(words):
        end = hit.end
        while (seat := _seat(words, capitals, end)) > end:
            end = seat
        yield Found(hit.group, hit.start, end)


def _seat(words: Sequence[str], capitals: Sequence[bool], start: int) -> int:
    """Where the place named from a word on ends; the word itself where none is."""
    index = start
    if index >= len(words) or words[index] not in _SEATS:
        return start
    index += 1
    if index < len(words) and words[index] in _ARTICLES:
        index += 1
    first = index
    while index < len(words) and capitals[index] and index - first < LONGEST_SEAT:
        index += 1
    return index if index > first else start


@cache
def _institutions() -> Mapping[str, Institution]:
    return {
        f"I:{key}": Institution({"fr": kind["fr"].format(**forms), "en": kind["en"].format(**forms)}, forms.get("side"))
        for key, kind, forms in _every()
    }


@cache
def _vocabulary() -> Vocabulary:
    known = yaml_data("attribution.yaml")["institutions"]["known"]
    return Vocabulary(
        {
            known.get(key, f"I:{key}"): ", ".join(
                [*_french(kind["nouns fr"], forms), *_english(kind["nouns en"], forms)]
            )
            for key, kind, forms in _every()
        }
    )


def _every() -> Iterator[tuple[str, Mapping[str, str], Mapping[str, Any]]]:
    """Each country's each kind: ``ukraine-embassy``, the kind's nouns and names, the country's forms."""
    data = yaml_data("attribution.yaml")["institutions"]
    for (kind, nouns), (country, forms) in product(data["kinds"].items(), data["countries"].items()):
        yield f"{country}-{kind}", nouns, forms


def _french(nouns: str, forms: Mapping[str, str]) -> Iterator[str]:
    """``ambassade d'Ukraine``, ``ambassade ukrainienne``, ``ministère russe de la défense``."""
    adjective = f"({forms['m']}|{forms['f']})"
    for noun in nouns.split("|"):
        head, _, rest = noun.partition(" ")
        yield f"{noun} ({forms['of']}|{forms['m']}|{forms['f']})"
        if rest:
            yield f"{head} {adjective} {rest}"


def _english(nouns: str, forms: Mapping[str, str]) -> Iterator[str]:
    """``Ukrainian embassy``, ``Ukraine's embassy``, ``the Ukraine embassy``, ``embassy of Ukraine``."""
    countries = forms["en"]
    owners = f"{forms['adjective']}|{countries}"
    for noun in nouns.split("|"):
        yield f"({owners}) (s|) {noun}"
        yield f"{noun} of (the|) ({countries})"
