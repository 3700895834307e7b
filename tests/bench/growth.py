"""What a step costs an item, and how that grows with their number: one table for every benchmark of the newsroom."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Step(Generic[Item]):
    """What is done with each item."""

    name: str
    work: Callable[[Item], object]
    batch: Callable[[int], Sequence[Item]]
    """So many items, the same ones at every run."""
    counts: tuple[int, ...]


def table(steps: Iterable[Step[Item]], target: float) -> None:
    """Print what every step costs. ``target``: µs an item, over which a line says so."""
    print(f"{'step':<28}{'items':>10}{'µs/item':>12}{'growth':>9}")
    for step in steps:
        first = 0.0
        for count in step.counts:
            spent = microseconds(step.work, step.batch(count))
            first = first or spent
            over = "" if spent <= target else "  over the target"
            print(f"{step.name:<28}{count:>10,}{spent:>12.0f}{spent / first:>9.2f}{over}", flush=True)


def microseconds(work: Callable[[Item], object], batch: Sequence[Item]) -> float:
    """The processor time of one item, start-up left out."""
    work(batch[0])
    started = time.process_time()
    for item in batch:
        work(item)
    return 1e6 * (time.process_time() - started) / len(batch)
