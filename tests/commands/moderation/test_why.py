"""``/feedwhy``: what became of an article."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.delivery import DeliveryKind, NewDelivery, SendOutcome, SendResult
from bot.domain.feed import FeedSpec
from bot.domain.message import RenderedPart
from bot.ports import Scope
from tests.commands.moderation.conftest import GROUP, Someone
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.usefixtures("news")


async def test_an_article_in_the_briefing_is_explained(admin: Someone) -> None:
    words = await admin.words("/feedwhy https://example.org/0?utm_source=telegram#top")
    assert words.startswith("Guerre en Ukraine : 84 prisonniers échangés de chaque côté")
    assert "Dans Le Quai. Paru\u00a0: 12\u00a0h." in words
    assert "Jugé lié à la guerre" in words
    assert "dans le titre\u00a0: «\u00a0" in words
    assert "du point des dernières 24 heures" in words
    assert "Rien n’en a encore été envoyé" in words


async def test_an_article_that_was_left_out_says_why(admin: Someone) -> None:
    words = await admin.having(language="en").words("/feedwhy https://example.org/3")
    assert "Judged to be off topic" in words
    assert "briefing" not in words


async def test_an_article_is_found_by_words_of_its_title_too(admin: Someone) -> None:
    assert "Kiev prêt à une trêve" in await admin.words("/feedwhy prêt à une trêve")
    assert "Je n’ai pas lu" in await admin.words("/feedwhy la récolte de mil")


async def test_what_was_already_sent_is_said(admin: Someone, store: SqlStore, clock: FakeClock) -> None:
    await admin("/feeds")
    async with store.write() as unit:
        chat = await unit.chats.find(GROUP)
        assert chat is not None
        trace = await unit.traces.at(["https://example.org/0"], Scope())
        assert trace is not None
        assert trace.story_id is not None
        told = ((trace.story_id, (trace.article_id,)),)
        parts = (RenderedPart({"text": "84 prisonniers"}),)
        delivery = NewDelivery("daily:1", chat.id, DeliveryKind.DAILY, parts, told=told)
        await unit.deliveries.enqueue(delivery, clock.now())
        until = clock.now() + timedelta(seconds=15)
        (part,) = await unit.deliveries.claim("test", ["console"], clock.now(), until, 1)
        await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, "1"), clock.now(), None)
    clock.pass_by(hours=1)
    assert "à partir de cet article" in await admin.words("/feedwhy https://example.org/0")


async def test_an_unread_article_of_a_followed_site_says_so(admin: Someone, store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec("https://www.quai.example/rss", "Le Quai du soir")])
    words = await admin.words("/feedwhy https://quai.example/2026/une-treve")
    assert "Je n’ai pas lu" in words
    assert "Je lis pourtant ce site\u00a0: Le Quai du soir." in words
    assert "Donnez l’adresse d’un article" in await admin.words("/feedwhy")
