"""Reports: readers say that a point is wrong; moderators hide it, correct it or dismiss the report; readers hear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.audit import Change, NewChange
from bot.domain.chat import Chat, ChatKind
from bot.domain.errors import CommandError
from bot.domain.feed import FeedState
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message
from bot.domain.moderation import DAY, Standing, Verb
from bot.domain.report import LONGEST_CORRECTION, REPORTS_A_DAY, Report, ReportState, SourceSaid
from bot.domain.story import Story
from bot.editorial.behind import behind
from bot.editorial.headline import headline
from bot.ports import Clock, Scope, Store, UnitOfWork
from bot.services import kept
from bot.services.moderate import Moderator
from bot.services.moderators import Moderators
from bot.services.notices import Notices
from bot.views.report import Card, card_message, closed_message, heard_message

REMEMBERED = timedelta(days=7)
MOST_SOURCES = 4
SHOWN_AT = frozenset({2, 3, 5, 10, 20, 50, 100, 200, 500, 1000})
"""Numbers of people at which cards are brought up to date."""
NOT_A_FEED = Standing(attached=False, muted=False, public=False, state=FeedState.ACTIVE)
STATES = {
    Verb.HIDE: ReportState.HIDDEN,
    Verb.CORRECT: ReportState.CORRECTED,
    Verb.DISMISS: ReportState.DISMISSED,
}


@dataclass(frozen=True, slots=True)
class Reports:
    """Takes reports and lets moderators decide them. Every method raises CommandError where it refuses."""

    store: Store
    clock: Clock
    moderators: Moderators
    notices: Notices

    # --- Readers ---

    async def point(self, story_id: str, chat: Chat) -> tuple[Story, str, str]:
        """A story this chat can see, with the headline and the text it was last told in."""
        now = self.clock.now()
        async with self.store.read() as unit:
            story = await unit.articles.story(story_id, Scope(chat_id=chat.id, known_by=now))
            if story is None:
                raise CommandError("report-gone")
            told = await unit.revisions.citing(story.id, None, now - REMEMBERED, 0, 1000, chat.id)
        for citing in reversed(told):
            briefing = kept.read(citing.briefing)
            for point in briefing.points if briefing else ():
                if point.story_id in {story_id, story.id}:
                    return story, point.headline, point.text
        return story, _headline(story, self.notices.language(chat)), ""

    async def report(self, story_id: str, by: Moderator) -> Report:
        """Report a point: to the chat's moderators where it rests on the chat's own sources, else to the bot's.

        A moderator of a group has it for their chat too, and may decide at once.
        """
        story, said, text = await self.point(story_id, by.chat)
        now = self.clock.now()
        async with self.store.write() as unit:
            if await unit.reports.by(by.actor, now - DAY) >= REPORTS_A_DAY and not _moderates(by):
                raise CommandError("too-many-reports", limit=REPORTS_A_DAY)
            seats = await self.moderators.seats(unit)
            everyones = await unit.articles.story(story.id, Scope(known_by=now)) is not None
            reported: list[Report] = []
            for scope in _scopes(everyones=everyones, seats=bool(seats), by=by):
                report = await unit.reports.open(story.id, scope, said, text, now)
                if await unit.reports.join(report.id, by.actor, by.chat.id, now):
                    await self._show(unit, report, seats if scope is None else (scope,), by)
                elif not may_decide(report, by):
                    raise CommandError("reported-already")
                reported.append(report)
        return reported[-1]

    # --- Moderators ---

    async def waiting(self, by: Moderator) -> tuple[Report, ...]:
        """What this moderator has to decide here, oldest first."""
        async with self.store.read() as unit:
            found = await unit.reports.waiting(by.chat.id, for_everyone=by.authority.bot)
        return found if by.authority.chat else tuple(one for one in found if one.for_everyone)

    async def one(self, number: int, by: Moderator) -> Report:
        """A report this moderator may decide and nobody has."""
        async with self.store.read() as unit:
            return _open(await unit.reports.get(number), number, by)

    async def card(self, report: Report, others: int = 0) -> Card:
        """A report as moderators see it."""
        async with self.store.read() as unit:
            return await self._card(unit, report, others)

    async def decide(
        self, number: int, verb: Verb, by: Moderator, words: str = "", language: ReaderLanguage = "fr"
    ) -> Change:
        """Hide, correct or dismiss: once, whoever decides first."""
        if verb is Verb.CORRECT:
            words = _sentence(words)
        now = self.clock.now()
        async with self.store.write() as unit:
            report = _open(await unit.reports.hold(number), number, by)
            decided = replace(report, state=STATES[verb], words=words, language=language)
            await unit.reports.decide(number, decided.state, by.actor, now, words, language)
            if verb is Verb.HIDE:
                await unit.reports.hide(report)
            change = await unit.audit.record(self._change(verb, report, by))
            if verb is Verb.CORRECT:
                await unit.reports.tell(number, change.id)
            await self._close(unit, decided, by)
            await self._answer(unit, decided, change.id)
        return change

    async def undo(self, change_id: int, by: Moderator) -> Change:
        """Take a decision back: the report waits again."""
        async with self.store.write() as unit:
            found = await unit.audit.get(change_id)
            if found is None or found.report_id is None:
                raise CommandError("undo-unknown", value=change_id)
            report = await unit.reports.hold(found.report_id)
            if report is None:
                raise CommandError("undo-unknown", value=change_id)
            report.require(by.authority, by.chat.id)
            found = await unit.audit.get(change_id)
            if found is None or not found.can_be_undone:
                raise CommandError("undo-done-already", name=report.headline)
            if report.state is not STATES[found.verb]:
                raise CommandError("undo-changed-since", name=report.headline)
            await unit.reports.decide(
                report.id, ReportState.OPEN, by.actor, self.clock.now(), report.words, report.language
            )
            if found.verb is Verb.HIDE:
                await unit.reports.show(report.id)
            change = await unit.audit.record(replace(self._change(Verb.UNDO, report, by), undoes=found.id))
            if found.verb is Verb.CORRECT:
                await unit.reports.tell(report.id, change.id)
        return change

    def _change(self, verb: Verb, report: Report, by: Moderator) -> NewChange:
        return NewChange(
            at=self.clock.now(),
            actor=by.actor,
            chat_id=by.chat.id,
            feed_id=None,
            name=report.headline,
            verb=verb,
            before=NOT_A_FEED,
            after=NOT_A_FEED,
            report_id=report.id,
            everyones=report.for_everyone,
        )

    # --- Cards and answers ---

    async def _card(self, unit: UnitOfWork, report: Report, others: int = 0) -> Card:
        scope = Scope(chat_id=report.chat_id, known_by=self.clock.now())
        story = await unit.articles.story(report.story_id, scope)
        said: tuple[SourceSaid, ...] = ()
        if story is not None:
            said = behind(f"{report.headline}. {report.text}", story.articles, MOST_SOURCES)
        return Card(report, said, len(await unit.reports.voices(report.id)), others)

    async def _show(self, unit: UnitOfWork, report: Report, chats: tuple[int, ...], by: Moderator) -> None:
        """Put the card before the moderators, or bring it up to date; whoever reports and decides has it already."""
        card = await self._card(unit, report)
        if card.people > 1 and card.people not in SHOWN_AT:
            return
        for chat_id in chats:
            if chat_id == by.chat.id and may_decide(report, by):
                continue
            chat = await unit.chats.get(chat_id)
            if chat is not None:
                message = card_message(card, self.notices.language(chat))
                await self._put(unit, report, chat, message, f"{card.people}")

    async def _close(self, unit: UnitOfWork, report: Report, by: Moderator) -> None:
        """Cards elsewhere say what was decided, and have no buttons any more."""
        chats = (report.chat_id,) if report.chat_id is not None else await self.moderators.seats(unit)
        for chat_id in chats:
            chat = await unit.chats.get(chat_id)
            if chat is not None and chat_id != by.chat.id:
                message = closed_message(report, self.notices.language(chat))
                await self._put(unit, report, chat, message, f"{report.state}")

    async def _put(self, unit: UnitOfWork, report: Report, chat: Chat, message: Message, what: str) -> None:
        """Send a card, or replace the one that was sent."""
        key = f"report:{report.id}:{chat.id}"
        sent = await unit.deliveries.find(key)
        now = self.clock.now()
        if sent is None:
            await self.notices.send(unit, key, chat, message, now)
        else:
            await self.notices.send(unit, f"{key}:{what}", chat, message, now, edits=sent)

    async def _answer(self, unit: UnitOfWork, report: Report, change_id: int) -> None:
        """Whoever reported it hears what was decided, once a chat."""
        for chat_id in dict.fromkeys(await unit.reports.voices(report.id)):
            chat = await unit.chats.get(chat_id)
            if chat is not None:
                message = heard_message(report, self.notices.language(chat))
                key = f"report:{report.id}:answer:{change_id}:{chat_id}"
                await self.notices.send(unit, key, chat, message, self.clock.now())


def _headline(story: Story, language: ReaderLanguage) -> str:
    """What a story is called that was told in no edition: by its newest article, in the reader's language if any is."""
    newest = max(
        story.articles,
        key=lambda sourced: (sourced.article.language == language, sourced.article.published, sourced.article.id),
    )
    article = newest.article
    return headline(article.title, article.language, newest.source.name).text or article.title


def may_decide(report: Report, by: Moderator) -> bool:
    """Whether whoever reports it decides it too."""
    return by.authority.bot if report.for_everyone else by.authority.chat


def _moderates(by: Moderator) -> bool:
    """Whether somebody looks after more than their own private chat."""
    return by.authority.bot or (by.authority.chat and by.chat.kind is not ChatKind.PRIVATE)


def _scopes(*, everyones: bool, seats: bool, by: Moderator) -> list[int | None]:
    """Whose moderators are asked (None: the bot's); the last one is for whoever reports it to decide, if they may."""
    if not everyones:
        return [by.chat.id]
    if by.authority.bot:
        return [None]
    if not seats:
        return [by.chat.id]
    return [None, by.chat.id] if _moderates(by) else [None]


def _open(report: Report | None, number: int, by: Moderator) -> Report:
    if report is None:
        raise CommandError("report-unknown", value=number)
    report.require(by.authority, by.chat.id)
    if report.state is not ReportState.OPEN:
        raise CommandError("report-decided", headline=report.headline)
    return report


def _sentence(words: str) -> str:
    """One line of plain words. An address is none: readers can't tell whose it is."""
    line = " ".join(words.split())
    if not line:
        raise CommandError("correction-empty")
    if len(line) > LONGEST_CORRECTION:
        raise CommandError("correction-too-long", limit=LONGEST_CORRECTION)
    if "://" in line or "www." in line.lower():
        raise CommandError("correction-with-address")
    return line if line[-1] in ".!?…»”" else f"{line}."
