"""Which feed a moderator means: by number, by address or by name; and the commands that change one feed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from bot.commands.command import Access, Command, Context, Option, Services
from bot.domain.chat import ChatAddress
from bot.domain.errors import CommandError
from bot.domain.feed import Feed, FeedState, Origin
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.moderation import Verb
from bot.ports import Scope, UnitOfWork
from bot.services.moderate import Moderator
from bot.views.moderation import changed_message, which_message

Choosable = Callable[[Feed, frozenset[int]], bool]
"""(feed, ids of the feeds that are muted here) → whether a command could change it."""


async def moderator(context: Context) -> Moderator:
    """The person of a request, with what they may moderate."""
    return await context.services.moderating.moderators.who(context.request, context.chat)


async def visible(unit: UnitOfWork, chat_id: int) -> tuple[tuple[Feed, ...], frozenset[int]]:
    """Every feed of a chat, also those it muted, by number; and which are muted."""
    muted = await unit.standings.muted(chat_id)
    heard = await unit.feeds.listed(Scope(chat_id=chat_id))
    together = sorted({feed.id: feed for feed in (*heard, *muted)}.values(), key=lambda feed: feed.id)
    return tuple(together), frozenset(feed.id for feed in muted)


def matching(feeds: Sequence[Feed], typed: str, spellings: Sequence[str] = ()) -> tuple[Feed, ...]:
    """The feeds meant: one by its number or address, else those with the words in their name or host."""
    number = typed.removeprefix("n°").removeprefix("#").strip()
    if number.isdecimal():
        return tuple(feed for feed in feeds if str(feed.id) == number)
    exact = tuple(feed for feed in feeds if feed.spec.url in spellings or _fold(feed.name) == _fold(typed))
    return exact or tuple(feed for feed in feeds if _fold(typed) in _fold(f"{feed.name} {feed.spec.url}"))


async def names_of_feeds(services: Services, chat: ChatAddress) -> list[tuple[str, str]]:
    """(name with its number, number) of every feed of a chat."""
    async with services.store.read() as unit:
        known = await unit.chats.find(chat)
        feeds = (await visible(unit, known.id))[0] if known else await unit.feeds.listed(Scope())
    return [(f"{feed.name} ({feed.id})", str(feed.id)) for feed in feeds]


FEED = Option("feed", recalled=names_of_feeds)
"""One of the chat's feeds."""


def feed_command(
    verb: Verb, aliases: Mapping[ReaderLanguage, tuple[str, ...]], choosable: Choosable, access: Access
) -> Command:
    """A command that changes one feed: ``/<verb>feed 12``. Without a feed, or with several meant, it asks which."""
    name = f"{verb}feed"

    async def answer(context: Context) -> Message:
        by = await moderator(context)
        chosen = await _chosen(context, choosable)
        if len(chosen) != 1 or "feed" not in context.options:
            return which_message(name, chosen, context.language)
        change = await context.services.moderating.moderation.change(verb, chosen[0].id, by)
        return changed_message(change, context.language)

    return Command(name, answer, options=(FEED,), access=access, for_moderators=True, aliases=aliases)


async def _chosen(context: Context, choosable: Choosable) -> tuple[Feed, ...]:
    """The feeds meant; without words, those the command could change. Raises CommandError where none is."""
    typed = context.options.get("feed")
    async with context.services.store.read() as unit:
        feeds, muted = await visible(unit, context.chat.id)
    if typed is None:
        return tuple(feed for feed in feeds if choosable(feed, muted))
    found = matching(feeds, typed, context.services.moderating.inspector.spellings(typed))
    if not found:
        raise CommandError("feed-not-here", value=typed)
    return found


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


# --- What each command could change ---


def added_here(feed: Feed, _muted: frozenset[int]) -> bool:
    """A chat's own, or one that was promoted."""
    return feed.origin is Origin.CHAT


def being_read(feed: Feed, _muted: frozenset[int]) -> bool:
    """Read from the web."""
    return feed.polled and feed.state is FeedState.ACTIVE


def stopped(feed: Feed, _muted: frozenset[int]) -> bool:
    """Not read any more."""
    return feed.polled and feed.state is not FeedState.ACTIVE


def heard(feed: Feed, muted: frozenset[int]) -> bool:
    """Not muted."""
    return feed.id not in muted


def silenced(feed: Feed, muted: frozenset[int]) -> bool:
    """Muted."""
    return feed.id in muted


def private(feed: Feed, _muted: frozenset[int]) -> bool:
    """Not everyone's yet."""
    return not feed.public
