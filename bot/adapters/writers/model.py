"""The model's writer: a model drafts, the checks decide, and whatever fails is told in the articles' own words.

Fulfils the Summariser port. A story is written once: again only when a source of its own joined it, its matters have
come further, or an article it was written from changed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.adapters.writers.budget import PaidModel
from bot.adapters.writers.prompt import PROMPT_VERSION, story_prompt
from bot.adapters.writers.shape import draft_of
from bot.domain.briefing import Ground, Method
from bot.domain.errors import DepecheError, ModelError
from bot.domain.language import ReaderLanguage
from bot.domain.story import Digest, Story
from bot.domain.writing import Bullet, Draft, Evidence, Objection, Refused
from bot.editorial.evidence import content_hash, gather, standing_of
from bot.editorial.headline import headline
from bot.editorial.independence import independent_sources
from bot.editorial.language import detect
from bot.editorial.text import STOP_WORDS, fold
from bot.editorial.verify import checked, objections
from bot.ports import READER_WAITS, Patience, Purpose, Robots, Summariser, Written

log = structlog.get_logger(__name__)

FEWEST, MOST = 2, 3
"""Bullets of a story that is printed."""
MOST_WORDS = 45
"""Of a story's text."""
LONGEST_HEADLINE = 60
AT_ONCE = 0.5
"""Seconds to find out what may be given to the model, even where there is no time to ask it."""
KEPT = timedelta(days=30)
"""As long as articles' full texts."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One story to be written for one language."""

    story: Story
    language: ReaderLanguage
    evidence: tuple[Evidence, ...]
    hashes: Mapping[str, str]
    """Article id → content, of the articles that were given."""
    independent_sources: int
    progress: str


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Writes with a model where there is one, offline where it fails."""

    model: PaidModel
    offline: Summariser
    mining: Robots | None
    """What sites let models on other machines have; None: this one runs here."""
    tally: dict[str, int] = field(default_factory=dict)
    """What became of stories: written, kept, and why others were not."""

    async def condense(
        self, story: Story, language: ReaderLanguage, *, since: datetime | None, patience: Patience = READER_WAITS
    ) -> Digest:
        """See the port."""
        try:
            async with asyncio.timeout(max(patience.seconds, AT_ONCE)):
                free = await self._free(story)
            task = await asyncio.to_thread(self._task, story, language, since, free)
            found = await self._known(task)
            if found is None and patience.seconds > 0:
                async with asyncio.timeout(patience.seconds):
                    found = await self._written_once(task, patience.purpose)
        except (DepecheError, TimeoutError) as error:
            reason = error.key if isinstance(error, DepecheError) else "late"
            self._count(reason)
            log.info("story written offline", story=story.id, reason=reason)
            found = None
        except Exception:  # Whatever one hostile answer breaks in us, the edition goes out.
            self._count("crashed")
            log.exception("writing crashed", story=story.id)
            found = None
        return found or await self.offline.condense(story, language, since=since)

    async def _free(self, story: Story) -> frozenset[str]:
        """The articles whose publishers let this model have them."""
        if self.mining is None:
            return frozenset(one.article.id for one in story.articles)
        open_ones = [one.article for one in story.articles if not one.article.reserved]
        allowed = await asyncio.gather(*(self.mining.allows(one.url) for one in open_ones if one.url))
        known = dict(zip((one.id for one in open_ones if one.url), allowed, strict=True))
        return frozenset(one.id for one in open_ones if known.get(one.id, True))

    def _task(self, story: Story, language: ReaderLanguage, since: datetime | None, free: frozenset[str]) -> _Task:
        evidence = gather(story, language, since=since, free=free)
        given = {one.article_id for one in evidence}
        return _Task(
            story,
            language,
            evidence,
            {one.article.id: content_hash(one.article) for one in story.articles if one.article.id in given},
            independent_sources(story.articles),
            standing_of(evidence),
        )

    @property
    def _writer(self) -> str:
        return f"{PROMPT_VERSION} {self.model.client.model}"

    # --- What is known already ---

    async def _known(self, task: _Task) -> Digest | None:
        """What was written of the story, where nothing has happened since that asks for more."""
        if not task.evidence:
            return None
        async with self.model.store.read() as unit:
            kept = await unit.writings.written(task.story.id, task.language, self._writer)
        now = {one.article.id: content_hash(one.article) for one in task.story.articles}
        for written in kept:
            # Only from articles this reader may see, and as they stand now.
            unchanged = all(now.get(id_) == known for id_, known in written.articles.items())
            same = (written.independent_sources, written.progress) == (task.independent_sources, task.progress)
            if unchanged and same:
                self._count("kept")
                return _digest_of(written.text)
        return None

    async def _written_once(self, task: _Task, purpose: Purpose) -> Digest | None:
        """Written, once for all who ask for it at the same time, whatever they were told before."""
        async with self.model.alone(self._writer, task.language, task.story.id):
            return await self._known(task) or await self._write(task, purpose)

    # --- Writing ---

    async def _write(self, task: _Task, purpose: Purpose) -> Digest | None:
        if not task.evidence:
            raise ModelError("model-no-evidence")
        title, bullets, refused = await self._attempt(task, (), purpose)
        if len(bullets) < FEWEST:
            title, bullets, _ = await self._attempt(task, refused, purpose)
        if len(bullets) < FEWEST:
            raise ModelError("model-unverified")
        digest = await self._digest(task, title, bullets)
        self._count("written")
        await self._keep(task, digest)
        return digest

    async def _attempt(
        self, task: _Task, refused: Sequence[Refused], purpose: Purpose
    ) -> tuple[str, tuple[Bullet, ...], tuple[Refused, ...]]:
        """The headline and bullets that passed, and what did not."""
        answer = await self.model.ask(story_prompt(task.evidence, task.language, refused), purpose)
        try:
            draft = draft_of(answer.text)
        except ValueError:
            self._count("unreadable")
            return "", (), (Refused("", (Objection.LENGTH,)),)
        if draft.insufficient:
            raise ModelError("model-insufficient")
        return await asyncio.to_thread(_passed, draft, task)

    async def _digest(self, task: _Task, title: str, bullets: Sequence[Bullet]) -> Digest:
        cited = {id_ for bullet in bullets for id_ in bullet.cites}
        used = [one for one in task.evidence if one.id in cited]
        foreign = all(one.language != task.language for one in used)
        if not title:
            plain = await self.offline.condense(task.story, task.language, since=None)
            title = plain.headline if plain.quoted_language is None else ""
        if not title:
            raise ModelError("model-unverified")
        return Digest(
            headline=title,
            text=" ".join(bullet.text for bullet in bullets),
            article_ids=tuple(dict.fromkeys(one.article_id for one in used)),
            method=Method.MODEL,
            translated_from=used[0].language if foreign else None,
            grounds=tuple(Ground(one.article_id, one.text) for one in used),
        )

    async def _keep(self, task: _Task, digest: Digest) -> None:
        now = self.model.clock.now()
        written = Written(
            key=_key(task, self._writer),
            story_id=task.story.id,
            language=task.language,
            writer=self._writer,
            articles=dict(task.hashes),
            independent_sources=task.independent_sources,
            progress=task.progress,
            text=_text_of(digest),
            at=now,
        )
        async with self.model.store.write() as unit:
            await unit.writings.keep(written, forget_before=now - KEPT)

    def _count(self, what: str) -> None:
        self.tally[what] = self.tally.get(what, 0) + 1


def _passed(draft: Draft, task: _Task) -> tuple[str, tuple[Bullet, ...], tuple[Refused, ...]]:
    kept, refused = checked(draft, task.evidence, task.language)
    fitting = _within(_beside_denials(kept, task.evidence))
    # Once more: a claim whose denial found no room goes with it.
    bullets, _ = checked(replace(draft, bullets=fitting), task.evidence, task.language)
    return _headline(draft.headline, bullets, task), bullets, refused


def _headline(drafted: str, bullets: Sequence[Bullet], task: _Task) -> str:
    """The model's headline, else one made of its first bullet: whichever says what one of the bullets says."""
    evidence = {one.id: one for one in task.evidence}
    made = headline(bullets[0].text, task.language).text if bullets else ""
    for choice in (drafted, made):
        words = choice.split()
        if not words or len(choice) > LONGEST_HEADLINE or fold(words[-1]) in STOP_WORDS["other"]:
            continue  # nothing, too much, or cut in the middle
        spared = {Objection.LENGTH} | (
            {Objection.LANGUAGE} if detect(choice, task.language) == task.language else set()
        )
        if any(not set(objections(Bullet(choice, one.cites), evidence, task.language)) - spared for one in bullets):
            return choice
    return ""


def _beside_denials(kept: Sequence[Bullet], evidence: Sequence[Evidence]) -> list[Bullet]:
    """The bullets in their order, each denial right behind what it denies."""
    denied_by = {one.id: set(one.denied_by) for one in evidence}
    ordered: list[Bullet] = []
    for bullet in kept:
        denials = {id_ for one in bullet.cites for id_ in denied_by[one]}
        behind = [other for other in kept if other is not bullet and denials & set(other.cites)]
        ordered += [one for one in (bullet, *behind) if one not in ordered]
    return ordered


def _within(bullets: Sequence[Bullet]) -> tuple[Bullet, ...]:
    """As many as fit a point."""
    fitting: list[Bullet] = []
    for bullet in bullets[:MOST]:
        words = sum(len(one.text.split()) for one in [*fitting, bullet])
        if len(fitting) < FEWEST or words <= MOST_WORDS:
            fitting.append(bullet)
    return tuple(fitting)


def _key(task: _Task, writer: str) -> str:
    """Of everything that decides what is written."""
    parts = [writer, task.language, task.story.id, *(f"{id_}={known}" for id_, known in sorted(task.hashes.items()))]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


def _text_of(digest: Digest) -> str:
    return json.dumps(
        {
            "headline": digest.headline,
            "text": digest.text,
            "article_ids": list(digest.article_ids),
            "translated_from": digest.translated_from,
            "grounds": [[one.article_id, one.text] for one in digest.grounds],
        },
        ensure_ascii=False,
    )


def _digest_of(text: str) -> Digest:
    data = json.loads(text)
    written = Digest(data["headline"], data["text"], tuple(data["article_ids"]), None, Method.MODEL)
    # An older bot kept no sentences.
    grounds = tuple(Ground(article, sentence) for article, sentence in data.get("grounds", ()))
    return replace(written, translated_from=data["translated_from"], grounds=grounds)
