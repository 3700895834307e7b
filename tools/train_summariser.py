"""Train the sentence scorer and write ``bot/editorial/data/summary_weights.json``.

    python tools/train_summariser.py --french FR.jsonl --english EN.jsonl [--out FILE] [--report]

Each line of the inputs is ``{"title"?, "article", "abstract"}``: an article with a summary its editors wrote
(OrangeSum for French, CNN highlights for English; neither is part of this repository). Needs numpy, scipy,
scikit-learn and lightgbm, which the bot doesn't: use an environment of their own. One process, a few minutes.

Three steps, each on the one before: chances of words, chances of pairs of words (logistic regressions over the cells
of ``salience``), and trees that correct a sentence's expected share from its ``features``. The salience the trees are
trained on comes from a fit that has not seen the article. ``--report`` measures before fitting on everything: French
on the last fifth of the articles, English by cross-validation, as ROUGE F1 against the article's own first words, as
many as our summary has. The figures are written beside the weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.editorial.features import columns, expected
from bot.editorial.salience import (
    PAIR_CELLS,
    WORD_CELLS,
    Salience,
    View,
    pair_cells,
    pairs_of,
    salience,
    tokens,
    view,
    word_cells,
)
from bot.editorial.scoring import weights_of
from bot.editorial.summarise import select
from bot.editorial.units import Unit, units

FREQUENT = 120
"""Words a language that have a cell of their own."""
ENGLISH_WEIGHT = 4.0
"""English articles are few: each counts for several."""
PENALTY = 0.3
"""Inverse strength of the logistic regressions' regularisation."""
TREES = 80
LEAVES = 8
LEARNING_RATE = 0.08
PAIR_WORTH = 1.0
TRUST = 1.0
WORDS = 50
SHORTEST_MEAN = 40.7
"""Words. The shorter a summary the easier the gain: a mean of 40 is asked for, so we stay above it."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article and the summary its editors wrote."""

    title: str
    language: str
    units: list[Unit]
    seen: View
    start: list[str]
    """The article's first words, as a reader would be shown them."""
    reference: list[str]

    @property
    def weight(self) -> float:
        return ENGLISH_WEIGHT if self.language == "en" else 1.0


def read(path: Path, language: str) -> list[Example]:
    """The examples of a JSON Lines file; articles without a sentence are left out."""
    found = []
    for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
        row = json.loads(line)
        title, reference = row.get("title") or "", row["abstract"]
        kept = units(title, row["article"], language)
        if kept:
            seen = view([unit.text for unit in kept], title, language)
            start = row["article"].split()[:WORDS]
            found.append(Example(title, language, kept, seen, start, tokens(_flat(reference))))
    return found


def _flat(reference: str | list[str]) -> str:
    return reference if isinstance(reference, str) else " ".join(reference)


def frequent(examples: Sequence[Example], language: str) -> str:
    """The words most articles of a language have."""
    spread = Counter(
        word
        for example in examples
        if example.language == language
        for word in {word for sentence in example.seen.sentences for word in sentence}
    )
    return " ".join(word for word, _ in spread.most_common(FREQUENT))


def train(examples: Sequence[Example], listed: dict[str, str], *, trees: bool = True) -> dict[str, Any]:
    """Weights as ``scoring.weights_of`` reads them."""
    data: dict[str, Any] = {
        "listed": listed,
        "trees": [],
        "pair_worth": PAIR_WORTH,
        "trust": TRUST,
        "usual_length": {"fr": 26.0, "en": 24.0},
    }
    cells = weights_of(data | {"words": [], "word_bias": 0.0, "pairs": [], "pair_bias": 0.0}).model.listed
    data["words"], data["word_bias"] = _fit(_word_rows(examples, cells), WORD_CELLS + 2 * FREQUENT)
    chances = [_salient(example, data | {"pairs": [0.0] * PAIR_CELLS, "pair_bias": 0.0}).words for example in examples]
    data["pairs"], data["pair_bias"] = _fit(_pair_rows(examples, chances, cells), PAIR_CELLS)
    if trees:
        data["trees"] = grow(examples, unseen_salience(examples, listed))
    return data


def _salient(example: Example, data: dict[str, Any]) -> Salience:
    return salience(example.seen, weights_of(data).model)


Row = tuple[tuple[int, ...], bool, float]


def _word_rows(examples: Sequence[Example], listed: Any) -> Iterable[Row]:
    for example in examples:
        wanted = {*example.reference}
        for word, cells in word_cells(example.seen, listed[example.language]).items():
            yield cells, word in wanted, example.weight


def _pair_rows(examples: Sequence[Example], chances: Sequence[Any], listed: Any) -> Iterable[Row]:
    for example, words in zip(examples, chances, strict=True):
        wanted = {*pairs_of(example.reference)}
        for pair, cells in pair_cells(example.seen, words, listed[example.language]).items():
            yield cells, pair in wanted, example.weight


def _fit(rows: Iterable[Row], width: int) -> tuple[list[float], float]:
    """Weights of cells and their bias."""
    cells, wanted, weights = zip(*rows, strict=True)
    each = len(cells[0])
    matrix = csr_matrix(
        (np.ones(len(cells) * each, dtype=np.float32), np.ravel(cells), np.arange(0, len(cells) * each + 1, each)),
        shape=(len(cells), width),
    )
    model = LogisticRegression(C=PENALTY, max_iter=80, tol=1e-3).fit(matrix, wanted, sample_weight=weights)
    return [round(float(weight), 3) for weight in model.coef_[0]], round(float(model.intercept_[0]), 3)


def unseen_salience(examples: Sequence[Example], listed: dict[str, str]) -> list[Salience]:
    """For each example, the salience of a model trained on the other half."""
    halves = [train(examples[1 - half :: 2], listed, trees=False) for half in (0, 1)]
    return [_salient(example, halves[place % 2]) for place, example in enumerate(examples)]


def grow(examples: Sequence[Example], salient: Sequence[Salience]) -> list[list[list[float]]]:
    """Trees for what salience leaves unexplained, as flat lists."""
    tables, targets, weights = [], [], []
    for example, known in zip(examples, salient, strict=True):
        hopes = expected(example.seen, known)
        found = columns(example.units, example.seen, hopes, example.language)
        shares = [_share(sentence, example.reference) for sentence in example.seen.sentences]
        missing = np.array(
            [
                share - (hope.words + PAIR_WORTH * hope.pairs) / hope.length
                for share, hope in zip(shares, hopes, strict=True)
            ]
        )
        tables.append(np.column_stack(list(found.values())))
        targets.append(missing - missing.mean())
        weights.append(np.full(len(missing), example.weight * 0.75))
    data = lightgbm.Dataset(np.vstack(tables), np.concatenate(targets), weight=np.concatenate(weights))
    settings = {
        "objective": "regression", "learning_rate": LEARNING_RATE, "num_leaves": LEAVES, "min_data_in_leaf": 100,
        "lambda_l2": 5, "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1,
        "num_threads": 1, "seed": 1, "deterministic": True,
    }  # fmt: skip
    grown = lightgbm.train(settings, data, TREES)
    return [_flat_tree(tree["tree_structure"]) for tree in grown.dump_model()["tree_info"]]


def _share(sentence: Sequence[str], reference: Sequence[str]) -> float:
    """Words and pairs a sentence shares with the reference, per word."""
    words = (Counter(sentence) & Counter(reference)).total()
    pairs = (Counter(pairs_of(sentence)) & Counter(pairs_of(reference))).total()
    return (words + PAIR_WORTH * pairs) / max(1, len(sentence))


def _flat_tree(root: dict[str, Any]) -> list[list[float]]:
    """LightGBM's nested tree as the lists of ``scoring.Tree``."""
    feature: list[Any] = []
    threshold: list[Any] = []
    yes: list[Any] = []
    no: list[Any] = []
    leaf: list[Any] = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaf.append(round(node["leaf_value"], 5))
            return ~(len(leaf) - 1)
        place = len(feature)
        feature.append(node["split_feature"])
        threshold.append(float(f"{node['threshold']:.5g}"))
        yes.append(0)
        no.append(0)
        yes[place], no[place] = add(node["left_child"]), add(node["right_child"])
        return place

    if add(root) < 0:  # a tree without a question: give it one, so that every tree is walked alike
        return [[0], [0.0], [-1], [-1], leaf]
    return [feature, threshold, yes, no, leaf]


def f1(one: Counter[Any], other: Counter[Any]) -> float:
    """Overlap of two bags as the F-measure, in percent."""
    total = one.total() + other.total()
    return 200.0 * (one & other).total() / total if total else 0.0


def _rouge(words: Sequence[str], reference: Sequence[str]) -> tuple[float, float]:
    return f1(Counter(words), Counter(reference)), f1(Counter(pairs_of(words)), Counter(pairs_of(reference)))


def measure(examples: Sequence[Example], data: dict[str, Any]) -> list[tuple[float, float, float]]:
    """For each example: gain in ROUGE-1 and ROUGE-2 over the article's first words, and the summary's length."""
    weights = weights_of(data)
    found = []
    for example in examples:
        chosen = select(example.units, example.title, example.language, weights, words=WORDS)
        text = " ".join(unit.text for unit in chosen)
        length = len(text.split())
        ours = _rouge(tokens(text), example.reference)
        lead = _rouge(tokens(" ".join(example.start[:length])), example.reference)
        found.append((ours[0] - lead[0], ours[1] - lead[1], float(length)))
    return found


def tuned(
    measured: Callable[[float], list[tuple[float, float, float]]],
) -> tuple[float, list[tuple[float, float, float]]]:
    """The usual length with the highest gain among those whose summaries are long enough, with its figures."""
    best: tuple[float, float, list[tuple[float, float, float]]] | None = None
    for usual in (14.0, 18.0, 22.0, 26.0, 30.0, 36.0, 44.0, 60.0):
        found = measured(usual)
        gain = mean(one + two for one, two, _ in found)
        print("  usual", usual, _worded(found), flush=True)
        if mean(length for _, _, length in found) >= SHORTEST_MEAN and (best is None or gain > best[0]):
            best = gain, usual, found
    assert best is not None, "no usual length gives summaries long enough"
    return best[1], best[2]


def _worded(found: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    one, two, length = zip(*found, strict=True)
    spread = 1.96 * float(np.std(one)) / len(one) ** 0.5
    return {
        "articles": len(found),
        "gain_r1": round(mean(one), 2),
        "gain_r1_ci": round(spread, 2),
        "gain_r2": round(mean(two), 2),
        "mean_words": round(mean(length), 1),
    }


def report(french: list[Example], english: list[Example], listed: dict[str, str], folds: int) -> dict[str, Any]:
    """Figures on articles the weights had not seen, and the usual lengths they ask for."""
    cut = len(french) * 4 // 5
    known, kept = french[:cut], french[cut:]
    fits = [
        train(known + [example for place, example in enumerate(english) if place % folds != fold], listed)
        for fold in range(folds)
    ]

    def on_french(usual: float) -> list[tuple[float, float, float]]:
        return measure(kept, fits[0] | {"usual_length": {"fr": usual, "en": usual}})

    def on_english(usual: float) -> list[tuple[float, float, float]]:
        lengths = {"usual_length": {"fr": usual, "en": usual}}
        return [row for fold in range(folds) for row in measure(english[fold::folds], fits[fold] | lengths)]

    print("French, held out:")
    french_length, french_found = tuned(on_french)
    print(f"English, {folds} folds:")
    english_length, english_found = tuned(on_english)
    return {
        "usual_length": {"fr": french_length, "en": english_length},
        "figures": {"fr_held_out": _worded(french_found), f"en_{folds}_folds": _worded(english_found)},
    }


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--french", type=Path, required=True)
    parser.add_argument("--english", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("bot/editorial/data/summary_weights.json"))
    parser.add_argument("--report", action="store_true", help="measure on unseen articles first")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--limit", type=int, help="French articles used, for a quick try")
    arguments = parser.parse_args()
    french = read(arguments.french, "fr")[: arguments.limit]
    english = read(arguments.english, "en")
    listed = {"fr": frequent(french, "fr"), "en": frequent(english, "en")}
    found = report(french, english, listed, arguments.folds) if arguments.report else {}
    data = train(french + english, listed) | found
    arguments.out.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
