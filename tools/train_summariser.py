"""Train the sentence scorer and write ``bot/editorial/data/summary_weights.json``.

    python tools/train_summariser.py --french FR.jsonl --english EN.jsonl [--out FILE] [--report]

Each line of the inputs is ``{"title"?, "article", "abstract"}``: an article with a summary its editors wrote
(OrangeSum for French, CNN highlights for English; neither is part of this repository). Needs numpy, scipy,
scikit-learn and lightgbm, which the bot doesn't: use an environment of their own. One process, a few minutes.

Three steps, each on the one before: chances of words, chances of pairs of words (logistic regressions over the cells
of ``salience``), and trees that correct a sentence's expected share from its ``features``. Languages are learned
together, since one has few examples: the regressions learn common weights and each language's deviations from them,
and each language has trees of its own, in whose growing the other's articles count less. The salience the trees are
trained on comes from a fit that has not seen the article. ``--report`` measures before fitting on everything: French
on the last fifth of the articles, English by cross-validation, as ROUGE F1 against the article's own first words, as
many as our summary has. The figures are written beside the weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
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

LANGUAGES = ("fr", "en")
FREQUENT = 120
"""Words a language that have a cell of their own."""
ENGLISH_WEIGHT = 4.0
"""Of an example in the regressions: English articles are few, so each counts for several."""
GROWING = {"fr": {"fr": 1.0, "en": 1.0}, "en": {"fr": 0.3, "en": 10.0}}
"""Language of the trees → weight of examples by their language."""
PENALTY = 0.3
"""Inverse strength of the logistic regressions' regularisation."""
DEVIATION = 0.7
"""How readily a language's weights part from the common ones."""
GROVES = {"fr": (80, 1), "en": (20, 4)}
"""Language of the trees → trees of a grove, and groves whose mean is taken.

With few examples the mean of small groves gains 0.1 points of ROUGE-2 over one large grove, and swings less from run to
run; with many it loses 0.2.
"""
LEAVES = 8
LEARNING_RATE = 0.08
WORDS = 50
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


def train(examples: Sequence[Example], listed: dict[str, str], *, trees: bool = True) -> Data:
    """Weights by language, each as ``scoring.weights_of`` reads them."""
    data: Data = {
        language: {"listed": listed[language], "words": [], "word_bias": 0.0, "trees": [], "usual_length": 24.0}
        | {"pairs": [0.0] * PAIR_CELLS, "pair_bias": 0.0}
        for language in LANGUAGES
    }
    cells = {language: weights_of(data[language]).model.listed for language in LANGUAGES}
    _fit(_word_rows(examples, cells), WORD_CELLS + FREQUENT, data, "words", "word_bias")
    chances = [_salient(example, data).words for example in examples]
    _fit(_pair_rows(examples, chances, cells), PAIR_CELLS, data, "pairs", "pair_bias")
    if trees:
        salient = unseen_salience(examples, listed)
        for language in LANGUAGES:
            data[language]["trees"] = grow(examples, salient, GROWING[language], *GROVES[language])
    return data


def _salient(example: Example, data: Data) -> Salience:
    return salience(example.seen, weights_of(data[example.language]).model)


Data = dict[str, dict[str, Any]]
Listed = dict[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A word or a pair of one article."""

    cells: tuple[int, ...]
    wanted: bool
    example: Example


def _word_rows(examples: Sequence[Example], listed: Listed) -> Iterable[Row]:
    for example in examples:
        wanted = {*example.reference}
        for word, cells in word_cells(example.seen, listed[example.language]).items():
            yield Row(cells, word in wanted, example)


def _pair_rows(examples: Sequence[Example], chances: Sequence[Mapping[str, float]], listed: Listed) -> Iterable[Row]:
    for example, words in zip(examples, chances, strict=True):
        wanted = {*pairs_of(example.reference)}
        for pair, cells in pair_cells(example.seen, words, listed[example.language]).items():
            yield Row(cells, pair in wanted, example)


def _fit(rows: Iterable[Row], width: int, data: Data, weights: str, bias: str) -> None:
    """Learn one regression and write each language's weights and bias: common columns first, then their own."""
    found = list(rows)
    each = len(found[0].cells)
    common = csr_matrix(
        (
            np.ones(len(found) * each, dtype=np.float32),
            np.ravel([row.cells for row in found]),
            np.arange(0, len(found) * each + 1, each),
        ),
        shape=(len(found), width),
    )
    own = {
        language: diags([DEVIATION * (row.example.language == language) for row in found]) @ common
        for language in LANGUAGES
    }
    model = LogisticRegression(C=PENALTY, max_iter=80, tol=1e-3).fit(
        hstack([common, *own.values()]).tocsr(),
        [row.wanted for row in found],
        sample_weight=[row.example.weight for row in found],
    )
    learned = model.coef_[0].reshape(1 + len(LANGUAGES), width)
    for place, language in enumerate(LANGUAGES, 1):
        data[language][weights] = [round(float(weight), 3) for weight in learned[0] + DEVIATION * learned[place]]
        data[language][bias] = round(float(model.intercept_[0]), 3)


def unseen_salience(examples: Sequence[Example], listed: dict[str, str]) -> list[Salience]:
    """For each example, the salience of a model trained on the other half."""
    halves = [train(examples[1 - half :: 2], listed, trees=False) for half in (0, 1)]
    return [_salient(example, halves[place % 2]) for place, example in enumerate(examples)]


def grow(
    examples: Sequence[Example], salient: Sequence[Salience], weight: Mapping[str, float], trees: int, groves: int
) -> list[list[list[float]]]:
    """Trees for what salience leaves unexplained, as flat lists; those of several groves each count for their share."""
    tables, targets, weights = [], [], []
    for example, known in zip(examples, salient, strict=True):
        hopes = expected(example.seen, known)
        found = columns(example.units, example.seen, hopes, example.language)
        shares = [_share(sentence, example.reference) for sentence in example.seen.sentences]
        missing = np.array(
            [share - (hope.words + hope.pairs) / hope.length for share, hope in zip(shares, hopes, strict=True)]
        )
        tables.append(np.column_stack(list(found.values())))
        targets.append(missing - missing.mean())
        weights.append(np.full(len(missing), weight[example.language]))
    features, missing_of, weight_of = np.vstack(tables), np.concatenate(targets), np.concatenate(weights)
    return [
        _flat_tree(tree["tree_structure"], groves)
        for seed in range(1, groves + 1)
        for tree in _grove(lightgbm.Dataset(features, missing_of, weight=weight_of), trees, seed)
    ]


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


def measure(examples: Sequence[Example], data: Data, usual: float) -> list[tuple[float, float, float]]:
    """For each example: gain in ROUGE-1 and ROUGE-2 over the article's first words, and the summary's length."""
    found = []
    for example in examples:
        weights = weights_of(data[example.language] | {"usual_length": usual})
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


def report(french: list[Example], english: list[Example], listed: dict[str, str], folds: int) -> dict[str, Any]:
    """Figures on articles the weights had not seen, and the usual lengths they ask for."""
    cut = len(french) * 4 // 5
    known, kept = french[:cut], french[cut:]
    fits = [
        train(known + [example for place, example in enumerate(english) if place % folds != fold], listed)
        for fold in range(folds)
    ]

    def on_french(usual: float) -> list[tuple[float, float, float]]:
        return measure(kept, fits[0], usual)

    def on_english(usual: float) -> list[tuple[float, float, float]]:
        return [row for fold in range(folds) for row in measure(english[fold::folds], fits[fold], usual)]

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
    data = train(french + english, listed)
    for language, usual in found.get("usual_length", {}).items():
        data[language]["usual_length"] = usual
    written = {"figures": found.get("figures", {}), "languages": data}
    arguments.out.write_text(json.dumps(written, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
