"""``/addfeed``: nothing is followed before it was shown and wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.article import Article
from bot.domain.chat import ChatKind
from bot.domain.feed import FeedSpec, FeedState, Ownership
from bot.domain.message import plain
from bot.domain.moderation import ADDITIONS_A_DAY, MOST_OF_ONE_PERSON, PREVIEWS_A_DAY
from tests.commands.moderation.conftest import (
    GROUP,
    OTHER,
    OTHER_GROUP,
    WAR,
    Followed,
    Publish,
    Someone,
    action,
    buttons,
)
from tests.fakes.clock import FakeClock
from tests.fakes.web import Answer, WebServer, moved

Page = Callable[..., None]


async def follow(store: SqlStore, *specs: FeedSpec) -> None:
    """Put these on the operator's list."""
    async with store.write() as unit:
        await unit.feeds.reconcile(specs)


# --- The card ---


async def test_a_page_leads_to_a_card_and_a_tap_adds_the_feed(
    admin: Someone, site: WebServer, publish: Publish, page: Page, followed: Followed
) -> None:
    publish("/feed", *WAR, *OTHER)
    page("/", "/feed")
    card = await admin(f"/addfeed {site.url('/')}")
    for said in ("La Gazette du port", "français", "60\u00a0% sur la guerre (5 articles lus)", "Genève", "12\u00a0h"):
        assert said in plain(card)
    assert await followed(GROUP) == ()
    done = await admin.press(card, "Ajouter")
    assert "Ajoutée pour cette conversation\u00a0: La Gazette du port." in plain(done)
    (feed,) = await followed(GROUP)
    assert (feed.spec.url, feed.spec.name, feed.spec.language) == (site.url("/feed"), "La Gazette du port", "fr")
    assert (feed.state, feed.public) == (FeedState.ACTIVE, False)


async def test_the_card_speaks_english_to_whoever_does(admin: Someone, site: WebServer, publish: Publish) -> None:
    publish("/feed", *WAR, *OTHER)
    english = admin.having(language="en")
    card = await english(f"/addfeed {site.url('/feed')}")
    for said in ("French · about", "60% about the war (5 articles read)", "Owner unknown", "Before you add it"):
        assert said in plain(card)
    assert "Added for this chat: La Gazette du port." in plain(await english.press(card, "Add"))


async def test_a_feeds_own_address_typed_without_scheme_will_do(
    admin: Someone, site: WebServer, publish: Publish
) -> None:
    publish("/feed", *WAR)
    assert "La Gazette du port" in await admin.words(f"/addfeed 127.0.0.1:{site.port}/feed")


async def test_every_button_fits_every_platform(admin: Someone, site: WebServer, publish: Publish, page: Page) -> None:
    for number in range(4):
        publish(f"/{number}", *WAR, name=f"Une rubrique au nom si long qu’aucun bouton ne peut le porter {number}")
    page("/", *(f"/{number}" for number in range(4)))
    card = await admin(f"/addfeed {site.url('/')}")
    assert len(card.buttons) <= 6
    assert all(len(button.label) <= 80 and len(button.action.encode()) <= 60 for button in buttons(card).values())


async def test_another_feed_of_the_site_can_be_chosen(
    admin: Someone, site: WebServer, publish: Publish, page: Page, followed: Followed
) -> None:
    publish("/une", *OTHER, name="La Gazette")
    publish("/monde", *WAR, name="La Gazette du monde", home="https://gazette.example/monde")
    page("/", "/une", "/monde")
    card = await admin(f"/addfeed {site.url('/')}")
    other = await admin.press(card, "Plutôt")
    assert plain(other).startswith("La Gazette du monde")
    assert other.replaces
    await admin.press(other, "Ajouter")
    assert [feed.name for feed in await followed(GROUP)] == ["La Gazette du monde"]


async def test_whose_outlet_it_is_can_be_said_and_is_kept(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    card = await admin(f"/addfeed {site.url('/feed')}")
    assert "À qui est ce média" in plain(card)
    labelled = await admin.press(card, "État")
    assert "Contrôlé par un État" in plain(labelled)
    assert "À qui est ce média" not in plain(labelled)
    await admin.press(labelled, "Ajouter")
    assert [feed.spec.ownership for feed in await followed(GROUP)] == [Ownership.STATE]


async def test_cancelling_adds_nothing(admin: Someone, site: WebServer, publish: Publish, followed: Followed) -> None:
    publish("/feed", *WAR)
    card = await admin(f"/addfeed {site.url('/feed')}")
    assert "rien n’a été ajouté" in plain(await admin.press(card, "Annuler"))
    assert "Cet aperçu a déjà servi." in plain(await admin.press(card, "Ajouter"))
    assert await followed(GROUP) == ()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"age": timedelta(days=60)}, "depuis plus d’un mois"),
        ({"text": ""}, "Extraits seulement"),
        ({}, "sans https"),
        ({"links": [f"https://www.rt.com/{n}" for n in range(3)]}, "sanctions de l’Union européenne"),
    ],
)
async def test_what_to_beware_of_is_said_before(
    admin: Someone, site: WebServer, publish: Publish, how: dict[str, object], said: str
) -> None:
    publish("/feed", *WAR, **how)
    assert said in await admin.words(f"/addfeed {site.url('/feed')}")


async def test_a_feed_with_full_articles_is_not_called_excerpts(
    admin: Someone, site: WebServer, publish: Publish
) -> None:
    publish("/feed", *WAR, text="Une phrase du récit. " * 80)
    assert "Extraits" not in await admin.words(f"/addfeed {site.url('/feed')}")


async def test_a_feed_without_a_word_of_the_war_says_so(admin: Someone, site: WebServer, publish: Publish) -> None:
    publish("/feed", *OTHER)
    words = await admin.words(f"/addfeed {site.url('/feed')}")
    assert "0\u00a0% sur la guerre" in words
    assert "Rien sur la guerre\u202f; derniers titres" in words
    assert "Thiaroye" in words


async def test_a_feed_called_like_a_followed_one_is_told_apart_by_its_host(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore
) -> None:
    await follow(store, FeedSpec("https://www.lemonde.fr/rss", "Le Monde", "fr"))
    publish("/feed", *WAR, name="Le  Monde")
    assert (await admin.words(f"/addfeed {site.url('/feed')}")).startswith("Le Monde (127.0.0.1)")


# --- What is there already ---


@pytest.mark.parametrize("spelling", ["/feed", "/feed/", "/feed?utm_source=x", "/old"])
async def test_a_feed_that_is_there_under_another_spelling_is_recognised(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed, spelling: str
) -> None:
    publish("/feed", *WAR)
    site.script |= {"/feed/": site.script["/feed"], "/feed?utm_source=x": site.script["/feed"], "/old": moved("/feed")}
    await admin.press(await admin(f"/addfeed {site.url('/feed')}"), "Ajouter")
    (feed,) = await followed(GROUP)
    again = await admin.words(f"/addfeed {site.url(spelling)}")
    assert again == (f"La Gazette du port est déjà une source de cette conversation. /feeds {feed.id} la montre.")


async def test_everyones_feed_need_not_be_added(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore
) -> None:
    publish("/feed", *WAR)
    await follow(store, FeedSpec(site.url("/feed"), "La Gazette"))
    assert "est déjà une source de tout le monde" in await admin.words(f"/addfeed {site.url('/feed')}")


async def test_a_feed_with_the_articles_of_a_followed_one_is_pointed_out(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore
) -> None:
    async with store.write() as unit:
        archive = await unit.feeds.archive("Le Quai", "fr")
        for number, title in enumerate(WAR):
            url, at = f"https://gazette.example/feed/{number}", FakeClock().now()
            await unit.articles.add([Article(f"a{number}", url, title, "", "", "fr", at, at, (archive.id,))])
    publish("/feed", *WAR)
    assert "Le Quai porte les mêmes articles" in await admin.words(f"/addfeed {site.url('/feed')}")


async def test_one_address_is_one_feed_however_many_chats_add_it(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    other = admin.having(chat=OTHER_GROUP, person="other")
    for someone in (admin, other):
        await someone.press(await someone(f"/addfeed {site.url('/feed')}"), "Ajouter")
    assert await followed(GROUP) == await followed(OTHER_GROUP)


async def test_chats_that_disagree_whose_it_is_leave_it_unlabelled(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    for someone, label in ((admin, "Public"), (admin.having(chat=OTHER_GROUP), "État")):
        card = await someone.press(await someone(f"/addfeed {site.url('/feed')}"), label)
        await someone.press(card, "Ajouter")
    assert [feed.spec.ownership for feed in await followed(GROUP)] == [None]


# --- Bad input ---


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("http://192.168.0.7/feed", "n’est pas une adresse publique"),
        ("http://169.254.169.254/latest/meta-data", "n’est pas une adresse publique"),
        ("http://[::1]/feed", "n’est pas une adresse publique"),
        ("localhost", "n’est pas une adresse publique"),
        ("javascript:alert(1)", "n’est pas une adresse publique"),
        ("file:///etc/passwd", "n’est pas une adresse publique"),
        ("ftp://example.org/feed", "n’est pas une adresse publique"),
        ("http://", "n’est pas une adresse publique"),
        ("n’importe quoi", "n’est pas une adresse publique"),
        ("", "Donnez l’adresse d’un site ou d’un flux"),
        ("<>", "Il manque l’adresse."),
    ],
)
async def test_what_is_no_public_address_is_refused_in_words(
    admin: Someone, followed: Followed, typed: str, said: str
) -> None:
    answer = await admin(f"/addfeed {typed}")
    assert said in plain(answer)
    assert answer.buttons == ()
    assert await followed(GROUP) == ()


async def test_a_site_without_feeds_a_broken_one_and_a_missing_one_have_their_answers(
    admin: Someone, site: WebServer, page: Page
) -> None:
    page("/")
    site.script["/broken"] = Answer(b"<rss><channel>")
    assert "Aucun flux trouvé" in await admin.words(f"/addfeed {site.url('/')}")
    assert "abîmé" in await admin.words(f"/addfeed {site.url('/broken')}")
    assert "l’erreur 404" in await admin.words(f"/addfeed {site.url('/none')}")


async def test_a_ten_megabyte_page_is_refused(admin: Someone, site: WebServer) -> None:
    site.script["/"] = Answer(b"<html>" + b"x" * (10 * 1024 * 1024), content_type="text/html")
    assert "octets" in await admin.words(f"/addfeed {site.url('/')}")


@pytest.mark.parametrize(
    "secret", ["?token=s3cr3t-s3cr3t", "?api_key=s3cr3t-s3cr3t", "/s3cr3ts3cr3t00000000000001/rss"]
)
async def test_a_secret_in_an_address_is_shown_nowhere(
    admin: Someone, site: WebServer, publish: Publish, secret: str
) -> None:
    path = f"/feed{secret}"
    publish(path, *WAR)
    card = await admin(f"/addfeed {site.url(path)}")
    done = await admin.press(card, "Ajouter")
    number = action(done, "Annuler").split()[-1]
    feed = (await admin.words("/feeds")).split("\n")[1].split(" · ")[0]
    shown = [card, done, await admin("/feeds"), await admin(f"/feeds {feed}"), await admin("/audit")]
    shown += [await admin("/sources"), await admin(f"/addfeed {site.url(path)}"), await admin(f"/undo {number}")]
    shown += [await admin(f"/removefeed {feed}")]
    site.script[path] = Answer(status=404)
    shown.append(await admin(f"/addfeed {site.url(path)}"))
    verbs = ("removefeed", "pausefeed", "resumefeed", "mutefeed", "unmutefeed", "feeds", "feedwhy", "undo", "audit")
    shown += [await admin(f"/{verb} {site.url(path)}") for verb in verbs]
    assert not [plain(message) for message in shown if "s3cr3t" in plain(message)]
    assert "jeton ou un mot de passe" in plain(card)


# --- Limits ---


async def test_a_private_chat_has_twenty_feeds_at_most(
    admin: Someone, site: WebServer, publish: Publish, store: SqlStore
) -> None:
    mine = admin.having(kind=ChatKind.PRIVATE)
    await mine("/feeds")
    async with store.write() as unit:
        chat = await unit.chats.find(GROUP)
        assert chat is not None
        for number in range(MOST_OF_ONE_PERSON):
            feed = await unit.standings.enter(FeedSpec(f"https://{number}.example/feed"))
            case = await unit.standings.case(feed.id, chat.id)
            assert case is not None
            kept = replace(case.standing, attached=True, state=FeedState.ACTIVE)
            await unit.standings.settle(feed.id, chat.id, kept)
    publish("/feed", *WAR)
    answer = await mine.press(await mine(f"/addfeed {site.url('/feed')}"), "Ajouter")
    assert plain(answer) == "Cette conversation a déjà 20 sources à elle. Retirez-en une avec /removefeed."


async def test_a_chat_adds_ten_feeds_a_day_and_more_the_next(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed, clock: FakeClock
) -> None:
    cards = []
    for number in range(ADDITIONS_A_DAY + 1):
        publish(f"/{number}", *WAR, name=f"Gazette {number}", home=f"https://{number}.example")
        cards.append(await admin(f"/addfeed {site.url(f'/{number}')}"))
    *answers, last = [plain(await admin.press(card, "Ajouter")) for card in cards]
    assert all(words.startswith("Ajoutée") for words in answers)
    assert last == "Déjà 10 ajouts en un jour ici. Réessayez demain."
    assert len(await followed(GROUP)) == ADDITIONS_A_DAY
    clock.pass_by(hours=23, minutes=59)
    assert "10 ajouts" in plain(await admin.press(cards[-1], "Ajouter"))
    clock.pass_by(minutes=2)
    assert "a plus d’un jour" in plain(await admin.press(cards[-1], "Ajouter"))
    await admin.press(await admin(f"/addfeed {site.url(f'/{ADDITIONS_A_DAY}')}"), "Ajouter")
    assert len(await followed(GROUP)) == ADDITIONS_A_DAY + 1


async def test_sites_are_not_looked_at_without_end(admin: Someone, site: WebServer, publish: Publish) -> None:
    publish("/feed", *WAR)
    for _ in range(PREVIEWS_A_DAY):
        await admin(f"/addfeed {site.url('/feed')}")
    asked = len(site.requests)
    assert f"Déjà {PREVIEWS_A_DAY} aperçus" in await admin.words(f"/addfeed {site.url('/feed')}")
    assert len(site.requests) == asked


# --- Together, and too late ---


async def test_two_moderators_who_press_at_once_add_it_once(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed, store: SqlStore
) -> None:
    publish("/feed", *WAR)
    card = await admin(f"/addfeed {site.url('/feed')}")
    second = admin.having(person="second")
    answers = [plain(one) for one in await asyncio.gather(admin.press(card, "Ajouter"), second.press(card, "Ajouter"))]
    assert sorted(answer.split("\u00a0")[0].split(" a ")[0] for answer in answers) == [
        "Ajoutée pour cette conversation",
        "Cet aperçu",
    ]
    assert len(await followed(GROUP)) == 1
    assert (await admin.words("/audit")).count("ajoutée") == 1


async def test_two_moderators_with_a_card_each_add_it_once(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed
) -> None:
    publish("/feed", *WAR)
    second = admin.having(person="second")
    first_card, second_card = (
        await admin(f"/addfeed {site.url('/feed')}"),
        await second(f"/addfeed {site.url('/feed')}"),
    )
    answers = await asyncio.gather(admin.press(first_card, "Ajouter"), second.press(second_card, "Ajouter"))
    words = [plain(answer) for answer in answers]
    assert sum("Ajoutée" in one for one in words) == 1
    assert sum("déjà une source de cette conversation" in one for one in words) == 1
    assert len(await followed(GROUP)) == 1


async def test_a_card_works_in_its_own_chat_and_for_a_day(
    admin: Someone, site: WebServer, publish: Publish, followed: Followed, clock: FakeClock
) -> None:
    publish("/feed", *WAR)
    card = await admin(f"/addfeed {site.url('/feed')}")
    elsewhere = admin.having(chat=OTHER_GROUP)
    assert "n’est pas d’ici" in plain(await elsewhere.press(card, "Ajouter"))
    clock.pass_by(days=1)
    assert "plus d’un jour" in plain(await admin.press(card, "Ajouter"))
    assert await followed(GROUP) == ()
    assert await followed(OTHER_GROUP) == ()


async def test_a_button_nobody_made_is_refused(admin: Someone, site: WebServer, publish: Publish) -> None:
    publish("/feed", *WAR)
    card = await admin(f"/addfeed {site.url('/feed')}")
    token = action(card, "Ajouter").split()[1]
    assert "Je ne comprends pas" in await admin.words(f"/addfeed {token} explode")
    assert "n’est pas d’ici" in await admin.words("/addfeed #ffffffffffff add")
    assert plain(await admin(f"/addfeed {token} 99")) == plain(card)
