"""Servers: who moderates there, and setting up one of their chats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.domain.chat import Chat, ChatAddress, ChatKind
from bot.domain.language import ReaderLanguage
from bot.domain.rescheduling import rescheduled
from bot.domain.server import Posting, Server
from bot.domain.subscription import EVERY_DAY, Schedule, Subscription
from bot.ports import Request, Store, UnitOfWork
from bot.services.once import together
from bot.services.subscribe import adjust, answer_in, move_to_zone, only_at, subscribe, unsubscribe


async def server_of(unit: UnitOfWork, request: Request) -> Server | None:
    """What the server of a request has chosen; None where chats stand alone."""
    if request.server is None:
        return None
    return await unit.servers.get(request.chat.platform, request.server.id)


def admitted(request: Request, server: Server) -> Request:
    """The request, a moderator's also where the server's own role says so. Asked anew at every request."""
    if request.is_moderator or request.server is None or not server.admits(request.server.asker_roles):
        return request
    return replace(request, is_moderator=True, by_role=True)


async def admit(store: Store, request: Request) -> Request:
    """The same, for who has to know before the request is answered."""
    if request.is_moderator or request.server is None:
        return request
    async with store.read() as unit:
        server = await server_of(unit, request)
    return request if server is None else admitted(request, server)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a moderator wants changed; None: as it is."""

    language: ReaderLanguage | None = None
    zone: str | None = None
    times: tuple[time, ...] | None = None
    """Empty: no briefing any more."""
    days: frozenset[int] | None = None
    moderator_role: str | None = None
    """Empty: none."""
    alerted: bool | None = None
    """Whether breaking news comes here."""
    alert_role: str | None = None
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class Equipped:
    """A chat as it is set up now."""

    chat: Chat
    server: Server
    posting: Posting
    subscriptions: tuple[Subscription, ...]
    alerted: bool
    """Breaking news comes here."""

    @property
    def language(self) -> ReaderLanguage | None:
        """The chat's own, else the server's."""
        return self.server.home_of(self.chat).language

    @property
    def zone(self) -> str | None:
        """The same for the clock."""
        return self.server.home_of(self.chat).zone


async def look(store: Store, address: ChatAddress, server: Server) -> Equipped:
    """How a chat of a server is set up."""
    async with store.write() as unit:
        chat = await unit.chats.meet(address, ChatKind.GROUP)
        await unit.servers.own(chat.id, server.id)
        now = await unit.servers.get(server.platform, server.id)
        return Equipped(
            chat,
            now,
            await unit.servers.posting(chat.id),
            await unit.subscriptions.of(chat.id),
            await unit.alerts.wanted(chat.id),
        )


async def set_up(
    store: Store,
    address: ChatAddress,
    server: Server,
    wishes: Wishes,
    *,
    default_language: ReaderLanguage,
    default_zone: str,
    now: datetime,
) -> Equipped:
    """Change what is wished in one chat of a server; raises InvalidOption for too many times.

    The first language and zone chosen are the server's too, and follow as long as this chat is the one that set them.
    """
    async with together(store) as one:
        before = await look(one, address, server)
        await _settle(one, before, wishes, now)
        if wishes.language is not None:
            await answer_in(one, before.chat, wishes.language)
        if wishes.zone is not None:
            await move_to_zone(one, before.chat, wishes.zone, now)
        if wishes.times is not None:
            present = await look(one, address, server)
            language, zone = present.language or default_language, present.zone or default_zone
            await _order(one, present, wishes, language, zone, now)
        return await look(one, address, server)


async def _settle(store: Store, before: Equipped, wishes: Wishes, now: datetime) -> None:
    """The server's own choices, and how our words look in the chat; what somebody else changes meanwhile is kept."""
    chat = before.chat
    async with store.write() as unit:
        server = await unit.servers.get(before.server.platform, before.server.id)
        if wishes.language is not None and _leads(server.language, chat.language):
            server = replace(server, language=wishes.language)
        if wishes.zone is not None and _leads(server.zone, chat.zone):
            server = replace(server, zone=wishes.zone)
        await unit.servers.save(replace(server, moderator_role=_chosen(server.moderator_role, wishes.moderator_role)))
        posting = await unit.servers.posting(chat.id)
        alert_role, tag = _chosen(posting.alert_role, wishes.alert_role), _chosen(posting.tag, wishes.tag)
        await unit.servers.post(chat.id, Posting(alert_role, tag))
        if wishes.alerted:
            await unit.alerts.turn_on(chat.id, now)
        elif wishes.alerted is not None:
            await unit.alerts.turn_off(chat.id)


def _leads(servers: str | None, chats: str | None) -> bool:
    """Whether a chat's choice is the server's: nobody chose before, or this chat did."""
    return servers is None or servers == chats


def _chosen(present: str | None, wished: str | None) -> str | None:
    return present if wished is None else wished or None


async def _order(
    store: Store, present: Equipped, wishes: Wishes, language: ReaderLanguage, zone: str, now: datetime
) -> None:
    """Briefings at these times only. Routine ones make no sound in a server."""
    times = wishes.times or ()
    if not times:
        await unsubscribe(store, present.chat)
    elif await only_at(store, present.chat, times, now):
        if wishes.days is not None:
            await adjust(store, present.chat, _on_days(wishes.days, now))
    else:
        schedule = Schedule(tuple(times), zone, wishes.days or EVERY_DAY)
        await subscribe(store, present.chat, schedule, language, now, silent=True)


def _on_days(days: frozenset[int], now: datetime) -> Callable[[Subscription], Subscription]:
    return lambda one: rescheduled(one, replace(one.schedule, days=days), now)
