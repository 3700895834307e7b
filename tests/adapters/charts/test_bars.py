"""Charts: small files that show what they say."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.adapters.charts.bars import HEIGHT, WIDTH, draw
from bot.domain.chart import Bar, BarChart

FORTNIGHT = tuple(Bar(f"{day}/3", day % 5, "en discussion" if day == 9 else "") for day in range(1, 15))


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def ink(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a part are not paper."""
    part = picture.crop(box)
    paper = picture.getpixel((1, 1))
    return sum(pixel != paper for pixel in part.get_flattened_data())


@pytest.mark.parametrize("title", ["Cessez-le-feu : sujets par jour", "Ceasefire: stories a day", "Перемир’я"])
def test_a_chart_is_a_small_png_of_its_size(title: str) -> None:
    png = draw(BarChart(title, "14 jours", FORTNIGHT))
    assert len(png) < 40_000
    assert opened(png).size == (WIDTH, HEIGHT)


def test_french_spaces_are_drawn() -> None:
    def title(words: str) -> bytes:
        return draw(BarChart(words, "", FORTNIGHT))

    assert title("Trêve\u00a0: par jour") == title("Trêve : par jour") == title("Trêve\u202f: par jour")
    assert title("Trêve : par jour") != title("Trêve: par jour")


def test_a_higher_value_is_a_higher_bar() -> None:
    picture = opened(draw(BarChart("", "", (Bar("1/3", 1), Bar("2/3", 4)))))
    half = WIDTH // 2
    assert ink(picture, (half, 130, WIDTH, 420)) > 2 * ink(picture, (0, 130, half, 420))


def test_marks_of_neighbouring_days_are_all_told_and_none_over_another() -> None:
    def marked(*days: int) -> Image.Image:
        return opened(
            draw(BarChart("", "", tuple(Bar("", 0, "accord conclu" if day in days else "") for day in range(14))))
        )

    above = (0, 100, WIDTH, 200)
    alone = ink(marked(2), above) + ink(marked(4), above) + ink(marked(3), above)
    # What is missing are the dashes of a line that begins lower down, where there is a row of words above it.
    assert ink(marked(2, 3, 4), above) > 0.8 * alone


def test_a_fortnight_of_changes_is_drawn() -> None:
    bars = tuple(Bar(f"{day}/3", day, "violations rapportées") for day in range(1, 15))
    assert len(draw(BarChart("Trêve", "", bars))) < 40_000


def test_cyrillic_letters_are_letters_and_not_boxes() -> None:
    cyrillic, other = (opened(draw(BarChart(title, "", ()))) for title in ("Перемир’я", "Жжжжжжжжж"))
    boxes = opened(draw(BarChart("\u4e00" * 9, "", ())))
    title = (48, 24, 600, 64)
    assert len({picture.crop(title).tobytes() for picture in (cyrillic, other, boxes)}) == 3


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200), st.lists(st.integers(0, 10**6), max_size=20))
def test_anything_can_be_drawn(words: str, values: list[int]) -> None:
    chart = BarChart(words, words, tuple(Bar(words[:8], value, words) for value in values))
    assert len(draw(chart)) < 40_000
