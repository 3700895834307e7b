"""Translating a status: the sentences a reader would get in another language, told in theirs where they can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from bot.domain.language import ReaderLanguage
from bot.domain.status import Latest, Position, TimelineEntry, TopicStatus
from bot.ports import PATIENCE, Original, Store, Translator

MOST_POSITIONS, MOST_DATES = 5, 7
"""As many as an answer shows: each one costs."""

Told = TypeVar("Told", Latest, Position, TimelineEntry)


async def in_readers_language(
    status: TopicStatus, language: ReaderLanguage, translator: Translator, store: Store, *, within: float = PATIENCE
) -> TopicStatus:
    """The status with what could be translated and checked; everything else as it was."""
    shown = list(_shown(status, language))
    if not shown:
        return status
    async with store.read() as unit:
        rights = await unit.articles.rights([one.article_ids[0] for one in shown if one.article_ids])
    originals = [_original(one, status, rights) for one in shown]
    found = await translator.translate(originals, language, within=within)
    return replace(
        status,
        latest=status.latest and _told(status.latest, found, language),
        positions=tuple(_said(one, found, language) for one in status.positions),
        timeline=tuple(_told(one, found, language) for one in status.timeline),
    )


def _shown(status: TopicStatus, language: ReaderLanguage) -> Iterator[Latest | Position | TimelineEntry]:
    """What the answer will quote in another language: what matters most first."""
    if status.latest is not None and status.latest.language != language:
        yield status.latest
    first: dict[str, Position] = {}
    for position in status.positions:
        if not position.own_voice:
            first.setdefault(position.claimant_id or position.claimant, position)
    yield from (one for one in list(first.values())[:MOST_POSITIONS] if one.language != language)
    yield from (one for one in status.timeline[-MOST_DATES:] if one.language != language)


def _original(
    one: Latest | Position | TimelineEntry, status: TopicStatus, rights: Mapping[str, tuple[str | None, bool]]
) -> Original:
    published = one.published if isinstance(one, Position) else one.at if isinstance(one, Latest) else status.at
    article = one.article_ids[0] if one.article_ids else ""
    url, reserved = rights.get(article, (None, True))
    return Original(one.text, one.language, article, published, url=url, reserved=reserved)


def _told(one: Told, found: Mapping[str, str], language: ReaderLanguage) -> Told:
    text = found.get(one.text)
    if text is None or one.language == language:
        return one
    return replace(one, text=text, language=language, translated_from=one.language)


def _said(position: Position, found: Mapping[str, str], language: ReaderLanguage) -> Position:
    """What the article calls somebody is in its own language still, so that it goes."""
    told = _told(position, found, language)
    return told if told is position else replace(told, role=None)
