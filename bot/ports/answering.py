"""Requests a platform will never tell again: what was acknowledged and not answered, should we be killed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.chat import PlatformName
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A request that was acknowledged. It names no chat and no person."""

    update_id: str
    way_back: str = field(repr=False)
    """With which it can be answered, for some minutes: whoever has it can."""
    language: ReaderLanguage
    private: bool
    """The answer is for the asker alone."""
    in_place: bool
    """A card was pressed, which stays as it is: words stand below it."""


class UnansweredRows(Protocol):
    """What is being answered now."""

    async def add(self, platform: PlatformName, request: Unanswered, now: datetime) -> None:
        """Take note of one."""
        ...

    async def remove(self, platform: PlatformName, update_id: str) -> None:
        """It is answered, or can't be."""
        ...

    async def take(self, platform: PlatformName, since: datetime) -> tuple[Unanswered, ...]:
        """Remove all of a platform's; those noted since then, the oldest first."""
        ...


class AnswerBook(Protocol):
    """For an adapter whose platform tells nothing again. Raises StoreError."""

    async def note(self, request: Unanswered) -> None:
        """It is acknowledged, and will be carried out."""
        ...

    async def settle(self, update_id: str) -> None:
        """It was carried out, or can't be answered."""
        ...

    async def interrupted(self) -> Sequence[tuple[Unanswered, Message]]:
        """What a process that ended left behind, with what its askers are to be told: once."""
        ...
