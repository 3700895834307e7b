"""What goes wrong, and when: platforms that accept and then fail, and senders killed at every point of a call."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from aiohttp import web

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord import Fault as DiscordFault
from tests.fakes.discord.faults import call_of
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram import faults as telegram
from tests.fakes.telegram.faults import Fault as TelegramFault

TROUBLED = 0.15
"""The share of calls something goes wrong with, apart from kills."""
LATEST_KILL = 0.06
"""Seconds after a call's arrival: by then it was answered, and is being settled or the next one is on its way."""


class Trouble(Enum):
    """What happens to one call that arrives."""

    NONE = auto()
    KILLED_BEFORE = auto()
    """The sender dies and the call is not carried out."""
    KILLED_AFTER = auto()
    """It is carried out, and nobody is there to hear of it."""
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    """Accepted, then the connection breaks."""
    FAILED_BEFORE = auto()
    FAILED_AFTER = auto()
    """Accepted, then answered with 502."""
    FLOOD = auto()


_USUAL = (Trouble.LOST_BEFORE, Trouble.LOST_AFTER, Trouble.LOST_AFTER, Trouble.FAILED_BEFORE, Trouble.FAILED_AFTER,
          Trouble.FAILED_AFTER, Trouble.FLOOD)  # fmt: skip


@dataclass(slots=True)
class Havoc:
    """Decides about every call. ``kills`` are spread over the first ``calls`` calls."""

    chance: random.Random
    calls: int
    kills: int
    kill: Callable[[], None]
    """End the sender that lives now, at once."""
    seen: int = 0
    _deadly: set[int] = field(init=False)

    def __post_init__(self) -> None:
        """Choose the calls around which a sender is killed: apart, so that each kill meets a sender at work."""
        slice_ = self.calls // self.kills
        self._deadly = {slice_ * number + self.chance.randint(1, slice_ // 2) for number in range(self.kills)}

    def strike(self) -> Trouble:
        """A call has arrived: what happens to it. A killing may follow a little later."""
        self.seen += 1
        if self.seen in self._deadly:
            return self._deadly_strike()
        return self.chance.choice(_USUAL) if self.chance.random() < TROUBLED else Trouble.NONE

    def _deadly_strike(self) -> Trouble:
        trouble = self.chance.choice((Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER, Trouble.NONE))
        if trouble is Trouble.NONE:
            asyncio.get_running_loop().call_later(self.chance.uniform(0, LATEST_KILL), self.kill)
        else:
            self.kill()
        return trouble


class WreckedTelegram(FakeTelegram):
    """A Telegram with havoc."""

    havoc: Havoc | None = None

    def _next_fault(self, method: str) -> TelegramFault | None:
        if self.havoc is None or method != "sendMessage":
            return super()._next_fault(method)
        return _TELEGRAM[self.havoc.strike()]


_TELEGRAM: dict[Trouble, TelegramFault | None] = {
    Trouble.NONE: None,
    Trouble.KILLED_BEFORE: telegram.dropped(),
    Trouble.KILLED_AFTER: telegram.accepted(telegram.dropped()),
    Trouble.LOST_BEFORE: telegram.dropped(),
    Trouble.LOST_AFTER: telegram.accepted(telegram.dropped()),
    Trouble.FAILED_BEFORE: telegram.bad_gateway(),
    Trouble.FAILED_AFTER: telegram.accepted(telegram.bad_gateway()),
    Trouble.FLOOD: telegram.flood(1),
}


def wreck(discord: FakeDiscord, havoc: Havoc) -> None:
    """Give a Discord havoc."""
    discord.rest.faults = _Faults(havoc)


class _Faults(list[DiscordFault]):
    """A fault for the call that looks for one, made when it looks."""

    def __init__(self, havoc: Havoc) -> None:
        super().__init__()
        self._havoc = havoc

    def __iter__(self) -> Iterator[DiscordFault]:
        return iter([_Struck(self._havoc)])


class _Struck(DiscordFault):
    __slots__ = ("_havoc",)

    def __init__(self, havoc: Havoc) -> None:
        super().__init__("POST /channels")
        self._havoc = havoc

    def matches(self, request: web.Request) -> bool:
        if self.call not in call_of(request):
            return False
        trouble = self._havoc.strike()
        self.accepted = trouble.name.endswith("_AFTER")
        self.status = {"FAILED": 502, "FLOOD": 429}.get(trouble.name.partition("_")[0], 0)
        self.retry_after = 0.1 if trouble is Trouble.FLOOD else None
        return trouble is not Trouble.NONE
