"""``/language en``: answer in French or in English from now on."""

from __future__ import annotations

from bot.commands.command import Access, Command, Context, Option
from bot.domain.errors import InvalidOption
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Message
from bot.i18n import translator
from bot.services.subscribe import answer_in
from bot.views.language import chosen_message, which_message

_NAMES: dict[str, ReaderLanguage] = {
    "fr": "fr", "français": "fr", "francais": "fr", "french": "fr",
    "en": "en", "anglais": "en", "english": "en",
}  # fmt: skip


def _languages(_typed: str, _language: ReaderLanguage) -> list[tuple[str, str]]:
    return [(translator(code).text(f"language.{code}"), code) for code in READER_LANGUAGES]


def language_named(text: str) -> ReaderLanguage | None:
    """The language someone means: ``fr``, ``French``, ``français``."""
    return _NAMES.get(text.strip().lower())


async def answer(context: Context) -> Message:
    """Change the chat's language; without one, offer both."""
    typed = context.options.get("to")
    if typed is None:
        return which_message(context.language)
    language = language_named(typed)
    if language is None:
        raise InvalidOption("invalid-language", option="to", value=typed)
    await answer_in(context.services.store, context.chat, language)
    return chosen_message(language)


COMMAND = Command(
    "language",
    answer,
    options=(Option("to", suggestions=_languages),),
    access=Access.SETTINGS,
    aliases={"fr": ("langue",)},
)
