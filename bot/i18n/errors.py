"""Words for our errors: what is wrong, then how to mend it."""

from __future__ import annotations

from bot.domain.errors import DepecheError
from bot.i18n.translator import Translator

_UNEXPECTED = "unexpected"


def explain(error: DepecheError, translate: Translator) -> str:
    """One line: the error's sentence and its remedy.

    Arguments that are themselves keys of reasons (``reason="reason.…"``) are worded too, so that adapters can name a
    reason without wording it.
    """
    key = error.key if translate.knows(f"error.{error.key}") else _UNEXPECTED
    arguments = {name: _word(value, translate) for name, value in error.arguments.items()}
    sentences = [translate.text(f"error.{key}", **arguments)]
    if translate.knows(f"error.{key}.remedy"):
        sentences.append(translate.text(f"error.{key}.remedy", **arguments))
    return " ".join(sentences)


def _word(value: object, translate: Translator) -> object:
    if isinstance(value, str) and value.startswith("reason.") and translate.knows(value):
        return translate.text(value)
    return value
