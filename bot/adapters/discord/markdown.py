"""Blocks of spans as Discord's Markdown. Pure; the only place where text is escaped for Discord.

Escaping looks at one character and its neighbours, never at what another span may hold, so any two spans side by
side stay as literal as each is alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import assert_never
from urllib.parse import quote, urlsplit

from bot.domain.message import Block, Footer, Heading, Link, Listing, Moment, Paragraph, Quotation, Span, Text

INVISIBLE = "\u200b"
"""Zero-width space: parts an ``@`` from what it would mention and two runs of asterisks from each other."""

_UNSENDABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters, lone surrogates, separators and direction overrides: dropped, refused or abused."""
_SPECIAL = re.compile(r"[\\`*_~|\[\]<>#/]|:(?!\s)")
"""Emphasis, code, spoilers, link labels, ``<…>`` syntax, headings; the slash and colon of addresses, invites, emoji."""
_LINE_START = re.compile(r"^([^\S\n]*)([-+.)])|^([^\S\n]*\d+)([.)])", re.MULTILINE)
"""What makes a line an item of a list, small print or a number's continuation."""
_MENTION = re.compile(r"@(?!\s)")
_LINE_MARK = re.compile(r"^(?:###|-#|>|-) ")
_MARKUP = re.compile(r"\\([^0-9A-Za-z\s])|\*|\u200b|(?: \(|, )<t:\d+:R>\)?|\]\(<[^>]*>\)|\[")
"""What ``write`` puts into a line: escapes (group 1 is what they escape), emphasis, ages, links."""
_ADDRESS_ENDERS = re.compile(r"[\s<>()\[\]\\\"'`|]")
"""Characters that would end a link's address early; an address holds them percent-encoded."""
_LONGEST_ADDRESS = 2000
"""Longer addresses are shown as their text: a link can't be cut."""


def escape(text: str) -> str:
    """``text`` so that Discord shows exactly it, wherever it stands."""
    sendable = _SPECIAL.sub(r"\\\g<0>", _UNSENDABLE.sub(" ", text))
    return _MENTION.sub("@" + INVISIBLE, _LINE_START.sub(r"\1\3\\\2\4", sendable))


def units(text: str) -> int:
    """Length as a limit may count it: UTF-16 units, never fewer than code points or characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def write(block: Block) -> str:
    """One block's Markdown, empty when it has no words."""
    match block:
        case Heading(spans):
            return _prefixed("### ", _one_line(spans))
        case Paragraph(spans):
            return _inline(spans).strip()
        case Listing(items):
            return "\n".join(line for item in items if (line := _prefixed("- ", _one_line(item))))
        case Quotation(spans):
            return "\n".join(f"> {line}" for line in _inline(spans).strip().split("\n") if line)
        case Footer(spans):
            return _prefixed("-# ", _one_line(spans))
        case _:
            assert_never(block)


def plain_line(written: str) -> str:
    """The words of a written line, for where no Markdown is read. A moment keeps its text only."""
    return _MARKUP.sub(lambda found: found[1] or "", _LINE_MARK.sub("", written)).strip()


def _prefixed(mark: str, line: str) -> str:
    return mark + line if line else ""


def _one_line(spans: Iterable[Span]) -> str:
    return " ".join(_inline(spans).split("\n")).strip()


def _inline(spans: Iterable[Span]) -> str:
    written = ""
    for piece in map(_span, _merged(spans)):
        if written.endswith("*") and piece.startswith("*"):
            written += INVISIBLE
        written += piece
    return written


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbouring texts of one style as one, so that no two emphases touch."""
    for style, run in groupby(spans, lambda span: (span.bold, span.italic) if isinstance(span, Text) else None):
        if style is None:
            yield from run
        else:
            yield Text("".join(span.text for span in run), *style)


def _span(span: Span) -> str:
    match span:
        case Text(text, bold, italic):
            return _emphasised(escape(text), "**" * bold + "*" * italic)
        case Link(text, url):
            return _link(text, url)
        case Moment(at, text, instead):
            live = f"<t:{int(at.timestamp())}:R>"
            if instead:
                return live
            return f"{escape(text)}, {live}" if text.endswith(")") else f"{escape(text)} ({live})"
        case _:
            assert_never(span)


def _emphasised(text: str, mark: str) -> str:
    core = text.strip()
    if not mark or not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"


def _link(text: str, url: str) -> str:
    """``[text](<address>)``: no preview, no way out of the label or the address."""
    label = escape(" ".join(text.replace("[", "(").replace("]", ")").split()))
    address = _ADDRESS_ENDERS.sub(lambda found: quote(found[0], safe=""), _UNSENDABLE.sub("", url.strip()))
    if urlsplit(url).scheme not in {"http", "https"} or units(address) > _LONGEST_ADDRESS or not label:
        return label
    return f"[{label}](<{address}>)"
