"""``bot desk relevance``: is each row about the war?"""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.article import Relevance
from bot.editorial.language import detect
from bot.editorial.relevance import judge
from bot.services.desk import Answer, Row


def answer(rows: Iterable[Row]) -> list[Answer]:
    """``{"id", "verdict", "score", "reasons"}`` for each row."""
    return [_worded(row, _judged(row)) for row in rows]


def _judged(row: Row) -> Relevance:
    title, summary, text = (str(row.get(key) or "") for key in ("title", "summary", "text"))
    language = detect(f"{title}\n{summary or text[:500]}", row.get("lang"))
    return judge(title, summary, text, language)


def _worded(row: Row, relevance: Relevance) -> Answer:
    return {
        "id": row.get("id"),
        "verdict": relevance.verdict.value,
        "score": relevance.score,
        "reasons": list(relevance.reasons),
    }
