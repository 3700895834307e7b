"""Servers: who is told by name, and of what."""

from __future__ import annotations

from bot.domain.chat import Chat, ChatAddress, ChatKind
from bot.domain.message import Message
from bot.domain.server import Posting, Server, posted

HERE = Posting(alert_role="8", tag="301")


def test_only_breaking_news_mentions_the_role_that_was_chosen() -> None:
    edition, alert = Message("fr", ()), Message("fr", (), breaking=True)
    assert posted(edition, HERE) == Message("fr", (), tag="301")
    assert posted(alert, HERE) == Message("fr", (), breaking=True, mention="8", tag="301")
    assert posted(alert, Posting()) == alert


def test_a_chats_own_choice_comes_before_its_servers() -> None:
    server = Server("console", "1", language="en", zone="Africa/Dakar")
    chat = Chat(1, ChatAddress("console", "10"), ChatKind.GROUP, "fr", None)
    assert (server.home_of(chat).language, server.home_of(chat).zone) == ("fr", "Africa/Dakar")
