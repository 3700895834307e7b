"""Blocks too long for one message, cut into blocks that fit. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from bot.adapters.discord.markdown import units, write
from bot.domain.message import Block, Link, Listing, Moment, Span, Text


def fitting(block: Block, limit: int) -> Iterator[Block]:
    """The block, or the same kind of block several times, each written within ``limit`` units; none without words."""
    length = units(write(block))
    if 0 < length <= limit:
        yield block
    elif length:
        for half in _halves(block):
            yield from fitting(half, limit)


def _halves(block: Block) -> tuple[Block, Block]:
    """Cut between items, else between spans, else between words."""
    if isinstance(block, Listing):
        items = block.items
        if len(items) > 1:
            middle = len(items) // 2
            return Listing(items[:middle]), Listing(items[middle:])
        left, right = _cut(items[0])
        return Listing((left,)), Listing((right,))
    left, right = _cut(block.spans)
    return replace(block, spans=left), replace(block, spans=right)


def _cut(spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    if len(spans) > 1:
        middle = len(spans) // 2
        return spans[:middle], spans[middle:]
    left, right = _cut_span(spans[0])
    return (left,), (right,)


def _cut_span(span: Span) -> tuple[Span, Span]:
    match span:
        case Text(text):
            at = _cut_point(text)
            return replace(span, text=text[:at]), replace(span, text=text[at:])
        case Link(text) | Moment(_, text):
            return _cut_span(Text(text))
        case _:
            assert_never(span)


def _cut_point(text: str) -> int:
    """Near the middle: after a sentence, else at a space, else anywhere."""
    middle = len(text) // 2
    quarter = len(text) // 4
    for mark in (". ", " "):
        at = text.rfind(mark, quarter, middle)
        if at != -1:
            return at + 1
    return middle
