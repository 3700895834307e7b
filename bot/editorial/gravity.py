"""How grave an article's news is, by its title: told by one outlet, a truce still comes before a film about the war.

A topic of the war's course, persons and bodies that act in it, and deeds that change it make a title grave; another
subject beside the war (a match, a show, prices) makes it less so. What kind of article it is weighs most: a birth in a
shelter, a guide or a column comes after a report. Only an order between stories follows from it: what it puts last is
told where nothing else is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.domain.language import ArticleLanguage
from bot.editorial import lexicon, relevance
from bot.editorial.genres import Genre
from bot.editorial.matching import Vocabulary
from bot.editorial.pack import yaml_data
from bot.editorial.text import fold, plain, words

_MOST_ACTORS = 2
"""Persons and bodies counted: a title that names more is a list."""

_LONGEST_READ = 400
"""Characters of a title that are read, and kept."""

_REMEMBERED = 8_192
"""Titles whose answer is kept: those of some days, since each of their briefings asks again."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """ranking.yaml, read."""

    topics: Mapping[str, float]
    acts: Mapping[str, float]
    without: float
    actor: float
    aside: Mapping[str, float]
    decisive: float
    deeds: Vocabulary
    genres: Mapping[str, float]


def gravity(title: str, language: ArticleLanguage, topics: tuple[str, ...]) -> float:
    """0 to about 1.3. Never raises; the cost is that of reading a title, once."""
    rules = _rules()
    worth, act = _of_title(title[:_LONGEST_READ], language)
    return worth * max((rules.topics.get(topic, rules.without) for topic in topics), default=act)


@lru_cache(maxsize=_REMEMBERED)
def _of_title(title: str, language: ArticleLanguage) -> tuple[float, float]:
    """What a title is worth, and what stands for a topic where it has none."""
    rules = _rules()
    groups = relevance.named(title, language)
    worth = min((share for group, share in rules.aside.items() if group in groups), default=1.0)
    if rules.deeds.find(words(fold(plain(title)))):
        worth *= 1.0 + rules.decisive
    act = max((share for group, share in rules.acts.items() if group in groups), default=rules.without)
    return worth * (1.0 + rules.actor * min(_MOST_ACTORS, _actors(title))), act


def _actors(title: str) -> int:
    """Persons and bodies named, outlets left out."""
    ids = {mention.id for mention in lexicon.entities(title)}
    return len({id_ for id_ in ids if id_.startswith(("P:", "O:"))} - lexicon.reporters())


def of_kind(kind: Genre) -> float:
    """What an article of a kind keeps of what a report is worth."""
    return _rules().genres.get(kind, 1.0)


@cache
def _rules() -> _Rules:
    pack = yaml_data("ranking.yaml")
    return _Rules(
        pack["topics"],
        pack["acts"],
        pack["without"],
        pack["actor"],
        pack["aside"],
        pack["decisive"],
        Vocabulary({"deeds": pack["deeds"]}),
        pack["genres"],
    )
