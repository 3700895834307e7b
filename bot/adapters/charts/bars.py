"""Draws a bar chart as a small PNG that reads on light and dark backgrounds: it brings its own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product

from PIL import Image, ImageDraw, ImageFont

from bot.domain.chart import Bar, BarChart

WIDTH, HEIGHT = 960, 480
"""Pixels; a phone shows it at half of that, sharp."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 24, 128, 56
_ROW, _ROWS = 26, 4
"""Pixels of a line of marks' words, and lines at most; a mark for which there is no room keeps its line."""
_PAPER, _INK, _PALE, _BAR, _MARK = "#f6f4ef", "#1f2933", "#5d6873", "#2b5c8a", "#b3471d"
_COLOURS = 32
"""Of the palette: enough for smooth letters, and a file of a few kilobytes."""


def draw(chart: BarChart) -> bytes:
    """The chart as PNG, at most 40 KB."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    _Sheet(ImageDraw.Draw(picture)).fill(chart)
    stream = io.BytesIO()
    picture.quantize(_COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet being drawn on."""

    pen: ImageDraw.ImageDraw

    def fill(self, chart: BarChart) -> None:
        """Everything, from the title down to the dates."""
        self.pen.text((_LEFT, 24), _cut(chart.title, 32, WIDTH - _LEFT - _RIGHT), _INK, _font(32))
        self.pen.text((_LEFT, 70), _cut(chart.subtitle, 20, WIDTH - _LEFT - _RIGHT), _PALE, _font(20))
        base = HEIGHT - _BOTTOM
        self.pen.line((_LEFT, base, WIDTH - _RIGHT, base), _PALE, 2)
        step = (WIDTH - _LEFT - _RIGHT) / max(1, len(chart.bars))
        labels = _labels(chart.bars, step)
        top = _TOP + _ROW * max((label.row for label in labels), default=0)
        highest = max((bar.value for bar in chart.bars), default=0) or 1
        for place, bar in enumerate(chart.bars):
            height = (base - top - 28) * bar.value / highest
            self._bar(bar, _LEFT + place * step, step, base - height)
        for label in labels:
            self._mark(label, top)

    def _bar(self, bar: Bar, left: float, step: float, top: float) -> None:
        base, middle = HEIGHT - _BOTTOM, left + step / 2
        if bar.value:
            self.pen.rectangle((left + step * 0.18, top, left + step * 0.82, base), _BAR)
            self.pen.text((middle, top - 4), str(bar.value), _INK, _font(18), anchor="ms")
        self.pen.text((middle, base + 10), _cut(bar.label, 15, step), _INK, _font(15), anchor="mt")

    def _mark(self, label: _Label, top: float) -> None:
        """A line where the day begins, from its words down."""
        first = _TOP + label.row * _ROW if label.words else int(top)
        for dash in range(first - 22 if label.words else first, HEIGHT - _BOTTOM, 12):
            self.pen.line((label.start, dash, label.start, dash + 6), _MARK, 2)
        at = (label.start + (-8 if label.on_the_left else 8), first - 6)
        self.pen.text(at, label.words, _MARK, _font(18), anchor="rs" if label.on_the_left else "ls")


@dataclass(frozen=True, slots=True)
class _Label:
    """A mark's place."""

    words: str
    start: float
    row: int
    on_the_left: bool

    @property
    def span(self) -> tuple[float, float]:
        """From where to where its words and its line take room."""
        width = _font(18).getlength(self.words) + 16
        return (self.start - width, self.start) if self.on_the_left else (self.start, self.start + width)


def _labels(bars: Sequence[Bar], step: float) -> list[_Label]:
    """Every mark, its words on the first line on which they run into no other one's."""
    found: list[_Label] = []
    for place, bar in enumerate(bars):
        if bar.mark:
            found.append(_label(bar.mark, _LEFT + place * step, step, found))
    return found


def _label(mark: str, start: float, step: float, before: Sequence[_Label]) -> _Label:
    """On the right, where the state goes on; on the left, or shortened, where there is no room for its words."""
    right, left = WIDTH - _RIGHT - start - step / 4, start - _LEFT - step / 4
    fits = _font(18).getlength(mark) <= right
    sides = ((right, False),) if fits else ((left, True), (right, False))
    for (room, on_the_left), row in product(sides, range(_ROWS)):
        label = _Label(_cut(mark, 18, room), start, row, on_the_left)
        if all(_are_apart(label, other) for other in before):
            return label
    return _Label("", start, 0, on_the_left=False)


def _are_apart(label: _Label, other: _Label) -> bool:
    """Do the words of neither cover the other's words or its line, which goes down from its row?"""
    (left, right), (first, last) = label.span, other.span
    same_row = label.row == other.row and left < last and first < right
    crossed = label.row > other.row and left < other.start < right
    crossing = other.row > label.row and first < label.start < last
    return not (same_row or crossed or crossing)


def _cut(words: str, size: int, room: float) -> str:
    """As much of the words as fits, on one line."""
    # The font has no no-break spaces, and control characters draw boxes.
    words = "".join(" " if letter.isspace() else letter for letter in words if letter.isspace() or letter.isprintable())
    if _font(size).getlength(words) <= room:
        return words
    while words and _font(size).getlength(words + "…") > room:
        words = words[:-1]
    return words.rstrip() + "…"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    with resources.files("bot.adapters.charts").joinpath("DejaVuSans-subset.ttf").open("rb") as stream:
        return ImageFont.truetype(io.BytesIO(stream.read()), size, layout_engine=ImageFont.Layout.BASIC)
