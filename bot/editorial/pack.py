"""The pack: the newsroom's knowledge of one conflict, as files in ``editorial/data``. Its only reader.

Another conflict is another folder of these files. They are read once a process and shared: never change what is
returned. Long word lists are block scalars (``words: |``) rather than YAML lists: a list costs the loader 60 µs an
entry, a block almost nothing, and start-up is felt at every ``python -m bot``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

NEWSROOM_VERSION: int = 1
"""Raised when what is kept must be judged again: every article judged by an older one is then unread.

Not raised with every change of a rule: new articles are judged by it anyway, and old ones only worse. The words of
irrelevant articles and of those over thirty days are gone, so that their titles alone would decide, and stories older
than the clusterer's window would fall apart. Another conflict's pack is a reason to raise it.
"""


@cache
def yaml_data(name: str) -> Any:
    """The content of a YAML file of the pack, such as ``yaml_data("relevance.yaml")``.

    Raises FileNotFoundError or ruamel's YAMLError: a broken pack is a fault of the installation, not of its input.
    """
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(_read(name))


@cache
def json_data(name: str) -> Any:
    """The content of a JSON file of the pack, such as ``json_data("weights.json")``. Raises as ``yaml_data`` does."""
    return json.loads(_read(name))


def listed(block: str) -> list[str]:
    """What a block scalar lists, over however many lines, empty places left out.

    A comma parts where white space follows: ``ans(?=,)`` is one item.
    """
    return [item for part in f"{' '.join(block.split())} ".split(", ") if (item := part.strip())]


def _read(name: str) -> str:
    return resources.files("bot.editorial").joinpath("data", name).read_text(encoding="utf-8")
