"""What Telegram shows of us before the first word: an empty chat's text, and a profile's line, in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import Bot

from bot.adapters.telegram.cut import shorten
from bot.domain.language import READER_LANGUAGES, ReaderLanguage

LONG_LIMIT = 512
"""Characters of an empty chat's text (Bot API, setMyDescription)."""
SHORT_LIMIT = 120
"""The same of a profile's line (setMyShortDescription)."""


About = tuple[str, str]
"""Who we are, in a line and in a few."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One text as Telegram keeps it."""

    about: About
    language_code: str | None
    """None: for everybody whose language has no text of its own."""


def profiles(about: Mapping[ReaderLanguage, About], default_language: ReaderLanguage) -> tuple[Profile, ...]:
    """Every text we keep up. Pure."""
    if not about:
        return ()
    fitting = {code: (shorten(line, SHORT_LIMIT), shorten(text, LONG_LIMIT)) for code, (line, text) in about.items()}
    return (Profile(fitting[default_language], None), *(Profile(fitting[code], code) for code in READER_LANGUAGES))


async def introduce(bot: Bot, wanted: Sequence[Profile]) -> int:
    """Set the texts that differ from what Telegram has; how many. Raises TelegramError."""
    changed = 0
    for profile in wanted:
        code, (line, text) = profile.language_code, profile.about
        if (await bot.get_my_description(code)).description != text:
            await bot.set_my_description(text, code)
            changed += 1
        if (await bot.get_my_short_description(code)).short_description != line:
            await bot.set_my_short_description(line, code)
            changed += 1
    return changed
