"""“Report an error”: from a reader's tap to a hidden point or a corrected message, and back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import time, timedelta

import pytest

from bot.adapters.console import ConsoleRenderer
from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.chat import ChatAddress, ChatKind
from bot.domain.delivery import ClaimedPart, SendOutcome, SendResult
from bot.domain.language import ReaderLanguage
from bot.domain.message import Message, plain
from bot.domain.moderation import actor_of
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.ports import Scope
from bot.services.brief import Briefer
from bot.services.editing import Editor
from bot.services.editions import Editions
from bot.services.restate import Restater
from tests.commands.moderation.conftest import GROUP, OTHER_GROUP, Publish, Someone, action, buttons
from tests.commands.moderation.test_isolation import Read, read
from tests.commands.talk import spaced
from tests.fakes.clock import FakeClock
from tests.fakes.web import WebServer

__all__ = ["read"]

HOME = ChatAddress("console", "home")
POINT = "84 prisonniers échangés de chaque côté"
RENDERERS = {"console": ConsoleRenderer()}
Sent = Callable[[], Awaitable[dict[str, list[str]]]]


@pytest.fixture
def outbox(store: SqlStore, clock: FakeClock) -> Sent:
    """Sends everything that waits: chat → texts, an edit marked with ``edit:``."""

    async def outbox() -> dict[str, list[str]]:
        sent: dict[str, list[str]] = {}
        while claimed := await _claimed(store, clock):
            for part in claimed:
                mark = "" if part.replaces is None else "edit:"
                sent.setdefault(part.address.chat, []).append(mark + spaced(str(part.part.payload["text"])))
        return sent

    return outbox


async def _claimed(store: SqlStore, clock: FakeClock) -> tuple[ClaimedPart, ...]:
    now = clock.now()
    async with store.write() as unit:
        claimed = await unit.deliveries.claim("test", ["console"], now, now + timedelta(seconds=15), 10)
        for part in claimed:
            message = part.replaces or part.nonce
            await unit.deliveries.settle(part, SendResult(SendOutcome.SENT, message), now, None)
    return claimed


async def edition(store: SqlStore, clock: FakeClock, *chats: ChatAddress, language: ReaderLanguage = "fr") -> None:
    """Subscribe chats where they are not, and write what is due."""
    schedule = Schedule((time(12, 15), time(18)), "UTC")
    async with store.write() as unit:
        for address in chats:
            chat = await unit.chats.meet(address, ChatKind.GROUP)
            if not await unit.subscriptions.of(chat.id):
                slot = next_slot(schedule, clock.now())
                await unit.subscriptions.add(Subscription(0, chat.id, schedule, language, slot))
    clock.pass_by(minutes=16)
    await Editions(store, clock, Briefer(store, ExtractiveWriter()), RENDERERS, "me").turn()


async def restate(store: SqlStore, clock: FakeClock) -> int:
    return await Restater(store, clock, Editor(RENDERERS), "me").turn()


async def seat(bot_moderator: Someone) -> None:
    """A bot moderator hears from us once they have written in private."""
    assert await bot_moderator.words("/reports") == "Aucun signalement n’attend."


async def reported(someone: Someone, label: str = POINT[:10]) -> Message:
    """Three taps: the briefing's button, the point, and that one is sure."""
    send = "Signaler cette nouvelle" if someone.language == "fr" else "Report this story"
    return await someone.press(await someone.press(await someone("/report"), label), send)


# --- From a reader to the moderators ---


@pytest.mark.usefixtures("news")
async def test_a_readers_report_goes_to_the_bots_moderators_as_one_card_with_the_sources_sentences(
    member: Someone, bot_moderator: Someone, store: SqlStore, clock: FakeClock, outbox: Sent
) -> None:
    await seat(bot_moderator)
    await edition(store, clock, GROUP)
    (sent,) = (await outbox())[GROUP.chat]
    assert "Signaler une erreur" in sent
    thanks = await reported(member)
    assert plain(thanks).startswith("Merci. C’est transmis aux modérateurs du robot")
    assert thanks.private
    (card,) = (await outbox())[HOME.chat]
    assert "Erreur signalée, pour tout le monde" in card
    assert "Signalée par 1 personne." in card
    assert POINT in card
    assert "Le Quai" in card
    assert "« Kiev et Moscou ont échangé 84 prisonniers de guerre. »" in card
    await reported(member.having(person="another"))
    (again,) = (await outbox())[HOME.chat]
    assert again.startswith("edit:")
    assert "Signalée par 2 personnes." in again
    assert "déjà signalé cette nouvelle" in plain(await reported(member))
    assert await outbox() == {}


@pytest.mark.usefixtures("news")
async def test_details_of_a_story_lead_to_the_report_too(member: Someone, bot_moderator: Someone) -> None:
    await seat(bot_moderator)
    briefing = await member("/brief")
    assert action(briefing, "Signaler une erreur") == "report"
    details = await member.press(briefing, "Détails")
    sure = await member.press(details, "Signaler une erreur")
    assert "sans votre nom" in plain(sure)
    assert plain(await member.press(sure, "Signaler cette nouvelle")).startswith("Merci.")


@pytest.mark.usefixtures("news")
async def test_where_nobody_moderates_the_bot_a_groups_own_moderators_are_asked(
    member: Someone, admin: Someone, outbox: Sent
) -> None:
    assert plain(await reported(member)).startswith("Merci. C’est transmis aux modérateurs de cette conversation")
    (card,) = (await outbox())[GROUP.chat]
    assert "Erreur signalée, pour cette conversation" in card
    assert "[1] Masquer cette nouvelle" in card
    done = await admin.press(await admin("/reports"), "Masquer")
    assert plain(done).startswith("Masqué")


@pytest.mark.usefixtures("news")
async def test_in_ones_own_chat_one_decides_for_oneself_where_nobody_moderates(member: Someone) -> None:
    alone = member.having(chat=ChatAddress("console", "alone"), kind=ChatKind.PRIVATE, moderator=True)
    card = await reported(alone)
    assert "Masquer cette nouvelle" in buttons(card)
    await alone.press(card, "Masquer")
    assert POINT not in await alone.words("/brief")
    assert POINT in await member.words("/brief")


# --- Hiding ---


@pytest.mark.usefixtures("news")
async def test_a_hidden_point_is_in_no_answer_of_the_chats_concerned_until_it_is_undone(
    member: Someone, admin: Someone, bot_moderator: Someone, store: SqlStore, clock: FakeClock, outbox: Sent
) -> None:
    await seat(bot_moderator)
    await edition(store, clock, GROUP)
    await reported(member)
    await outbox()
    asker = member.having(chat=OTHER_GROUP)
    assert POINT in await asker.words("/brief")
    assert "prisonniers" in await asker.words("/status prisoners")
    done = await bot_moderator.press(await bot_moderator("/reports"), "Masquer")
    assert plain(done) == f"Masqué\u00a0: {POINT}. Cette nouvelle n’est plus donnée là où vous modérez."
    for line in ("/brief", "/brief 72", "/search prisonniers"):
        assert POINT not in await asker.words(line)
    assert "échangé 84 prisonniers" not in await asker.having(chat=ChatAddress("console", "-9")).words(
        "/status prisoners"
    )
    assert await outbox() == {
        GROUP.chat: [f"Vous aviez signalé « {POINT} » : les modérateurs ont masqué cette nouvelle. Merci."]
    }
    await bot_moderator.press(done, "Annuler")
    assert POINT in await asker.words("/brief")
    assert POINT in plain(await bot_moderator("/reports"))
    log = await bot_moderator.words("/audit")
    assert "masqué" in log
    assert "(annulé depuis)" in log


@pytest.mark.usefixtures("news")
async def test_a_groups_moderator_hides_a_point_in_that_group_only(
    admin: Someone, member: Someone, bot_moderator: Someone, outbox: Sent
) -> None:
    await seat(bot_moderator)
    card = await reported(admin)
    assert "Erreur signalée, pour cette conversation" in plain(card)
    assert "pour tout le monde" in (await outbox())[HOME.chat][0]
    await admin.press(card, "Masquer")
    assert POINT not in await member.words("/brief")
    assert POINT in await member.having(chat=OTHER_GROUP).words("/brief")


@pytest.mark.usefixtures("news")
async def test_a_status_remembered_for_one_chat_does_not_show_another_what_it_hid(
    admin: Someone, member: Someone
) -> None:
    other = member.having(chat=OTHER_GROUP)
    before = await other.words("/status prisoners")
    await admin.press(await reported(admin), "Masquer")
    here = await member.words("/status prisoners")
    assert "84" in before
    assert "84" not in here


async def test_a_point_of_a_chats_own_source_is_that_chats_to_decide(
    admin: Someone,
    member: Someone,
    bot_moderator: Someone,
    site: WebServer,
    publish: Publish,
    read: Read,
    outbox: Sent,
) -> None:
    await seat(bot_moderator)
    publish("/feed", "Ukraine : le port d’Odessa visé par des drones russes", text="Le port d’Odessa est visé.")
    await admin.press(await admin(f"/addfeed {site.url('/feed')}"), "Ajouter")
    await read()
    thanks = await reported(member, "Le port d’Odessa")
    assert plain(thanks).startswith("Merci. C’est transmis aux modérateurs de cette conversation")
    sent = await outbox()
    assert set(sent) == {GROUP.chat}
    assert await bot_moderator.words("/reports") == "Aucun signalement n’attend."


# --- Correcting ---


@pytest.mark.usefixtures("news")
async def test_a_correction_edits_every_message_that_told_the_point_and_the_next_edition_says_it(
    member: Someone, bot_moderator: Someone, store: SqlStore, clock: FakeClock, outbox: Sent
) -> None:
    await seat(bot_moderator)
    await edition(store, clock, GROUP, OTHER_GROUP)
    await outbox()
    await reported(member)
    await outbox()
    how = await bot_moderator.press(await bot_moderator("/reports"), "Corriger")
    assert "/correct 1 le terminal" in plain(how)
    done = await bot_moderator("/correct 1 l’échange date de la veille")
    assert plain(done).startswith("Corrigé")
    assert await restate(store, clock) == 2
    sent = await outbox()
    for chat in (GROUP.chat, OTHER_GROUP.chat):
        (edit,) = [text for text in sent[chat] if text.startswith("edit:")]
        assert f"{POINT} (corrigé)" in edit
        assert "Réglages" in edit  # What can be done under it is what could be done before.
        assert "Corrigé le 10 mars, 12 h 16 par les modérateurs : l’échange date de la veille." in edit.replace(
            "13 h 16", "12 h 16"
        )
    assert any("les modérateurs ont corrigé le message" in text for text in sent[GROUP.chat])
    assert await restate(store, clock) == 0
    clock.pass_by(hours=6)
    await edition(store, clock)
    (later,) = (await outbox())[GROUP.chat]
    assert f"Correction, « {POINT} »" in later
    assert "par les modérateurs : l’échange date de la veille." in later


@pytest.mark.usefixtures("news")
async def test_a_correction_is_taken_back_where_it_was_made(
    member: Someone, bot_moderator: Someone, store: SqlStore, clock: FakeClock, outbox: Sent
) -> None:
    await seat(bot_moderator)
    await edition(store, clock, GROUP)
    await reported(member)
    await outbox()
    done = await bot_moderator("/correct 1 l’échange date de la veille")
    await restate(store, clock)
    await outbox()
    await bot_moderator.press(done, "Annuler")
    assert await restate(store, clock) == 1
    (edit,) = (await outbox())[GROUP.chat]
    assert edit.startswith("edit:")
    assert "la veille" not in edit
    assert "(corrigé)" not in edit
    clock.pass_by(hours=6)
    await edition(store, clock)
    assert "Correction" not in (await outbox())[GROUP.chat][0]


@pytest.mark.usefixtures("news")
async def test_a_correction_in_another_language_is_labelled(
    member: Someone, bot_moderator: Someone, store: SqlStore, clock: FakeClock, outbox: Sent
) -> None:
    await seat(bot_moderator)
    await edition(store, clock, GROUP, language="en")
    await reported(member.having(language="en"), "Ukraine")
    await outbox()
    await bot_moderator("/correct 1 l’échange date de la veille")
    await restate(store, clock)
    edit = next(text for text in (await outbox())[GROUP.chat] if text.startswith("edit:"))
    assert "by the moderators, in French: “l’échange date de la veille.”" in edit


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", "Écrivez ce qui est juste"),
        ("voir https://exemple.org", "ne porte pas d’adresse"),
        ("x" * 201, "tient en 200 caractères"),
    ],
)
@pytest.mark.usefixtures("news")
async def test_a_correction_that_can_not_be_printed_is_refused_and_leaves_the_report_open(
    admin: Someone, words: str, answer: str
) -> None:
    await reported(admin)
    assert answer in await admin.words(f"/correct 1 {words}")
    assert POINT in plain(await admin("/reports"))


# --- Dismissing, and who may what ---


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("fr", "Vous aviez signalé « 84 prisonniers échangés de chaque côté » : pour les modérateurs,"),
        ("en", "You reported “84 prisonniers échangés de chaque côté”: in the moderators’ judgement"),
    ],
)
async def test_whoever_reported_what_is_right_hears_it_in_their_chats_language(
    member: Someone, admin: Someone, outbox: Sent, store: SqlStore, clock: FakeClock, language: str, answer: str
) -> None:
    await edition(store, clock, GROUP)
    await outbox()
    await admin(f"/language {language}")
    await reported(member.having(language=language))
    await outbox()
    await admin("/reports dismiss 1")
    (heard,) = (await outbox())[GROUP.chat]
    assert heard.startswith(answer)
    again = await admin.words("/reports hide 1")
    assert "a déjà sa réponse" in again or "has its answer already" in again


@pytest.mark.usefixtures("news")
async def test_who_may_decide(member: Someone, admin: Someone, bot_moderator: Someone, outbox: Sent) -> None:
    anonymous = admin.having(person=GROUP.chat)
    private = member.having(chat=ChatAddress("console", "alone"), kind=ChatKind.PRIVATE, moderator=True)
    await seat(bot_moderator)
    await reported(member)  # For everyone: number 1.
    await reported(admin)  # For everyone, and for the group: number 2.
    await outbox()
    former = admin.having(moderator=False)
    for line in ("/reports", "/reports hide 2", "/correct 2 non"):
        assert "administrateurs" in await former.words(line) or "modérateurs" in await former.words(line)
        assert "Masqué" not in await member.words(line)
    assert "Seuls les modérateurs du robot" in await admin.words("/reports hide 1")
    assert "Seuls les modérateurs du robot" in await private.words("/reports dismiss 1")
    assert "Aucun signalement n°\u00a02 ici." in await private.words("/reports hide 2")
    assert "Aucun signalement n°\u00a02 ici." in await admin.having(chat=OTHER_GROUP).words("/reports hide 2")
    assert (await anonymous.words("/reports hide 2")).startswith("Masqué")
    assert "un administrateur" in await admin.words("/audit")
    assert (await bot_moderator.words("/reports dismiss 1")).startswith("Écarté")


@pytest.mark.usefixtures("news")
async def test_two_moderators_at_once_decide_once(admin: Someone, member: Someone, outbox: Sent) -> None:
    await reported(member)
    await outbox()
    answers = await asyncio.gather(
        admin.words("/reports hide 1"), admin.having(person="second").words("/reports dismiss 1")
    )
    assert sum("a déjà sa réponse" in answer for answer in answers) == 1
    assert len((await outbox())[GROUP.chat]) == 1


@pytest.mark.usefixtures("news")
async def test_a_moderator_who_did_not_decide_sees_on_their_card_what_was(
    member: Someone, bot_moderator: Someone, store: SqlStore, clock: FakeClock, outbox: Sent
) -> None:
    await seat(bot_moderator)
    other_home = ChatAddress("console", "second")
    async with store.write() as unit:
        chat = await unit.chats.meet(other_home, ChatKind.PRIVATE)
        await unit.moderators.offer("hash", clock.now())
        await unit.moderators.claim("hash", "second", chat.id, clock.now())
    await reported(member)
    assert set(await outbox()) == {HOME.chat, "second"}
    await bot_moderator("/reports hide 1")
    assert (await outbox())["second"] == [f"edit:Signalement traité, nouvelle masquée : {POINT}"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/reports hide 999", "Aucun signalement n°\u00a0999 ici."),
        ("/reports hide", "Je ne comprends pas"),
        ("/reports jeter 1", "Je ne comprends pas"),
        ("/correct x non", "Je ne comprends pas"),
        ("/correct 999 non", "Aucun signalement n°\u00a0999 ici."),
        ("/report nosuchstory", "Cette nouvelle n’est plus conservée"),
        ("/report nosuchstory send", "Cette nouvelle n’est plus conservée"),
    ],
)
async def test_what_can_not_be_decided_or_reported_is_said(admin: Someone, line: str, answer: str) -> None:
    assert answer in await admin.words(line)


@pytest.mark.usefixtures("news")
async def test_five_reports_a_day_for_each_person(member: Someone, store: SqlStore, clock: FakeClock) -> None:
    async with store.write() as unit:
        chat = await unit.chats.meet(GROUP, ChatKind.GROUP)
        actor = actor_of("console", "member")
        for number in range(5):
            report = await unit.reports.open(f"story-{number}", chat.id, "x", "", clock.now())
            await unit.reports.join(report.id, actor, chat.id, clock.now())
    assert "Cinq signalements par jour" in plain(await reported(member))
    assert plain(await reported(member.having(person="another"))).startswith("Merci.")
    clock.pass_by(hours=25)
    async with store.read() as unit:
        assert await unit.reports.by(actor, clock.now() - timedelta(days=1)) == 0


@pytest.mark.usefixtures("news")
async def test_who_asks_to_be_forgotten_leaves_no_report_and_no_decision(
    member: Someone, bot_moderator: Someone, store: SqlStore, outbox: Sent
) -> None:
    await seat(bot_moderator)
    alone = member.having(chat=ChatAddress("console", "alone"), kind=ChatKind.PRIVATE, moderator=True)
    await reported(alone)
    await outbox()
    await alone("/forget oui")
    async with store.read() as unit:
        assert await unit.reports.voices(1) == ()
        assert await unit.reports.hidden(Scope()) == frozenset()
    assert "Signalée par 0 personne" in spaced(plain(await bot_moderator("/reports")))
