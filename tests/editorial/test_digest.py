"""A story condensed: its articles' own words, fairly quoted, across outlets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.article import Article
from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.story import Source, SourcedArticle, Story
from bot.editorial.digest import digest
from bot.editorial.extracts import FAIR_WORDS
from bot.editorial.text import fold, words

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)

EXCHANGE = "Kiev et Moscou ont échangé 84 prisonniers de guerre chacun, grâce à une médiation des Émirats arabes unis."
HOME = "Les familles des soldats libérés les attendaient depuis l’aube à la frontière, dans le froid."
ENGLISH = "Kyiv and Moscow exchanged 84 prisoners of war each after mediation by the United Arab Emirates."


def told(name: str, outlet: str, text: str, language: ArticleLanguage = "fr", hours: float = 1) -> SourcedArticle:
    """An article of so many hours ago."""
    published = NOON - timedelta(hours=hours)
    title = "84 prisonniers échangés"
    article = Article(name, f"https://{outlet}.example/{name}", title, text, "", language, published, published, (1,))
    return SourcedArticle(article, Source(outlet, language))


def test_a_reader_is_told_in_their_own_language_where_an_article_has_it() -> None:
    story = Story("s", (told("a", "Le Quai", EXCHANGE, hours=5), told("b", "Harbour Post", ENGLISH, "en")))
    french, english = digest(story, "fr"), digest(story, "en")
    assert (french.quoted_language, english.quoted_language) == (None, None)
    assert french.text == EXCHANGE
    assert english.text == ENGLISH


def test_a_story_known_only_in_another_language_is_marked_as_quoted() -> None:
    only = digest(Story("s", (told("b", "Harbour Post", ENGLISH, "en"),)), "fr")
    assert (only.quoted_language, only.text) == ("en", ENGLISH)


def test_a_second_extract_comes_from_another_outlet_and_adds_something() -> None:
    story = Story("s", (told("a", "Le Quai", EXCHANGE), told("b", "La Vigie", EXCHANGE), told("c", "La Vigie", HOME)))
    both = digest(story, "fr")
    assert both.text.count(EXCHANGE) == 1
    assert HOME in both.text
    assert len(both.article_ids) == 2


def test_what_is_new_since_the_last_briefing_comes_first() -> None:
    story = Story("s", (told("a", "Le Quai", EXCHANGE, hours=20), told("c", "La Vigie", HOME, hours=1)))
    assert digest(story, "fr", since=NOON - timedelta(hours=10)).text.startswith(HOME)


GUIDES: list[tuple[ReaderLanguage, str, str, str, str]] = [
    (
        "en",
        "84 prisoners exchanged",
        "Kyiv and Moscow exchanged the soldiers in the morning after mediation by the Emirates.",
        "What we know on day 57 of the war: 84 prisoners exchanged",
        "Prisoners of war came home after Kyiv and Moscow exchanged 84 of them, and fuel prices rose abroad.",
    ),
    (
        "fr",
        "84 prisonniers échangés",
        "Kiev et Moscou ont échangé 84 prisonniers de guerre mardi.",
        "84 prisonniers échangés, l'eau, le rail… L'actu de ce mardi 10 mars",
        "Kiev et Moscou ont échangé 84 prisonniers de guerre et le prix du carburant a augmenté dans trois pays.",
    ),
    (
        "fr",
        "84 prisonniers échangés",
        "Kiev et Moscou ont échangé 84 prisonniers de guerre mardi.",
        "EN IMAGES. 84 prisonniers échangés à la frontière",
        "Les familles des 84 prisonniers de guerre échangés par Kiev et Moscou ont attendu dans le froid.",
    ),
]


@pytest.mark.parametrize(("language", "title", "text", "aside", "words"), GUIDES)
def test_a_digest_of_the_day_tells_no_story_that_a_report_tells(
    language: ReaderLanguage, title: str, text: str, aside: str, words: str
) -> None:
    report, guide = told("report", "Quai", text, language, hours=5), told("guide", "Vigie", words, language, hours=1)
    report = replace(report, article=replace(report.article, title=title))
    guide = replace(guide, article=replace(guide.article, title=aside))
    both = digest(Story("s", (report, guide)), language)
    assert (both.headline, both.text, both.article_ids) == (title, text, ("report",))


def test_where_nothing_else_is_a_guide_tells_the_story() -> None:
    guide = told("guide", "Vigie", HOME, hours=1)
    guide = replace(guide, article=replace(guide.article, title="EN IMAGES. 84 prisonniers échangés"))
    assert digest(Story("s", (guide,)), "fr").text == HOME


def test_no_more_than_35_words_are_taken_from_one_article() -> None:
    long = " ".join(f"Le ministère annonce que {EXCHANGE[0].lower()}{EXCHANGE[1:]}" for _ in range(6))
    assert len(digest(Story("s", (told("a", "Le Quai", long),)), "fr").text.split()) <= FAIR_WORDS


def test_a_truncated_excerpt_is_never_printed_cut() -> None:
    cut = f"{EXCHANGE} Les deux ministères de la Défense ont confirmé que les hommes libérés seraient…"
    assert digest(Story("s", (told("a", "Le Quai", cut),)), "fr").text == EXCHANGE


def test_a_story_without_a_sentence_keeps_its_headline_and_its_article() -> None:
    bare = digest(Story("s", (told("a", "Le Quai", ""),)), "fr")
    assert (bare.headline, bare.text, bare.article_ids) == ("84 prisonniers échangés", "", ("a",))


def test_a_short_excerpt_is_quoted_whole_so_that_a_denial_stays_beside_its_claim() -> None:
    both = "Des drones ont touché le port d’Odessa, selon le gouverneur. Moscou affirme avoir visé un dépôt militaire."
    assert digest(Story("s", (told("a", "Le Quai", both),)), "fr").text == both


def test_a_position_or_an_address_is_not_repeated() -> None:
    exact = f"Le dépôt se trouve au 12 rue Deribasivska à Odessa, par 46.4825 N et 30.7233 E. {EXCHANGE}"
    assert "Deribasivska" not in digest(Story("s", (told("a", "Le Quai", exact),)), "fr").text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=400), min_size=1, max_size=6), st.sampled_from(["fr", "en"]))
def test_every_word_is_the_articles_own(texts: list[str], language: str) -> None:
    story = Story("s", tuple(told(f"a{n}", f"o{n}", text, language) for n, text in enumerate(texts)))  # type: ignore[arg-type]
    made = digest(story, "fr")
    assert set(words(fold(made.text))) <= set(words(fold(" ".join(texts))))
    assert len(made.text.split()) <= 45


def test_words_that_point_back_never_come_first() -> None:
    back = "Ces hommes, libérés jeudi, étaient détenus depuis le siège de Marioupol, selon le ministère."
    story = Story("s", (told("a", "Le Quai", back, hours=1), told("b", "La Vigie", EXCHANGE, hours=2)))
    assert digest(story, "fr").text.startswith(EXCHANGE)


def test_a_story_of_many_days_is_told_by_its_news_and_not_by_its_first_article() -> None:
    story = Story("s", (told("a", "Le Quai", EXCHANGE, hours=90), told("c", "La Vigie", HOME, hours=1)))
    made = digest(story, "fr", since=NOON - timedelta(hours=24))
    assert (made.text, made.article_ids) == (HOME, ("c",))


def test_an_older_denial_is_still_told_beside_the_news() -> None:
    claim = "Kiev affirme avoir échangé 84 prisonniers de guerre à la frontière."
    denial = "Moscou dément avoir échangé des prisonniers de guerre à la frontière."
    story = Story("s", (told("a", "Le Quai", denial, hours=30), told("c", "La Vigie", claim, hours=1)))
    assert digest(story, "fr", since=NOON - timedelta(hours=24)).text == f"{claim} {denial}"


def test_news_in_another_language_is_quoted_rather_than_old_words_of_the_readers_own() -> None:
    articles = (told("a", "Le Quai", EXCHANGE, hours=90), told("b", "Harbour Post", ENGLISH, "en", hours=1))
    assert digest(Story("s", articles), "fr", since=NOON - timedelta(hours=24)).quoted_language == "en"


def test_words_of_the_readers_own_language_may_be_a_few_hours_older() -> None:
    articles = (told("a", "Le Quai", EXCHANGE, hours=30), told("b", "Harbour Post", ENGLISH, "en", hours=1))
    assert digest(Story("s", articles), "fr", since=NOON - timedelta(hours=24)).text == EXCHANGE


def test_a_sentence_too_long_to_be_quoted_loses_what_it_merely_adds() -> None:
    long = (
        "Le ministre de la Défense a multiplié les déclarations sur les ports lors d’un déjeuner à Valmer mercredi avec"
        " ses homologues, réaffirmant notamment la volonté du gouvernement de voir chacun s’engager davantage sur le"
        " plan financier et humain pour la reconstruction de la digue et des quais."
    )
    assert digest(Story("s", (told("a", "Le Quai", long),)), "fr").text.endswith("mercredi avec ses homologues.")
