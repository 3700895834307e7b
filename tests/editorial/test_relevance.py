"""Relevance: what is about the war is found, what merely mentions it is not, and a moderator can see why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article import Relevance, Verdict
from bot.editorial.pack import json_data, yaml_data
from bot.editorial.relevance import judge, settle
from bot.editorial.text import fold, words
from tests.cost import cpu_seconds
from tests.editorial.relevance_cases import (
    ABOUT_SOMETHING_ELSE,
    ABOUT_THE_WAR,
    IN_DOUBT,
    OF_THE_COUNTRY_AT_WAR,
    PEACEFUL,
)

YES, MAYBE, NO = Verdict.YES, Verdict.MAYBE, Verdict.NO
SHARED = Path(__file__).parents[3] / "shared" / "data"


def of(title: str, summary: str = "", text: str = "", *, dedicated: bool = False) -> Relevance:
    return judge(title, summary, text, "fr", dedicated=dedicated)


@pytest.mark.parametrize(("title", "summary"), ABOUT_THE_WAR)
def test_news_of_the_war_is_found(title: str, summary: str) -> None:
    assert of(title, summary).verdict is YES, of(title, summary)


@pytest.mark.parametrize(("title", "summary"), ABOUT_SOMETHING_ELSE)
def test_other_news_is_left(title: str, summary: str) -> None:
    assert of(title, summary).verdict is NO, of(title, summary)


@pytest.mark.parametrize(("title", "summary"), IN_DOUBT)
def test_what_is_near_the_war_waits_for_company(title: str, summary: str) -> None:
    assert of(title, summary).verdict is MAYBE, of(title, summary)


@pytest.mark.parametrize(("title", "summary"), ABOUT_THE_WAR)
def test_neither_accents_nor_case_nor_markup_nor_invisible_characters_hide_it(title: str, summary: str) -> None:
    assert of(f"<b>{title}</b>", f"<p>{summary}</p><img src='x'>") == of(title, summary)
    assert of(title.replace("a", "a\u0301\u00ad").replace(" ", " \u202e"), summary) == of(title, summary)
    assert of(title.replace("'", "’"), summary.replace("'", "’")) == of(title, summary)


def test_a_lower_cased_text_is_judged_as_any_other() -> None:
    lowered = [(title.lower(), summary.lower()) for title, summary in ABOUT_THE_WAR]
    missed = [title for title, summary in lowered if of(title, summary).verdict is not YES]
    assert len(missed) <= len(lowered) // 20, missed


@pytest.mark.parametrize(("title", "summary"), PEACEFUL)
def test_a_country_at_war_has_peaceful_news_too(title: str, summary: str) -> None:
    assert of(title, summary).verdict is not YES, of(title, summary)


@pytest.mark.parametrize(("title", "summary"), OF_THE_COUNTRY_AT_WAR)
def test_its_hardships_and_its_leader_are_of_the_war_without_the_word(title: str, summary: str) -> None:
    assert of(title, summary).verdict is YES, of(title, summary)


def test_what_tells_of_the_country_alone_waits_for_company() -> None:
    alone = of("Kyiv's techno clubs draw a new crowd", "Young people queue for hours in the Ukrainian capital.")
    assert alone.verdict is MAYBE
    assert "alone:kyiv" in alone.reasons
    assert settle(alone, [YES, YES]).verdict is YES


def test_a_title_without_a_lead_is_taken_at_its_word() -> None:
    assert of("Kharkiv holds its breath").verdict is YES


# --- Zones ---


def test_a_name_weighs_most_in_the_title_then_in_the_lead_then_in_the_text() -> None:
    filler = "Le conseil municipal examine le budget. " * 30
    in_title = of("Kharkiv", "Le conseil", filler).score
    in_lead = of("Budget", "Le conseil de Kharkiv", filler).score
    in_text = of("Budget", "Le conseil", f"Kharkiv. {filler}").score
    assert in_title > in_lead > in_text > 0


def test_a_passing_mention_in_a_long_text_is_not_enough() -> None:
    filler = "Le constructeur présente sa nouvelle voiture électrique. " * 20
    assert (
        of("Une nouvelle voiture", "", f"{filler} Les prix montent depuis la guerre en Ukraine. {filler}").verdict is NO
    )


def test_a_text_without_summary_lends_its_beginning_as_lead() -> None:
    text = "Les sirènes ont retenti à Kyiv, où les secours fouillent les décombres. " * 8
    assert of("Une nuit de plus dans les abris", "", text).verdict is YES


def test_what_comes_after_the_beginning_of_a_text_is_not_read() -> None:
    filler = "Le conseil municipal examine le budget. " * 200
    assert of("Budget", "Le conseil", filler) == of("Budget", "Le conseil", filler + "Kyiv, Kharkiv, Odesa. " * 50)


def test_two_words_of_one_phrase_are_one_sign() -> None:
    together = of("Les troupes russes")
    assert not any(reason.startswith("pair:") for reason in together.reasons)
    assert of("Les Russes et leurs troupes").reasons == ("pair:russes+troupes",)


def test_capitals_tell_an_acronym_from_a_small_word() -> None:
    assert "pair:moscow+united states" in of("Moscow and the US").reasons
    assert not of("Moscow and us").reasons


# --- Exclusions ---


@pytest.mark.parametrize(
    ("subject", "word"),
    [
        ("sport", "tennis"), ("show", "concert"), ("food", "recette"), ("science", "archéologue"), ("market", "CAC 40"),
        ("other-war", "Gaza"), ("digest", "revue de presse"), ("crime", "féminicide"), ("history", "Staline"),
    ],
)  # fmt: skip
def test_another_subject_takes_away_and_says_so(subject: str, word: str) -> None:
    plain, other = of("Une soirée à Kyiv"), of(f"Une soirée à Kyiv, {word}")
    assert other.score < plain.score
    assert f"-{subject}:{fold(word)}" in other.reasons


def test_another_subject_weighs_less_where_the_title_names_the_country_at_war() -> None:
    at_peace = of("Ukraine : un match").score - of("Ukraine").score
    at_war = of("Ukraine : un match sous les missiles").score - of("Ukraine : sous les missiles").score
    assert at_peace < at_war < 0


def test_a_digest_of_many_subjects_is_no_article_about_the_war() -> None:
    assert of("Kyiv, budget, neige : l'actu du jour").verdict is not YES


# --- Company ---


def test_a_dedicated_feed_says_yes_where_nothing_says_no() -> None:
    assert of("Deux morts dans la nuit", dedicated=True).verdict is YES
    assert of("Deux morts dans la nuit").verdict is NO
    assert "dedicated" in of("Deux morts dans la nuit", dedicated=True).reasons


def test_even_a_dedicated_feed_may_speak_of_something_else() -> None:
    assert of("Tennis : en finale à Wimbledon", dedicated=True).verdict is not YES


MAYBE_ONE = Relevance(MAYBE, 2.0, ("lead:kyiv",))


@pytest.mark.parametrize(
    ("company", "verdict"),
    [
        ([], MAYBE), ([YES], YES), ([NO], MAYBE), ([YES, NO], MAYBE), ([YES, YES, NO], YES), ([MAYBE, MAYBE], MAYBE),
        ([YES, MAYBE], YES), ([YES, NO, NO], MAYBE),
    ],
)  # fmt: skip
def test_a_maybe_becomes_yes_where_most_of_its_company_is(company: list[Verdict], verdict: Verdict) -> None:
    assert settle(MAYBE_ONE, company).verdict is verdict


def test_the_company_is_said_in_the_reasons() -> None:
    assert settle(MAYBE_ONE, [YES, NO, YES]).reasons == ("lead:kyiv", "company:2/3")


verdicts = st.lists(st.sampled_from(list(Verdict)), max_size=9)


@given(st.sampled_from([YES, NO]), verdicts)
def test_a_plain_verdict_is_never_changed_by_company(verdict: Verdict, company: list[Verdict]) -> None:
    judged = Relevance(verdict, 0.0, ())
    assert settle(judged, company) == judged


@given(verdicts)
def test_more_yeses_never_undo_a_yes_and_more_noes_never_make_one(company: list[Verdict]) -> None:
    settled = settle(MAYBE_ONE, company).verdict
    assert settled is not YES or settle(MAYBE_ONE, [*company, YES]).verdict is YES
    assert settled is YES or settle(MAYBE_ONE, [*company, NO]).verdict is MAYBE
    assert settled is not NO


# --- Any text ---

TELLING = st.sampled_from(
    [
        "Kyiv",
        "Poutine",
        "Trump",
        "guerre",
        "missiles",
        "sanctions",
        "sommet",
        "otan",
        "réfugiés",
        "budget",
        "la",
        "de",
        ".",
    ]
)
texts = st.lists(TELLING, max_size=25).map(" ".join)


@given(texts, texts)
def test_another_subject_never_adds(title: str, summary: str) -> None:
    assert of(f"{title} . Wimbledon", summary).score <= of(title, summary).score
    assert of(title, f"{summary} . Wimbledon").score <= of(title, summary).score


@given(texts, texts)
def test_naming_the_country_in_the_title_never_takes_away(title: str, summary: str) -> None:
    assert of(f"{title} . Ukraine", summary).score >= of(title, summary).score


@given(texts, texts)
def test_a_dedicated_feed_never_takes_away(title: str, summary: str) -> None:
    assert of(title, summary, dedicated=True).score > of(title, summary).score


@given(texts, texts, texts)
def test_every_reason_names_words_of_the_article(title: str, summary: str, text: str) -> None:
    known = set(words(fold(f"{title} {summary} {text}")))
    for reason in of(title, summary, text).reasons:
        found = reason.partition(":")[2].rpartition("×")[0] or reason.partition(":")[2]
        assert set(found.replace("+", " ").split()) <= known


@given(st.text(), st.text(), st.text())
def test_any_text_gets_a_verdict_that_follows_its_score(title: str, summary: str, text: str) -> None:
    judged = of(title, summary, text)
    limits = yaml_data("relevance.yaml")["thresholds"]
    expected = YES if judged.score >= limits["yes"] else MAYBE if judged.score >= limits["maybe"] else NO
    assert judged.verdict is expected


@pytest.mark.parametrize("empty", ["", " ", "\x00", "\u202e", "🇺🇦", "<b></b>", "&nbsp;"])
def test_nothing_to_read_is_not_about_the_war(empty: str) -> None:
    assert of(empty, empty, empty) == Relevance(NO, 0, ())


@pytest.mark.parametrize(
    "filler", ["a", "é", "<a ", "&#1", "\u0301", "ukraine ", "ukraine", "la guerre ", "\u202e", "Σ"]
)
def test_a_megabyte_costs_what_its_beginning_costs(filler: str) -> None:
    hostile = filler * (1_000_000 // len(filler))
    of(hostile, hostile, hostile)
    assert cpu_seconds(lambda: of(hostile, hostile, hostile)) < 0.3


# --- The pack ---


def test_every_group_of_the_rules_has_words_and_every_group_of_words_a_rule() -> None:
    rules, groups = yaml_data("relevance.yaml"), set(json_data("vocabulary.json"))
    paired = {group for line in rules["pairs"].splitlines() for group in line.split()[0].split("+")}
    spared = {*rules["spared_by"]["names"], *rules["spared_by"]["acts"]}
    used = {*rules["tiers"], *rules["exclusions"], *paired, *rules["alone"]["signs"]}
    assert used == groups - {"decoys"}
    assert spared <= used


def test_no_group_is_worth_more_elsewhere_than_in_the_title() -> None:
    rules = yaml_data("relevance.yaml")
    for worth in (*rules["tiers"].values(), *rules["exclusions"].values()):
        assert worth["title"] >= worth["lead"] > 0
    for line in rules["pairs"].splitlines():
        title, across, lead = map(float, line.split()[1:])
        assert max(title, across) >= lead > 0


# --- Real data, where it is there ---


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real data is not beside this checkout")
def test_the_labelled_week_is_judged_as_its_annotators_did() -> None:
    lines = (SHARED / "labels" / "fr_2025-02-08_13.tsv").read_text(encoding="utf-8").splitlines()[1:]
    labels = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    days = {line.split("\t")[4] for line in lines}
    right = said = true = 0
    for row in _rows(SHARED / "articles" / "fr_2025-02-01_13.jsonl"):
        label = labels.get(row["id"], "N")
        if row["published"][:10] in days and label != "M":
            yes = of(row["title"], row.get("summary") or "").verdict is YES
            right, said, true = right + (yes and label == "Y"), said + yes, true + (label == "Y")
    assert right / said >= 0.95
    assert right / true >= 0.95


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real data is not beside this checkout")
def test_russian_news_that_is_not_of_the_war_is_left() -> None:
    rows = _rows(SHARED / "articles" / "fr_hard_negatives.jsonl")
    wrong = [row["title"] for row in rows if of(row["title"], row["summary"], row["text"]).verdict is YES]
    assert len(wrong) <= len(rows) // 100, wrong
