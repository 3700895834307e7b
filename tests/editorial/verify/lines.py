"""Lines and the evidence they are checked against."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.writing import Bullet, Evidence, Objection
from bot.editorial.claimants import Speakers
from bot.editorial.naming import People
from bot.editorial.verify import objections
from bot.editorial.verify.said_by import voices

MONDAY = datetime(2025, 2, 10, 12, tzinfo=UTC)


def evidence(text: str, language: ArticleLanguage, name: str = "s1", denied_by: tuple[str, ...] = ()) -> Evidence:
    """A sentence of an article of that Monday, with whoever says it."""
    said = voices(text, language, People(text, language), Speakers())
    return Evidence(name, text, language, "article", MONDAY, said, denied_by)


def against(
    line: str, source: str, language: ReaderLanguage = "fr", of: ArticleLanguage | None = None
) -> set[Objection]:
    """What speaks against a line that cites one sentence."""
    return set(objections(Bullet(line, ("s1",)), {"s1": evidence(source, of or language)}, language))
