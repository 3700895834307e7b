"""``/addfeed``: nothing is followed before it was shown and wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.feed import FeedSpec, Ownership
from bot.domain.message import plain
from tests.commands.moderation.conftest import GROUP, OTHER, OTHER_GROUP, WAR, Followed, Publish, Someone, action, buttons
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer, moved

Page = Callable[..., None]


async def test_a_page_leads_to_a_card_and_a_tap_adds_the_feed(
    admin: Someone, site: WebServer, publish: Publish, page: Page, followed: Followed
) -> None:
    publish("/feed", *WAR, *OTHER)
    page("/", "/feed")
    card = await admin(f"/addfeed {site.url('/')}")
    words = plain(card)
    for said in ("La Gazette du port", "français", "60\u00a0% sur la guerre (5 articles lus)", "Genève", "11\u00a0h"):
        assert said in words, words
    assert await followed(GROUP) == ()
    done = await admin.press(card, "Ajouter")
    assert "Ajoutée pour cette conversation\u00a0: La Gazette du port." in plain(done)
    (feed,) = await followed(GROUP)
    assert (feed.spec.url, feed.spec.name, feed.spec.language) == (site.url("/feed"), "La Gazette du port", "fr")
