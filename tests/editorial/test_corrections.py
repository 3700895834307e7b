"""Corrections: what changes the sense of a cited sentence is found, and nothing else is taken for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article import Article
from bot.domain.briefing import Ground, Method, Point
from bot.domain.correction import CorrectionKind, Difference, Wording
from bot.domain.language import ArticleLanguage, ReaderLanguage
from bot.domain.story import Source, SourcedArticle, Story
from bot.editorial.corrections import cited, differences, matters, withdrawn
from bot.editorial.evidence import gather
from bot.editorial.sentences import split

WITHDRAWN, NUMBER = CorrectionKind.WITHDRAWN, CorrectionKind.NUMBER
NAME, NEGATION, PHASE = CorrectionKind.NAME, CorrectionKind.NEGATION, CorrectionKind.PHASE

FRENCH = (
    "Douze personnes ont été tuées à Odessa dans la nuit, selon le gouverneur. "
    "Les pompiers ont travaillé jusqu’à l’aube dans le port. "
    "Moscou a accepté la trêve de trente jours proposée par Washington. "
    "Dmitri Peskov a confirmé l’appel à des journalistes lundi."
)
ENGLISH = (
    "Twelve people were killed in Odesa overnight, the governor said. "
    "Firefighters worked until dawn in the port. "
    "Moscow accepted the thirty-day truce proposed by Washington. "
    "Dmitry Peskov confirmed the call to reporters on Monday."
)
MUTATIONS: tuple[tuple[ArticleLanguage, str, str, CorrectionKind], ...] = (
    ("fr", "Douze personnes", "Huit personnes", NUMBER),
    ("fr", "Douze personnes", "8 personnes", NUMBER),
    ("fr", "Douze personnes", "Vingt-deux personnes", NUMBER),
    ("fr", "à Odessa", "à Kherson", NAME),
    ("fr", "Dmitri Peskov", "Sergueï Lavrov", NAME),
    ("fr", "Moscou a accepté", "Moscou n’a pas accepté", NEGATION),
    ("fr", "a confirmé l’appel", "a démenti l’appel", NEGATION),
    ("en", "Twelve people", "Eight people", NUMBER),
    ("en", "Twelve people", "120 people", NUMBER),
    ("en", "in Odesa", "in Kherson", NAME),
    ("en", "Dmitry Peskov", "Sergei Lavrov", NAME),
    ("en", "Moscow accepted", "Moscow did not accept", NEGATION),
    ("en", "Moscow accepted", "Moscow never accepted", NEGATION),
    ("en", "confirmed the call", "denied the call", NEGATION),
)
HARMLESS: tuple[tuple[ArticleLanguage, str, str], ...] = (
    ("fr", "Douze personnes", "12 personnes"),
    ("fr", "dans la nuit", "pendant la nuit"),
    ("fr", "selon le gouverneur", "selon le gouverneur de la région"),
    ("fr", "Dmitri Peskov", "Le porte-parole Dmitri Peskov"),
    ("fr", "à Odessa", "à Odesa"),
    ("en", "Twelve people", "12 people"),
    ("en", "overnight", "during the night"),
    ("en", "Dmitry Peskov", "Spokesman Dmitry Peskov"),
    ("en", "the governor said", "according to the governor"),
)  # fmt: skip


def body(language: ArticleLanguage) -> str:
    return FRENCH if language == "fr" else ENGLISH


def wording(text: str, title: str = "Un titre") -> Wording:
    return Wording(title, "", text)


@pytest.mark.parametrize(("language", "old", "new", "kind"), MUTATIONS)
def test_a_changed_number_name_or_negation_in_a_cited_sentence_is_a_correction(
    language: ArticleLanguage, old: str, new: str, kind: CorrectionKind
) -> None:
    text = body(language)
    changed = text.replace(old, new)
    assert changed != text
    (found,) = differences(text, wording(text), wording(changed), language)
    assert found.kind is kind


@pytest.mark.parametrize(("language", "old", "new", "kind"), MUTATIONS)
def test_a_sentence_that_nobody_was_told_is_nobodys_correction(
    language: ArticleLanguage, old: str, new: str, kind: CorrectionKind
) -> None:
    text = body(language)
    told = " ".join(sentence for sentence in split(text, language) if old not in sentence)
    assert differences(told, wording(text), wording(text.replace(old, new)), language) == (), kind


@pytest.mark.parametrize(("language", "old", "new"), HARMLESS)
def test_the_same_in_other_words_is_none(language: ArticleLanguage, old: str, new: str) -> None:
    text = body(language)
    changed = text.replace(old, new)
    assert changed != text
    assert differences(text, wording(text), wording(changed), language) == ()


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("fr", "Les deux parties ont conclu un cessez-le-feu mardi soir à Djeddah.",
         "Les deux parties discutent d’un cessez-le-feu mardi soir à Djeddah."),
        ("fr", "Le cessez-le-feu est entré en vigueur à minuit dans toute l’Ukraine.",
         "Le cessez-le-feu pourrait entrer en vigueur à minuit dans toute l’Ukraine."),
        ("en", "A ceasefire came into force at midnight across Ukraine.",
         "A ceasefire could come into force at midnight across Ukraine."),
        ("en", "Kyiv and Moscow have agreed a ceasefire in Jeddah, officials said.",
         "Kyiv and Moscow have discussed a ceasefire in Jeddah, officials said."),
    ],
)  # fmt: skip
def test_a_changed_phase_is_a_correction(language: ArticleLanguage, before: str, after: str) -> None:
    (found,) = differences(before, wording(before), wording(after), language)
    assert (found.kind, found.before, found.after) == (PHASE, before, after)


@pytest.mark.parametrize(("language", "text"), [("fr", FRENCH), ("en", ENGLISH)])
def test_a_rewritten_headline_is_none(language: ArticleLanguage, text: str) -> None:
    before, after = wording(text, "Douze morts à Odessa"), wording(text, "Quinze blessés à Kherson, pas à Odessa")
    assert not matters(before, after, language)


def test_a_figure_is_told_with_what_it_counts() -> None:
    changed = FRENCH.replace("Douze personnes", "Huit personnes")
    assert differences(FRENCH, wording(FRENCH), wording(changed), "fr") == (
        Difference(NUMBER, "Douze personnes", "Huit personnes"),
    )


def test_a_shortened_quotation_is_still_recognised() -> None:
    source = "Selon le gouverneur (joint par téléphone), douze personnes ont été tuées à Odessa dans la nuit."
    told = "Selon le gouverneur, douze personnes ont été tuées à Odessa dans la nuit."
    (found,) = differences(told, wording(source), wording(source.replace("douze", "huit")), "fr")
    assert found.kind is NUMBER


def test_a_sentence_that_was_there_all_along_replaces_none() -> None:
    odessa, kherson = (f"Douze personnes ont été tuées à {town} dans la nuit." for town in ("Odessa", "Kherson"))
    assert not matters(wording(f"{odessa} {kherson}"), wording(kherson), "fr")


@pytest.mark.parametrize(
    "notice",
    [
        "RETIRÉ : Douze morts à Odessa",
        "[Annulé] Douze morts à Odessa",
        "Cet article a été retiré par la rédaction.",
        "Nous avons retiré cet article.",
        "L’AFP annule sa dépêche sur Odessa.",
        "WITHDRAWN: Twelve dead in Odesa",
        "[Retracted] Twelve dead in Odesa",
        "This story has been withdrawn.",
        "We have retracted this article.",
        "Эта статья была удалена.",
        "Цю статтю було видалено.",
    ],
)
def test_a_notice_of_withdrawal_is_understood(notice: str) -> None:
    assert withdrawn(notice, "", "")
    found = differences(FRENCH, wording(FRENCH), wording("", notice), "fr")
    assert found == (Difference(WITHDRAWN),)
    assert differences(FRENCH, wording(FRENCH, notice), wording("", notice), "fr") == ()


@pytest.mark.parametrize(
    "title",
    [
        "Le projet de résolution a été retiré de l’ordre du jour",
        "Les troupes se sont retirées : Kiev prudent",
        "Troops have been withdrawn from the border",
        "Removed from office: a governor tells his story",
        "L’article 5 a été invoqué",
        "Kharkiv : un monument retiré",
    ],
)
def test_news_about_a_withdrawal_is_no_withdrawal(title: str) -> None:
    assert not withdrawn(title, f"{title}.", f"{title}, écrit Le Quai.")


SENTENCES = st.sampled_from(sorted({*split(FRENCH, "fr"), *split(ENGLISH, "en")}))


@given(st.lists(SENTENCES, max_size=6), st.randoms(use_true_random=False))
def test_sentences_in_another_order_or_added_are_no_correction(listed: list[str], chance: object) -> None:
    mixed = list(listed)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    more = " ".join([*mixed, "La mairie a ouvert une cellule d’aide aux familles."])
    assert not matters(wording(" ".join(listed)), wording(more), "fr")


@given(st.integers(2, 99_999), st.integers(2, 99_999))
def test_two_figures_differ_whenever_their_values_do(one: int, other: int) -> None:
    before, after = (f"Le ministère a compté {number} drones abattus dans la nuit de lundi." for number in (one, other))
    assert matters(wording(before), wording(after), "fr") is (one != other)


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_compared_without_harm_and_with_itself_without_result(told: str, one: str, other: str) -> None:
    differences(told, wording(one), wording(other), "fr")
    assert not matters(wording(one, told), wording(one, told), "en")


# --- What was told in other words ---

PARAPHRASED: dict[ArticleLanguage, str] = {
    "fr": "À Odessa, des frappes nocturnes ont fait de nombreuses victimes ; le Kremlin se dit prêt à une pause.",
    "en": "Overnight strikes left many dead in Odesa, and the Kremlin says that it is ready for a pause.",
}


def point(text: str, *grounds: Ground) -> Point:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    return Point("s", "Odessa", text, (), ("a",), (), (), now, method=Method.MODEL, grounds=grounds)


def evidence_of(text: str, language: ArticleLanguage, reader: ReaderLanguage) -> tuple[Ground, ...]:
    """What a model is given of an article."""
    now = datetime(2026, 3, 10, tzinfo=UTC)
    article = Article("a", None, "Odessa", text, "", language, now, now, (1,))
    story = Story("s", (SourcedArticle(article, Source("Le Quai", language)),))
    return tuple(Ground(one.article_id, one.text) for one in gather(story, reader, since=None))


@pytest.mark.parametrize("reader", ["fr", "en"])
@pytest.mark.parametrize(("language", "old", "new", "kind"), MUTATIONS)
def test_a_changed_sentence_that_a_model_told_otherwise_is_a_correction(
    language: ArticleLanguage, old: str, new: str, kind: CorrectionKind, reader: ReaderLanguage
) -> None:
    text = body(language)
    grounds = evidence_of(text, language, reader)
    assert any(old in ground.text for ground in grounds)
    told = point(PARAPHRASED[reader], *grounds)
    (found,) = differences(cited(told, "a"), wording(text), wording(text.replace(old, new)), language)
    assert found.kind is kind
    other = point(PARAPHRASED[reader], *(ground for ground in grounds if old not in ground.text))
    assert differences(cited(other, "a"), wording(text), wording(text.replace(old, new)), language) == ()


NUMBERS = st.integers(2, 99_999)


@given(NUMBERS, NUMBERS, st.text(max_size=80), st.sampled_from(["Le port a rouvert lundi.", ""]))
def test_a_figure_changed_under_a_point_is_found_whatever_the_point_says(
    one: int, other: int, said: str, more: str
) -> None:
    before, after = (f"Le ministère a compté {number} drones abattus dans la nuit de lundi." for number in (one, other))
    told = point(said, Ground("b", "Un tout autre article en parle."), Ground("a", before))
    found = differences(cited(told, "a"), wording(before), wording(f"{more} {after}"), "fr")
    assert [difference.kind for difference in found] == ([] if one == other else [NUMBER])


def test_of_a_point_in_the_articles_own_words_the_text_is_what_was_cited() -> None:
    assert cited(point(FRENCH), "a") == FRENCH
    assert cited(point(FRENCH, Ground("b", "Autre chose.")), "a") == ""
