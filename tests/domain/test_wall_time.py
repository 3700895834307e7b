"""Times of day as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wall_time import split_time


@pytest.mark.parametrize(
    ("typed", "wall", "rest"),
    [
        ("8h", time(8), ""),
        ("8h Dakar", time(8), "Dakar"),
        ("7h30", time(7, 30), ""),
        ("8 h 05 Dakar", time(8, 5), "Dakar"),
        ("8 heures Le Caire", time(8), "Le Caire"),
        ("08:00 UTC", time(8), "UTC"),
        ("19.15", time(19, 15), ""),
        ("7:30 pm Paris", time(19, 30), "Paris"),
        ("7:30 p.m. Paris", time(19, 30), "Paris"),
        ("8am", time(8), ""),
        ("12 am", time(0), ""),
        ("12 pm", time(12), ""),
        ("24:00", time(0), ""),
        ("midi Paris", time(12), "Paris"),
        ("  9  ", time(9), ""),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, wall: time, rest: str) -> None:
    assert split_time(typed) == (wall, rest)


@pytest.mark.parametrize("typed", ["", "Dakar", "25:00", "8:75", "13 pm", "0 am", "8hDakar", "-3"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert split_time(typed) is None


@given(st.text())
def test_anything_typed_is_a_time_or_refused_and_never_an_error(typed: str) -> None:
    found = split_time(typed)
    assert found is None or isinstance(found[0], time)


@given(st.times())
def test_a_time_written_with_a_colon_is_read_back(wall: time) -> None:
    assert split_time(f"{wall.hour:02}:{wall.minute:02}") == (wall.replace(second=0, microsecond=0), "")
