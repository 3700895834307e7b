"""The languages of articles and of readers."""

from __future__ import annotations

from typing import Literal, get_args

ArticleLanguage = Literal["fr", "en", "uk", "ru", "other"]
"""What an article is written in. ``other`` is read and counted, never quoted."""

ReaderLanguage = Literal["fr", "en"]
"""What a reader is answered in: the languages with a catalogue."""

ARTICLE_LANGUAGES: tuple[ArticleLanguage, ...] = get_args(ArticleLanguage)
READER_LANGUAGES: tuple[ReaderLanguage, ...] = get_args(ReaderLanguage)


def reader_language(code: str | None, default: ReaderLanguage = "fr") -> ReaderLanguage:
    """The catalogue for a client's language tag, such as ``en-GB``, ``fr_FR`` or None.

    A person whose client speaks neither language is answered in ``default``.
    """
    primary = (code or "").replace("_", "-").split("-")[0].lower()
    if primary == "fr":
        return "fr"
    if primary == "en":
        return "en"
    return default
