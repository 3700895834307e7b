"""The first minute: a greeting, two taps, today's edition."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import NoReturn

import pytest

from bot.adapters.console import HERE, ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.feed import FeedReading
from bot.domain.language import ReaderLanguage
from bot.domain.message import ACTION_LIMIT, plain
from bot.domain.subscription import Subscription
from bot.services.brief import Briefer
from bot.services.deliver import Deliverer
from bot.services.editions import Editions
from tests.commands.conftest import Ask
from tests.commands.press import publish
from tests.commands.talk import actions, labels, said, spaced, words
from tests.contracts.examples import follow
from tests.fakes.clock import FakeClock
from tests.fakes.platform import FakePlatform

GROUP = ChatAddress("console", "-5")


async def subscriptions(store: SqlStore, address: ChatAddress = HERE) -> tuple[Subscription, ...]:
    async with store.read() as unit:
        chat = await unit.chats.find(address)
        return await unit.subscriptions.of(chat.id) if chat else ()


@pytest.mark.parametrize(
    ("language", "greeted", "warned", "morning"),
    [
        ("fr-SN", "cinq minutes par jour", "alerte aérienne", "Chaque jour à 8 h"),
        ("en-GB", "five minutes a day", "air-raid warning", "Every day at 8:00"),
    ],
)
async def test_a_newcomer_is_greeted_in_their_own_language_with_a_first_tap(
    ask: Ask, language: str, greeted: str, warned: str, morning: str
) -> None:
    greeting = await said(ask, "/start", language=language)
    assert greeted in await words(ask, "/start", language=language)
    assert warned in await words(ask, "/start", language=language)
    assert (labels(greeting)[0], actions(greeting)[0]) == (morning, "start 8:00")
    assert {"start 7:00", "start 12:00", "start 19:00"} < set(actions(greeting))


async def test_the_second_tap_is_a_city_known_by_its_clock(ask: Ask, clock: FakeClock) -> None:
    clock.pass_by(minutes=5)
    french, english = await said(ask, "/start 8:00"), await said(ask, "/start 19:00", language="en")
    assert labels(french) == ["Dakar 12 h 05", "Paris 13 h 05", "Kyiv 14 h 05", "Autre…"]
    assert actions(french)[0] == "start 8:00 Africa/Dakar"
    assert labels(english)[:2] == ["Dakar 12:05", "London 12:05"]
    assert actions(english)[-1] == "start 19:00 more"


async def test_other_cities_take_the_place_of_the_first_ones(ask: Ask) -> None:
    few, many = await said(ask, "/start 8:00"), await said(ask, "/start 8:00 more")
    assert many.replaces
    assert not few.replaces
    assert set(actions(few)) - {"start 8:00 more"} < set(actions(many))
    assert all(len(action.encode()) <= ACTION_LIMIT for action in actions(many))
    assert "/subscribe 8:00 Nouakchott" in await words(ask, "/start 8:00 more")


async def test_the_zone_of_the_operator_is_among_the_first_cities(ask: Ask, store: SqlStore) -> None:
    await ask("/settings zone Tokyo")
    assert "start 8:00 Asia/Tokyo" in actions(await said(ask, "/start 8:00"))


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("language", "confirmed", "told"),
    [
        ("fr", "C’est noté : le point chaque jour à 8 h (Dakar). Prochain envoi : demain, 8 h.", "Kiev et Moscou"),
        ("en", "Done: a briefing every day at 08:00 (Dakar). The next one: tomorrow, 08:00.", "Kyiv and Moscow"),
    ],
)
async def test_after_both_taps_todays_edition_follows_at_once(
    ask: Ask, store: SqlStore, language: ReaderLanguage, confirmed: str, told: str
) -> None:
    edition = await said(ask, "/start 8:00 Africa/Dakar", language=language)
    assert edition.replaces
    first, title, *body = spaced(plain(edition)).split("\n")
    assert first == confirmed
    assert title.endswith("(Dakar)")
    assert told in "\n".join(body)
    (subscription,) = await subscriptions(store)
    assert (subscription.language, subscription.schedule.zone) == (language, "Africa/Dakar")
    assert actions(edition)[-3:] == ["settings topics", "settings", "report"]


@pytest.mark.usefixtures("news")
async def test_what_the_first_edition_told_counts_as_told(ask: Ask, store: SqlStore, clock: FakeClock) -> None:
    await ask("/start 8:00 Africa/Dakar")
    (subscription,) = await subscriptions(store)
    async with store.read() as unit:
        told = await unit.deliveries.told(subscription.chat_id, clock.now() - timedelta(days=1))
        assert await unit.deliveries.last_window_end(subscription.id) == clock.now()
    assert {article for _, articles in told.values() for article in articles} >= {"a0", "a1"}


@pytest.mark.usefixtures("news")
async def test_the_same_tap_again_is_no_second_subscription(ask: Ask, store: SqlStore) -> None:
    await ask("/start 8:00 Africa/Dakar")
    again = await words(ask, "/start 8:00 Africa/Dakar")
    assert again == "Vous recevez déjà le point chaque jour à 8 h (Dakar)."
    assert len(await subscriptions(store)) == 1


@pytest.mark.usefixtures("news")
async def test_killed_before_its_edition_was_written_it_is_carried_out_whole_when_told_again(
    ask: Ask, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update comes again: the order must not be found done, without its edition."""
    with monkeypatch.context() as patched:
        patched.setattr(Briefer, "write", killed)
        with pytest.raises(asyncio.CancelledError):
            await ask("/start 8:00 Africa/Dakar", update="telegram:1")
    assert await subscriptions(store) == ()
    assert "Kiev et Moscou" in await words(ask, "/start 8:00 Africa/Dakar", update="telegram:1")
    (subscription,) = await subscriptions(store)
    async with store.read() as unit:
        assert await unit.deliveries.last_window_end(subscription.id) is not None
    assert await ask("/start 8:00 Africa/Dakar", update="telegram:1") is None


async def killed(*_: object) -> NoReturn:
    """What is under way ends here."""
    raise asyncio.CancelledError


@pytest.mark.usefixtures("news")
async def test_a_second_order_is_as_long_as_the_first_from_its_first_edition_on(ask: Ask) -> None:
    await ask("/subscribe 19h Dakar")
    await ask("/settings length headlines")
    edition = await words(ask, "/start 8:00 Europe/Paris")
    assert "84 prisonniers" in edition
    assert "Les deux ministères" not in edition


async def test_without_news_the_first_edition_says_why(ask: Ask) -> None:
    answer = await words(ask, "/start 8:00 Africa/Dakar")
    assert answer.startswith("C’est noté")
    assert "Aucune source suivie" in answer


async def test_whoever_has_briefings_is_told_when_they_come(ask: Ask) -> None:
    await ask("/subscribe 8h Dakar")
    greeting = await said(ask, "/start")
    assert "Vos points : 8 h (Dakar)." in await words(ask, "/start")
    assert actions(greeting) == ["brief", "settings", "start en"]


async def test_the_other_language_is_one_tap_away_and_is_kept(ask: Ask) -> None:
    assert "start en" in actions(await said(ask, "/start", language="fr"))
    assert (await words(ask, "/start en", language="fr")).startswith("Hello.")
    assert "What I can do" in await words(ask, "/help", language="fr")


@pytest.mark.parametrize("line", ["/start c29tZSBvdGhlciBib3Q", "/start 25:00", "/start 8h 9h 10h", "/start truc"])
async def test_what_a_strangers_link_carries_is_greeted(ask: Ask, line: str) -> None:
    assert (await words(ask, line)).startswith("Bonjour.")


async def test_an_unknown_city_is_asked_for_again(ask: Ask, store: SqlStore) -> None:
    assert "quelle heure est-il chez vous" in await words(ask, "/start 8:00 Atlantis")
    assert await subscriptions(store) == ()


@pytest.mark.parametrize("line", ["/start 8:00", "/start 8:00 Africa/Dakar"])
async def test_in_a_group_only_moderators_choose(ask: Ask, store: SqlStore, line: str) -> None:
    assert (await words(ask, "/start", chat=GROUP, kind=ChatKind.GROUP, moderator=False)).startswith("Bonjour.")
    refusal = await words(ask, line, chat=GROUP, kind=ChatKind.GROUP, moderator=False)
    assert refusal.startswith("Seuls les modérateurs")
    assert await subscriptions(store, GROUP) == ()
    await ask("/start 8:00 Africa/Dakar", chat=GROUP, kind=ChatKind.GROUP)
    assert len(await subscriptions(store, GROUP)) == 1


async def test_a_members_tap_on_a_language_changes_nothing_for_the_group(ask: Ask) -> None:
    answer = await words(ask, "/start en", chat=GROUP, kind=ChatKind.GROUP, moderator=False)
    assert answer.startswith("Hello.")
    assert "Ce que je sais faire" in await words(ask, "/help", chat=GROUP, kind=ChatKind.GROUP)


@pytest.mark.usefixtures("news")
async def test_the_next_morning_starts_where_the_first_edition_ended(
    ask: Ask, store: SqlStore, clock: FakeClock
) -> None:
    await ask("/start 8:00 Africa/Dakar")
    clock.pass_by(hours=20)
    await publish(store, clock, ("Le Quai", "fr", "Ukraine : un terminal céréalier touché à Odessa", 0.1))
    editions = Editions(store, clock, Briefer(store, ExtractiveWriter()), {"console": ConsoleRenderer()}, "me")
    assert await editions.turn() == 1
    async with store.write() as unit:
        (part,) = await unit.deliveries.claim("me", ["console"], clock.now(), clock.now() + timedelta(seconds=15), 9)
    text = spaced(str(part.part.payload["text"]))
    assert "Depuis votre dernier point (hier 12 h)" in text
    assert "céréalier" in text
    assert "prisonniers" not in text


@pytest.mark.parametrize(
    ("language", "confirmed", "first"),
    [
        ("fr", "C’est noté", "Première lecture : 0 source sur 1… Ce message sera complété."),
        ("en", "Done", "First reading: 0 of 1 sources so far. This message will be completed."),
    ],
)
async def test_during_the_first_reading_the_edition_follows_as_a_message_that_is_completed_in_place(
    ask: Ask, store: SqlStore, clock: FakeClock, language: ReaderLanguage, confirmed: str, first: str
) -> None:
    (feed,) = await follow(store, "a")
    answer = await words(ask, "/start 8:00 Africa/Dakar", language=language)
    assert answer.startswith(confirmed)
    assert "Première lecture" not in answer
    platform = FakePlatform()
    deliverer = Deliverer(store, clock, {"console": platform}, "me")
    await deliverer.turn()
    assert [spaced(text).split("\n")[0] for _, text in platform.sent] == [first]
    async with store.write() as unit:
        await unit.feeds.save_readings([FeedReading(feed.id, last_attempt=clock.now(), last_success=clock.now())])
    await publish(store, clock, ("Le Quai", "fr", "Ukraine : un cargo céréalier touché à Odessa", 0.1))
    await Editions(store, clock, Briefer(store, ExtractiveWriter()), {"console": ConsoleRenderer()}, "me").turn()
    await deliverer.turn()
    assert len(platform.sent) == 1
    assert ["Odessa" in text for _, text in platform.edits] == [True]


# --- A channel, set up by its administrator in private ---

CHANNEL = ChatAddress("console", "-7")
REMOTE = {"kind": ChatKind.CHANNEL, "chat": CHANNEL}


@pytest.mark.parametrize(
    ("language", "welcome", "asked"),
    [
        ("fr", "Je peux maintenant publier dans ce canal.", "À quelle heure y publier le point ?"),
        ("en", "I can now post in this channel.", "When should the briefing be posted there?"),
    ],
)
async def test_who_brings_us_into_a_channel_is_asked_when_to_post(
    ask: Ask, language: str, welcome: str, asked: str
) -> None:
    offer = await said(ask, "/start", language=language, **REMOTE)
    first, last = spaced(plain(offer)).split("\n")
    assert first.startswith(welcome)
    assert last == asked
    assert actions(offer)[0] == "start 8:00"


@pytest.mark.usefixtures("news")
async def test_a_channels_order_is_confirmed_and_its_readers_have_been_told_nothing(ask: Ask, store: SqlStore) -> None:
    done = await said(ask, "/start 8:00 Africa/Dakar", **REMOTE)
    assert spaced(plain(done)) == "C’est noté : le point chaque jour à 8 h (Dakar). Prochain envoi : demain, 8 h."
    (subscription,) = await subscriptions(store, CHANNEL)
    async with store.read() as unit:
        assert await unit.deliveries.last_window_end(subscription.id) is None
    assert "Vos points : 8 h (Dakar)." in await words(ask, "/start", **REMOTE)


@pytest.mark.usefixtures("news")
async def test_a_pushed_edition_offers_details_what_was_missed_and_settings(
    ask: Ask, store: SqlStore, clock: FakeClock
) -> None:
    await ask("/subscribe 8h Dakar")
    clock.pass_by(hours=20)
    editions = Editions(store, clock, Briefer(store, ExtractiveWriter()), {"console": ConsoleRenderer()}, "me")
    assert await editions.turn() == 1
    async with store.write() as unit:
        (due,) = await unit.deliveries.claim("me", ["console"], clock.now(), clock.now() + timedelta(seconds=15), 5)
    offered = due.part.payload["actions"]
    assert isinstance(offered, list)
    assert [action.partition(" ")[0] for action in offered][:2] == ["story", "story"]
    assert offered[-5:] == ["status ceasefire", "sources", "brief 72", "settings", "report"]
