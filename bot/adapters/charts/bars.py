"""Draws a bar chart as a small PNG that reads on light and dark backgrounds: it brings its own."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from bot.domain.chart import Bar, BarChart

WIDTH, HEIGHT = 960, 480
"""Pixels; a phone shows it at half of that, sharp."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 24, 128, 56
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
        highest = max((bar.value for bar in chart.bars), default=0) or 1
        for place, bar in enumerate(chart.bars):
            height = (base - _TOP - 28) * bar.value / highest
            self._bar(bar, _LEFT + place * step, step, base - height)

    def _bar(self, bar: Bar, left: float, step: float, top: float) -> None:
        base, middle = HEIGHT - _BOTTOM, left + step / 2
        if bar.value:
            self.pen.rectangle((left + step * 0.18, top, left + step * 0.82, base), _BAR)
            self.pen.text((middle, top - 4), str(bar.value), _INK, _font(18), anchor="ms")
        self.pen.text((middle, base + 10), _cut(bar.label, 15, step), _INK, _font(15), anchor="mt")
        if bar.mark:
            self._mark(bar.mark, left, step)

    def _mark(self, words: str, start: float, step: float) -> None:
        """A line where the day begins and its words beside it, on the side with more room."""
        for dash in range(_TOP, HEIGHT - _BOTTOM, 12):
            self.pen.line((start, dash, start, dash + 6), _MARK, 2)
        on_the_left = start > WIDTH / 2
        room = start - _LEFT if on_the_left else WIDTH - _RIGHT - start
        at = (start - 8 if on_the_left else start + 8, _TOP - 6)
        self.pen.text(at, _cut(words, 18, room - step / 4), _MARK, _font(18), anchor="rs" if on_the_left else "ls")


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
