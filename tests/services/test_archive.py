"""An archive's rows become articles once, known from their dates; a row that can't be used is told and left out."""

from __future__ import annotations

import json

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.canonical import canonical
from bot.domain.errors import ImportRowError
from bot.services.archive import import_lines, read_row
from tests.contracts.examples import EVERYTHING

ROW = {"id": "a", "title": "Une trêve", "published": "2026-03-10T08:00:00Z", "source": "Le Quai", "lang": "fr"}


def line(**changes: object) -> str:
    return json.dumps(ROW | changes)


async def test_rows_are_brought_in_once(store: SqlStore) -> None:
    rows = [line(), line(id="b"), "", line(id="c", title="")]
    first = await import_lines(store, rows, canonical=canonical)
    second = await import_lines(store, rows, canonical=canonical)
    assert (first.added, first.known, len(first.problems)) == (2, 0, 1)
    assert (second.added, second.known, len(second.problems)) == (0, 2, 1)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Le Quai", "Le Quai"),
        ("http://www.quai.example/rss.xml", "quai.example"),
        ("https://feeds.quai.example/rss", "feeds.quai.example"),
        ("http://[nowhere", "http://[nowhere"),
        ("www.quai.example", "quai.example"),
    ],
)
async def test_an_outlet_named_by_its_address_is_called_by_its_host(store: SqlStore, source: str, name: str) -> None:
    await import_lines(store, [line(source=source)], canonical=canonical)
    async with store.read() as unit:
        assert [feed.name for feed in await unit.feeds.listed(EVERYTHING)] == [name]


@pytest.mark.parametrize("field", ["id", "title", "published", "source"])
def test_a_missing_field_is_named_with_its_line(field: str) -> None:
    with pytest.raises(ImportRowError) as caught:
        read_row(line(**{field: None}), 7, canonical)
    assert caught.value.arguments == {"line": 7, "field": field}


@pytest.mark.parametrize("broken", ["{", "[]", "null", "[" * 100_000, '"a"'])
def test_what_is_no_json_object_is_refused(broken: str) -> None:
    with pytest.raises(ImportRowError):
        read_row(broken, 1, canonical)
