"""Who says what, in an answer to ``/status``: one line a claimant, in the articles' words, readable ones first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.domain.claim import Polarity
from bot.domain.message import Block, Listing, Paragraph, Span, Text
from bot.domain.status import Latest, Position
from bot.editorial.naming import side_of
from bot.editorial.positions import Voice, speaks_for
from bot.editorial.saying import is_head
from bot.editorial.text import fold
from bot.i18n import Translator
from bot.views import wording
from bot.views.parts import excerpt, told
from bot.views.status_page import MOST_CONTESTS, STOPS, Page, is_retold

BOTH = 1.5
"""Two sentences of one claimant may be this much longer together than one of them."""

_NAME_END = re.compile(r"[\s\u00a0\u202f]*[,:]|\s")


def claims(page: Page) -> Iterator[Block]:
    """One line a claimant, in the articles' words: their first position, and a second one where both are short."""
    reader = page.reader
    held: dict[str, list[Position]] = {}
    for position in page.status.positions:
        if not position.own_voice:
            held.setdefault(position.claimant_id or position.claimant, []).append(position)
    shown = [chosen for positions in _varied(held.values()) if (chosen := _chosen(positions, page))]
    shown = _without_echoes(shown, reader)[: page.room.claimants]
    if not shown:
        return
    label = page.only_in({positions[0].language for positions in shown})
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


def _without_echoes(held: list[list[Position]], reader: Translator) -> list[list[Position]]:
    """Without voices that another one of their side speaks for."""
    voices = [_voice(positions[0]) for positions in held]
    return [
        positions
        for positions, voice in zip(held, voices, strict=True)
        if not any(speaks_for(other, voice, reader.language) for other in voices)
    ]


def _voice(position: Position) -> Voice:
    return Voice(position.claimant_id, position.proposition, position.polarity, (position.language,))


def _chosen(positions: list[Position], page: Page) -> list[Position]:
    """A claimant's positions: not the sentence just quoted as the latest, and first what the reader can read.

    None where that sentence names them and is all they said; a dispute's sides are told in full.

    A sentence in the reader's language may stand for another one that says as much, or that is told below in the
    reader's words, among what is contested.
    """
    latest = page.status.latest
    if latest is not None:
        rest = [one for one in positions if not _is_told(one, latest, page.reader)]
        named = not rest and _is_named_in_latest(positions[0], latest, page.reader)
        if named and not _is_told_below(positions[0], page):
            return []
        positions = rest or positions
    first = positions[0]
    told_below = _is_told_below(first, page)
    readable = [
        one
        for one in positions
        if one.language == page.reader.language and (told_below or one.polarity is first.polarity)
    ]
    return readable + [one for one in positions if one not in readable]


def _is_told_below(position: Position, page: Page) -> bool:
    """Does it stand among what is contested?"""
    return any(
        (side.claimant, contest.proposition) == (position.claimant, position.proposition)
        for contest in page.status.contested[:MOST_CONTESTS]
        for side in contest.positions
    )


def _is_told(position: Position, latest: Latest, reader: Translator) -> bool:
    """Is it what was just said as the latest, in its words or in the reader's?"""
    if not is_retold(latest, reader):
        return position.text == latest.text
    return position.proposition == latest.positions[0].proposition and position.polarity is Polarity.AFFIRMED


def _is_named_in_latest(position: Position, latest: Latest, reader: Translator) -> bool:
    """Was the sentence just quoted in full, with who says it?"""
    names = {position.claimant, wording.person(position.claimant, position.claimant_id, reader)}
    folded = fold(latest.text)
    return not is_retold(latest, reader) and any(fold(name).split()[-1] in folded for name in names)


def _claim(positions: Sequence[Position], page: Page, *, labelled: bool) -> tuple[Span, ...]:
    """``labelled``: the languages of the quotations are said above them."""
    reader, position = page.reader, positions[0]
    said, told_by = _said(positions, page.room.quote)
    behind = page.sources([article_id for one in told_by for article_id in one.article_ids])
    if position.language == reader.language:
        return (*_in_own_language(position, told(said, position.translated_from, reader), reader), *behind)
    # Not translated: the stance at least is told in the reader's words.
    words = page.original(said, position.language, labelled=labelled)
    called = replace(position, via=None) if _names_outlet(position, said) else position
    name, stance = wording.capital(wording.claimant(called, reader)), wording.claimed(position, reader)
    if not stance:
        return (Text(name, bold=True), Text(reader.text("status.said", words=words)), *behind)
    comma = "," if wording.role(position, reader) else ""
    return (
        Text(name, bold=True),
        Text(comma),
        Text(reader.text("status.stated", stance=stance, words=words)),
        *behind,
    )


def _in_own_language(position: Position, words: str, reader: Translator) -> tuple[Span, ...]:
    """Who says it, then what; a sentence that begins with the name needs no other label."""
    opening = _opening(position, words, reader)
    if not opening:
        name = wording.capital(wording.claimant(position, reader))
        return (Text(name, bold=True), Text(reader.text("status.said", words=words)))
    rest = words[len(opening) :]
    through = "" if position.via is None or _names_outlet(position, words) else f" ({position.via})"
    name = wording.capital(wording.named(position, reader))
    title = "" if rest.startswith(",") else wording.role(position, reader)
    if not title:
        return (Text(name, bold=True), Text(rest + through))
    comma = "" if rest.lstrip(" \u00a0\u202f").startswith(":") else ","
    return (Text(reader.text("status.with-role", claimant=name, role=title), bold=True), Text(comma + rest + through))


def _names_outlet(position: Position, words: str) -> bool:
    """Is the outlet it was said to named in the sentence itself?"""
    return position.via is not None and fold(position.via) in fold(words)


def _opening(position: Position, words: str, reader: Translator) -> str:
    """The claimant's name with which a sentence begins, in full or the last name alone; empty where it doesn't.

    "Zelensky's office" and "Trump administration" are somebody else.
    """
    called = wording.person(position.claimant, position.claimant_id, reader)
    names = [called, called.split()[-1]] if (position.claimant_id or "").startswith("P:") else [called]
    typed = words.replace("'", "’").casefold()
    for name in names:
        if typed.startswith(name.casefold()) and _NAME_END.match(words, len(name)):
            following = words[len(name) :].split()
            return words[: len(name)] if following and not is_head(fold(following[0])) else ""
    return ""


def _said(positions: Sequence[Position], longest: int) -> tuple[str, list[Position]]:
    """A claimant's sentence, with another one of its article where there is room for both; and where they stand.

    Of two articles they may be days apart, and read as one breath.
    """
    first = excerpt(positions[0].text, positions[0].language, longest)
    for position in positions[1:]:
        both = f"{first} {excerpt(position.text, position.language, len(position.text))}"
        together = (position.language, position.article_ids[:1]) == (
            positions[0].language,
            positions[0].article_ids[:1],
        )
        if together and first[-1:] in STOPS and len(both) <= longest * BOTH:
            return both, [positions[0], position]
    return first, [positions[0]]
