"""One answer to ``/status`` being worded: what is told, to whom, and how much of it there is room for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.briefing import Citation
from bot.domain.language import ArticleLanguage
from bot.domain.message import Span, Text
from bot.domain.status import Latest, TopicStatus
from bot.domain.topic import Topic
from bot.editorial.outlets import named
from bot.i18n import Translator
from bot.views.parts import quoted, sources

MOST_CONTESTS = 2
MOST_OF_LATEST, MOST_OF_ONE = 3, 1
"""Outlets named behind the newest thing said, and behind any other sentence."""
STOPS = ".!?…"


class Room(NamedTuple):
    """How much is told."""

    claimants: int
    dates: int
    quote: int
    """Characters of one sentence, about."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer being worded."""

    status: TopicStatus
    topic: Topic
    reader: Translator
    zone: str
    room: Room

    def only_in(self, languages: Collection[ArticleLanguage]) -> str:
        """Which languages the quotations below are in, said once where none is in the reader's; else empty."""
        if self.reader.language in languages:
            return ""
        names = self.reader.both([self.reader.text(f"language.in.{language}") for language in sorted(languages)])
        return " " + self.reader.text("status.untranslated", languages=names)

    def original(self, words: str, language: ArticleLanguage, *, labelled: bool) -> str:
        """Words in another language, quoted; ``labelled``: their language is said above them."""
        quotation = quoted(words, self.reader)
        if labelled:
            return quotation
        where = self.reader.text(f"language.in.{language}")
        return self.reader.text("status.in-original", quote=quotation, language=where)

    def sources(self, article_ids: Sequence[str], *, always: bool = False) -> tuple[Span, ...]:
        """A dash and the outlets that tell it; nothing where one outlet tells all, unless ``always``."""
        if len(self.status.sources) < 2 and not always:
            return ()
        cited = {citation.article_id: citation for citation in self.status.cited}
        outlets: dict[str, Citation] = {}
        for citation in (cited[article_id] for article_id in article_ids if article_id in cited):
            outlets.setdefault(named(citation.url, citation.name), citation)
        behind = list(outlets.values())
        most = MOST_OF_LATEST if always else MOST_OF_ONE
        return (Text(" — "), *sources(behind[:most], self.reader)) if behind else ()


def is_retold(latest: Latest, reader: Translator) -> bool:
    """Told in the reader's words: the sides of a dispute, where their own words are in another language."""
    return latest.language != reader.language and len(latest.positions) > 1
