"""Search: articles by a few words, whatever language the words and the articles are in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.story import SourcedArticle
from bot.domain.topic import Topic
from bot.editorial import lexicon, topics
from bot.editorial.text import STEMMERS, STOP_WORDS, fold, stem, terms, words
from bot.ports import Scope, Spellings, Store, UnitOfWork

MOST_FOUND = 8
"""Articles of one answer: a phone's screen and a half."""
KEPT_FOR_OTHERS = 2
"""Places for articles in other languages where the reader's own could fill all."""
LONGEST = 200
"""Characters of a question that are read."""
MOST_WORDS = 8
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_READ: tuple[ArticleLanguage, ...] = ("fr", "en", "uk", "ru")
"""Languages that are quoted; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search came to."""

    articles: tuple[SourcedArticle, ...]
    """The reader's language first, newest first within a language."""
    topic: Topic | None
    """The topic the words mean, if they mean one."""
    nearest: tuple[Topic, ...]
    """Topics to try; never empty where nothing was found."""


async def search(store: Store, query: str, scope: Scope, language: ReaderLanguage) -> Findings:
    """Relevant articles with all of the words, by any of the spellings the newsroom knows for them."""
    asked = query[:LONGEST]
    others = [other for other in _READ if other != language]
    async with store.read() as unit:
        own = await _in_language(unit, asked, scope, language)
        foreign = [article for other in others for article in await _in_language(unit, asked, scope, other)]
    kept = own[: max(MOST_FOUND - len(foreign), MOST_FOUND - KEPT_FOR_OTHERS)]
    match = topics.find(asked)
    return Findings(
        articles=(*kept, *_newest_first(foreign)[: MOST_FOUND - len(kept)]),
        topic=match.topic,
        nearest=match.suggestions or _mentioned(asked) or topics.topics()[:3],
    )


async def _in_language(
    unit: UnitOfWork, query: str, scope: Scope, language: ArticleLanguage
) -> tuple[SourcedArticle, ...]:
    """Articles with the very words first, then those with other names for the same."""
    found: dict[str, SourcedArticle] = {}
    very, widened = spelt(query, language, widened=False), spelt(query, language, widened=True)
    for sought in (very, widened) if widened != very else (very,):
        if len(found) < MOST_FOUND and _written_in(language, sought):
            for sourced in await unit.articles.search(sought, scope, MOST_FOUND, language):
                found.setdefault(sourced.article.id, sourced)
    return tuple(found.values())[:MOST_FOUND]


def spelt(query: str, language: ArticleLanguage, *, widened: bool) -> list[Spellings]:
    """What to look for in articles of a language: a word's stem; ``widened``: by every name of what it names.

    Words that say nothing in any of our languages are left out; a known name of several words stays together.
    """
    sought: dict[str, set[tuple[str, ...]]] = {}
    rest = query
    for mention in lexicon.entities(query):
        names = {mention.surface} | (set(lexicon.spellings(mention.id)) if widened else set())
        sought.setdefault(mention.surface, set()).update(tuple(terms(name, language)) for name in names)
        rest = rest.replace(mention.surface, " ")
    for word in words(fold(rest)):
        if len(word) > 1 and word not in STOP_WORDS["other"]:
            sought.setdefault(word, set()).add((stem(word, language),))
    return [sorted(names - {()}) for names in list(sought.values())[:MOST_WORDS] if names - {()}]


def says_something(query: str) -> bool:
    """Whether there is a word to look for at all."""
    return any(spelt(query[:LONGEST], language, widened=False) for language in _READ)


def _written_in(language: ArticleLanguage, sought: Sequence[Spellings]) -> bool:
    """Whether an article in the language may have such words: no Ukrainian text is without Cyrillic letters."""
    letters = "".join(stem for names in sought for name in names for stem in name)
    return language in STEMMERS or _CYRILLIC.search(letters) is not None


def _newest_first(articles: Sequence[SourcedArticle]) -> list[SourcedArticle]:
    return sorted(articles, key=lambda sourced: sourced.article.published, reverse=True)


def _mentioned(query: str) -> tuple[Topic, ...]:
    found = (topics.topic(topic_id) for topic_id in topics.mentions(words(fold(query))))
    return tuple(topic for topic in found if topic is not None)[:3]
