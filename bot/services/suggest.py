"""Suggest: a member asks for a feed, the moderators decide, the member hears of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.audit import Change
from bot.domain.chat import Chat, ChatKind
from bot.domain.errors import CommandError
from bot.domain.moderation import DAY, Actor
from bot.domain.offer import Suggestion, SuggestionState
from bot.ports import Clock, Store, UnitOfWork
from bot.services.inspect import Inspector
from bot.services.moderate import Moderation, Moderator
from bot.services.moderators import Moderators
from bot.services.notices import Notices
from bot.views.suggestion import answered_message, suggestion_message


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Takes suggestions and lets moderators decide them."""

    store: Store
    clock: Clock
    inspector: Inspector
    moderation: Moderation
    moderators: Moderators
    notices: Notices

    async def suggest(self, typed: str, chat: Chat, actor: Actor) -> Suggestion:
        """Look at the address, then put it before the moderators: the chat's, or for one's own chat the bot's.

        Raises FetchError, ParseError, or CommandError where it is followed already, or too soon after the last one.
        """
        await self._require_patience(actor)
        candidate = (await self.inspector.offer(typed, chat.id)).choice
        private = chat.kind is ChatKind.PRIVATE
        wanted = Suggestion(0, chat.id, actor, self.clock.now(), candidate, for_everyone=private)
        async with self.store.write() as unit:
            waiting = await unit.suggestions.waiting(chat.id, for_everyone=private)
            if any(other.candidate.url == candidate.url for other in waiting):
                raise CommandError("suggested-already", name=candidate.name)
            suggestion = await unit.suggestions.add(wanted)
            for seat in await self._judges(unit, suggestion):
                await self._show(unit, suggestion, seat)
        return suggestion

    async def waiting(self, by: Moderator) -> tuple[Suggestion, ...]:
        """What this moderator has to decide here, oldest first."""
        async with self.store.read() as unit:
            found = await unit.suggestions.waiting(by.chat.id, for_everyone=by.authority.bot)
        return found if by.authority.chat else tuple(one for one in found if one.for_everyone)

    async def approve(self, suggestion_id: int, by: Moderator) -> Change:
        """Add what was suggested, with the moderator's own rights and limits. Raises CommandError."""
        async with self.store.write() as unit:
            suggestion = await self._decide(unit, suggestion_id, SuggestionState.APPROVED, by)
            spellings = self.inspector.spellings(suggestion.candidate.url)
            change = await self.moderation.add(
                unit, suggestion.candidate, spellings, by, for_everyone=suggestion.for_everyone
            )
            await self._answer(unit, suggestion)
        return change

    async def refuse(self, suggestion_id: int, by: Moderator) -> Suggestion:
        """Don't add it. Raises CommandError."""
        async with self.store.write() as unit:
            suggestion = await self._decide(unit, suggestion_id, SuggestionState.REFUSED, by)
            await self._answer(unit, suggestion)
        return suggestion

    async def _require_patience(self, actor: Actor) -> None:
        async with self.store.read() as unit:
            last = await unit.suggestions.last_by(actor)
        if last is not None and last > self.clock.now() - DAY:
            raise CommandError("suggested-today")

    async def _judges(self, unit: UnitOfWork, suggestion: Suggestion) -> tuple[int, ...]:
        return await self.moderators.seats(unit) if suggestion.for_everyone else (suggestion.chat_id,)

    async def _show(self, unit: UnitOfWork, suggestion: Suggestion, chat_id: int) -> None:
        chat = await unit.chats.get(chat_id)
        if chat is not None:
            now, language, zone = self.clock.now(), self.notices.language(chat), self.notices.zone(chat)
            message = suggestion_message(suggestion, language=language, zone=zone, now=now)
            await self.notices.send(unit, f"suggestion:{suggestion.id}:{chat_id}", chat, message, now)

    async def _answer(self, unit: UnitOfWork, suggestion: Suggestion) -> None:
        """Tell the member, where they asked."""
        chat = await unit.chats.get(suggestion.chat_id)
        if chat is not None:
            message = answered_message(suggestion, self.notices.language(chat))
            key = f"suggestion:{suggestion.id}:answer"
            await self.notices.send(unit, key, chat, message, self.clock.now())

    async def _decide(self, unit: UnitOfWork, number: int, state: SuggestionState, by: Moderator) -> Suggestion:
        found = await unit.suggestions.get(number)
        if found is None or not (found.for_everyone or found.chat_id == by.chat.id):
            raise CommandError("suggestion-unknown", value=number)
        if not (by.authority.bot if found.for_everyone else by.authority.chat):
            raise CommandError("not-bot-moderator" if found.for_everyone else "not-allowed")
        if not await unit.suggestions.decide(number, state, by.actor, self.clock.now()):
            raise CommandError("suggestion-decided", name=found.candidate.name)
        return replace(found, state=state)
