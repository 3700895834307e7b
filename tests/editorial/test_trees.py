"""Trees asked all at once say what trees walked one by one say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.trees import MOST_LEAVES, Grove, Tree

STUMP = Tree([0], [1.5], [-1], [-2], [0.25, -0.5])
TWICE = Tree([0, 1], [1.5, 0.0], [1, -3], [-1, -2], [0.1, 0.2, 0.4])
FEATURES = 3


@pytest.mark.parametrize(("row", "total"), [([1.0, 0.0], 0.25), ([1.5, 0.0], 0.25), ([2.0, 0.0], -0.5)])
def test_a_tree_asks_whether_a_feature_is_at_most_its_threshold(row: list[float], total: float) -> None:
    assert Grove((STUMP,)).total(row) == total


@pytest.mark.parametrize(("row", "total"), [([0.0, -1.0], 0.4), ([0.0, 1.0], 0.2), ([9.0, 0.0], 0.1)])
def test_a_tree_asks_on_until_a_leaf(row: list[float], total: float) -> None:
    assert Grove((TWICE,)).total(row) == total


def test_trees_add_up_and_none_adds_nothing() -> None:
    assert Grove((STUMP, TWICE)).total([1.0, 1.0]) == pytest.approx(0.45)
    assert Grove(()).total([1.0, 1.0]) == 0.0


def test_a_tree_with_more_leaves_than_a_byte_has_bits_is_refused() -> None:
    many = list(range(MOST_LEAVES))
    deep = Tree([0] * MOST_LEAVES, [float(node) for node in many], [*many[1:], -1], [~leaf for leaf in many], [0.0] * 9)
    with pytest.raises(ValueError, match="at most 8 leaves"):
        Grove((deep,))


numbers = st.sampled_from([-1.0, 0.0, 0.5, 1.0, 2.0])


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A tree grown by splitting one of its leaves at a time."""
    grown = Tree([0], [draw(numbers)], [-1], [-2], [draw(numbers), draw(numbers)])
    for _ in range(draw(st.integers(0, MOST_LEAVES - 2))):
        split, node = draw(st.integers(0, len(grown.leaf) - 1)), len(grown.feature)
        for children in (grown.yes, grown.no):
            children[:] = [node if child == ~split else child for child in children]
        grown.feature.append(draw(st.integers(0, FEATURES - 1)))
        grown.threshold.append(draw(numbers))
        grown.yes.append(~split)
        grown.no.append(~len(grown.leaf))
        grown.leaf.append(draw(numbers))
    return grown


def walked(tree: Tree, row: list[float]) -> float:
    """What a tree says, one question after the other."""
    node = 0
    while node >= 0:
        node = tree.yes[node] if row[tree.feature[node]] <= tree.threshold[node] else tree.no[node]
    return tree.leaf[~node]


@given(st.lists(trees(), max_size=5), st.lists(numbers, min_size=FEATURES, max_size=FEATURES))
def test_any_trees_end_where_a_walk_ends(grown: list[Tree], row: list[float]) -> None:
    assert Grove(tuple(grown)).total(row) == sum(walked(tree, row) for tree in grown)
