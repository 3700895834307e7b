"""Through whom: the agency or outlet somebody speaks to, as a sentence names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.editorial.matching import Vocabulary
from bot.editorial.naming import Named, Token
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold, words

NEAR = 4
"""Words between "to", "au micro de" and the like, and the outlet."""

_NAME = re.compile(
    r"\s+[«“\"]?\s?((?:[A-ZÀ-Þ0-9][\w’'.-]*)(?:\s(?:de|du|des|la|le|of|the)?\s?[A-ZÀ-Þ0-9][\w’'.-]*){0,3})"
)


def through(sentence: str, tokens: Sequence[Token], names: Sequence[Named], within: range) -> str | None:
    """The outlet that somebody speaks to in the part of a sentence whose words are ``within``.

    None where it names no outlet, or one only as a source.
    """
    for named in names:
        spoken_to = named.outlet or (named.claimant.id is None and _takes_article(tokens, named.start))
        if spoken_to and named.start in within and led_to(tokens, named.start):
            return named.claimant.name
    for hit in _outlets().find([token.folded for token in tokens]):
        if hit.start not in within:
            continue
        if hit.group != "kinds":
            if led_to(tokens, hit.start) and sentence[tokens[hit.start].start].isupper():
                return hit.group
        elif sentence[tokens[hit.start].start].isupper():
            continue
        elif (name := _NAME.match(sentence, tokens[hit.end - 1].end)) is not None and led_to(tokens, hit.start):
            return name[1].rstrip(".-'’")
    return None


def led_to(tokens: Sequence[Token], start: int) -> bool:
    """Does a word such as "to" or "dans" stand shortly before the word at ``start``?"""
    return any(token.folded in _leading() for token in tokens[max(0, start - NEAR) : start])


def _takes_article(tokens: Sequence[Token], start: int) -> bool:
    """Is it "the Daily Herald", rather than somebody's name?"""
    return start > 0 and tokens[start - 1].folded in {"the", "au"}


@cache
def _leading() -> frozenset[str]:
    return frozenset(words(fold(yaml_data("attribution.yaml")["through"])))


@cache
def _outlets() -> Vocabulary:
    """Outlets the gazetteer doesn't have, each a group of its own, and the words that announce one."""
    data = yaml_data("attribution.yaml")
    listed = [name.strip() for name in data["outlet_names"].replace("\n", ",").split(",") if name.strip()]
    return Vocabulary({**{name: name for name in listed}, "kinds": data["outlet_kinds"]})
