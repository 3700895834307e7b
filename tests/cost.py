"""What a piece of work costs, for tests that it never grows out of hand. How fast it is, ``tests/bench`` tells."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run (a second one might find its answer kept), without collecting what other tests left."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        if collecting:
            gc.enable()
