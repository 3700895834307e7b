"""Where somebody else's words begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial import quotes
from tests.cost import cpu_seconds

MARKS_AND_WORDS = st.text(alphabet='«»“”„" \nab.', max_size=200)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Il a dit « oui » puis « non ».", ["« oui »", "« non »"]),
        ('He said "yes," then "no."', ['"yes,"', '"no."']),
        ("She said “yes”.", ["“yes”"]),
        ("« Il m'a dit “non”, voilà »", ["« Il m'a dit “non”, voilà »"]),
        ("« Un « deux » trois » quatre", ["« Un « deux » trois »"]),
        ("« jamais refermé, mais « ici » oui", ["« jamais refermé, mais « ici »"]),
        ('Un écran de 5" et rien.', []),
        ("rien ici »", []),
        ("« première ligne\nseconde » ligne", []),
        ("„так“ і „ні”", ["„так“", "„ні”"]),
    ],
)
def test_a_quotation_reaches_from_its_opening_mark_to_its_partner(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotes.spans(text)] == quoted


def test_a_mark_without_partner_does_not_swallow_a_long_text() -> None:
    text = "« " + "mot " * 500 + "« court » fin"
    assert [text[span.start : span.end] for span in quotes.spans(text)] == ["« court »"]


def test_what_is_outside_quotations_is_the_author_s_voice() -> None:
    assert quotes.without("Il a dit « non » hier").split() == ["Il", "a", "dit", "hier"]


def test_balance_is_lost_with_either_mark() -> None:
    assert quotes.balanced("Il a dit « non ».")
    assert not quotes.balanced("Il a dit « non.")
    assert not quotes.balanced("Il a dit non ».")
    assert not quotes.balanced('Il a dit non".')


@given(MARKS_AND_WORDS)
def test_spans_are_in_order_apart_and_begin_and_end_with_marks(text: str) -> None:
    last = 0
    for span in quotes.spans(text):
        assert last <= span.start < span.end <= len(text)
        assert text[span.start] in quotes.OPENERS
        assert text[span.end - 1] in quotes.CLOSERS
        assert "\n" not in text[span.start : span.end]
        last = span.end


@pytest.mark.parametrize("unit", ["«", '"', "« a ", "“”", "«»", "„“", '" '])
def test_hostile_marks_cost_linear_time(unit: str) -> None:
    assert cpu_seconds(lambda: quotes.spans(unit * (200_000 // len(unit)))) < 3
