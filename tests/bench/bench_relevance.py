"""What judging an article costs, and how it grows: ``python -m tests.bench.bench_relevance``. Prints µs an item, and
how much more one costs among 100,000 than among 1,000.

Half of the invented articles' words are the vocabulary's: real articles cost about half.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.editorial.language import detect
from bot.editorial.relevance import judge

WORDS = """
    le la les de du des un une et en à pour sur dans avec selon mairie budget école neige marché route match film
    Kyiv Ukraine Russie Moscou Poutine Trump guerre missiles drones sanctions négociations paix troupes frappes
    sommet européens réfugiés électricité hôpital pont fleuve hiver nuit matin ministre président accord
""".split()  # noqa: SIM905 - a list literal would be three times as long to read


@dataclass(frozen=True, slots=True)
class Item:
    """An invented article."""

    title: str
    summary: str
    text: str


def items(count: int, text_words: int, seed: int = 1) -> list[Item]:
    """Articles with a title of 12 words, a summary of 30 and a text of ``text_words``."""
    chance = random.Random(seed)
    return [Item(*(" ".join(chance.choices(WORDS, k=size)) for size in (12, 30, text_words))) for _ in range(count)]


def microseconds(work: Callable[[Item], object], batch: Sequence[Item]) -> float:
    """The processor time of one item, start-up left out."""
    work(batch[0])
    started = time.process_time()
    for item in batch:
        work(item)
    return 1e6 * (time.process_time() - started) / len(batch)


def _detect(item: Item) -> object:
    return detect(f"{item.title}\n{item.summary}", "fr")


def _judge(item: Item) -> object:
    return judge(item.title, item.summary, item.text, "fr")


TARGET = 1_000.0
"""µs an item, asked of this project."""

PEERS = """
target: 1,000 µs an item. Quality: `python ../shared/eval/score.py relevance …` (README, "Figures"); a keyword prototype
on the same French headlines reached precision 94, recall 94; two annotators agree with each other at kappa 0.98.
"""


def main() -> None:
    """Print the table."""
    print(f"{'step':<28}{'items':>9}{'µs/item':>10}{'growth':>9}")
    for name, work, text_words, counts in (
        ("language, excerpt", _detect, 0, (1_000, 10_000, 100_000)),
        ("relevance, excerpt", _judge, 0, (1_000, 10_000, 100_000)),
        ("relevance, full text", _judge, 600, (1_000, 10_000)),
    ):
        first = 0.0
        for count in counts:
            spent = microseconds(work, items(count, text_words))
            first = first or spent
            over = "" if spent <= TARGET else "  over the target"
            print(f"{name:<28}{count:>9,}{spent:>10.0f}{spent / first:>9.2f}{over}", flush=True)
    print(PEERS)


if __name__ == "__main__":
    main()
