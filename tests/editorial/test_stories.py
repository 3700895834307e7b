"""Clustering: one event one story, in any language, the same after a restart, at a cost that stays."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.article import Article
from bot.domain.story import OpenStory
from bot.editorial.index import StoryIndex
from bot.editorial.memory import StoryMemory, read
from bot.editorial.stories import WINDOW, Clusterer
from bot.editorial.vectors import represent
from bot.services.desk import stories as desk
from tests.bench.bench_stories import Newsroom
from tests.cost import cpu_seconds
from tests.editorial.stories_cases import (
    BRIDGE_EN,
    BRIDGE_FR,
    BRIDGE_FR_2,
    BRIDGE_UK,
    EVERYTHING,
    GRAIN_EN,
    GRAIN_FR,
    NOON,
    PRISONERS_EN,
    PRISONERS_FR,
    article,
)

SHARED = Path(__file__).parents[3] / "shared" / "data"


def clustered(articles: Iterable[Article], clusterer: Clusterer | None = None) -> list[set[str]]:
    """The article ids of each story, stories in the order they began."""
    clusterer = clusterer or Clusterer()
    given = {one.id: clusterer.assign(one) for one in articles}
    told: dict[str, set[str]] = defaultdict(set)
    for id_, story in given.items():
        told[clusterer.current(story)].add(id_)
    return list(told.values())


@cache
def invented(seed: int, how_many: int) -> tuple[Article, ...]:
    return tuple(islice(Newsroom(seed).articles(), how_many))


def test_articles_about_one_event_meet_across_languages_and_others_stay_apart() -> None:
    assert clustered(EVERYTHING) == [
        {BRIDGE_FR.id, BRIDGE_FR_2.id, BRIDGE_EN.id, BRIDGE_UK.id},
        {GRAIN_FR.id, GRAIN_EN.id},
        {PRISONERS_FR.id, PRISONERS_EN.id},
    ]


def test_who_is_in_all_war_news_makes_no_story() -> None:
    talk = article("talk", "Zelensky et Poutine prêts à parler de la guerre en Ukraine, selon le Kremlin")
    visit = article("visit", "Guerre en Ukraine : Zelensky décore des pompiers de Kyiv", hours=1)
    vow = article("vow", "Guerre en Ukraine : Poutine promet une hausse des retraites en Russie", hours=2)
    assert len(clustered([talk, visit, vow])) == 3


def test_two_presidents_in_one_headline_do_make_one() -> None:
    called = article("called", "Trump et Poutine se sont longuement parlé au téléphone")
    since = article("since", "Après leur appel, ce que Trump et Poutine ont promis", hours=6)
    assert len(clustered([called, since])) == 1


def test_the_kind_of_article_and_its_day_are_no_event() -> None:
    first = article("first", "DIRECT. Le point ce lundi 10 mars : la centrale d'Enerhodar privée de courant")
    second = article("second", "DIRECT. Le point ce lundi 10 mars : les Pays-Bas livrent des avions", hours=1)
    assert len(clustered([first, second])) == 2


def test_a_review_of_the_papers_ties_no_stories_together() -> None:
    raid = article("raid", "Drones hit the grain port of Odesa", "Three silos burnt.", language="en")
    tax = article("tax", "Kyiv raises taxes on fuel", "Drivers queue for petrol.", language="en", hours=1)
    papers = article(
        "papers", "The Papers: Odesa grain port hit by drones and Kyiv raises fuel taxes", language="en", hours=0.5
    )
    later = article("later", "Fuel taxes: Kyiv raises them, drivers queue", language="en", hours=2)
    stories = clustered([raid, papers, tax, later])
    assert {"tax", "later"} in stories
    assert not any({"raid", "tax"} <= told or {"raid", "later"} <= told for told in stories)


def test_nothing_is_added_to_a_story_by_what_speaks_of_many_events() -> None:
    raid = article("raid", "Drones hit the grain port of Odesa", "Three silos burnt.", language="en")
    day = article(
        "day", "What we know on day 57: drones hit the grain port of Odesa, talks stall", language="en", hours=1
    )
    clusterer = Clusterer()
    story = clusterer.assign(raid)
    before = clusterer.changed()
    assert [row.id for row in before] == [story]
    assert clusterer.assign(day) == story
    assert clusterer.changed() == ()


def test_a_guide_that_comes_first_is_joined_by_nothing_and_kept_as_a_closed_story() -> None:
    guide = article("guide", "Your guide to day nine: drones hit the grain port of Odesa", language="en")
    raid = article("raid", "Drones hit the grain port of Odesa", "Three silos burnt.", language="en", hours=1)
    clusterer = Clusterer()
    first, second = clusterer.assign(guide), clusterer.assign(raid)
    assert first != second
    assert {row.id: bool(row.memory) for row in clusterer.changed()} == {first: False, second: True}


def test_the_same_news_after_the_window_is_another_story() -> None:
    again = replace(BRIDGE_FR, id="again", published=NOON + WINDOW + timedelta(hours=1))
    assert len(clustered([BRIDGE_FR, again])) == 2
    sooner = replace(BRIDGE_FR, id="sooner", published=NOON + timedelta(days=2))
    assert len(clustered([BRIDGE_FR, sooner])) == 1


def test_a_story_id_depends_on_its_first_article_alone() -> None:
    alone = Clusterer().assign(BRIDGE_FR)
    late = Clusterer()
    for one in (GRAIN_FR, PRISONERS_EN):
        late.assign(one)
    assert late.assign(BRIDGE_FR) == alone
    assert late.assign(BRIDGE_EN) == alone


def test_only_what_changed_is_handed_over_and_once() -> None:
    clusterer = Clusterer()
    bridge, grain = clusterer.assign(BRIDGE_FR), clusterer.assign(GRAIN_FR)
    assert {row.id for row in clusterer.changed()} == {bridge, grain}
    assert clusterer.changed() == ()
    clusterer.assign(BRIDGE_FR_2)
    [row] = clusterer.changed()
    assert (row.id, row.last_published) == (bridge, BRIDGE_FR_2.published)


def _with_restarts(articles: Sequence[Article], restarts: set[int]) -> tuple[list[str], dict[str, OpenStory]]:
    """Cluster, throwing the clusterer away before the articles at ``restarts`` and starting anew from its rows."""
    rows: dict[str, OpenStory] = {}
    clusterer = Clusterer()
    given: list[str] = []
    for position, one in enumerate(articles):
        if position in restarts:
            rows |= {row.id: row for row in clusterer.changed()}
            clusterer = Clusterer(reversed(list(rows.values())))
        given.append(clusterer.assign(one))
    return given, rows | {row.id: row for row in clusterer.changed()}


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 3),
    restarts=st.sets(st.integers(1, 119), max_size=12),
    days=st.sampled_from([0.0, 1.0, 40.0]),
)
def test_a_restart_changes_nothing(seed: int, restarts: set[int], days: float) -> None:
    spread = [
        replace(one, published=one.published + timedelta(days=days * number / 120))
        for number, one in enumerate(invented(seed, 120))
    ]
    assert _with_restarts(spread, restarts) == _with_restarts(spread, set())


def test_a_row_reads_back_as_the_story_it_was_written_from() -> None:
    memory = StoryMemory("id", NOON, NOON)
    for one in EVERYTHING:
        memory.add(represent(one), one.published)
    assert read(memory.row()) == memory


def test_rows_stay_small_however_long_the_saga() -> None:
    memory = StoryMemory("id", NOON, NOON)
    sizes = []
    for one in invented(5, 400):
        memory.add(represent(one), one.published)
        sizes.append(len(memory.row().memory))
    assert max(sizes) < 12_000
    assert len(memory.spaces["shared"].total) <= 200


def _merging() -> tuple[Clusterer, list[str]]:
    """Two stories that begin apart, one in each language, until an article names what both are about."""
    farmers = "Des fermiers barrent la route de Medyka avec leurs tracteurs"
    mayor = "Les tracteurs des fermiers barrent toujours la route de Medyka, dit le maire Kowalczyk"
    hauliers = "Hauliers wait for days in lorry queue on Polish border"
    both = "Hauliers in lorry queue on Polish border blame Medyka mayor Kowalczyk and tractors"
    clusterer = Clusterer()
    articles = (
        article("farmers", farmers),
        article("hauliers", hauliers, language="en", hours=1),
        article("mayor", mayor, hours=2),
        article("both", both, language="en", hours=3),
    )
    return clusterer, [clusterer.assign(one) for one in articles]


def test_stories_that_grow_alike_become_one_and_no_article_is_lost() -> None:
    clusterer, given = _merging()
    assert given[0] != given[1]
    assert len({clusterer.current(id_) for id_ in given}) == 1
    rows = {row.id: row for row in clusterer.changed()}
    [gone] = [row for row in rows.values() if row.merged_into]
    assert gone.merged_into in rows
    assert rows[gone.merged_into].merged_into is None
    assert set(given) <= set(rows)


def test_a_merge_is_still_known_after_a_restart() -> None:
    clusterer, given = _merging()
    again = Clusterer(clusterer.changed())
    assert [again.current(id_) for id_ in given] == [clusterer.current(id_) for id_ in given]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(10, 13))
def test_every_article_ends_in_a_story_that_exists(seed: int) -> None:
    clusterer = Clusterer()
    given = [clusterer.assign(one) for one in invented(seed, 150)]
    rows = {row.id: row for row in clusterer.changed()}
    assert {clusterer.current(id_) for id_ in given} <= {row.id for row in rows.values() if not row.merged_into}


def test_a_story_that_is_closed_keeps_its_row_without_its_memory() -> None:
    clusterer = Clusterer()
    old = clusterer.assign(BRIDGE_FR)
    clusterer.assign(GRAIN_FR)
    clusterer.changed()
    clusterer.forget_before(NOON + timedelta(minutes=30))
    assert [(row.id, row.memory, row.merged_into) for row in clusterer.changed()] == [(old, b"", None)]
    assert Clusterer([OpenStory(old, NOON, b"")]).assign(GRAIN_FR)


def test_an_article_given_twice_is_not_two_stories() -> None:
    clusterer = Clusterer()
    assert clusterer.assign(BRIDGE_FR) == clusterer.assign(BRIDGE_FR)


def test_an_article_that_comes_late_joins_what_it_belongs_to() -> None:
    assert len(clustered([BRIDGE_FR_2, BRIDGE_FR])) == 1


def test_time_zones_do_not_matter() -> None:
    dakar = replace(BRIDGE_FR_2, published=BRIDGE_FR_2.published.astimezone(UTC).replace(tzinfo=UTC))
    paris = replace(BRIDGE_FR_2, published=datetime.fromisoformat("2031-03-10T16:00:00+01:00"))
    assert dakar.published == paris.published
    one, other = Clusterer(), Clusterer()
    one.assign(dakar)
    other.assign(paris)
    assert one.changed() == other.changed()


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        ["", " ", "\u202e\u0000\ufeff", "<b>Kyiv</b>", "e\u0301" * 200, "a" * 5_000, "1 " * 2_000, "Kyiv " * 900]
    ),
)


@settings(max_examples=60, deadline=None)
@given(titles=st.lists(HOSTILE, max_size=6), body=HOSTILE, language=st.sampled_from(["fr", "en", "uk", "ru", "other"]))
def test_whatever_an_article_holds_it_is_in_a_story(titles: list[str], body: str, language: str) -> None:
    clusterer = Clusterer()
    for number, title in enumerate(titles):
        piece = replace(article(str(number), title, body), language=language)  # type: ignore[arg-type] # any of five
        assert clusterer.assign(piece)
    assert all(read(row).id == row.id for row in clusterer.changed() if row.memory)


def test_a_megabyte_costs_what_its_beginning_costs() -> None:
    article = replace(BRIDGE_FR, title="pont " * 200_000, summary="", text="Kyiv, 12 mars. " * 70_000)
    assert cpu_seconds(lambda: represent(article)) < 0.2


def test_an_article_is_compared_with_few_stories_however_many_share_its_words() -> None:
    index = StoryIndex()
    seen = represent(BRIDGE_FR)
    for number in range(900):
        memory = StoryMemory(f"{number:04}", NOON, NOON)
        memory.add(represent(replace(BRIDGE_FR, title=f"{BRIDGE_FR.title} {number}")), NOON)
        index.add(memory)
    assert 0 < len(index.candidates(seen)) <= 12


# --- Real data, where it is there ---


def _b_cubed(given: Mapping[str, str], wanted: Mapping[str, str]) -> float:
    """F1 of B-cubed: how much of an article's story belongs there, and how much of what belongs there is in it."""
    found, true = defaultdict(set), defaultdict(set)
    for id_, label in wanted.items():
        found[given[id_]].add(id_)
        true[label].add(id_)
    shared = {id_: len(found[given[id_]] & true[label]) for id_, label in wanted.items()}
    precision = sum(shared[id_] / len(found[given[id_]]) for id_ in wanted) / len(wanted)
    recall = sum(shared[id_] / len(true[label]) for id_, label in wanted.items()) / len(wanted)
    return 200 * precision * recall / (precision + recall)


def _labelled(articles: str, labels: str) -> tuple[list[dict[str, str]], dict[str, str]]:
    lines = (SHARED / "labels" / labels).read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    wanted = {row["id"]: row["story"].removesuffix(":analysis") for row in rows if row.get("rel", "Y") == "Y"}
    items = map(json.loads, (SHARED / "articles" / articles).read_text(encoding="utf-8").splitlines())
    return [item for item in items if item["id"] in wanted], wanted


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real data is not beside this checkout")
@pytest.mark.parametrize(
    ("articles", "labels", "least"),
    [
        ("bilingual_2022-01-01_16.jsonl", "bilingual_stories.tsv", 90),
        ("fr_2025-02-01_13.jsonl", "fr_2025-02-08_13.tsv", 85),
    ],
)
def test_labelled_news_is_clustered_as_its_annotators_did(articles: str, labels: str, least: float) -> None:
    rows, wanted = _labelled(articles, labels)
    given = {str(answer["id"]): str(answer["story"]) for answer in desk.answer(rows)}
    present = {id_: label for id_, label in wanted.items() if id_ in given}
    assert _b_cubed(given, present) >= least


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real data is not beside this checkout")
def test_stories_told_in_both_languages_are_joined() -> None:
    rows, wanted = _labelled("bilingual_2022-01-01_16.jsonl", "bilingual_stories.tsv")
    given = {str(answer["id"]): str(answer["story"]) for answer in desk.answer(rows)}
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        told[wanted[row["id"]]].add((given[row["id"]], row["lang"]))
    bilingual = [places for places in told.values() if len({language for _, language in places}) > 1]
    joined = [places for places in bilingual if len({story for story, _ in places}) < len(places)]
    assert len(joined) >= 0.8 * len(bilingual)


# --- What is not enough ---


def apart(*pieces: Article) -> bool:
    return len(clustered(pieces)) == len(pieces)


def test_one_country_number_or_subject_in_common_makes_no_story_across_languages() -> None:
    assert apart(
        article("1", "Au Sénégal, les pêcheurs de Kayar demandent des gilets de sauvetage"),
        article("2", "Senegal wins the beach soccer cup after extra time", language="en"),
    )
    assert apart(
        article("3", "Vaccins : le rappel ouvert aux pharmacies de campagne"),
        article("4", "Nurse praised for vaccine drive among shepherds", language="en"),
    )
    assert apart(
        article("5", "Énergie : un plan de 740 millions pour les toits solaires"),
        article("6", "A shepherd walks 740 lambs through town", language="en"),
    )


def test_two_things_in_common_do_make_one_across_languages() -> None:
    told = clustered(
        [
            article("1", "Au Danemark, un ministre jugé pour avoir livré des secrets d'État"),
            article("2", "Danish minister on trial over leaked state secrets", language="en"),
        ]
    )
    assert told == [{"1", "2"}]


@pytest.mark.parametrize("signature", ["CNN's Mary Ann Otieno", "BBC correspondent Mary Otieno", "AFP’s Mary Otieno"])
def test_a_reporters_name_makes_no_story(signature: str) -> None:
    assert apart(
        article("1", "Bakers keep ovens warm in a shelter", f"{signature} spends a night with them.", language="en"),
        article(
            "2", "River ice traps a barge near Izmail", f"{signature} reports from the bank.", language="en", hours=9
        ),
    )


def test_being_about_the_war_makes_no_story() -> None:
    assert apart(
        article("1", "Ukraine war: Russian soldiers mourned in quiet villages", language="en"),
        article("2", "Parade shows what Russian troops lack in Ukraine", language="en", hours=20),
    )
    assert apart(
        article("3", "Ukraine: UK charities collect blankets", language="en"),
        article("4", "Ukraine: UK minister defends pipeline bill", language="en", hours=6),
        article("5", "UK pilots ask to fly for Ukraine", language="en", hours=12),
    )
