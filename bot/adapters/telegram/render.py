"""Message → Telegram payloads. Pure; the only place where text becomes HTML, with ``markup``.

A payload is a Bot API call without its chat: ``{"method": "sendMessage", "text": …, "parse_mode": "HTML", …}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import assert_never

from bot.adapters.telegram.cut import shorten, units
from bot.adapters.telegram.markup import (
    BOLD,
    FOLDED_QUOTE,
    ITALIC,
    QUOTE,
    Run,
    Tag,
    chop,
    elements,
    length,
    link_to,
    run,
    to_html,
)
from bot.domain.message import (
    Block,
    Button,
    Footer,
    Heading,
    Link,
    Listing,
    Message,
    Moment,
    Paragraph,
    Picture,
    Quotation,
    RenderedPart,
    Span,
    Text,
    plain,
)

TEXT_LIMIT = 4096
"""UTF-16 units after the markup is read (Bot API, sendMessage)."""
CAPTION_LIMIT = 1024
"""The same for a photo's caption."""
MOST_ELEMENTS = 100
"""Telegram keeps the first hundred entities of a message and drops the rest without a word."""

LASTING = "+"
"""Before an action: its message stays when the button is pressed, whatever the answer."""

_NOTHING = Run("…")
"""A message without a word is refused; a renderer owes at least one part."""

Runs = tuple[Run, ...]


class TelegramRenderer:
    """Fulfils the ``Renderer`` port."""

    def render(self, message: Message) -> tuple[RenderedPart, ...]:
        """Text parts first, then the picture; buttons under the last part; one sound at most for all of them."""
        payloads = [] if _said_by_picture(message) else [_text(runs) for runs in _parts(message.blocks)]
        if message.picture is not None:
            payloads.append(_photo(message.picture))
        elif not payloads:
            payloads.append(_text((_NOTHING,)))
        for payload in payloads if message.silent else payloads[1:]:
            payload["disable_notification"] = True
        if message.buttons:
            mark = LASTING if message.lasting else ""
            payloads[-1]["reply_markup"] = {"inline_keyboard": [_row(row, mark) for row in message.buttons if row]}
        return tuple(_part(payload, message.picture) for payload in payloads)


def _part(payload: dict[str, object], picture: Picture | None) -> RenderedPart:
    return RenderedPart(payload, picture if payload["method"] == "sendPhoto" else None)


def _text(runs: Iterable[Run]) -> dict[str, object]:
    return {
        "method": "sendMessage",
        "text": to_html(runs),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def _photo(picture: Picture) -> dict[str, object]:
    return {"method": "sendPhoto", "caption": shorten(run(picture.description).text, CAPTION_LIMIT)}


def _said_by_picture(message: Message) -> bool:
    """The sentence under a picture need not be sent above it too."""
    if message.picture is None or units(message.picture.description) > CAPTION_LIMIT:
        return False
    return plain(message).strip() == message.picture.description.strip()


def _row(buttons: Iterable[Button], mark: str) -> list[dict[str, str]]:
    return [
        {"text": run(button.label).text.strip() or "…", "callback_data": mark + button.action} for button in buttons
    ]


# --- Parts ---


def _parts(blocks: Iterable[Block]) -> Iterator[Runs]:
    """Runs of each text part: as many whole blocks as fit, a heading never left alone at a part's end."""
    group: list[tuple[Block, Runs]] = []
    for block in blocks:
        runs = _block_runs(block)
        if not _has_words(runs):
            continue
        if group and not _fits(_joined([*group, (block, runs)])):
            whole, group = _without_last_heading(group)
            yield from _pieces(whole)
        group.append((block, runs))
    yield from _pieces(group)


def _pieces(group: list[tuple[Block, Runs]]) -> Iterator[Runs]:
    for piece in chop(_joined(group), TEXT_LIMIT, MOST_ELEMENTS):
        if _has_words(piece):
            yield piece


def _has_words(runs: Runs) -> bool:
    """Telegram trims a message and refuses what is left of blanks."""
    return any(each.text.strip() for each in runs)


def _fits(runs: Runs) -> bool:
    return length(runs) <= TEXT_LIMIT and elements(runs) <= MOST_ELEMENTS


def _without_last_heading(
    group: list[tuple[Block, Runs]],
) -> tuple[list[tuple[Block, Runs]], list[tuple[Block, Runs]]]:
    if len(group) > 1 and _leads(group[-1][0]):
        return group[:-1], group[-1:]
    return group, []


def _joined(group: list[tuple[Block, Runs]]) -> Runs:
    joined = list(group[0][1]) if group else []
    for (before, _), (block, runs) in pairwise(group):
        joined.append(Run(_between(before, block)))
        joined.extend(runs)
    return tuple(joined)


def _between(before: Block, after: Block) -> str:
    """A headline and its text belong together, a quotation has its own margins; anything else gets an empty line."""
    return "\n" if (_leads(before) and not _leads(after)) or isinstance(after, Quotation) else "\n\n"


def _leads(block: Block) -> bool:
    """Names what follows: a heading, or a paragraph that begins in bold and links to nothing, as a headline does."""
    if isinstance(block, Paragraph):
        begins_bold = bool(block.spans) and isinstance(first := block.spans[0], Text) and first.bold
        return begins_bold and not any(isinstance(span, Link) for span in block.spans)
    return isinstance(block, Heading)


# --- Blocks and spans ---


def _block_runs(block: Block) -> Runs:
    match block:
        case Heading(spans):
            return _spans(spans, BOLD)
        case Paragraph(spans):
            return _spans(spans)
        case Quotation(spans, folded):
            return _spans(spans, FOLDED_QUOTE if folded else QUOTE)
        case Footer(spans):
            return _spans(spans, ITALIC)
        case Listing(items):
            return _listing(items)
        case _:
            assert_never(block)


def _listing(items: tuple[tuple[Span, ...], ...]) -> Runs:
    runs: list[Run] = []
    for item in items:
        runs.append(Run("\n• " if runs else "• "))
        runs.extend(_spans(item))
    return tuple(runs)


def _spans(spans: tuple[Span, ...], *outer: Tag) -> Runs:
    return tuple(_span(span, outer) for span in spans)


def _span(span: Span, outer: tuple[Tag, ...]) -> Run:
    match span:
        case Text(text, bold, italic):
            wanted = (BOLD,) * bold + (ITALIC,) * italic
            return run(text, *outer, *(tag for tag in wanted if tag not in outer))
        case Link(text, url):
            return run(text, *outer, link_to(url))
        case Moment(text=text):
            return run(text, *outer)
        case _:
            assert_never(span)
