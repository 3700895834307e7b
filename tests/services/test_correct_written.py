"""What a model told in other words or another language is set right when its article is, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time, timedelta

import pytest
from sqlalchemy import text as sql

from bot.adapters.sql.store import SqlStore
from bot.adapters.web.fetch import WebFetcher
from bot.domain.feed import FeedSpec
from bot.domain.language import ReaderLanguage
from bot.domain.schedule import next_slot
from bot.domain.subscription import Schedule, Subscription
from bot.services.poll import Poller
from tests.adapters.writers.desk import writer
from tests.commands.talk import spaced
from tests.contracts.examples import meet
from tests.fakes.clock import FakeClock
from tests.fakes.model import ModelServer
from tests.fakes.platform import FakePlatform
from tests.fakes.web import WebServer
from tests.services.test_correct import Desk, ParserHere

TITLE = "Guerre en Ukraine : Odessa sous les drones"
TOLL = "Douze civils ont été tués à Odessa dans la nuit de lundi, selon le gouverneur de la région."
TRUCE = "La Russie a accepté mardi un cessez-le-feu de trente jours en mer Noire, selon le ministère turc."
PORT = "Le port d’Odessa a été fermé pendant cinq heures après cette attaque, a annoncé la mairie."

IN_FRENCH = {
    TOLL: "Le gouverneur de la région annonce la mort de douze civils lundi dans une attaque nocturne contre Odessa.",
    TRUCE: "Selon le ministère turc, Moscou a dit oui mardi à une trêve de trente jours en mer Noire.",
    PORT: "D’après la mairie, il a fallu fermer cinq heures durant le port d’Odessa.",
}
IN_ENGLISH = {
    TOLL: "Twelve civilians were killed in Odesa on Monday night, according to the governor of the region.",
    TRUCE: "Russia accepted a thirty-day ceasefire in the Black Sea on Tuesday, according to the Turkish ministry.",
    PORT: "The port of Odesa was closed for five hours after this attack, city hall announced.",
}
IN_THE_PORT = "Les pompiers surveillent 41 entrepôts du faubourg, et ils y resteront toute la semaine."
BODY = f"{TOLL} {TRUCE} {PORT} {IN_THE_PORT}"


@asynccontextmanager
async def told(store: SqlStore, clock: FakeClock, server: ModelServer, reader: ReaderLanguage) -> AsyncIterator[Desk]:
    """An edition was sent that a model wrote of an article in French."""
    server.headline = (
        "Le port d’Odessa fermé cinq heures" if reader == "fr" else "Turkey says Russia accepted Black Sea truce"
    )
    chat, schedule = await meet(store, "42", "console"), Schedule((time(12, 15), time(18)), "UTC")
    async with (
        WebServer() as web,
        WebFetcher(user_agent="test", allow=web.allowed) as fetcher,
        writer(server, store, clock=clock) as model,
    ):
        poller = Poller(store, fetcher, ParserHere(), clock, "me", timedelta(hours=1))
        desk = Desk(store, clock, web, poller, FakePlatform(), model)
        async with store.write() as unit:
            await unit.feeds.reconcile([FeedSpec(web.url(), name="Le Quai", language="fr")])
            await unit.subscriptions.add(Subscription(0, chat.id, schedule, reader, next_slot(schedule, clock.now())))
        desk.publish(TITLE, BODY)
        await desk.read()
        clock.pass_by(minutes=16)
        await desk.brief()
        await desk.deliver()
        sent = spaced(desk.sent()[0])
        assert all(server.translations.get(sentence, sentence) in sent for sentence in (TOLL, TRUCE))
        yield desk


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    """A model that writes well."""
    async with ModelServer() as running:
        yield running


@pytest.mark.parametrize("reader", ["fr", "en"])
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("Douze civils", "Huit civils", "Huit civils", id="number"),
        pytest.param("à Odessa dans", "à Kherson dans", "Kherson", id="name"),
        pytest.param("a accepté", "n’a pas accepté", "a accepté mardi un cessez-le-feu", id="negation"),
        pytest.param("a accepté mardi", "a discuté mardi", "a accepté mardi un cessez-le-feu", id="phase"),
    ],
)
async def test_a_changed_sentence_under_a_models_words_edits_the_message_in_its_readers_language(
    store: SqlStore, clock: FakeClock, server: ModelServer, reader: ReaderLanguage, old: str, new: str, said: str
) -> None:
    server.translations = IN_FRENCH if reader == "fr" else IN_ENGLISH
    (told_otherwise,) = (words for sentence, words in server.translations.items() if old in sentence)
    async with told(store, clock, server, reader) as desk:
        assert told_otherwise in spaced(desk.sent()[0])
        desk.publish(TITLE, BODY.replace(old, new))
        assert await desk.correct() == 1
        (edit,) = map(spaced, desk.edits())
        assert told_otherwise not in edit
        start = "Corrigé le 10 mars" if reader == "fr" else "Corrected on 10 March"
        (note,) = (line for line in edit.splitlines() if line.startswith(start))
        assert said in note
        assert await desk.correct() == 0
        desk.clock.pass_by(hours=6)
        await desk.brief()
        await desk.deliver()
        _, later = map(spaced, desk.sent())
        assert any(line.startswith("Correct") and "Le Quai" in line for line in later.splitlines())


async def test_a_change_in_a_sentence_that_the_model_did_not_use_edits_nothing(
    store: SqlStore, clock: FakeClock, server: ModelServer
) -> None:
    server.translations = IN_FRENCH
    async with told(store, clock, server, "fr") as desk:
        desk.publish(TITLE, BODY.replace("41 entrepôts", "52 entrepôts"))
        assert await desk.correct() == 0
        assert desk.edits() == []


async def test_an_edition_that_an_older_bot_kept_is_read_and_corrected_by_its_text(
    store: SqlStore, clock: FakeClock, server: ModelServer
) -> None:
    async with told(store, clock, server, "fr") as desk:
        await _forget_grounds(store)
        desk.publish(TITLE, BODY.replace("Douze civils", "Huit civils"))
        assert await desk.correct() == 1
        assert "« Huit civils », et non plus « Douze civils »" in spaced(desk.edits()[0])


async def _forget_grounds(store: SqlStore) -> None:
    """Keep the only edition as it was kept before points knew what they rest on."""
    async with store._database.writing() as connection:
        ((number, kept),) = await connection.execute(sql("SELECT id, briefing FROM deliveries"))
        whole = json.loads(kept)
        for point in whole["briefing"]["points"]:
            assert point.pop("grounds")
        values = {"id": number, "briefing": json.dumps(whole)}
        await connection.execute(sql("UPDATE deliveries SET briefing = :briefing WHERE id = :id"), values)
