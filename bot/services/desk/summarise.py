"""``bot desk summarise``: a summary of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.language import ARTICLE_LANGUAGES
from bot.editorial.summarise import summarise
from bot.services.desk import Answer, Row

UNUSABLE = "import-row"
"""Error key of a row that is no article."""


def answer(rows: Iterable[Row], *, words: int, language: str) -> list[Answer]:
    """``{"id", "summary"}`` for each row: whole sentences, at most ``words`` words; empty where none can stand.

    ``language`` is for rows without ``lang``, or with one we don't know. What is no article gets ``{"id", "error"}``.
    """
    return [_answered(row, words, language) for row in rows]


def _answered(row: Any, words: int, language: str) -> Answer:
    if not isinstance(row, Mapping):
        return {"id": None, "error": UNUSABLE}
    title, text, declared = row.get("title") or "", row.get("text") or row.get("summary") or "", row.get("lang")
    if not (isinstance(title, str) and isinstance(text, str)):
        return {"id": row.get("id"), "error": UNUSABLE}
    spoken = declared if declared in ARTICLE_LANGUAGES else language
    return {"id": row.get("id"), "summary": summarise(title, text, spoken, words=words)}
