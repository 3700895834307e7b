"""What a text is written in: scripts, letters and small words, with the feed's own declaration as a strong prior.

A light heuristic, right on nearly every sentence and on most headlines; where it can't tell, the declaration stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.domain.language import ARTICLE_LANGUAGES, ArticleLanguage
from bot.editorial.pack import yaml_data
from bot.editorial.text import STOP_WORDS, fold, plain, words

_READ = 800
"""Characters read: more changes nothing."""

_CONTRADICTION = 6
"""By how many points another language must lead to override the declared one: three words more."""

_WORD, _LETTER = 2, 1
"""Points of a word, and of a letter, that one language has and the others of its script have not."""

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\x00-\x7f]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_CYRILLIC = re.compile(r"[Ѐ-ԯ]+")

_Choices = tuple[ArticleLanguage, ArticleLanguage, ArticleLanguage]
_IN_LATIN: _Choices = ("fr", "en", "other")
_IN_CYRILLIC: _Choices = ("uk", "ru", "other")


@dataclass(frozen=True, slots=True)
class _Signs:
    """Folded word or lower-case letter → the only language of its script that has it."""

    words: Mapping[str, ArticleLanguage]
    letters: Mapping[str, ArticleLanguage]


def detect(text: str, declared: str | None = None) -> ArticleLanguage:
    """The language of a title with its summary. ``declared``: the feed's tag, such as ``en-GB``; None: none given.

    Where nothing can be told it is what was declared, else ``other``. Never raises; only a beginning is read.
    """
    prior = _declared(declared)
    beginning = plain(text[:_READ])
    letters = _length(_LETTERS, beginning)
    if not letters:
        return prior or "other"
    if 2 * _length(_LATIN, beginning) > letters:
        return _decide(_tally(beginning), _IN_LATIN, prior)
    if 2 * _length(_CYRILLIC, beginning) > letters:
        return _decide(_tally(beginning), _IN_CYRILLIC, prior)
    return "other"


def _length(runs: re.Pattern[str], text: str) -> int:
    """How many characters of a text lie in such runs."""
    return sum(map(len, runs.findall(text)))


def _declared(tag: str | None) -> ArticleLanguage | None:
    primary = (tag or "").strip().lower().replace("_", "-").split("-", 1)[0]
    if not primary:
        return None
    return next((language for language in ARTICLE_LANGUAGES if language == primary), "other")


def _decide(told: Counter[ArticleLanguage], choices: _Choices, prior: ArticleLanguage | None) -> ArticleLanguage:
    first, second, _ = sorted(choices, key=lambda language: -told[language])
    if prior in choices:
        return first if told[first] >= told[prior] + _CONTRADICTION else prior
    return first if told[first] > told[second] else "other"


def _tally(text: str) -> Counter[ArticleLanguage]:
    """Points of each language: its telling words and letters."""
    signs = _signs()
    told: Counter[ArticleLanguage] = Counter()
    for word in words(fold(text)):
        if language := signs.words.get(word):
            told[language] += _WORD
    for letter in _MARKED.findall(text.lower()):
        if language := signs.letters.get(letter):
            told[language] += _LETTER
    return told


@cache
def _signs() -> _Signs:
    pack = yaml_data("language.yaml")
    listed: dict[ArticleLanguage, set[str]] = {
        language: set(words(fold(pack["words"][language]))) for language in ARTICLE_LANGUAGES
    }
    for language in _IN_LATIN[:2] + _IN_CYRILLIC[:2]:
        listed[language] |= STOP_WORDS[language]
    return _Signs(
        _telling(listed), _telling({language: set(pack["letters"][language]) for language in ARTICLE_LANGUAGES})
    )


def _telling(signs: Mapping[ArticleLanguage, Iterable[str]]) -> dict[str, ArticleLanguage]:
    """Each sign that one language has, and no other."""
    owners = Counter(sign for listed in signs.values() for sign in set(listed))
    return {sign: language for language, listed in signs.items() for sign in listed if owners[sign] == 1}
