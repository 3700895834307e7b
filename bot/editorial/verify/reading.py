"""Reading: a line or a sentence taken apart once, for all the checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from bot.domain.language import ArticleLanguage
from bot.editorial import lexicon
from bot.editorial.naming import Token, tokens
from bot.editorial.pack import yaml_data
from bot.editorial.text import STOP_WORDS, stem

LONGEST = 1_500
"""Characters that are read: a line is far shorter, and what a hostile sentence has beyond counts as not said."""

STEM = 4
"""Letters that two forms of a verb share at least."""


@dataclass(frozen=True)
class Reading:
    """A text with its words, their stems, and what it names."""

    text: str
    language: ArticleLanguage

    @cached_property
    def tokens(self) -> Sequence[Token]:
        """Its words with their places."""
        return tokens(self.text)

    @cached_property
    def words(self) -> Sequence[str]:
        """Its folded words."""
        return [token.folded for token in self.tokens]

    @cached_property
    def stems(self) -> Sequence[str]:
        """A stem a word; empty for words that say nothing by themselves."""
        idle = STOP_WORDS[self.language]
        return ["" if word in idle or len(word) < 2 else root(word, self.language) for word in self.words]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Everything of the gazetteer that it names."""
        return frozenset(mention.id for mention in self.mentions)

    @cached_property
    def mentions(self) -> Sequence[lexicon.Mention]:
        """The same with their places."""
        return lexicon.entities(self.text)

    def between(self, start: int, end: int) -> str:
        """The text from word ``start`` to before word ``end``."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


@lru_cache(maxsize=512)
def read(text: str, language: ArticleLanguage) -> Reading:
    """A text, read; sentences are read once for all the lines that cite them."""
    return Reading(text[:LONGEST], language)


def root(word: str, language: ArticleLanguage) -> str:
    """A word's stem, cut to where its forms still agree: ``signerait``, ``signé``, ``signature`` are ``sign``."""
    return stem(word, language)[:7]


@cache
def listed(*path: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """A list of words of ``verify.yaml``: whole ones, and beginnings (written with a star)."""
    found = yaml_data("verify.yaml")
    for key in path:
        found = found[key]
    words = str(found).split()
    whole = frozenset(word for word in words if not word.endswith("*"))
    return whole, tuple(word[:-1] for word in words if word.endswith("*"))


def is_listed(word: str, *path: str) -> bool:
    """Whether a folded word is on such a list."""
    whole, beginnings = listed(*path)
    return word in whole or word.startswith(beginnings)


def reader(language: ArticleLanguage) -> str:
    """The language whose word lists read a text: others than French are read as English."""
    return "fr" if language == "fr" else "en"


def shared(one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
    """The stems both have, blanks aside."""
    return frozenset(one) & frozenset(other) - {""}
