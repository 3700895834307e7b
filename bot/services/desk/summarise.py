"""``bot desk summarise``: a summary of each row."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.language import ARTICLE_LANGUAGES
from bot.editorial.summarise import summarise
from bot.services.desk import Answer, Row


def answer(rows: Iterable[Row], *, words: int, language: str) -> list[Answer]:
    """``{"id", "summary"}`` for each row: whole sentences, at most ``words`` words; the title where none can stand.

    ``language`` is for rows without ``lang``, or with one we don't know.
    """
    return [{"id": row.get("id"), "summary": _summary(row, words, language)} for row in rows]


def _summary(row: Row, words: int, language: str) -> str:
    title, text = str(row.get("title") or ""), str(row.get("text") or row.get("summary") or "")
    declared = str(row.get("lang") or "")
    return summarise(title, text, declared if declared in ARTICLE_LANGUAGES else language, words=words)
