"""Keeping what moderators do: standings of feeds, the audit log, previews, suggestions, who they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.audit import Change, NewChange
from bot.domain.feed import Feed, FeedSpec
from bot.domain.feed_health import Alarm
from bot.domain.moderation import Actor, Case, Standing
from bot.domain.offer import Offer, Preview, PreviewState, Suggestion, SuggestionState
from bot.domain.trace import Trace
from bot.ports.scope import Scope


class StandingRows(Protocol):
    """Feeds as one chat has them."""

    async def find(self, urls: Sequence[str]) -> Feed | None:
        """The feed at any of these addresses, whoever follows it; also under the one it was listed as."""
        ...

    async def enter(self, spec: FeedSpec) -> Feed:
        """A new feed that nobody follows yet; where its address is known, that feed unchanged."""
        ...

    async def describe(self, feed_id: int, spec: FeedSpec) -> None:
        """Say anew what a feed is called and whose it is; its address stays."""
        ...

    async def hold(self, feed_id: int) -> None:
        """Keep everyone else from changing a feed until this unit of work ends."""
        ...

    async def case(self, feed_id: int, chat_id: int) -> Case | None:
        """A feed and where it stands for a chat; None where there is no such feed."""
        ...

    async def settle(self, feed_id: int, chat_id: int, standing: Standing) -> None:
        """Make a feed stand so for a chat."""
        ...

    async def mute_elsewhere(self, feed_id: int, chat_id: int) -> None:
        """Mute a feed in every other chat that added it."""
        ...

    async def revive(self, feed_id: int) -> None:
        """Forget how reading a feed failed: it is due now, as if it were new."""
        ...

    async def stop(self, feed_id: int) -> None:
        """Pause a feed for every chat."""
        ...

    async def own(self, chat_id: int) -> int:
        """How many feeds a chat has added."""
        ...

    async def muted(self, chat_id: int) -> tuple[Feed, ...]:
        """The feeds a chat does not want to hear, and otherwise would."""
        ...

    async def followers(self, feed_id: int) -> tuple[int, ...]:
        """The chats that added a feed and hear it."""
        ...

    async def everywhere(self) -> tuple[Feed, ...]:
        """Every feed there is, whoever follows it, also retired ones."""
        ...

    async def raise_alarm(self, feed_id: int, alarm: Alarm | None) -> None:
        """Remember what moderators were told of a feed's health; None: nothing is left to tell."""
        ...

    async def alarms(self) -> Mapping[int, Alarm]:
        """Feed id → what moderators were last told of its health."""
        ...


class TraceRows(Protocol):
    """Articles as moderators look at them: by address, and by the feed that carried them."""

    async def at(self, urls: Sequence[str], scope: Scope) -> Trace | None:
        """The article at any of these addresses, where the scope may see it, whatever its verdict."""
        ...

    async def titled(self, words: str, since: datetime, scope: Scope) -> Trace | None:
        """The newest article whose title has these words, published since then, where the scope may see it."""
        ...

    async def carriers(self, urls: Sequence[str], scope: Scope) -> Mapping[int, int]:
        """Feed id → how many of these articles it carried, for feeds followed in the scope."""
        ...

    async def counts(self, feed_ids: Sequence[int], since: datetime) -> Mapping[int, tuple[int, int]]:
        """Feed id → articles published since then, and how many of them are about the war."""
        ...


class AuditRows(Protocol):
    """The audit log. Nothing in it is ever changed or removed, but who did it where they ask to be forgotten."""

    async def record(self, change: NewChange) -> Change:
        """Write a change down; the one it undoes counts as undone from now on."""
        ...

    async def get(self, change_id: int) -> Change | None:
        """The change with this number."""
        ...

    async def of(self, chat_id: int, *, everyones: bool, limit: int, skip: int = 0) -> tuple[Change, ...]:
        """Changes asked for in a chat, and where wanted those of everyone's sources, newest first."""
        ...

    async def last(self, chat_id: int, actor: Actor | None = None) -> Change | None:
        """The newest change made in a chat (by someone) that can be undone."""
        ...

    async def additions(self, chat_id: int, since: datetime) -> int:
        """How many feeds a chat has added since then."""
        ...


class PreviewRows(Protocol):
    """Offers that wait for a decision."""

    async def keep(self, preview: Preview) -> None:
        """Store a new preview; forget those that are too old to be used."""
        ...

    async def get(self, token: str, chat_id: int) -> Preview | None:
        """The preview a button means, in the chat it was made for."""
        ...

    async def change(self, token: str, offer: Offer) -> None:
        """Write what was chosen."""
        ...

    async def end(self, token: str, state: PreviewState) -> bool:
        """Use or cancel it; False where someone already has."""
        ...

    async def made(self, chat_id: int, since: datetime) -> int:
        """How many previews a chat has asked for since then."""
        ...


class SuggestionRows(Protocol):
    """What members would like."""

    async def add(self, suggestion: Suggestion) -> Suggestion:
        """Store a new one (its ``id`` is ignored) and return it with its id."""
        ...

    async def get(self, suggestion_id: int) -> Suggestion | None:
        """The suggestion with this number."""
        ...

    async def waiting(self, chat_id: int, *, for_everyone: bool) -> tuple[Suggestion, ...]:
        """Those a chat's moderators have to decide, and where wanted those for everyone, oldest first."""
        ...

    async def last_by(self, actor: Actor) -> datetime | None:
        """When a person last suggested something."""
        ...

    async def decide(self, suggestion_id: int, state: SuggestionState, by: Actor, now: datetime) -> bool:
        """Approve or refuse; False where someone already has."""
        ...


class ModeratorRows(Protocol):
    """Who moderates the sources everyone gets, besides those the operator's settings name."""

    async def includes(self, actor: Actor) -> bool:
        """Whether a person claimed it."""
        ...

    async def any(self) -> bool:
        """Whether anybody did."""
        ...

    async def seat(self, actor: Actor, chat_id: int) -> None:
        """Remember the private chat in which a bot moderator hears from us."""
        ...

    async def seats(self, named: Sequence[Actor]) -> tuple[int, ...]:
        """Those chats, of these actors and of whoever claimed it."""
        ...

    async def offer(self, code_hash: str, now: datetime) -> None:
        """Make this the one code that can be claimed with."""
        ...

    async def forget(self, actor: Actor) -> None:
        """Keep nothing of a person: their office and suggestions end, and the log says a former moderator did it."""
        ...

    async def claim(self, code_hash: str, actor: Actor, chat_id: int, now: datetime) -> bool:
        """Use the code up and be a bot moderator; False where it is another code, or none is left."""
        ...
