"""Instructions: text that speaks to a machine instead of telling news. Pure, and linear in the text's length.

A sentence between a model's markers is data, and whatever a model makes of it is checked; an article that tries to
steer one is not given to it at all. The patterns are in ``data/instructions.yaml``.
"""

from __future__ import annotations

import re
from functools import cache

from bot.editorial.pack import yaml_data
from bot.editorial.text import fold

READ = 40_000
"""Characters: what lies beyond is not given to a model either."""


def speaks_to_machine(text: str) -> bool:
    """Whether a text gives instructions to whoever processes it."""
    return _patterns().search(fold(text[:READ])) is not None


@cache
def _patterns() -> re.Pattern[str]:
    lines = [line.strip() for line in yaml_data("instructions.yaml")["patterns"].splitlines() if line.strip()]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.MULTILINE)
