"""Small things moderators do, each with just what a test cares about."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.sql.store import SqlStore
from bot.domain.audit import NewChange
from bot.domain.chat import Chat
from bot.domain.feed import Feed, FeedState, Ownership
from bot.domain.moderation import Case, Standing, Verb
from bot.domain.offer import Candidate, Caution, Offer, Suggestion
from tests.contracts.examples import NOON, spec

ADDED = Standing(attached=True, muted=False, public=False, state=FeedState.ACTIVE)
UNKNOWN = Standing(attached=False, muted=False, public=False, state=FeedState.RETIRED)
CANDIDATE = Candidate(
    url="https://gazette.example/feed?key=s3cret",
    name="La Gazette",
    site="gazette.example",
    language="fr",
    country="SN",
    ownership=Ownership.INDEPENDENT,
    entries=20,
    entries_a_week=31.5,
    relevant=7,
    newest_at=NOON,
    titles=("Une trêve", "Un échange"),
    cautions=(Caution.SECRET, Caution.SAME_ARTICLES),
    same_as="Le Quai",
)
OFFER = Offer((CANDIDATE, replace(CANDIDATE, newest_at=None, ownership=None, same_as=None, cautions=())), chosen=1)


async def enter(store: SqlStore, name: str = "own") -> Feed:
    async with store.write() as unit:
        return await unit.standings.enter(spec(name))


async def settle(store: SqlStore, feed: Feed, chat: Chat, standing: Standing = ADDED) -> None:
    async with store.write() as unit:
        await unit.standings.settle(feed.id, chat.id, standing)


async def case(store: SqlStore, feed: Feed, chat: Chat) -> Case:
    async with store.read() as unit:
        found = await unit.standings.case(feed.id, chat.id)
    assert found is not None
    return found


def change(chat: Chat, feed: Feed, verb: Verb = Verb.ADD, actor: str = "one", undoes: int | None = None) -> NewChange:
    return NewChange(NOON, actor, chat.id, feed.id, feed.name, verb, UNKNOWN, ADDED, undoes)


def suggestion(chat: Chat, actor: str = "one", *, for_everyone: bool = False) -> Suggestion:
    return Suggestion(0, chat.id, actor, NOON, CANDIDATE, for_everyone)
