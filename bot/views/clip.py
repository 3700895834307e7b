"""Texts cut to a length, for labels and lists."""

from __future__ import annotations


def clipped(text: str, limit: int) -> str:
    """A text on one line, of at most ``limit`` characters, cut at a word with ``…``."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    start = line[: limit - 1]
    whole, space, _ = start.rpartition(" ")
    return (whole if space and len(whole) > limit // 2 else start).rstrip(" ,;:–—-") + "…"
