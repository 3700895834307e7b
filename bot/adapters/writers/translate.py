"""The model's translator: sentences told in the reader's language, each checked against its original.

Fulfils the Translator port. A sentence is translated once; what fails the checks stays in its own language, and the
view says so.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.adapters.writers.budget import PaidModel
from bot.adapters.writers.prompt import PROMPT_VERSION, translation_prompt
from bot.adapters.writers.shape import translations_of
from bot.domain.errors import DepecheError
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.writing import Bullet, Evidence, Objection
from bot.editorial.claimants import Speakers
from bot.editorial.instructions import speaks_to_machine
from bot.editorial.naming import People
from bot.editorial.verify import objections
from bot.editorial.verify.said_by import voices
from bot.ports import PATIENCE, Original, Purpose, Robots, Written

log = structlog.get_logger(__name__)

AT_ONCE = 0.5
"""Seconds to find out what may be given to the model, even where there is no time to ask it."""
MOST = 16
"""Sentences of one request."""
KEPT = timedelta(days=30)
_SPARED = frozenset({Objection.LENGTH})
"""A sentence is as long as its original."""


@dataclass(frozen=True, slots=True)
class ModelTranslator:
    """Translates with a model."""

    model: PaidModel
    mining: Robots | None
    """What sites let models on other machines have; None: this one runs here."""
    tally: dict[str, int] = field(default_factory=dict)

    async def translate(
        self, originals: Sequence[Original], language: ReaderLanguage, *, within: float = PATIENCE
    ) -> Mapping[str, str]:
        """See the port."""
        found: dict[str, str] = {}
        try:
            async with asyncio.timeout(max(within, AT_ONCE)):
                wanted = {one.text: one for one in originals if await self._may_read(one, language)}
            found = await self._known(list(wanted.values()), language)
            new = [one for text, one in wanted.items() if text not in found][:MOST]
            if new and within > 0:
                async with asyncio.timeout(within):
                    found |= await self._translated_once(new, language)
        except (DepecheError, TimeoutError, ValueError) as error:
            log.info("not translated", reason=error.key if isinstance(error, DepecheError) else type(error).__name__)
        except Exception:  # Whatever one hostile answer breaks in us, the reader gets an answer.
            log.exception("translating crashed")
        return found

    async def _may_read(self, one: Original, language: ReaderLanguage) -> bool:
        if one.language not in READER_LANGUAGES or one.language == language or speaks_to_machine(one.text):
            return False
        if self.mining is None:
            return True
        return not one.reserved and (one.url is None or await self.mining.allows(one.url))

    @property
    def _writer(self) -> str:
        return f"{PROMPT_VERSION} {self.model.client.model}"

    async def _known(self, originals: Sequence[Original], language: ReaderLanguage) -> dict[str, str]:
        found: dict[str, str] = {}
        async with self.model.store.read() as unit:
            for one in originals:
                if kept := await unit.writings.written(_name(one), language, self._writer):
                    found[one.text] = kept[0].text
        return found

    async def _translated_once(self, originals: Sequence[Original], language: ReaderLanguage) -> dict[str, str]:
        """Two who ask for the same status at the same moment pay once."""
        async with self.model.alone(self._writer, language, *(_name(one) for one in originals)):
            found = await self._known(originals, language)
            new = [one for one in originals if one.text not in found]
            return found | await self._translated(new, language) if new else found

    async def _translated(self, originals: Sequence[Original], language: ReaderLanguage) -> dict[str, str]:
        evidence = [_evidence(number, one) for number, one in enumerate(originals, start=1)]
        answer = await self.model.ask(translation_prompt(evidence, language), Purpose.STATUS)
        given = translations_of(answer.text)
        found = {
            one.text: given[one.id]
            for one in evidence
            if one.id in given and await asyncio.to_thread(_is_right, given[one.id], one, language)
        }
        now = self.model.clock.now()
        async with self.model.store.write() as unit:
            for one in originals:
                if one.text in found:
                    await unit.writings.keep(self._written(one, found[one.text], language), forget_before=now - KEPT)
        return found

    def _written(self, one: Original, text: str, language: ReaderLanguage) -> Written:
        name = _name(one)
        key = hashlib.sha256(f"{self._writer}\x00{language}\x00{name}".encode()).hexdigest()
        now = self.model.clock.now()
        return Written(key, name, language, self._writer, {one.article_id: name}, 0, "", text, now)


def _name(one: Original) -> str:
    """What a sentence's translations are kept by."""
    return "sentence:" + hashlib.sha256(one.text.encode("utf-8", "replace")).hexdigest()[:32]


def _evidence(number: int, one: Original) -> Evidence:
    said = voices(one.text, one.language, People(one.text, one.language), Speakers())
    return Evidence(f"s{number}", one.text, one.language, one.article_id, one.published, said)


def _is_right(translation: str, one: Evidence, language: ReaderLanguage) -> bool:
    against = objections(Bullet(translation, (one.id,)), {one.id: one}, language)
    return _SPARED.issuperset(against)
