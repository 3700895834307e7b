"""Invented articles for the tests of clustering, independence, ranking and facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.article import Article
from bot.domain.feed import Ownership
from bot.domain.language import ArticleLanguage
from bot.domain.story import Source, SourcedArticle, Story

NOON = datetime(2031, 3, 10, 12, tzinfo=UTC)


def article(
    id_: str,
    title: str,
    summary: str = "",
    *,
    language: ArticleLanguage = "fr",
    hours: float = 0.0,
    url: str | None = None,
) -> Article:
    """An article published so many hours after noon."""
    published = NOON + timedelta(hours=hours)
    return Article(id_, url, title, summary, "", language, published, published, ())


def sourced(
    piece: Article,
    name: str,
    *,
    country: str | None = None,
    ownership: Ownership | None = None,
    topics: tuple[str, ...] = (),
) -> SourcedArticle:
    """The article in an outlet."""
    return SourcedArticle(piece, Source(name, piece.language, country, ownership), topics)


def story(id_: str, *articles: SourcedArticle) -> Story:
    """A story of these articles, in published order."""
    return Story(id_, tuple(sorted(articles, key=lambda one: one.article.published)))


BRIDGE_FR = article(
    "bridge-fr",
    "Un pont ferroviaire détruit par des drones ukrainiens près de Melitopol",
    "Le gouverneur installé par Moscou, Evgueni Baltazarov, affirme que 14 wagons de carburant ont brûlé dans la nuit.",
)
BRIDGE_FR_2 = article(
    "bridge-fr-2",
    "Près de Melitopol, l'attaque d'un pont ferroviaire prive l'armée russe de carburant",
    "Quatorze wagons ont brûlé après une attaque de drones, reconnaît le gouverneur Baltazarov.",
    hours=3,
)
BRIDGE_EN = article(
    "bridge-en",
    "Ukrainian drones destroy railway bridge near Melitopol",
    "Fourteen fuel wagons burned overnight, according to Russian-installed governor Yevgeny Baltazarov.",
    language="en",
    hours=4,
)
BRIDGE_UK = article(
    "bridge-uk",
    "Дрони знищили залізничний міст біля Мелітополя, згоріли 14 вагонів",
    "Про це повідомив призначений Москвою очільник Балтазаров.",
    language="uk",
    hours=5,
)
GRAIN_FR = article(
    "grain-fr",
    "Erdogan propose un nouveau corridor céréalier au départ d'Odessa",
    "Le président turc a reçu à Ankara le ministre ukrainien de l'agriculture pour parler des ports de la mer Noire.",
    hours=1,
)
GRAIN_EN = article(
    "grain-en",
    "Erdogan offers new grain corridor from Odesa",
    "Turkey's president hosted Ukraine's agriculture minister in Ankara to discuss Black Sea ports.",
    language="en",
    hours=2,
)
PRISONERS_FR = article(
    "prisoners-fr",
    "Kyiv et Moscou échangent 212 prisonniers à la frontière biélorusse",
    "Les Émirats arabes unis ont servi de médiateurs, selon les deux parties.",
    hours=2,
)
PRISONERS_EN = article(
    "prisoners-en",
    "Ukraine and Russia swap 212 prisoners on Belarus border",
    "The United Arab Emirates mediated the exchange, both sides said.",
    language="en",
    hours=3,
)
EVERYTHING = (BRIDGE_FR, GRAIN_FR, GRAIN_EN, PRISONERS_FR, BRIDGE_FR_2, PRISONERS_EN, BRIDGE_EN, BRIDGE_UK)
