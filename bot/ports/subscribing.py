"""Keeping chats, and what they ordered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.chat import Chat, ChatAddress, ChatKind, ChatState, PlatformName
from bot.domain.language import ReaderLanguage
from bot.domain.quiet import QuietHours
from bot.domain.subscription import Slot, Subscription


class ChatRows(Protocol):
    """Chats and what they have told us."""

    async def meet(self, address: ChatAddress, kind: ChatKind, *, writable: bool = True) -> Chat:
        """The chat at an address, made where it is new; a chat that was gone is active again.

        ``writable`` False: we hear of it and may not write there, so it is as it was.
        """
        ...

    async def find(self, address: ChatAddress) -> Chat | None:
        """The chat at an address."""
        ...

    async def with_threads(self, address: ChatAddress) -> tuple[Chat, ...]:
        """The chat at an address and every thread of it that we know."""
        ...

    async def get(self, chat_id: int) -> Chat | None:
        """The chat with our id."""
        ...

    async def choose(self, chat_id: int, *, language: ReaderLanguage | None = None, zone: str | None = None) -> None:
        """Change what is given; its subscriptions follow the language."""
        ...

    async def keep_quiet(self, chat_id: int, quiet: QuietHours | None) -> None:
        """A chat's quiet hours are these from now on; None: it has none."""
        ...

    async def move(self, old: ChatAddress, new: ChatAddress) -> None:
        """A chat has a new address: its settings, subscriptions and pending parts go with it."""
        ...

    async def mark(self, chat_id: int, state: ChatState) -> None:
        """Gone or active again."""
        ...

    async def forget(self, chat_id: int) -> None:
        """Remove every trace of a chat: settings, subscriptions, its own feeds' ties, deliveries and what it was told,
        and what its moderators did to its own feeds. The upkeep removes those of its feeds that nobody else has.

        Inbound updates name no chat, so there is nothing of it among them.
        """
        ...

    async def receive(self, platform: PlatformName, update_id: str, now: datetime) -> int | None:
        """Take note that an inbound update is being carried out: for which time. None: it has been already."""
        ...

    async def carried_out(self, platform: PlatformName, update_id: str, now: datetime) -> bool:
        """It has taken effect, with whatever else this unit of work writes; False where it had already."""
        ...


class SubscriptionRows(Protocol):
    """Standing orders."""

    async def of(self, chat_id: int) -> tuple[Subscription, ...]:
        """A chat's subscriptions, in the order they were made."""
        ...

    async def hold(self, chat_id: int) -> tuple[Subscription, ...]:
        """The same, kept from everyone else until this unit of work ends: for whoever changes them."""
        ...

    async def add(self, subscription: Subscription) -> Subscription:
        """Store a new one (its ``id`` is ignored) and return it with its id."""
        ...

    async def replace(self, subscription: Subscription) -> None:
        """Write a changed one."""
        ...

    async def remove(self, subscription_id: int) -> None:
        """Forget one."""
        ...

    async def lease_due(self, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Subscription, ...]:
        """Take those due at ``now`` in active chats that nobody holds, oldest first, until ``until``."""
        ...

    async def renew(self, owner: str, subscription_ids: Sequence[int], until: datetime) -> None:
        """Hold leased ones longer, while a slow model still writes; those given back or taken over stay so."""
        ...

    async def advance(self, subscription_id: int, told: Slot, following: Slot) -> None:
        """A slot's briefing is in the outbox: set the next one and release the lease."""
        ...
