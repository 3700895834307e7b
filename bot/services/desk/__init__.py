"""The newsroom without a database: JSON Lines in, JSON Lines out, one module a question.

Each module has ``answer(rows, …)``, which reads all of its input before it answers and answers every row, in order;
a row it can't use is answered with ``{"id": …, "error": "<error key>"}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
"""One input line: ``id``, ``title``, and whichever of ``summary``, ``text``, ``lang``, ``published``, ``source``."""

Answer = dict[str, Any]
