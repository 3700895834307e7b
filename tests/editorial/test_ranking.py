"""Ranking: what many independent sources say now comes first, and nothing is told twice."""

from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.briefing import Badge
from bot.domain.feed import Ownership
from bot.domain.language import ArticleLanguage
from bot.domain.story import Ranked, Story, Told
from bot.editorial.gravity import gravity
from bot.editorial.ranking import rank
from tests.editorial.stories_cases import NOON, article, sourced, story

WORDS = ("érable", "bouleau", "chêne", "frêne", "hêtre", "tilleul", "orme", "saule", "aulne", "charme", "sapin")
EVENING = NOON + timedelta(hours=8)


def told_by(id_: str, *outlets: str, hours: float = 0.0, topic: str | None = None) -> Story:
    """A story that each outlet tells in its own words."""
    pieces = [
        sourced(
            article(f"{id_}-{number}", f"{WORDS[number]} {id_} {outlet}", hours=hours + number / 100),
            outlet,
            topics=(topic,) if topic else (),
        )
        for number, outlet in enumerate(outlets)
    ]
    return story(id_, *pieces)


def ids(ranked: tuple[Ranked, ...]) -> list[str]:
    return [one.story.id for one in ranked]


def test_more_independent_sources_come_first() -> None:
    stories = [told_by("one", "A"), told_by("three", "B", "C", "D"), told_by("two", "E", "F")]
    ranked = rank(stories, at=EVENING)
    assert ids(ranked) == ["three", "two", "one"]
    assert [one.independent_sources for one in ranked] == [3, 2, 1]


def test_many_articles_of_one_outlet_are_one_source() -> None:
    loud = told_by("loud", "Alpha - Monde", "Alpha - Sport", "Alpha - Vidéo", "Alpha - Live", "Alpha - Une")
    assert ids(rank([loud, told_by("heard", "B", "C")], at=EVENING)) == ["heard", "loud"]


def test_fresh_news_comes_before_old_news() -> None:
    assert ids(rank([told_by("old", "A", "B", hours=-30), told_by("new", "C", "D", hours=7)], at=EVENING)) == [
        "new",
        "old",
    ]


def test_an_outlet_that_publishes_little_is_not_drowned() -> None:
    flood = [told_by(f"flood-{number}", "Flot", hours=1) for number in range(12)]
    assert ids(rank([*flood, told_by("rare", "Filet", hours=1)], at=EVENING))[0] == "rare"


def test_a_government_controlled_outlet_weighs_less() -> None:
    state = story("state", sourced(article("s", "Le pont"), "Alpha", ownership=Ownership.STATE, country="TR"))
    free = story("zfree", sourced(article("f", "La route"), "Bêta", ownership=Ownership.INDEPENDENT, country="TR"))
    assert ids(rank([state, free], at=EVENING)) == ["zfree", "state"]


def test_subjects_are_spread() -> None:
    talks = [told_by(f"talks-{number}", *(f"{number}{name}" for name in "ABCD"), topic="talks") for number in range(3)]
    grain = told_by("grain", "X", "Y", "Z", topic="grain")
    assert "grain" in ids(rank([*talks, grain], at=EVENING))[:2]


def test_three_to_five_points_and_more_than_three_only_where_they_are_worth_it() -> None:
    equal = [told_by(f"s{number}", f"{number}A", f"{number}B") for number in range(9)]
    assert len(rank(equal, at=EVENING)) == 5
    assert len(rank(equal, at=EVENING, limit=3)) == 3
    great = told_by("great", *"ABCDEFGH", hours=8)
    small = [told_by(f"small-{number}", f"{number}Z", hours=-30) for number in range(6)]
    assert len(rank([great, *small], at=EVENING)) == 3


def test_a_story_never_told_is_new() -> None:
    assert [one.badges for one in rank([told_by("one", "A")], at=EVENING)] == [(Badge.NEW,)]


def test_a_story_told_before_comes_again_only_with_something_new() -> None:
    before = told_by("one", "A", "B")
    told = {"one": Told(NOON + timedelta(hours=1), tuple(piece.article.id for piece in before.articles))}
    assert rank([before], at=EVENING, told=told) == ()
    added = sourced(article("added", "Une suite inattendue au tribunal", hours=3), "C")
    [again] = rank([Story("one", (*before.articles, added))], at=EVENING, told=told)
    assert (again.badges, again.fresh) == ((Badge.UPDATED,), ("added",))


def test_what_was_known_when_the_chat_was_told_is_not_new_though_it_was_not_cited() -> None:
    before = told_by("one", "A", "B", "C")
    assert rank([before], at=EVENING, told={"one": Told(NOON + timedelta(hours=1), ("one-0",))}) == ()


def test_a_copy_of_what_was_told_is_nothing_new() -> None:
    headline = "Le pont de la vallée fermé jusqu'à la fin de l'été"
    first = sourced(article("first", headline), "A")
    copy = sourced(article("copy", headline, hours=3), "B")
    told = {"one": Told(NOON + timedelta(hours=1), ("first",))}
    assert rank([story("one", first, copy)], at=EVENING, told=told) == ()


def test_what_was_told_under_the_id_of_a_story_since_merged_is_remembered() -> None:
    before = told_by("kept", "A", "B")
    told = {"gone": Told(NOON + timedelta(hours=1), ("kept-0",))}
    assert rank([before], at=EVENING, told=told) == ()


def test_nothing_gives_nothing() -> None:
    assert rank([], at=EVENING) == ()
    assert rank([Story("empty", ())], at=EVENING) == ()


OUTLETS = st.lists(st.sampled_from("ABCDEFG"), min_size=1, max_size=4, unique=True)


@settings(deadline=None)
@given(
    st.lists(st.tuples(OUTLETS, st.floats(-40, 7), st.sampled_from([None, "talks", "grain"])), max_size=10),
    st.integers(1, 6),
    st.randoms(use_true_random=False),
)
def test_ranking_is_a_choice_of_the_stories_whatever_their_order(
    parts: list[tuple[list[str], float, str | None]], limit: int, chance: random.Random
) -> None:
    stories = [
        told_by(f"s{number}", *outlets, hours=hours, topic=topic)
        for number, (outlets, hours, topic) in enumerate(parts)
    ]
    ranked = rank(stories, at=EVENING, limit=limit)
    assert len(ranked) == len(set(ids(ranked))) <= limit
    assert len(ranked) >= min(3, limit, len(stories))
    shuffled = list(stories)
    chance.shuffle(shuffled)
    assert ids(rank(shuffled, at=EVENING, limit=limit)) == ids(ranked)


def test_a_column_or_a_question_comes_after_news() -> None:
    asks = story("asks", sourced(article("asks-1", "Faut-il rouvrir le port de Valmer ?", hours=7), "A"))
    tells = story("tells", sourced(article("tells-1", "Le port de Valmer rouvre", hours=2), "B"))
    assert ids(rank([asks, tells], at=EVENING)) == ["tells", "asks"]


def test_what_many_stories_speak_of_comes_before_what_one_does() -> None:
    titles = ["Le pont de Valmer cède", "Valmer sans pont après la crue", "Crue de Valmer : le pont emporté"]
    great = [story(f"v{n}", sourced(article(f"v{n}", title, hours=1), f"A{n}")) for n, title in enumerate(titles)]
    small = [
        story(f"s{n}", sourced(article(f"s{n}", title, hours=1), f"B{n}"))
        for n, title in enumerate(
            ["Un phare repeint", "Des marins primés", "Une digue inspectée", "Trois quais fermés"]
        )
    ]
    assert {one.story.id for one in rank([*small, *great], at=EVENING, limit=3)} == {"v0", "v1", "v2"}


def test_two_independent_sources_outweigh_a_subject_in_vogue() -> None:
    titles = ["Le pont de Valmer cède", "Valmer sans pont après la crue", "Crue de Valmer : le pont emporté"]
    vogue = [story(f"v{n}", sourced(article(f"v{n}", title, hours=1), f"A{n}")) for n, title in enumerate(titles)]
    assert ids(rank([*vogue, told_by("two", "C", "D", hours=1)], at=EVENING))[0] == "two"


def test_a_quotation_without_its_speaker_or_a_pronoun_comes_after_a_title_that_tells() -> None:
    points = story("points", sourced(article("points-1", "Il a quitté le port de Valmer", hours=2), "A"))
    tells = story("tells", sourced(article("tells-1", "Le cargo a quitté la rade", hours=2), "B"))
    assert ids(rank([points, tells], at=EVENING)) == ["tells", "points"]


def one(id_: str, title: str, *topics: str) -> Story:
    return story(id_, sourced(article(id_, title, language="en", hours=1), f"Outlet {id_}", topics=topics))


def test_the_wars_course_comes_before_what_stands_beside_it() -> None:
    beside = [
        one("film", "Film festival opens with a tribute to Ukraine"),
        one("match", "Football match in Kyiv postponed", "front-line"),
        one("market", "Stock markets fall as the war goes on", "energy"),
        one("family", "Ukrainian mother finds her twins in Leeds", "refugees"),
    ]
    talks = one("talks", "Negotiators leave Istanbul without a date", "talks")
    strikes = one("strikes", "Missiles hit two power stations near Dnipro", "drones-strikes")
    assert set(ids(rank([*beside, talks, strikes], at=EVENING))[:2]) == {"talks", "strikes"}


def test_what_changes_the_war_comes_before_somebodys_story_a_guide_a_column_and_pictures() -> None:
    beside = [
        told("birth", "en", "Mother gives birth in a Kharkiv cellar", "The boy was born in a shelter.", "refugees"),
        told("guide", "en", "A quick guide to the war in Ukraine", "Where is it fought?", "front-line"),
        told("help", "en", "How to help people fleeing Ukraine", "Charities need blankets.", "refugees"),
        told("column", "en", "Why Kyiv must hold its nerve | Jane Harbour", "It is late.", "talks"),
        told("gallery", "en", "In pictures: a night in Odesa", "Silos burn.", "drones-strikes"),
        told("naissance", "fr", "Elle accouche dans une cave de Kharkiv", "Le garçon va bien.", "refugees"),
        told("aider", "fr", "Guerre en Ukraine : comment aider les réfugiés", "Des couvertures.", "refugees"),
        told("images", "fr", "EN IMAGES. Une nuit à Odessa", "Des silos brûlent.", "drones-strikes"),
    ]
    taken = told("taken", "en", "Russian troops take control of Melitopol", "The mayor said so.")
    gaz = told("gaz", "fr", "Moscou coupe le gaz à la Moldavie", "Gazprom l'a annoncé.", "energy")
    assert set(ids(rank([*beside, taken, gaz], at=EVENING))[:2]) == {"taken", "gaz"}


def told(id_: str, language: ArticleLanguage, title: str, lead: str, *topics: str) -> Story:
    return story(id_, sourced(article(id_, title, lead, language=language, hours=1), f"Outlet {id_}", topics=topics))


def test_three_outlets_papers_and_guides_confirm_nothing() -> None:
    raid = sourced(article("raid", "Drones hit the port of Odesa", language="en", hours=1), "A")
    papers = sourced(article("papers", "The Papers: Odesa port hit", language="en", hours=2), "B")
    guide = sourced(article("guide", "Your guide to day nine of the war", language="en", hours=3), "C")
    [ranked] = rank([story("raid", raid, papers, guide)], at=EVENING)
    assert ranked.independent_sources == 1


def test_somebodys_story_of_today_makes_old_news_no_fresher() -> None:
    raid = sourced(article("raid", "Drones hit the port of Odesa", language="en", hours=-40), "A")
    alone = rank([story("one", raid)], at=EVENING)[0].score
    wedding = sourced(article("wed", "Couple marry in the port of Odesa", language="en", hours=7), "A")
    assert rank([story("one", raid, wedding)], at=EVENING)[0].score < 2 * alone


def test_a_deed_makes_a_title_graver() -> None:
    did = one("did", "Village near Kupiansk is retaken and shelled")
    stood = one("stood", "Village near Kupiansk is quiet and cold")
    assert ids(rank([stood, did], at=EVENING)) == ["did", "stood"]


def test_who_acts_makes_a_title_graver() -> None:
    acted = one("acted", "Zelensky and Macron speak of shelters")
    said = one("said", "Engineers and plumbers speak of shelters")
    assert ids(rank([said, acted], at=EVENING)) == ["acted", "said"]


def test_no_more_of_an_endless_title_is_read_than_of_a_long_one() -> None:
    assert gravity("Zelensky " * 200_000, "en", ()) == gravity("Zelensky " * 50, "en", ()) > gravity("Rain", "en", ())


def test_two_independent_sources_outweigh_a_grave_title() -> None:
    tribute = story(
        "two",
        sourced(article("two-1", "A poem for Kyiv is read at the Senate", language="en", hours=1), "A"),
        sourced(article("two-2", "Senate hears Kyiv poet", language="en", hours=1), "B"),
    )
    assert ids(rank([one("front", "Village of Robotyne shelled", "front-line"), tribute], at=EVENING))[0] == "two"
