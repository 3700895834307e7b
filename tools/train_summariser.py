"""Train the sentence scorer and write ``bot/editorial/data/summary_weights.json``.

    python tools/train_summariser.py --french FR.jsonl --english EN.jsonl [--out FILE] [--report]

Each line of the inputs is ``{"title"?, "article", "abstract"}``: an article with a summary its editors wrote
(OrangeSum for French, CNN highlights for English; neither is part of this repository). Needs numpy, scipy and lightgbm,
which the bot doesn't: use an environment of their own. One process, a few minutes.

Three steps, each on the one before: chances of words, chances of pairs of words (logistic regressions over the cells
of ``salience``), and trees that correct a sentence's expected share from its ``features``. French has many examples and
English few: English learns its regressions as deviations from the French ones, and each language has trees of its own,
in whose growing the other's articles count less. The salience the trees are trained on comes from a fit that has not
seen the article, and a sentence counts for as much in it as it takes of a summary. ``--report`` measures before fitting
on everything: French on the last fifth of the articles, English by cross-validation, as ROUGE F1 against the article's
own first words, as many as our summary has. The figures are written beside the weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import lightgbm
import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from bot.editorial.features import columns, expected
from bot.editorial.salience import (
    PAIR_CELLS,
    WORD_CELLS,
    Model,
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

LANGUAGES = ("fr", "en")
FREQUENT = 120
"""Words a language that have a cell of their own."""
PENALTY = 3.3
"""Strength of the logistic regressions' regularisation: towards nothing, or towards the other language's weights."""
PARTS = {"fr": 2, "en": 5}
"""Language → parts of its examples, each of which gets its salience from a fit of the others."""
GROWING = {"fr": {"fr": 1.0, "en": 1.0}, "en": {"fr": 0.3, "en": 10.0}}
"""Language of the trees → weight of examples by their language."""
GROVES = {"fr": (80, 1), "en": (40, 4)}
"""Language of the trees → trees of a grove, and groves whose mean is taken.

With few examples the mean of groves gains over one large grove, and swings less from run to run; with many it loses 0.2
points of ROUGE-2.
"""
LONGEST = 60
"""Words. What a longer sentence is worth isn't learned: it fits no summary, even shortened."""
LEAVES = 8
LEARNING_RATE = 0.08
WORDS = 50
USUAL_SENTENCE = 22
"""Words: a sentence so long has the weight 1 in the trees."""
USUAL_LENGTH = 24.0
"""Where none was measured."""
SHORTEST_MEAN = 40.4
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


Listed = Mapping[str, int]
Data = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over cells."""

    weights: np.ndarray
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Regressions:
    """Those of a language: over words, and over pairs given the words' chances."""

    words: Regression
    pairs: Regression

    def salience(self, example: Example, listed: Listed) -> Salience:
        """The chances of an article's words and pairs."""
        words, pairs = self.words, self.pairs
        return salience(
            example.seen, Model(listed, words.weights.tolist(), words.bias, pairs.weights.tolist(), pairs.bias)
        )

    def for_another_language(self) -> Regressions:
        """What another language starts from: its frequent words are others, so theirs are all alike."""
        weights = self.words.weights.copy()
        weights[WORD_CELLS:] = weights[WORD_CELLS:].mean()
        return Regressions(Regression(weights, self.words.bias), self.pairs)


NOTHING = Regressions(Regression(np.zeros(WORD_CELLS + FREQUENT)), Regression(np.zeros(PAIR_CELLS)))


@dataclass(frozen=True, slots=True)
class Table:
    """What the trees of one article learn from: its sentences that may be printed."""

    features: np.ndarray
    missing: np.ndarray
    """Share of each sentence that salience leaves unexplained, per word."""
    weights: np.ndarray


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of a language before its trees."""

    listed: str
    regressions: Regressions
    tables: list[Table]


def learn(examples: Sequence[Example], listed: str, start: Regressions, parts: int) -> Learned:
    """The regressions of one language's examples, and tables made with regressions that had not seen the article."""
    cells = _cells(listed)
    tables: dict[int, Table] = {}
    for part in range(parts):
        others = [example for place, example in enumerate(examples) if place % parts != part]
        fitted = fit(others, cells, start)
        for place in range(part, len(examples), parts):
            tables[place] = table(examples[place], fitted.salience(examples[place], cells))
    return Learned(listed, fit(examples, cells, start), [tables[place] for place in range(len(examples))])


def _cells(listed: str) -> dict[str, int]:
    return {word: cell for cell, word in enumerate(listed.split())}


def fit(examples: Sequence[Example], listed: Listed, start: Regressions) -> Regressions:
    """Both regressions, as near to ``start`` as the examples allow."""
    cells: list[tuple[int, ...]] = []
    wanted: list[bool] = []
    for example in examples:
        found, reference = word_cells(example.seen, listed), {*example.reference}
        cells += found.values()
        wanted += [word in reference for word in found]
    words = regression(cells, wanted, start.words)
    between = Regressions(words, start.pairs)
    cells, wanted = [], []
    for example in examples:
        pairs = pair_cells(example.seen, between.salience(example, listed).words, listed)
        asked = {*pairs_of(example.reference)}
        cells += pairs.values()
        wanted += [pair in asked for pair in pairs]
    return Regressions(words, regression(cells, wanted, start.pairs))


def regression(cells: Sequence[tuple[int, ...]], wanted: Sequence[bool], start: Regression) -> Regression:
    """The logistic regression of ``wanted`` over cells, its weights drawn towards those of ``start``."""
    each, width = len(cells[0]), len(start.weights)
    shape = len(cells), width
    rows = csr_matrix((np.ones(len(cells) * each), np.ravel(cells), np.arange(0, len(cells) * each + 1, each)), shape)
    across = rows.T.tocsr()
    target = np.array(wanted, dtype=float)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        odds, away = rows @ values[:width] + values[width], values[:width] - start.weights
        off = expit(odds) - target
        missed = float((np.logaddexp(0.0, odds) - target * odds).sum())
        return missed + PENALTY / 2 * float(away @ away), np.append(across @ off + PENALTY * away, off.sum())

    found = minimize(
        loss,
        np.append(start.weights, start.bias),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 80, "ftol": 1e-7},
    )
    return Regression(np.round(found.x[:width], 3), round(float(found.x[width]), 3))


def table(example: Example, known: Salience) -> Table:
    """What the trees learn from an article with the salience of its words."""
    hopes = expected(example.seen, known)
    found = columns(example.units, example.seen, hopes, example.language)
    shares = [_share(sentence, example.reference) for sentence in example.seen.sentences]
    missing = np.array(
        [share - (hope.words + hope.pairs) / hope.length for share, hope in zip(shares, hopes, strict=True)]
    )
    printed = np.array([unit.complete and unit.words <= LONGEST for unit in example.units])
    # A sentence fills a summary with all its words, so an error per word costs as often as it has words: weighed alike,
    # short sentences, which are many and seldom chosen, would shape the trees (0.4 points of ROUGE-2 less in English).
    weights = np.array([min(unit.words, WORDS) / USUAL_SENTENCE for unit in example.units])
    return Table(np.column_stack(list(found.values()))[printed], (missing - missing.mean())[printed], weights[printed])


def grow(learned: Mapping[str, Learned], language: str) -> list[list[list[float]]]:
    """A language's trees for what salience leaves unexplained, as flat lists; those of several groves each count for
    their share.
    """
    trees, groves = GROVES[language]
    tables = [(GROWING[language][other], table) for other in LANGUAGES for table in learned[other].tables]
    features = np.vstack([table.features for _, table in tables])
    missing = np.concatenate([table.missing for _, table in tables])
    weights = np.concatenate([weight * table.weights for weight, table in tables])
    return [
        _flat_tree(tree["tree_structure"], groves)
        for seed in range(1, groves + 1)
        for tree in _grove(lightgbm.Dataset(features, missing, weight=weights), trees, seed)
    ]


def written(learned: Mapping[str, Learned], language: str, usual_length: float) -> dict[str, Any]:
    """A language's weights as ``scoring.weights_of`` reads them."""
    known = learned[language]
    words, pairs = known.regressions.words, known.regressions.pairs
    return {
        "listed": known.listed,
        "words": words.weights.tolist(),
        "word_bias": words.bias,
        "trees": grow(learned, language),
        "usual_length": usual_length,
        "pairs": pairs.weights.tolist(),
        "pair_bias": pairs.bias,
    }


def _grove(data: lightgbm.Dataset, trees: int, seed: int) -> list[dict[str, Any]]:
    """Boosted trees, each on other features and examples than the seed before."""
    settings = {
        "objective": "regression", "learning_rate": LEARNING_RATE, "num_leaves": LEAVES, "min_data_in_leaf": 100,
        "lambda_l2": 5, "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1,
        "num_threads": 1, "seed": seed, "deterministic": True,
    }  # fmt: skip
    grown: list[dict[str, Any]] = lightgbm.train(settings, data, trees).dump_model()["tree_info"]
    return grown


def _share(sentence: Sequence[str], reference: Sequence[str]) -> float:
    """Words and pairs a sentence shares with the reference, per word."""
    words = (Counter(sentence) & Counter(reference)).total()
    pairs = (Counter(pairs_of(sentence)) & Counter(pairs_of(reference))).total()
    return (words + pairs) / max(1, len(sentence))


def _flat_tree(root: dict[str, Any], groves: int) -> list[list[float]]:
    """LightGBM's nested tree as the lists of ``scoring.Tree``, one of so many groves whose mean is taken."""
    feature: list[Any] = []
    threshold: list[Any] = []
    yes: list[Any] = []
    no: list[Any] = []
    leaf: list[Any] = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaf.append(round(node["leaf_value"] / groves, 5))
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


def measure(examples: Sequence[Example], data: dict[str, Any], usual: float) -> list[tuple[float, float, float]]:
    """For each example: gain in ROUGE-1 and ROUGE-2 over the article's first words, and the summary's length."""
    found = []
    weights = weights_of(data | {"usual_length": usual})
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
    for usual in (20.0, 21.0, 22.0, 23.0, 24.0, 26.0, 28.0):
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


def report(
    french: list[Example], english: list[Example], listed: dict[str, str], folds: int
) -> dict[str, dict[str, Any]]:
    """Figures on articles the weights had not seen, and the usual lengths they ask for."""
    cut = len(french) * 4 // 5
    known = learn(french[:cut], listed["fr"], NOTHING, PARTS["fr"])
    fits = []
    for fold in range(folds):
        others = [example for place, example in enumerate(english) if place % folds != fold]
        fits.append({"fr": known, "en": learn_english(others, listed["en"], known)})
    french_fit = written(fits[0], "fr", 0.0)
    english_fits = [written(learned, "en", 0.0) for learned in fits]

    def on_french(usual: float) -> list[tuple[float, float, float]]:
        return measure(french[cut:], french_fit, usual)

    def on_english(usual: float) -> list[tuple[float, float, float]]:
        return [row for fold in range(folds) for row in measure(english[fold::folds], english_fits[fold], usual)]

    print("French, held out:")
    french_length, french_found = tuned(on_french)
    print(f"English, {folds} folds:")
    english_length, english_found = tuned(on_english)
    return {
        "usual_length": {"fr": french_length, "en": english_length},
        "figures": {"fr_held_out": _worded(french_found), f"en_{folds}_folds": _worded(english_found)},
    }


def learn_english(examples: Sequence[Example], listed: str, french: Learned) -> Learned:
    """English, from few examples, starting where French ended."""
    return learn(examples, listed, french.regressions.for_another_language(), PARTS["en"])


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
    known = learn(french, listed["fr"], NOTHING, PARTS["fr"])
    learned = {"fr": known, "en": learn_english(english, listed["en"], known)}
    usual = found.get("usual_length", {})
    data = {language: written(learned, language, usual.get(language, USUAL_LENGTH)) for language in LANGUAGES}
    weights = {"figures": found.get("figures", {}), "languages": data}
    arguments.out.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
