"""On and off, as people write them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.language import ReaderLanguage
from bot.i18n import translator

_WORDS: Mapping[str, bool] = {
    "on": True, "yes": True, "oui": True, "activer": True, "active": True, "off": False, "no": False, "non": False,
    "arrêter": False, "arreter": False, "désactiver": False, "desactiver": False, "stop": False, "aucune": False,
    "none": False,
}  # fmt: skip


def switch(text: str) -> bool | None:
    """What is meant; None where it is neither."""
    return _WORDS.get(text.strip().lower())


def suggest_switch(_typed: str, language: ReaderLanguage) -> list[tuple[str, str]]:
    """Both, in the reader's words."""
    reader = translator(language)
    return [(reader.text("switch.on"), "on"), (reader.text("switch.off"), "off")]
