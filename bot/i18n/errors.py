"""Words for our errors: what is wrong, then how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.errors import DepecheError
from bot.domain.masking import masked
from bot.i18n.translator import Translator

_UNEXPECTED = "unexpected"


def explain(error: DepecheError, translate: Translator) -> str:
    """One line: the error's sentence and its remedy.

    Arguments that are themselves keys of reasons (``reason="reason.…"``) are worded too, so that adapters can name a
    reason without wording it.
    """
    key = error.key if translate.knows(f"error.{error.key}") else _UNEXPECTED
    plain = error.arguments
    arguments = {name: _word(value, plain, translate) for name, value in plain.items()}
    sentences = [translate.text(f"error.{key}", **arguments)]
    if translate.knows(f"error.{key}.remedy"):
        sentences.append(translate.text(f"error.{key}.remedy", **arguments))
    return " ".join(sentences)


def _word(value: object, plain: Mapping[str, object], translate: Translator) -> object:
    """A reason in words; an address without its secrets, also one that somebody typed."""
    if isinstance(value, str) and value.startswith("reason.") and translate.knows(value):
        return translate.text(value, **plain)
    return masked(value) if isinstance(value, str) and "/" in value else value
