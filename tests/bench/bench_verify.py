"""What the checks of written lines catch, and what they refuse wrongly: ``python -m tests.bench.bench_verify [DATA]``.

Real sentences (``../shared/data/articles``, or DATA) are cited for themselves, then for a copy with one thing changed:
a number, a name, a negation, who says it, how firmly it is told. Between languages the sentences are this
project's own, in ``verify_pairs.py``, changed in the same ways. Half of the real sentences (``--tune``) were looked at
while the rules were written; the figures in the README are the other half's.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.language import ReaderLanguage
from bot.domain.writing import Bullet, Evidence, Objection
from bot.editorial import lexicon
from bot.editorial.attribution import standing
from bot.editorial.claimants import Speakers
from bot.editorial.cleanup import clean
from bot.editorial.language import detect
from bot.editorial.naming import People
from bot.editorial.sentences import split
from bot.editorial.text import words
from bot.editorial.verify import objections
from bot.editorial.verify.said_by import voices
from tests.bench.verify_changes import CHANGES
from tests.bench.verify_pairs import PAIRS, UNSEEN
from tests.editorial import phase_sentences as told_phases

ARTICLES = Path(__file__).parents[3] / "shared" / "data" / "articles"
FILES: dict[ReaderLanguage, tuple[str, ...]] = {
    "fr": ("fr_2025-02-01_13.jsonl",),
    "en": ("en_2022-02-15_03-31.jsonl", "en_fulltext_2022.jsonl"),
}
LADDER = (
    (told_phases.PROPOSED, 1),
    (told_phases.TALKS, 2),
    (told_phases.AGREED, 3),
    (told_phases.IN_FORCE, 4),
)
AGREED = 3
MOST = 1_500
"""Sentences of a language."""
SHORTEST, LONGEST = 9, 40
"""Words."""
DAY = datetime(2025, 2, 10, 12, tzinfo=UTC)


def evidence(text: str, language: ReaderLanguage) -> Evidence:
    """A sentence as the newsroom would hand it over, read by itself."""
    return Evidence("s1", text, language, "a", DAY, voices(text, language, People(text, language), Speakers()))


def against(line: str, source: Evidence, language: ReaderLanguage) -> tuple[Objection, ...]:
    """What the checks say of a line."""
    return objections(Bullet(line, ("s1",)), {"s1": source}, language)


def sentences(folder: Path, language: ReaderLanguage, *, tuned: bool) -> Iterator[str]:
    """Real sentences that stand by themselves and name something of the gazetteer."""
    seen: set[str] = set()
    for name in FILES[language]:
        for number, row in enumerate((folder / name).read_text(encoding="utf-8").splitlines()):
            if (number % 2 == 0) is tuned:
                article = json.loads(row)
                seen.update(_usable(article, language))
    yield from random.Random(7).sample(sorted(seen), min(MOST, len(seen)))


def _usable(article: dict[str, str], language: ReaderLanguage) -> Iterator[str]:
    text = clean(article.get("text") or article.get("summary") or "", language, article.get("title", ""))
    for sentence in split(text, language)[:12]:
        stands = standing(sentence, language)
        whole = SHORTEST <= len(words(sentence)) <= LONGEST and sentence.endswith(".")
        names = any(mention.id[:2] in {"P:", "O:", "L:"} for mention in lexicon.entities(sentence))
        if whole and names and stands.opens and not stands.orphan:
            yield sentence


def main() -> None:
    """Print a table a language, then one between languages."""
    chosen = [word for word in sys.argv[1:] if not word.startswith("--")]
    folder = Path(chosen[0]) if chosen and Path(chosen[0]).is_dir() else ARTICLES
    tuned, shown = "--tune" in sys.argv, "--show" in sys.argv
    for language in FILES:
        if folder.is_dir():
            _report(language, [(text, text) for text in sentences(folder, language, tuned=tuned)], language, shown)
    _phases()
    across: tuple[tuple[ReaderLanguage, ReaderLanguage], ...] = (("fr", "en"), ("en", "fr"))
    for source, target in across:
        pairs = [(getattr(pair, source), getattr(pair, target)) for pair in PAIRS]
        _report(f"{source} → {target}", pairs, target, shown, source)
    _report("fr → en, unseen", UNSEEN, "en", shown, "fr")
    _report("en → fr, unseen", [(english, french) for french, english in UNSEEN], "fr", shown, "en")
    for language in FILES:
        pairs = [(getattr(pair, language), getattr(pair, f"{language}_again")) for pair in PAIRS]
        _report(f"{language}, told again", pairs, language, shown)


def _phases() -> None:
    """Every pair of the project's phase sentences in which the line says that more has come about."""
    told = [(text.strip(), strength) for block, strength in LADDER for text in block.strip().splitlines()]
    language: dict[str, ReaderLanguage] = {text: "fr" if detect(text) == "fr" else "en" for text, _ in told}
    for same in (True, False):
        tried, caught, by_phase, missed = 0, 0, 0, Counter[str]()
        for source, low in told:
            for line, high in told:
                if high > low and high >= AGREED and (language[source] == language[line]) is same:
                    found = against(line, evidence(source, language[source]), language[line])
                    tried, caught = tried + 1, caught + bool(found)
                    by_phase += bool({Objection.PHASE, Objection.MODALITY} & set(found))
                    missed[line] += not {Objection.PHASE, Objection.MODALITY} & set(found)
        where = "one language" if same else "between languages"
        print(
            f"\ntold as settled, {where}: caught {caught}/{tried}, by phase or modality {100 * by_phase / tried:.1f} %"
        )
        if "--show" in sys.argv:
            print("\n".join(f"    {count} {line}" for line, count in missed.most_common(15) if count))


def _report(
    title: str,
    pairs: Iterable[tuple[str, str]],
    language: ReaderLanguage,
    shown: bool,
    source_language: ReaderLanguage | None = None,
) -> None:
    chance = random.Random(3)
    cases = [(evidence(source, source_language or language), line) for source, line in pairs]
    alarms = [(line, found) for source, line in cases if (found := against(line, source, language))]
    reasons = Counter(str(objection) for _, found in alarms for objection in found)
    print(
        f"\n{title}: {len(cases)} lines, refused wrongly {len(alarms)} ({100 * len(alarms) / max(1, len(cases)):.1f} %)"
    )
    print("  ", dict(reasons))
    if shown:
        for line, found in alarms[:25]:
            print("    ALARM", [str(one) for one in found], line)
    refused = {line for line, _ in alarms}
    right = [(source, line) for source, line in cases if line not in refused]  # the others would be caught anyway
    for name, change in CHANGES.items():
        _caught(name, change, right, language, chance, shown)


def _caught(
    name: str,
    change: Callable[[str, ReaderLanguage, random.Random], str | None],
    cases: list[tuple[Evidence, str]],
    language: ReaderLanguage,
    chance: random.Random,
    shown: bool,
) -> None:
    tried, caught = 0, 0
    for source, line in cases:
        changed = change(line, language, chance)
        if changed is None or re.sub(r"\W", "", changed) == re.sub(r"\W", "", line):
            continue
        tried += 1
        found = against(changed, source, language)
        caught += bool(found)
        if shown and not found:
            print(f"    MISSED {name}: {line}\n        → {changed}")
    if tried:
        print(f"   {name:32} {caught}/{tried} = {100 * caught / tried:.1f} %")


if __name__ == "__main__":
    main()
