"""Inspect: what a moderator is offered for an address, before anything is followed."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from bot.domain.article import ParsedFeed
from bot.domain.errors import CommandError, FetchTimedOut, ParseError
from bot.domain.feed import Feed, Ownership, host_of
from bot.domain.masking import masked
from bot.domain.moderation import DAY, PREVIEWS_A_DAY, followed_already
from bot.domain.offer import DEAD_AFTER, LONGEST_NAME, MOST_CANDIDATES, Candidate, Caution, Offer
from bot.domain.probe import Probed
from bot.editorial.ownership import country_of, ownership_of, sanctioned
from bot.ports import Clock, Discoverer, FoundBy, FoundFeed, Scope, Store, UnitOfWork
from bot.services.probe import look_at

DEADLINE_SECONDS = 60.0
"""For the whole look at a site: a dozen requests, spaced. A person waits for it."""
SLOW = timedelta(seconds=20)
FULL_TEXT = 1_200
"""Characters from which an entry is an article rather than an excerpt."""
ENOUGH_ALIKE = 0.5
"""Share of the articles another feed carries that makes this one its double."""

_BLANK = re.compile(r"\s+")
_AROUND = "<>«»\"' \t\n"

Canonical = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Inspector:
    """Looks at sites for moderators."""

    store: Store
    clock: Clock
    discoverer: Discoverer
    canonical: Canonical
    """One spelling for each address; None for what is none."""

    async def offer(self, typed: str, chat_id: int) -> Offer:
        """The feeds at an address that the chat does not follow yet, best first.

        Raises FetchError, ParseError, or CommandError where the best one is followed already or too much was asked.
        """
        address = first_word(typed)
        await self._count(chat_id)
        started = self.clock.now()
        found = await self._discover(address)
        elapsed = self.clock.now() - started
        looks = [(one, await asyncio.to_thread(look_at, one)) for one in found[:MOST_CANDIDATES]]
        async with self.store.read() as unit:
            known = await unit.feeds.listed(Scope(chat_id=chat_id))
            offered = [await self._candidate(unit, one, look, chat_id, known) for one, look in looks]
        new = [one for one in offered if isinstance(one, Candidate)]
        if isinstance(offered[0], CommandError):
            raise offered[0]
        return Offer(tuple(_cautioned(candidate, elapsed, self.clock.now()) for candidate in new))

    def spellings(self, url: str) -> tuple[str, ...]:
        """Other ways to write an address that lead to the same feed: scheme, ``www.``, last slash, trackers."""
        written = {url, self.canonical(url) or url}
        return tuple(sorted({other for one in written for other in _variants(one)}))

    async def _count(self, chat_id: int) -> None:
        async with self.store.read() as unit:
            made = await unit.previews.made(chat_id, self.clock.now() - DAY)
        if made >= PREVIEWS_A_DAY:
            raise CommandError("too-many-previews", limit=PREVIEWS_A_DAY)

    async def _discover(self, address: str) -> Sequence[FoundFeed]:
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                found = await self.discoverer.discover(address)
        except TimeoutError:
            raise FetchTimedOut(url=masked(address), seconds=DEADLINE_SECONDS) from None
        if not found:
            raise ParseError("no-feeds-found", url=masked(address))
        return found

    async def _candidate(
        self, unit: UnitOfWork, found: FoundFeed, look: Probed, chat_id: int, known: Sequence[Feed]
    ) -> Candidate | CommandError:
        """An error where it is followed already: a reason for the first feed found, none to mention the others."""
        feed = await unit.standings.find(self.spellings(found.url))
        case = None if feed is None else await unit.standings.case(feed.id, chat_id)
        if case is not None and case.followed:
            return followed_already(case)
        same = await _double(unit, found.feed, chat_id, known)
        return _described(found, look, same, known)


def first_word(typed: str) -> str:
    """The address in what a person typed. Raises CommandError where there is none."""
    words = typed.split()
    if not words or not (address := words[0].strip(_AROUND)):
        raise CommandError("no-address")
    return address


def _variants(url: str) -> set[str]:
    parts = urlsplit(url)
    host = parts.netloc
    hosts = {host, host.removeprefix("www."), f"www.{host.removeprefix('www.')}"}
    paths = {parts.path, parts.path.rstrip("/"), parts.path.rstrip("/") + "/"}
    return {
        urlunsplit((scheme, one, path, parts.query, ""))
        for scheme in ("http", "https")
        for one in hosts
        for path in paths
    }


async def _double(unit: UnitOfWork, parsed: ParsedFeed, chat_id: int, known: Sequence[Feed]) -> str | None:
    """The name of a followed feed that carries most of the same articles."""
    urls = [entry.url for entry in parsed.entries if entry.url]
    if not urls:
        return None
    carried = await unit.traces.carriers(urls, Scope(chat_id=chat_id))
    names = {feed.id: feed.name for feed in known}
    feed_id = max(carried, key=lambda one: carried[one], default=None)
    if feed_id is None or carried[feed_id] < ENOUGH_ALIKE * len(urls):
        return None
    return names.get(feed_id)


def _described(found: FoundFeed, look: Probed, same: str | None, known: Sequence[Feed]) -> Candidate:
    host = host_of(found.url)
    cautions = list(_cautions(found, look))
    if same is not None:
        cautions.append(Caution.SAME_ARTICLES)
    ownership = Ownership.STATE if Caution.SANCTIONED in cautions else ownership_of(host)
    titles = look.relevant_titles or tuple(entry.title for entry in found.feed.entries[:3])
    return Candidate(
        url=found.url,
        name=_name(look.title, host, known),
        site=host,
        language=look.language,
        country=country_of(host),
        ownership=ownership,
        entries=look.entries,
        entries_a_week=look.entries_a_week,
        relevant=look.relevant,
        newest_at=look.newest_at,
        titles=titles,
        cautions=tuple(cautions),
        same_as=same,
    )


def _name(title: str, host: str, known: Sequence[Feed]) -> str:
    """The feed's own title, short and on one line; with its host where a followed feed is called so already."""
    name = _BLANK.sub(" ", title).strip() or host
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 1].rstrip() + "…"
    taken = {feed.name.casefold() for feed in known if host_of(feed.spec.url) != host}
    return f"{name} ({host})" if name.casefold() in taken else name


def _cautions(found: FoundFeed, look: Probed) -> list[Caution]:
    """What can be read from the feed itself."""
    entries = found.feed.entries
    told = {
        Caution.SANCTIONED: any(sanctioned(host) for host in _hosts(found)),
        Caution.SECRET: masked(found.url) != found.url,
        Caution.SEARCH: found.found_by is FoundBy.SEARCH,
        Caution.HTTP_ONLY: found.url.startswith("http://"),
        Caution.EXCERPTS_ONLY: bool(entries) and all(len(entry.text) < FULL_TEXT for entry in entries),
        Caution.UNDATED: look.newest_at is None,
        Caution.OFF_TOPIC: look.relevant == 0,
    }
    return [caution for caution, is_so in told.items() if is_so]


def _hosts(found: FoundFeed) -> set[str]:
    """Whatever says whose articles these are: the feed's own claims may only make us more careful."""
    links = Counter(host_of(entry.url) for entry in found.feed.entries if entry.url)
    named = {host_of(found.url), host_of(found.feed.site_url or found.url)}
    return named | {host for host, count in links.items() if 2 * count >= len(found.feed.entries)}


def _cautioned(candidate: Candidate, elapsed: timedelta, now: datetime) -> Candidate:
    """With what only a clock can tell."""
    dead = candidate.newest_at is not None and now - candidate.newest_at > DEAD_AFTER
    told = {Caution.DEAD: dead, Caution.SLOW: elapsed > SLOW}
    return replace(candidate, cautions=(*candidate.cautions, *(caution for caution, is_so in told.items() if is_so)))
