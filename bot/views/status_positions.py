"""Who says what, in an answer to ``/status``: one line a claimant, in the articles' words, readable ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.message import Block, Listing, Paragraph, Span, Text
from bot.domain.status import Position
from bot.editorial.naming import side_of
from bot.editorial.shorten import shortened
from bot.editorial.text import fold
from bot.i18n import Translator
from bot.views import wording
from bot.views.parts import quoted, told
from bot.views.status_page import MOST_CONTESTS, STOPS, Page, is_retold


def claims(page: Page) -> Iterator[Block]:
    """One line a claimant, in the articles' words: their first position, and a second one where both are short."""
    reader = page.reader
    held: dict[str, list[Position]] = {}
    for position in page.status.positions:
        if not position.own_voice:
            held.setdefault(position.claimant_id or position.claimant, []).append(position)
    shown = [_chosen(positions, page) for positions in _varied(held.values())[: page.room.claimants]]
    if not shown:
        return
    label = _label([positions[0] for positions in shown], reader)
    yield Paragraph((Text(reader.text("status.positions"), bold=True), Text(label)))
    yield Listing(tuple(_claim(positions, page, labelled=bool(label)) for positions in shown))


def _varied(held: Iterable[list[Position]]) -> list[list[Position]]:
    """One voice a belligerent first, so that its other voices (the Kremlin beside its spokesman) displace nobody's."""
    heard: set[str] = set()
    first: list[list[Position]] = []
    others: list[list[Position]] = []
    for positions in held:
        side = side_of(positions[0].claimant_id)
        (others if side in heard else first).append(positions)
        heard.update([side] if side else [])
    return first + others


def _chosen(positions: list[Position], page: Page) -> list[Position]:
    """A claimant's positions: not the sentence just quoted as the latest, and first what the reader can read.

    A sentence in the reader's language may stand for another one that says as much, or that is told below in the
    reader's words, among what is contested.
    """
    latest = page.status.latest
    if latest is not None and not is_retold(latest, page.reader):
        positions = [one for one in positions if one.text != latest.text] or positions
    first = positions[0]
    told_below = any(
        (side.claimant, contest.proposition) == (first.claimant, first.proposition)
        for contest in page.status.contested[:MOST_CONTESTS]
        for side in contest.positions
    )
    readable = [
        one
        for one in positions
        if one.language == page.reader.language and (told_below or one.polarity is first.polarity)
    ]
    return readable + [one for one in positions if one not in readable]


def _label(positions: Sequence[Position], reader: Translator) -> str:
    """Which languages the quotations below are in, said once where none is in the reader's."""
    languages = {position.language for position in positions}
    if reader.language in languages:
        return ""
    names = reader.both([reader.text(f"language.in.{language}") for language in sorted(languages)])
    return " " + reader.text("status.untranslated", languages=names)


def _claim(positions: Sequence[Position], page: Page, *, labelled: bool) -> tuple[Span, ...]:
    """``labelled``: the languages of the quotations are said above them."""
    reader, position = page.reader, positions[0]
    name = wording.capital(wording.claimant(position, reader))
    words = _said(positions, page.room.quote)
    if position.language == reader.language:
        words = told(words, position.translated_from, reader)
        return _in_own_language(position, name, words, reader)
    # Not translated: the stance at least is told in the reader's words.
    words = quoted(words, reader)
    if not labelled:
        where = reader.text(f"language.in.{position.language}")
        words = reader.text("status.in-original", quote=words, language=where)
    comma = "," if wording.role(position, reader) else ""
    return (
        Text(name, bold=True),
        Text(comma),
        Text(reader.text("status.stated", stance=wording.stance(position, reader), words=words)),
    )


def _in_own_language(position: Position, name: str, words: str, reader: Translator) -> tuple[Span, ...]:
    """Who says it, then what; a sentence that begins with the name needs no other label."""
    called = wording.person(position.claimant, position.claimant_id, reader)
    if words.startswith((called + " ", called + ",")):
        through = "" if position.via is None or fold(position.via) in fold(words) else f" ({position.via})"
        return (Text(called, bold=True), Text(words.removeprefix(called) + through))
    return (Text(name, bold=True), Text(reader.text("status.said", words=words)))


def _said(positions: Sequence[Position], longest: int) -> str:
    """A claimant's sentence; with another one of the same article's language where there is room for both."""
    first = shortened(positions[0].text, longest)
    for position in positions[1:]:
        both = f"{first} {position.text}"
        if first[-1:] in STOPS and position.language == positions[0].language and len(both) <= longest:
            return both
    return first
