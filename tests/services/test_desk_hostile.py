"""The desk on what nobody should have sent: an answer or a clear refusal per row, and work that grows with the rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.services.desk import claims, relevance, stories, summarise

MEGABYTE = 10**6

TEXTS = {
    "empty": "",
    "blank": " \n\t\u00a0\u2028 ",
    "one endless word": "a" * MEGABYTE,
    "no sentence boundary": "guerre en ukraine et négociations à kyiv " * 25_000,
    "lower-cased": "le port de kherson a rouvert. les négociations reprennent à kyiv. " * 20,
    "mixed scripts": "Київ і Москва negotiate 停戦 à Istanbul. Перемир'я 84 prisonniers. مفاوضات. " * 20,
    "control characters": "Kyiv\x00 et\x07 Moscou\x1b[31m négocient.\x7f Le cessez\x08-le-feu tient.",
    "bidirectional marks": "\u202eKyiv\u202c et \u2066Moscou\u2069 négocient. \u200fLe cessez-le-feu tient.\u200e",
    "zero widths": "K\u200by\u200ci\u200dv négocie.\ufeff Le\u00adcessez-le-feu tient.",
    "combining marks": "e" + "\u0301" * 50_000 + " Kyiv négocie.",
    "surrogates": "Kyiv \ud800 négocie. \udfff Le cessez-le-feu tient.",
    "HTML": "<p>Kyiv &amp; Moscou <b>négocient</b>.</p><script>alert(1)</script><img src=x onerror=y>",
    "unclosed markup": "<" * 100_000 + "a href=" * 1_000,
    "entities": "&#x202e;&amp;&lt;script&gt;" * 10_000,
    "quotation marks": "« " * 50_000 + "\" ' “ ” " * 10_000,
    "brackets": "(" * 100_000 + ")" * 100_000,
    "numbers": "1 234 567,89 % " * 20_000,
    "stops": ". ! ? … " * 50_000,
    "emoji": "🇺🇦" * 20_000 + " Kyiv négocie.",
}

DESKS: dict[str, Callable[[list[Any]], list[dict[str, Any]]]] = {
    "relevance": relevance.answer,
    "stories": stories.answer,
    "summarise": lambda rows: summarise.answer(rows, words=50, language="fr"),
    "claims": lambda rows: claims.answer(rows, topic="ceasefire"),
}


@pytest.mark.parametrize("desk", DESKS)
@pytest.mark.parametrize("kind", TEXTS)
def test_whatever_a_row_holds_it_is_answered_and_its_neighbours_are(desk: str, kind: str) -> None:
    hostile, plain = TEXTS[kind], "Kyiv et Moscou ont échangé 84 prisonniers de guerre lundi à la frontière."
    rows = [
        {"id": "before", "title": plain, "summary": plain, "published": "2031-03-10T12:00:00Z"},
        {"id": "title", "title": hostile, "published": "2031-03-10T12:00:00Z"},
        {"id": "summary", "title": plain, "summary": hostile, "published": "2031-03-10T12:00:00Z"},
        {"id": "text", "title": hostile, "text": hostile, "lang": kind, "published": hostile[:50]},
        {"id": "after", "title": plain, "summary": plain, "published": "2031-03-10T12:00:00Z"},
    ]
    answers = DESKS[desk](rows)
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert all(len(answer) > 1 for answer in answers)
    without_id = [{key: value for key, value in answers[place].items() if key != "id"} for place in (0, -1)]
    assert without_id[0] == without_id[1]
    json.dumps(answers)


@pytest.mark.parametrize("desk", DESKS)
def test_ten_thousand_rows_at_once_are_all_answered(desk: str) -> None:
    rows = [
        {
            "id": number,
            "title": f"Kyiv et Moscou échangent {number % 97} prisonniers à Valmer-{number % 1_009}",
            "summary": "Les deux ministères ont confirmé l'échange lundi matin.",
            "published": "2031-03-10T12:00:00Z",
            "lang": "fr",
        }
        for number in range(10_000)
    ]
    assert [answer["id"] for answer in DESKS[desk](rows)] == list(range(10_000))
