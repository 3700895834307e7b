"""The model's writer: only what survives the checks is printed, and a point is always there, in time."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace

import pytest

from bot.adapters.sql.store import SqlStore
from bot.adapters.writers.extractive import ExtractiveWriter
from bot.domain.briefing import Method
from bot.domain.story import Story
from bot.ports import Patience, Purpose
from tests.adapters.writers.desk import (
    FOREIGN,
    FRENCH,
    GRID,
    HARBOUR,
    KEY,
    RAID,
    STORY,
    TRANSLATIONS,
    Publishers,
    told,
    writer,
)
from tests.fakes.clock import FakeClock
from tests.fakes.model import ModelServer

AN_EDITION = Patience(purpose=Purpose.BRIEFING)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("knows_schemas", [True, False])
async def test_what_survives_the_checks_is_printed(
    server: ModelServer, store: SqlStore, provider: str, knows_schemas: bool
) -> None:
    server.knows_schemas = knows_schemas
    async with writer(server, store, provider=provider) as desk:
        digest = await desk.condense(STORY, "fr", since=None)
    assert (digest.method, digest.quoted_language, digest.translated_from) == (Method.MODEL, None, None)
    assert RAID in digest.text
    assert HARBOUR in digest.text
    assert 0 < len(digest.headline) <= 60
    assert digest.article_ids == ("quai",)


async def test_a_story_known_only_in_the_other_language_is_told_in_the_readers(
    server: ModelServer, store: SqlStore
) -> None:
    server.translations, server.headline = TRANSLATIONS, "La Russie lance 41 drones sur Odessa"
    async with writer(server, store) as desk:
        digest = await desk.condense(FOREIGN, "fr", since=None)
    assert (digest.method, digest.quoted_language, digest.translated_from) == (Method.MODEL, None, "en")
    assert RAID in digest.text
    assert digest.headline == "La Russie lance 41 drones sur Odessa"


@pytest.mark.parametrize(
    "part", ["quotes", "number", "name", "obeys", "language", "broken", "1 MB", "429", "500", "401", "insufficient"]
)
async def test_what_does_not_is_told_in_the_articles_own_words(server: ModelServer, store: SqlStore, part: str) -> None:
    server.parts = [part]
    offline = await ExtractiveWriter().condense(STORY, "fr", since=None)
    async with writer(server, store) as desk:
        assert await desk.condense(STORY, "fr", since=None) == offline
    assert offline.method is Method.EXTRACTIVE


async def test_a_denial_merged_with_its_claim_is_not_printed(server: ModelServer, store: SqlStore) -> None:
    claim = "Donald Trump affirme avoir parlé au téléphone avec Vladimir Poutine dimanche."
    denial = "Le Kremlin n’a ni confirmé ni démenti cet entretien téléphonique entre les deux présidents."
    server.parts = ["merges"]
    story = Story("s", (told("quai", f"{claim} {denial}", title="Trump et Poutine se sont parlé"),))
    async with writer(server, store) as desk:
        digest = await desk.condense(story, "fr", since=None)
    assert digest.method is Method.EXTRACTIVE
    assert "ce que confirme" not in digest.text


async def test_one_bad_line_is_dropped_and_the_others_stay(server: ModelServer, store: SqlStore) -> None:
    tricky = told("quai", f"{RAID} {HARBOUR} La Russie et l’Ukraine ont échangé 84 prisonniers de guerre chacune.")
    server.parts = ["number"]  # the sentence about the port has no digits
    more = told("vigie", "Le port d’Odessa est le premier du pays pour les céréales, rappelle la capitainerie du port.")
    async with writer(server, store) as desk:
        digest = await desk.condense(Story("s", (tricky, more)), "fr", since=None)
    assert "48" not in digest.text
    assert "91" not in digest.text


async def test_a_second_attempt_is_told_what_was_wrong(server: ModelServer, store: SqlStore) -> None:
    server.parts = ["number", "good"]
    async with writer(server, store) as desk:
        digest = await desk.condense(STORY, "fr", since=None)
    assert digest.method is Method.MODEL
    first, second = (request["messages"][1]["content"] for request in server.requests)
    assert "refused" not in first
    assert "a number is not in the cited sentences" in second


async def test_a_slow_model_costs_no_more_than_one_has_time(server: ModelServer, store: SqlStore) -> None:
    server.parts = ["slow"]
    async with writer(server, store) as desk:
        started = time.monotonic()
        digest = await desk.condense(STORY, "fr", since=None, patience=Patience(0.3))
        assert time.monotonic() - started < 60
        assert digest.method is Method.EXTRACTIVE
        asked = len(server.requests)
        await desk.condense(STORY, "fr", since=None, patience=Patience(0))
    assert len(server.requests) == asked


async def test_a_server_that_fails_is_left_alone_and_tried_again_later(server: ModelServer, store: SqlStore) -> None:
    clock = FakeClock()
    server.parts = ["500"]
    async with writer(server, store, clock=clock) as desk:
        for _ in range(6):
            await desk.condense(STORY, "fr", since=None)
        asked = len(server.requests)
        assert asked <= 9
        clock.pass_by(minutes=2)
        server.parts = ["good"]
        digest = await desk.condense(STORY, "fr", since=None)
    assert digest.method is Method.MODEL
    assert len(server.requests) == asked + 1


async def test_a_story_is_written_once_until_something_happens(server: ModelServer, store: SqlStore) -> None:
    async with writer(server, store) as desk:
        first = await desk.condense(STORY, "fr", since=None)
        assert await desk.condense(STORY, "fr", since=None) == first
        copy = replace(told("echo", hours=1), source=STORY.articles[0].source)
        assert await desk.condense(Story("s", (*STORY.articles, copy)), "fr", since=None) == first
        assert len(server.requests) == 1
        mayor = "Le maire d’Odessa, Hennadi Troukhanov, demande trois générateurs à la Pologne voisine."
        other = told("vigie", mayor, hours=1, title="Le maire d’Odessa demande de l’aide")
        await desk.condense(Story("s", (*STORY.articles, other)), "fr", since=None)
        assert len(server.requests) == 2
        changed = replace(STORY.articles[0], article=replace(STORY.articles[0].article, summary=f"{RAID} {GRID}"))
        await desk.condense(Story("s", (changed,)), "fr", since=None)
        assert len(server.requests) == 3
        await desk.condense(Story("s", (replace(other, article=replace(other.article, id="z")),)), "fr", since=None)
    # What was written from articles a reader can't see is never theirs.
    assert len(server.requests) >= 4


async def test_those_who_ask_together_pay_once(server: ModelServer, store: SqlStore) -> None:
    async with writer(server, store) as desk:
        digests = await asyncio.gather(*(desk.condense(STORY, "fr", since=None) for _ in range(6)))
    assert len(set(digests)) == len(server.requests) == 1


async def test_the_days_tokens_are_never_passed_and_briefings_come_first(server: ModelServer, store: SqlStore) -> None:
    clock = FakeClock()
    async with writer(server, store, clock=clock, tokens=5_000) as desk:
        single = await desk.condense(STORY, "fr", since=None)
        assert single.method is Method.MODEL
    async with writer(server, store, clock=clock, tokens=4_000) as desk:
        later = Story("t", STORY.articles)
        assert (await desk.condense(later, "fr", since=None)).method is Method.EXTRACTIVE
        assert (await desk.condense(later, "fr", since=None, patience=AN_EDITION)).method is Method.MODEL
    async with writer(server, store, clock=clock, tokens=100) as desk:
        digest = await desk.condense(Story("u", STORY.articles), "fr", since=None, patience=AN_EDITION)
        assert digest.method is Method.EXTRACTIVE
    async with store.read() as unit:
        (spent,) = await unit.writings.spent(clock.now().date())
    assert (spent.tokens, spent.calls) == (1_600, 2)


async def test_reserved_text_never_leaves_the_machine(server: ModelServer, store: SqlStore) -> None:
    reserved = Story("s", (told("reserved", reserved=True, text=FRENCH.replace("Odessa", "Marioupol")), told("free")))
    async with writer(server, store, mining=Publishers()) as desk:
        await desk.condense(reserved, "fr", since=None)
    assert RAID in server.shown
    assert "Marioupol" not in server.shown
    async with writer(server, store) as desk:  # the model runs here
        await desk.condense(Story("t", reserved.articles), "fr", since=None)
    assert "Marioupol" in server.shown


async def test_a_site_that_is_closed_to_models_is_told_in_its_own_words(server: ModelServer, store: SqlStore) -> None:
    async with writer(server, store, mining=Publishers("quai")) as desk:
        assert (await desk.condense(STORY, "fr", since=None)).method is Method.EXTRACTIVE
        both = Story("t", (*STORY.articles, told("vigie", GRID, title="Le courant revient")))
        await desk.condense(both, "fr", since=None)
    assert RAID not in server.shown


async def test_the_key_is_in_no_log_and_no_repr(
    server: ModelServer, store: SqlStore, capsys: pytest.CaptureFixture[str]
) -> None:
    server.parts = ["401"]
    async with writer(server, store) as desk:
        await desk.condense(STORY, "fr", since=None)
        shown = repr(desk)
    assert KEY not in shown + "".join(capsys.readouterr())
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


async def test_a_model_is_shown_sentences_and_nothing_else(server: ModelServer, store: SqlStore) -> None:
    hidden = RAID.replace("41", "41<!-- secret -->\u200b").replace("nuit", "nu\u202eit")
    async with writer(server, store) as desk:
        await desk.condense(Story("s", (told("quai", f"{hidden} {HARBOUR}"),)), "fr", since=None)
        await desk.condense(Story("t", (told("quai", FRENCH),)), "fr", since=None)
    assert not any(sign in server.shown for sign in ("secret", "\u200b", "\u202e"))
    markers = {request["messages"][1]["content"].splitlines()[0] for request in server.requests}
    assert len(markers) == len(server.requests) == 2
    assert "quai" not in server.shown  # neither outlets nor addresses


async def test_what_was_written_remembers_the_sentences_it_was_written_from(
    server: ModelServer, store: SqlStore
) -> None:
    server.translations, server.headline = TRANSLATIONS, "La Russie lance 41 drones sur Odessa"
    async with writer(server, store) as desk:
        written = await desk.condense(FOREIGN, "fr", since=None)
        again = await desk.condense(FOREIGN, "fr", since=None)
    assert {ground.article_id for ground in written.grounds} == {"harbour"}
    assert {TRANSLATIONS[ground.text] in written.text for ground in written.grounds} == {True}
    assert again == written
    assert len(server.requests) == 1


async def test_what_an_older_bot_kept_without_them_is_still_told(server: ModelServer, store: SqlStore) -> None:
    async with writer(server, store) as desk:
        written = await desk.condense(STORY, "fr", since=None)
        async with store.write() as unit:
            (kept,) = await unit.writings.written(STORY.id, "fr", desk._writer)
            data = json.loads(kept.text)
            assert data.pop("grounds")
            await unit.writings.keep(replace(kept, text=json.dumps(data)), forget_before=kept.at)
        assert await desk.condense(STORY, "fr", since=None) == replace(written, grounds=())
    assert len(server.requests) == 1
