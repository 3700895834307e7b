"""Raw items → domain entries: plain text, canonical links, possible dates, unique ids. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.adapters.web.canonical import canonical
from bot.adapters.web.dates import possible, read_date
from bot.adapters.web.plain import plain, plain_line, shortened
from bot.adapters.web.raw import RawEntry
from bot.adapters.web.tails import without_tail
from bot.domain.article import Entry
from bot.domain.language import ArticleLanguage

MAX_ENTRIES = 200
"""Entries kept of one document: the newest."""
MAX_TITLE = 300
MAX_SUMMARY = 4_000
MAX_TEXT = 30_000
"""Characters. The longest newspaper articles have about 20,000."""
MAX_GUID = 400
MAX_DATES = 6
"""Dates tried of one item."""
MADE_TITLE = 100
"""Characters of a title made from the text, where the feed gave none."""

_LANGUAGES: dict[str, ArticleLanguage] = {"fr": "fr", "en": "en", "uk": "uk", "ru": "ru"}
_THREE_LETTERS = {"fra": "fr", "fre": "fr", "eng": "en", "ukr": "uk", "rus": "ru"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries come from, to complete what they leave out."""

    base: str
    """What relative links are resolved against."""
    seen_at: datetime


def newest(items: list[RawEntry], seen_at: datetime) -> list[RawEntry]:
    """The items to keep of many, in the document's order: the newest, or where one has no date, the first."""
    if len(items) <= MAX_ENTRIES:
        return items
    dated = [(_published(item.dates, seen_at), number) for number, item in enumerate(items)]
    moments = sorted(((moment, -number) for moment, number in dated if moment is not None), reverse=True)
    if len(moments) < len(items):
        return items[:MAX_ENTRIES]
    return [items[number] for number in sorted(-number for _, number in moments[:MAX_ENTRIES])]


def entries_of(items: Iterable[RawEntry], place: Place) -> tuple[Entry, ...]:
    """The usable entries in order, each guid once. An item repeated under its guid and address counts once."""
    kept: dict[str, Entry] = {}
    for item in items:
        entry = entry_of(item, place)
        if entry is None:
            continue
        known = kept.get(entry.guid)
        if known is not None and known.url != entry.url:
            entry = replace(entry, guid=entry.url or _hash(entry.title, entry.text))
        kept.setdefault(entry.guid, entry)
    return tuple(kept.values())


def entry_of(item: RawEntry, place: Place) -> Entry | None:
    """One entry; None for an item with nothing to read."""
    summary = shortened(without_tail(plain(item.summary)), MAX_SUMMARY)
    text = shortened(without_tail(plain(item.content)), MAX_TEXT)
    summary, text = _excerpt_and_text(summary, text)
    url = _url(item, place.base)
    title = shortened(plain_line(item.title), MAX_TITLE) or _made_title(summary or text)
    if not title:
        return None
    return Entry(
        guid=_guid(item, url, title, text or summary),
        title=title,
        url=url,
        summary=summary,
        text=text,
        published=_published(item.dates, place.seen_at),
        language=language_of(item.language),
    )


def _excerpt_and_text(summary: str, text: str) -> tuple[str, str]:
    """What is short and what is whole: a content that was cut (``…``) is an excerpt, whatever the feed calls it."""
    if text.endswith("…") and summary in {"", text}:
        return text, ""
    if text == summary:
        return "", text
    return (summary, text) if len(text) > len(summary) else (summary, "")


def language_of(tag: str) -> ArticleLanguage | None:
    """A declared language (``fr-FR``, ``en_GB``, ``fra``) as ours; None where nothing was declared."""
    primary = tag.strip().lower().replace("_", "-").split("-")[0]
    if not primary.isalpha() or len(primary) > 3:
        return None
    return _LANGUAGES.get(_THREE_LETTERS.get(primary, primary), "other")


def _url(item: RawEntry, base: str) -> str | None:
    if item.guid_is_link:
        return canonical(item.link)
    return canonical(item.original_link) or canonical(item.link, base)


def _guid(item: RawEntry, url: str | None, title: str, text: str) -> str:
    """The feed's id as written, since what it is compared with was written the same way."""
    given = " ".join(plain_line(item.guid).split()) if "<" in item.guid else " ".join(item.guid.split())
    if not given:
        return url or _hash(title, text)
    return given if len(given) <= MAX_GUID else _hash(given)


def _hash(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _made_title(text: str) -> str:
    return shortened(text.split("\n", 1)[0], MADE_TITLE)


def _published(dates: list[str], seen_at: datetime) -> datetime | None:
    for written in dates[:MAX_DATES]:
        moment = possible(read_date(written), seen_at)
        if moment is not None:
            return moment
    return None
