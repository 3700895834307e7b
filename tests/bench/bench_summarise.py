"""What condensing costs, step by step, and how it grows: ``python -m tests.bench.bench_summarise``. Prints µs an item,
and how much more one costs among many.

Invented articles: excerpts of some 35 words, texts of some 450. Ten thousand texts take half a minute.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.domain.article import Article
from bot.domain.story import Source, SourcedArticle, Story
from bot.editorial.cleanup import clean
from bot.editorial.digest import digest
from bot.editorial.harm import harms
from bot.editorial.headline import headline
from bot.editorial.sentences import split
from bot.editorial.summarise import summarise
from tests.bench.growth import Step, table

SENTENCES = (
    "Le port de {place} a rouvert {day} au trafic, après {number} jours de tempête, a annoncé la capitainerie.",
    "{name} a reçu {number} délégués à {place} pour parler de la reprise des livraisons de blé.",
    "« Nous attendons depuis {number} jours que la digue soit réparée », a déclaré {name}, maire de {place}.",
    "Selon le ministère, {number} navires ont quitté {place} {day} avec l'accord des deux parties.",
    "Il a ajouté que les travaux dureraient {number} semaines au moins.",
    "La route de {place} reste coupée à la circulation, faute d'éclairage et de personnel.",
    "Mais {name} conteste ces chiffres, et demande une nouvelle visite des installations {day}.",
)
PLACES = ("Valmer", "Orlac", "Sint-Aldegonde", "Keraven", "Port-Maren", "Vologne")
NAMES = ("Jeanne Martin", "Paul Lambert", "Olga Verne", "Ivo Karsten", "Anna de Roy")
DAYS = ("lundi", "mardi", "mercredi 12 mars", "jeudi", "dimanche soir")
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def article(chance: random.Random, number: int, sentences: int) -> Article:
    """An invented article of so many sentences."""
    text = " ".join(_sentence(chance) for _ in range(sentences))
    published = NOON - timedelta(minutes=number)
    title = _sentence(chance).rstrip(".")
    return Article(str(number), None, title, text, "", "fr", published, published, (number % 9,))


def _sentence(chance: random.Random) -> str:
    return chance.choice(SENTENCES).format(
        place=chance.choice(PLACES), name=chance.choice(NAMES), day=chance.choice(DAYS), number=chance.randint(2, 400)
    )


def articles(count: int, sentences: int) -> list[Article]:
    """The same ones at every run."""
    chance = random.Random(1)
    return [article(chance, number, sentences) for number in range(count)]


def _digest(one: Article) -> object:
    told = SourcedArticle(one, Source(f"Outlet {one.feed_ids[0]}", "fr"))
    return digest(Story(one.id, (told, told, told)), "fr")


EXCERPTS, TEXTS = partial(articles, sentences=2), partial(articles, sentences=26)

STEPS: tuple[Step[Article], ...] = (
    Step("clean-up, excerpt", lambda one: clean(one.body, "fr", one.title), EXCERPTS, (1_000, 10_000, 100_000)),
    Step("sentences, excerpt", lambda one: split(one.body, "fr"), EXCERPTS, (1_000, 10_000, 100_000)),
    Step("headline", lambda one: headline(one.title, "fr"), EXCERPTS, (1_000, 10_000, 100_000)),
    Step("no-harm rules, a sentence", lambda one: harms(one.title, "fr"), EXCERPTS, (1_000, 10_000, 100_000)),
    Step("summary, excerpt", lambda one: summarise(one.title, one.body, "fr"), EXCERPTS, (1_000, 10_000, 100_000)),
    Step("summary, 450-word text", lambda one: summarise(one.title, one.body, "fr"), TEXTS, (1_000, 10_000)),
    Step("digest of three excerpts", _digest, EXCERPTS, (1_000, 10_000)),
)


TARGET = 5_000.0
"""µs an article, asked of this project."""

PEERS = """
target: 5,000 µs an article. Peers on such a machine: LexRank in pure Python takes 85,000 µs for 300 sentences, and
scikit-learn 4.9 s to import before its first summary. Quality at 50 words, ROUGE-1/2 (README, "Figures"): lead
28.7/9.6 in French and 30.3/10.3 in English, LexRank 27.0/8.2 and 28.2/8.3, TextRank 25.5/7.3 in French.
"""


def main() -> None:
    """Print the table."""
    table(STEPS, TARGET)
    print(PEERS)


if __name__ == "__main__":
    main()
