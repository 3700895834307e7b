"""Follow: the topics a chat's briefings keep to. None followed means all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.chat import Chat
from bot.domain.subscription import Subscription
from bot.domain.topic import TopicId
from bot.ports import Store
from bot.services.subscribe import adjust


async def follow(store: Store, chat: Chat, topic: TopicId) -> tuple[Subscription, ...]:
    """All of a chat's briefings keep to this topic too; its subscriptions, empty where it has no briefings."""
    return await adjust(store, chat, lambda one: replace(one, topics=tuple(dict.fromkeys((*one.topics, topic)))))


async def unfollow(store: Store, chat: Chat, topic: TopicId | None) -> tuple[Subscription, ...]:
    """The topic is followed no more (None: no topic is); after the last one, briefings are about everything again."""

    def without(one: Subscription) -> Subscription:
        return replace(one, topics=tuple(kept for kept in one.topics if topic not in {None, kept}))

    return await adjust(store, chat, without)


def followed_topics(subscriptions: Iterable[Subscription]) -> tuple[TopicId, ...]:
    """What a chat follows, in the order it chose; empty: everything."""
    return tuple(dict.fromkeys(topic for one in subscriptions for topic in one.topics))
