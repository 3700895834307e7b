"""Shapes: a model's answer, read as strictly as anything from outside. Pure."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.adapters.writers.prompt import seen
from bot.domain.claim import Modality, Phase
from bot.domain.writing import Bullet, Draft

MOST_BULLETS = 6
LONGEST_LINE, LONGEST_HEADLINE = 600, 200
"""Characters."""

_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]{0,200})\]\([^)]{0,500}\)")
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.|\bt\.me/|\bbit\.ly/|\bdiscord\.gg/)\S*"
    r"|\b(?:[a-z0-9-]{1,40}\.){1,4}(?:com|org|net|info|ru|fr|uk|io|me|biz|xyz|top|site|online|link|app|dev|ua|eu|co)\b(?:/\S*)?"
    r"|\b(?:javascript|data|mailto|tg):\S+|(?<!\w)@\w{4,}",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[*_`~#<>|]{1,10}")


def _known(values: set[str]) -> BeforeValidator:
    """A word of ours, or nothing."""
    return BeforeValidator(lambda value: value if isinstance(value, str) and value in values else None)


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    text: Annotated[str, Field(max_length=LONGEST_LINE)]
    cites: Annotated[list[str], Field(max_length=12)]
    claimant: Annotated[str | None, Field(max_length=120)] = None
    modality: Annotated[str | None, _known({modality.value for modality in Modality})] = None
    phase: Annotated[str | None, _known({phase.value for phase in Phase})] = None


class _Story(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    headline: Annotated[str, Field(max_length=LONGEST_HEADLINE)] = ""
    bullets: Annotated[list[_Line], Field(max_length=MOST_BULLETS)]
    conflicts: Annotated[list[list[str]], Field(max_length=12)] = []
    insufficient: bool = False


class _Translated(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    id: str
    text: Annotated[str, Field(max_length=4 * LONGEST_LINE)]


class _Translations(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    translations: Annotated[list[_Translated], Field(max_length=50)]


def draft_of(text: str) -> Draft:
    """A story as the model handed it in, without any address. Raises ValueError where it isn't in the agreed shape."""
    story = _validated(_Story, text)
    return Draft(
        headline=clean_line(story.headline).rstrip("."),
        bullets=tuple(
            Bullet(
                text=clean_line(line.text),
                cites=tuple(line.cites),
                claimant=clean_line(line.claimant) or None if line.claimant else None,
                modality=Modality(line.modality) if line.modality else None,
                phase=Phase(line.phase) if line.phase else None,
            )
            for line in story.bullets
        ),
        conflicts=tuple(tuple(group) for group in story.conflicts),
        insufficient=story.insufficient,
    )


def translations_of(text: str) -> dict[str, str]:
    """Sentence id → its translation. Raises ValueError."""
    return {one.id: clean_line(one.text) for one in _validated(_Translations, text).translations}


def clean_line(text: str) -> str:
    """One line of plain words: links come from our own table, so no address stays, and no markup."""
    unlinked = _LINK.sub(r"\1", seen(text))
    return " ".join(_MARKUP.sub(" ", _ADDRESS.sub("", unlinked)).split())


Shape = type[_Story] | type[_Translations]


def _validated(shape: Any, text: str) -> Any:
    try:
        return shape.model_validate(json.loads(_json(text)))
    except (ValidationError, RecursionError):
        raise ValueError("another shape") from None


def _json(text: str) -> str:
    """The object in what a model says around it."""
    fenced = _FENCED.search(text)
    if fenced is not None:
        return fenced[1]
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text
