"""Keeping reports of errors, and the stories that moderators hid."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.language import ReaderLanguage
from bot.domain.moderation import Actor
from bot.domain.report import Report, ReportState
from bot.ports.scope import Scope


class ReportRows(Protocol):
    """Reports of errors."""

    async def open(self, story_id: str, chat_id: int | None, headline: str, text: str, now: datetime) -> Report:
        """The open report of a story in a chat (None: for everyone), made where there is none."""
        ...

    async def join(self, report_id: int, actor: Actor, chat_id: int, now: datetime) -> bool:
        """Somebody reports it too; False where they have."""
        ...

    async def voices(self, report_id: int) -> tuple[int, ...]:
        """The chat of each person who reported it, in order; where somebody asked to be forgotten, one fewer."""
        ...

    async def by(self, actor: Actor, since: datetime) -> int:
        """How many points a person has reported since then."""
        ...

    async def get(self, report_id: int) -> Report | None:
        """The report with this number."""
        ...

    async def hold(self, report_id: int) -> Report | None:
        """The same; nobody else decides it until this unit of work ends."""
        ...

    async def waiting(self, chat_id: int, *, for_everyone: bool) -> tuple[Report, ...]:
        """Those a chat's moderators have to decide, and where wanted those for everyone, oldest first."""
        ...

    async def decide(
        self, report_id: int, state: ReportState, actor: Actor, now: datetime, words: str, language: ReaderLanguage
    ) -> None:
        """Write what was decided, or that it is open again."""
        ...

    async def tell(self, report_id: int, change_id: int | None) -> None:
        """Messages are to follow a change of the audit log; None: they do."""
        ...

    async def telling(self, limit: int) -> tuple[Report, ...]:
        """Reports whose decision messages do not follow yet."""
        ...

    async def hide(self, report: Report) -> None:
        """Tell its story no more, in its chat or in all of them."""
        ...

    async def show(self, report_id: int) -> None:
        """Tell again the story that was hidden for a report."""
        ...

    async def hidden(self, scope: Scope) -> frozenset[str]:
        """Ids of the stories that a scope is not told."""
        ...
