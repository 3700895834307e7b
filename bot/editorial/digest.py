"""A story condensed for one reader from the sentences of its articles. Plain for now: one article's best sentences."""

from __future__ import annotations

from datetime import datetime

from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, SourcedArticle, Story
from bot.editorial.summarise import summarise

HEADLINE = 60


def digest(story: Story, language: ReaderLanguage, *, words: int = 45, since: datetime | None = None) -> Digest:
    """The newest article in the reader's language, else the newest, in its own language and marked so."""
    own = [one for one in story.articles if one.article.language == language]
    chosen = max(own or story.articles, key=lambda one: (_is_new(one, since), one.article.published)).article
    text = summarise(chosen.title, chosen.body, chosen.language, words=words)
    return Digest(_headline(chosen.title), text, (chosen.id,), None if own else chosen.language)


def _is_new(one: SourcedArticle, since: datetime | None) -> bool:
    return since is None or one.article.published > since


def _headline(title: str) -> str:
    """The title, up to the last word that fits."""
    if len(title) <= HEADLINE:
        return title
    return title[: HEADLINE - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
