"""Words for people: gettext catalogues (fr, en) and Babel's dates, numbers and plurals. No build step."""

from bot.i18n.errors import explain
from bot.i18n.translator import Translator, translator

__all__ = ["Translator", "explain", "translator"]
