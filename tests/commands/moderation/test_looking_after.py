"""Removing, pausing, muting, promoting, undoing: who may, what it does, and what the log says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.chat import ChatKind
from bot.domain.feed import Feed, FeedReading, FeedSpec, FeedState
from bot.domain.message import plain
from tests.commands.moderation.conftest import (
    GROUP,
    OTHER_GROUP,
    WAR,
    Followed,
    Publish,
    Someone,
    action,
    buttons,
)
from tests.fakes.clock import FakeClock
from tests.fakes.web import WebServer

Added = Callable[..., Awaitable[int]]
LISTED = FeedSpec("https://www.lemonde.fr/rss", "Le Monde", "fr")


@pytest.fixture
def added(admin: Someone, site: WebServer, publish: Publish) -> Added:
    """``await added(someone)``: they add the Gazette to their chat; its number."""

    async def added(someone: Someone = admin, path: str = "/feed", name: str = "La Gazette") -> int:
        publish(path, *WAR, name=name, home=f"https://gazette.example{path}")
        done = await someone.press(await someone(f"/addfeed {site.url(path)}"), "Ajouter")
        assert "Ajoutée" in plain(done)
        number = next(
            button.action for button in buttons(await someone("/removefeed")).values() if name in button.label
        )
        return int(number.split()[-1])

    return added


@pytest.fixture
async def listed(store: SqlStore) -> Feed:
    """A feed of the operator's list."""
    async with store.write() as unit:
        await unit.feeds.reconcile([LISTED])
        feed = await unit.standings.find([LISTED.url])
    assert feed is not None
    return feed


async def state(store: SqlStore, feed_id: int) -> FeedState:
    async with store.read() as unit:
        return next(feed.state for feed in await unit.standings.everywhere() if feed.id == feed_id)


async def due(store: SqlStore, clock: FakeClock) -> list[int]:
    """The feeds that would be fetched now."""
    async with store.write() as unit:
        leased = await unit.feeds.lease_due("test", clock.now(), clock.now(), 10)
    return [feed.id for feed, _ in leased]


# --- Remove ---


async def test_a_removed_feed_is_gone_and_comes_back_by_undoing(
    admin: Someone, added: Added, followed: Followed, store: SqlStore, clock: FakeClock
) -> None:
    number = await added()
    gone = await admin(f"/removefeed {number}")
    assert plain(gone) == "Retirée\u00a0: La Gazette."
    assert await followed(GROUP) == ()
    assert await state(store, number) is FeedState.RETIRED
    back = await admin.press(gone, "Annuler")
    assert plain(back) == "Annulé\u00a0: La Gazette est comme avant."
    assert [feed.id for feed in await followed(GROUP)] == [number]
    assert await due(store, clock) == [number]


async def test_a_feed_is_named_by_number_by_name_or_by_address(
    admin: Someone, added: Added, site: WebServer, followed: Followed
) -> None:
    for name in ("{number}", "n°{number}", "#{number}", "gazette", "LA GAZETTE", site.url("/feed"), site.url("/feed/")):
        number = await added()
        assert "Retirée" in await admin.words("/removefeed " + name.format(number=number)), name
        assert await followed(GROUP) == ()


async def test_a_name_that_fits_several_feeds_is_asked_about(admin: Someone, added: Added, followed: Followed) -> None:
    first, second = await added(name="Gazette du port"), await added(path="/b", name="Gazette du lac")
    which = await admin("/removefeed gazette")
    assert [button.action for button in buttons(which).values()] == [f"removefeed {first}", f"removefeed {second}"]
    assert len(await followed(GROUP)) == 2


async def test_a_feed_that_is_not_there_any_more_is_said_so(admin: Someone, added: Added) -> None:
    number = await added()
    await admin(f"/removefeed {number}")
    stale = await admin.words(f"/removefeed {number}")
    assert stale == f"«\u00a0{number}\u00a0» n’est pas (ou plus) une source ici. /feeds montre celles qu’il y a."


async def test_a_feed_two_chats_share_stays_with_the_other_one(
    admin: Someone, added: Added, followed: Followed, store: SqlStore
) -> None:
    number = await added()
    other = admin.having(chat=OTHER_GROUP, person="other")
    assert await added(other) == number
    await admin(f"/removefeed {number}")
    assert [feed.id for feed in await followed(OTHER_GROUP)] == [number]
    assert await state(store, number) is FeedState.ACTIVE


async def test_undoing_an_addition_leaves_the_feed_to_a_chat_that_added_it_since(
    admin: Someone, site: WebServer, publish: Publish, added: Added, followed: Followed
) -> None:
    publish("/feed", *WAR)
    done = await admin.press(await admin(f"/addfeed {site.url('/feed')}"), "Ajouter")
    other = admin.having(chat=OTHER_GROUP)
    await other.press(await other(f"/addfeed {site.url('/feed')}"), "Ajouter")
    await admin.press(done, "Annuler")
    assert await followed(GROUP) == ()
    assert [feed.state for feed in await followed(OTHER_GROUP)] == [FeedState.ACTIVE]


# --- Pause and resume ---


async def test_a_paused_feed_is_not_fetched_until_it_is_resumed(
    admin: Someone, added: Added, store: SqlStore, clock: FakeClock
) -> None:
    number = await added()
    assert "Suspendue" in await admin.words(f"/pausefeed {number}")
    assert await due(store, clock) == []
    assert "en pause" in await admin.words("/feeds")
    assert "n’est déjà plus lue" in await admin.words(f"/pausefeed {number}")
    assert "Reprise" in await admin.words(f"/resumefeed {number}")
    assert await due(store, clock) == [number]
    assert "est déjà lue" in await admin.words(f"/resumefeed {number}")


async def test_resuming_forgets_the_failures_that_paused_it(
    admin: Someone, added: Added, store: SqlStore, clock: FakeClock
) -> None:
    number = await added()
    async with store.write() as unit:
        failing = FeedReading(
            number, next_poll=clock.now(), failing_since=clock.now(), failures=9, error_key="too-large"
        )
        await unit.feeds.save_readings([failing])
    await admin(f"/pausefeed {number}")
    await admin(f"/resumefeed {number}")
    async with store.read() as unit:
        reading = (await unit.feeds.readings([number]))[number]
    assert (reading.failures, reading.failing_since, reading.error_key, reading.next_poll) == (0, None, None, None)


async def test_a_feed_others_follow_too_can_only_be_muted(admin: Someone, added: Added, store: SqlStore) -> None:
    number = await added()
    await added(admin.having(chat=OTHER_GROUP))
    words = await admin.words(f"/pausefeed {number}")
    assert words == f"D’autres conversations suivent aussi La Gazette. /mutefeed {number} la tait ici seulement."
    assert await state(store, number) is FeedState.ACTIVE


async def test_adding_a_feed_another_chat_paused_has_it_read_and_keeps_it_from_that_chat(
    admin: Someone, added: Added, followed: Followed, store: SqlStore, clock: FakeClock
) -> None:
    number = await added()
    await admin(f"/pausefeed {number}")
    await added(admin.having(chat=OTHER_GROUP))
    assert await due(store, clock) == [number]
    assert [feed.id for feed in await followed(OTHER_GROUP)] == [number]
    assert await followed(GROUP) == ()
    assert "muette ici" in await admin.words("/feeds")


# --- Mute ---


async def test_muting_silences_everyones_feed_here_and_nowhere_else(
    admin: Someone, listed: Feed, followed: Followed, store: SqlStore, clock: FakeClock
) -> None:
    other = admin.having(chat=OTHER_GROUP)
    await other("/feeds")
    assert "Muette ici" in await admin.words("/mutefeed le monde")
    assert await followed(GROUP) == ()
    assert [feed.id for feed in await followed(OTHER_GROUP)] == [listed.id]
    assert await due(store, clock) == [listed.id]
    assert "Le Monde · muette ici" in await admin.words("/feeds")
    assert "est déjà muette ici" in await admin.words(f"/mutefeed {listed.id}")
    assert "De nouveau entendue" in await admin.words(f"/unmutefeed {listed.id}")
    assert [feed.id for feed in await followed(GROUP)] == [listed.id]


async def test_a_feed_every_chat_muted_is_not_fetched(
    admin: Someone, added: Added, store: SqlStore, clock: FakeClock
) -> None:
    number = await added()
    await admin(f"/mutefeed {number}")
    assert await due(store, clock) == []


async def test_adding_a_muted_feed_says_how_to_hear_it(admin: Someone, site: WebServer, added: Added) -> None:
    number = await added()
    await admin(f"/mutefeed {number}")
    words = await admin.words(f"/addfeed {site.url('/feed')}")
    assert words == f"La Gazette est déjà suivie, mais muette ici. /unmutefeed {number} la fait entendre."


# --- Everyone's sources ---


@pytest.mark.parametrize("verb", ["removefeed", "pausefeed"])
async def test_a_chats_moderator_may_not_change_everyones_sources(
    admin: Someone, listed: Feed, store: SqlStore, verb: str
) -> None:
    words = await admin.words(f"/{verb} {listed.id}")
    assert f"/mutefeed {listed.id} la tait ici." in words
    assert await state(store, listed.id) is FeedState.ACTIVE


async def test_a_bot_moderator_pauses_everyones_sources_but_does_not_edit_the_operators_list(
    bot_moderator: Someone, listed: Feed, store: SqlStore
) -> None:
    assert "vient de la liste de l’opérateur" in await bot_moderator.words(f"/removefeed {listed.id}")
    assert "Suspendue" in await bot_moderator.words(f"/pausefeed {listed.id}")
    assert await state(store, listed.id) is FeedState.PAUSED


async def test_promoting_gives_a_chats_feed_to_everyone_and_removing_takes_it_back(
    admin: Someone, bot_moderator: Someone, added: Added, followed: Followed
) -> None:
    here = bot_moderator.having(chat=GROUP, kind=ChatKind.GROUP, moderator=False)
    number = await added()
    await bot_moderator("/feeds")
    assert "Seuls les modérateurs du robot" in await admin.words(f"/promotefeed {number}")
    assert "Désormais pour tout le monde" in await here.words(f"/promotefeed {number}")
    assert [feed.id for feed in await followed(bot_moderator.chat)] == [number]
    assert "seuls les modérateurs du robot" in await admin.words(f"/removefeed {number}")
    assert "Retirée" in await bot_moderator.words(f"/removefeed {number}")
    assert await followed(bot_moderator.chat) == ()
    assert [feed.id for feed in await followed(GROUP)] == [number]


async def test_a_bot_moderator_who_adds_a_feed_may_give_it_to_everyone_at_once(
    bot_moderator: Someone, site: WebServer, publish: Publish, member: Someone, followed: Followed
) -> None:
    publish("/feed", *WAR)
    done = await bot_moderator.press(await bot_moderator(f"/addfeed {site.url('/feed')}"), "Ajouter")
    assert "Désormais pour tout le monde" in plain(await bot_moderator.press(done, "Pour tout le monde"))
    await member("/sources")
    assert [feed.public for feed in await followed(GROUP)] == [True]


async def test_a_sanctioned_outlet_needs_a_bot_moderator_and_is_labelled(
    admin: Someone, bot_moderator: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR, links=[f"https://www.rt.com/{number}" for number in range(3)])
    card = await admin(f"/addfeed {site.url('/feed')}")
    assert list(buttons(card)) == ["Annuler"]
    token = action(card, "Annuler").split()[1]
    assert "seul un modérateur du robot peut l’ajouter" in await admin.words(f"/addfeed {token} add")
    card = await bot_moderator(f"/addfeed {site.url('/feed')}")
    assert "le droit de votre pays" in plain(card)
    assert "Contrôlé par un État" in plain(card)
    assert "Ajoutée" in plain(await bot_moderator.press(card, "Ajouter"))


# --- Rights ---


@pytest.mark.parametrize(
    "line",
    ["/addfeed netcomsn.com", "/removefeed 1", "/pausefeed 1", "/resumefeed 1", "/mutefeed 1", "/unmutefeed 1",
     "/suggestions", "/audit", "/undo", "/feedwhy https://gazette.example/1"],
)  # fmt: skip
@pytest.mark.parametrize(("language", "said"), [("fr", "Seuls les modérateurs"), ("en", "Only this chat’s moderators")])
async def test_a_member_may_not_and_is_told_so_in_their_language(
    member: Someone, line: str, language: str, said: str
) -> None:
    answer = await member.having(language=language)(line)
    assert said in plain(answer)
    assert answer.buttons == ()


async def test_a_button_pressed_by_someone_who_lost_the_role_does_nothing(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    card = await admin(f"/addfeed {site.url('/feed')}")
    former = admin.having(moderator=False)
    assert "Seuls les modérateurs de cette conversation" in plain(await former.press(card, "Ajouter"))
    assert await followed(GROUP) == ()
    done = await admin.press(card, "Ajouter")
    assert "Seuls les modérateurs de cette conversation" in plain(await former.press(done, "Annuler"))
    assert len(await followed(GROUP)) == 1


async def test_an_anonymous_administrator_moderates_and_the_log_says_an_administrator_did(
    admin: Someone, added: Added, followed: Followed
) -> None:
    anonymous = admin.having(person=GROUP.chat)
    await added(anonymous)
    assert len(await followed(GROUP)) == 1
    assert "un administrateur · La Gazette" in await admin.words("/audit")


async def test_a_bot_moderator_is_no_moderator_of_other_peoples_chats(
    bot_moderator: Someone, added: Added, admin: Someone, followed: Followed
) -> None:
    number = await added()
    guest = bot_moderator.having(chat=GROUP, kind=ChatKind.GROUP, moderator=False)
    for line in ("/removefeed", "/pausefeed", "/mutefeed", "/addfeed"):
        assert "Seuls les modérateurs de cette conversation" in await guest.words(f"{line} {number}")
    assert [feed.state for feed in await followed(GROUP)] == [FeedState.ACTIVE]


async def test_a_member_who_asks_for_feeds_sees_the_sources_and_no_buttons(member: Someone, listed: Feed) -> None:
    answer = await member("/feeds")
    assert "Le Monde" in plain(answer)
    assert (answer.buttons, plain(answer)) == ((), plain(await member("/sources")))


# --- The log, and back ---


async def test_the_log_says_who_did_what_and_when(admin: Someone, added: Added, clock: FakeClock) -> None:
    number = await added()
    clock.pass_by(hours=2)
    await admin.having(person="second")(f"/pausefeed {number}")
    title, lines, _how = (await admin.words("/audit")).split("\n")
    assert title == "Journal des sources"
    assert "15\u00a0h · modérateur " in lines
    assert "La Gazette\u00a0: suspendue" in lines
    assert "13\u00a0h · vous · La Gazette\u00a0: ajoutée" in lines
    assert "second" not in lines


async def test_the_log_in_english_has_pages(admin: Someone, added: Added) -> None:
    number = await added()
    for _ in range(6):
        await admin(f"/mutefeed {number}")
        await admin(f"/unmutefeed {number}")
    english = admin.having(language="en")
    first = await english("/audit")
    assert plain(first).startswith("Log of the sources")
    assert plain(first).count("muted") == 10
    second = await english.press(first, "Earlier")
    assert "La Gazette: added" in plain(second)
    assert "Later" in buttons(second)


async def test_a_chats_log_is_its_own(admin: Someone, added: Added) -> None:
    await added()
    assert "Aucun changement" in await admin.having(chat=OTHER_GROUP).words("/audit")


async def test_a_bot_moderators_log_has_everyones_sources_and_not_other_chats(
    admin: Someone, bot_moderator: Someone, added: Added, listed: Feed
) -> None:
    await added()
    here = bot_moderator.having(chat=OTHER_GROUP, kind=ChatKind.GROUP)
    await here(f"/pausefeed {listed.id}")
    words = await bot_moderator.words("/audit")
    assert "Le Monde\u00a0: suspendue" in words
    assert "Gazette" not in words


async def test_undo_takes_ones_own_last_change_back_one_after_the_other(
    admin: Someone, added: Added, followed: Followed, store: SqlStore
) -> None:
    number = await added()
    await admin(f"/pausefeed {number}")
    assert "Annulé" in await admin.words("/undo")
    assert await state(store, number) is FeedState.ACTIVE
    assert "Annulé" in await admin.words("/undo")
    assert await followed(GROUP) == ()
    assert await admin.words("/undo") == "Rien à annuler ici."
    assert (await admin.words("/audit")).count("annulé depuis") == 2


async def test_someone_elses_change_is_asked_about_before_it_is_undone(
    admin: Someone, added: Added, followed: Followed
) -> None:
    await added()
    second = admin.having(person="second")
    question = await second("/undo")
    assert "est d’une autre personne\u00a0: La Gazette\u00a0: ajoutée (modérateur " in plain(question)
    assert len(await followed(GROUP)) == 1
    assert "Annulé" in plain(await second.press(question, "Annuler"))
    assert await followed(GROUP) == ()


async def test_what_changed_since_is_not_undone(admin: Someone, added: Added, store: SqlStore) -> None:
    number = await added()
    paused = await admin(f"/pausefeed {number}")
    await admin.having(person="second")(f"/mutefeed {number}")
    assert "a encore changé depuis" in plain(await admin.press(paused, "Annuler"))
    assert await state(store, number) is FeedState.PAUSED


async def test_a_change_is_undone_once(admin: Someone, added: Added) -> None:
    number = await added()
    paused = await admin(f"/pausefeed {number}")
    answers = await asyncio.gather(admin.press(paused, "Annuler"), admin.press(paused, "Annuler"))
    words = sorted(plain(answer) for answer in answers)
    assert words == ["Annulé\u00a0: La Gazette est comme avant.", "Ce changement de La Gazette est déjà annulé."]


async def test_a_change_of_another_chat_can_not_be_undone_from_here(
    admin: Someone, added: Added, followed: Followed
) -> None:
    number = await added()
    paused = await admin(f"/pausefeed {number}")
    elsewhere = admin.having(chat=OTHER_GROUP)
    assert "Aucun changement n°" in plain(await elsewhere.press(paused, "Annuler"))
    assert "Je ne comprends pas" in await admin.words("/undo hier")


async def test_a_chats_moderator_does_not_undo_what_a_bot_moderator_did_for_everyone(
    admin: Someone, bot_moderator: Someone, added: Added, followed: Followed
) -> None:
    number = await added()
    here = bot_moderator.having(chat=GROUP, kind=ChatKind.GROUP)
    promoted = await here(f"/promotefeed {number}")
    assert "Seuls les modérateurs" in plain(await admin.press(promoted, "Annuler")) or "seuls les" in plain(
        await admin.press(promoted, "Annuler")
    )
    assert [feed.public for feed in await followed(GROUP)] == [True]
    assert "Annulé" in plain(await bot_moderator.press(promoted, "Annuler"))
    assert [feed.public for feed in await followed(GROUP)] == [False]


# --- The list ---


async def test_the_list_says_how_each_source_is_doing(
    admin: Someone, listed: Feed, store: SqlStore, clock: FakeClock
) -> None:
    async with store.write() as unit:
        now = clock.now()
        read = FeedReading(listed.id, next_poll=now + timedelta(hours=1), last_attempt=now, last_success=now)
        await unit.feeds.save_readings([read])
    words = await admin.words("/feeds")
    assert f"{listed.id} · Le Monde · lue 13\u00a0h · prochaine 14\u00a0h · 0 article en 7 jours" in words
    card = await admin(f"/feeds {listed.id}")
    assert "Lue avec succès\u00a0: 13\u00a0h" in plain(card)
    assert "par la liste de l’opérateur" in plain(card)
    assert list(buttons(card)) == ["Taire ici"]


async def test_a_failing_source_says_why_and_what_to_do(
    admin: Someone, listed: Feed, store: SqlStore, clock: FakeClock
) -> None:
    async with store.write() as unit:
        failing = FeedReading(
            listed.id,
            last_attempt=clock.now(),
            failing_since=clock.now(),
            failures=3,
            error_key="http-status",
            error_arguments={"url": "https://www.lemonde.fr/rss", "status": 403},
        )
        await unit.feeds.save_readings([failing])
    words = await admin.having(language="en").words(f"/feeds {listed.id}")
    assert "failing since 13:00" in words
    assert "403" in words
    assert "3 failures in a row" in words


async def test_a_long_list_has_pages(admin: Someone, store: SqlStore) -> None:
    async with store.write() as unit:
        await unit.feeds.reconcile([FeedSpec(f"https://{n}.example/", f"Source {n}") for n in range(60)])
    for verb in ("feeds", "sources"):
        first = await admin(f"/{verb}")
        assert "60 sources suivies" in plain(first)
        assert list(buttons(first)) == ["Page suivante"]
        second = await admin.press(first, "Page suivante")
        assert list(buttons(second)) == ["Page précédente", "Page suivante"]
        last = await admin.press(second, "Page suivante")
        assert list(buttons(last)) == ["Page précédente"]
        assert "Source 59" in plain(last)
        assert last.replaces


async def test_a_feeds_card_offers_its_moderator_what_would_be_done(admin: Someone, added: Added) -> None:
    number = await added()
    assert list(buttons(await admin(f"/feeds {number}"))) == ["Suspendre", "Retirer", "Taire ici"]
    await admin(f"/pausefeed {number}")
    assert list(buttons(await admin(f"/feeds {number}"))) == ["Reprendre", "Retirer", "Taire ici"]


async def test_a_command_without_a_feed_offers_those_it_could_change(
    admin: Someone, added: Added, listed: Feed
) -> None:
    number = await added()
    assert [b.action for b in buttons(await admin("/removefeed")).values()] == [f"removefeed {number}"]
    assert len(buttons(await admin("/mutefeed"))) == 2
    assert "Aucune source ne s’y prête" in await admin.words("/unmutefeed")
