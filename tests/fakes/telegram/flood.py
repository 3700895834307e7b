"""The flood limits of Telegram's FAQ, in real time."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque

WHOLE_TOKEN = (30, 1.0)
ONE_GROUP = (20, 60.0)


class FloodLimits:
    """Counts what was sent; says how many seconds a message comes too early."""

    def __init__(self) -> None:
        self._all: deque[float] = deque(maxlen=WHOLE_TOKEN[0])
        self._groups: defaultdict[int, deque[float]] = defaultdict(lambda: deque(maxlen=ONE_GROUP[0]))

    def wait(self, chat: int) -> int:
        """Whole seconds to wait, as Telegram says it; 0: it is sent, and counted."""
        now = time.monotonic()
        group = self._groups[chat] if chat < 0 else deque(maxlen=ONE_GROUP[0])
        late = max(_late(self._all, WHOLE_TOKEN, now), _late(group, ONE_GROUP, now))
        if late > 0:
            return math.ceil(late)
        self._all.append(now)
        group.append(now)
        return 0


def _late(sent: deque[float], rule: tuple[int, float], now: float) -> float:
    return sent[0] + rule[1] - now if len(sent) == rule[0] else 0.0
