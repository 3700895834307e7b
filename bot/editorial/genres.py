"""What kind of article it is, by its title and first words: a report, or one of the kinds printed beside reports.

Reports tell a story; the others lean on them. A review of the papers or a digest of a day tells of everything at
once, so it must not tie stories together; a guide, a gallery, a column or somebody's own story is no sentence to tell
the news with, and none of them comes before what changes the war. The words are in ``data/genres.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from bot.domain.article import Article
from bot.domain.language import ArticleLanguage
from bot.editorial import lexicon, relevance
from bot.editorial.pack import listed, yaml_data
from bot.editorial.text import fold, plain

_TITLE_READ, _LEAD_READ = 400, 120
"""Characters that are read."""

_REMEMBERED = 8_192
"""Articles whose kind is kept: those of some days, since each of their briefings asks again."""

_SIGNED = re.compile(r"\s\|\s(?:[^\W\d_][\w.'’-]*\s?){1,7}$")
"""What stands behind a bar at the end of a title is who wrote it, or what kind of piece it is."""

_BARE = " «“„\"'‘’[(•*"
_HARM = frozenset({"harm", "arms", "assault", "barrage"})
"""Groups of relevance.yaml of which two in one title make it news, whoever it befell: two children killed in a raid."""


class Genre(StrEnum):
    """The kinds, by their names in the pack."""

    REPORT = "report"
    LIVE = "live"
    PEOPLE = "people"
    OPINION = "opinion"
    PICTURES = "pictures"
    SERVICE = "service"
    ROUND_UP = "round_up"


APART = frozenset({Genre.ROUND_UP, Genre.SERVICE})
"""Kinds that speak of many events, or of none."""

_IN_TURN = (Genre.ROUND_UP, Genre.SERVICE, Genre.PICTURES, Genre.OPINION, Genre.LIVE)
"""The first that fits: a guide in pictures is a guide."""

_ANYWHERE = frozenset({Genre.ROUND_UP, Genre.SERVICE, Genre.PICTURES})
"""Kinds that say what they are anywhere in a title; the others do at its beginning or its end."""


def genre_of(article: Article) -> Genre:
    """The kind of an article. Never raises; the cost is that of reading a title, once."""
    return genre(article.title[:_TITLE_READ], (article.summary or article.text)[: 4 * _LEAD_READ], article.language)


@lru_cache(maxsize=_REMEMBERED)
def genre(title: str, lead: str, language: ArticleLanguage) -> Genre:
    """The kind, by a title and the first words of what follows; a report where neither says anything else."""
    rules = _rules("fr" if language == "fr" else "en")
    bare = plain(title)
    above, below = fold(bare).strip(_BARE), fold(plain(lead)[:_LEAD_READ]).lstrip()
    for kind in _IN_TURN:
        if rules.says(kind, above) or rules.opens(kind, below):
            return kind
    if _SIGNED.search(bare):
        return Genre.OPINION
    return Genre.PEOPLE if _personal(rules, above, title, language) else Genre.REPORT


def _personal(rules: _Rules, above: str, title: str, language: ArticleLanguage) -> bool:
    """Somebody's own story: neither of a person who acts in this war, nor of whom it harms."""
    if rules.intimate.search(above):
        return True
    if rules.people.search(above) is None or len(_HARM & relevance.named(title, language)) > 1:
        return False
    named = {mention.id for mention in lexicon.entities(title)} - lexicon.reporters()
    return not any(id_.startswith("P:") for id_ in named)


@dataclass(frozen=True, slots=True)
class _Rules:
    """One language's part of ``genres.yaml``."""

    titles: Mapping[Genre, re.Pattern[str]]
    leads: Mapping[Genre, re.Pattern[str]]
    people: re.Pattern[str]
    intimate: re.Pattern[str]

    def says(self, kind: Genre, title: str) -> bool:
        """Does a folded title say that it is of a kind?"""
        return self.titles[kind].search(title) is not None

    def opens(self, kind: Genre, lead: str) -> bool:
        """Does what follows a title begin as that kind does?"""
        return kind in self.leads and self.leads[kind].match(lead) is not None


@cache
def _rules(language: str) -> _Rules:
    data = yaml_data("genres.yaml")[language]
    either = {key: "|".join(listed(block)) for key, block in data.items()}
    return _Rules(
        {kind: re.compile(_in_title(kind, either[kind])) for kind in _IN_TURN},
        {kind: re.compile(rf"(?:{words})(?!\w)") for kind in _IN_TURN if (words := either.get(f"lead_{kind}"))},
        re.compile(rf"(?<![\w'’])(?:{either['people']})(?![\w’])"),
        re.compile(rf"(?<!\w)(?:{either['intimate']})(?!\w)"),
    )


def _in_title(kind: Genre, words: str) -> str:
    """Whole words; of kinds that ordinary titles name too, only as an opening or behind a last dash, bar or stop."""
    if kind in _ANYWHERE - {Genre.PICTURES}:
        return rf"(?<!\w)(?:{words})(?!\w)"
    edge = rf"(?:^|[:|–—]\s|\s-\s)(?:{words})(?=\s*(?:[:.|–—(\]]|-\s|$))"
    return rf"{edge}|^(?:{words})(?=\s)" if kind is Genre.PICTURES else edge
