"""Check: everything that can speak against a line, and which lines of a draft are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.language import ReaderLanguage
from bot.domain.writing import Bullet, Draft, Evidence, Objection, Refused
from bot.editorial.harm import allowed
from bot.editorial.language import detect
from bot.editorial.verify import amounts, calendar, firmness, names, negation, quoted, said_by
from bot.editorial.verify.reading import Reading, read

FEWEST_WORDS, MOST_WORDS = 4, 45
"""Of a line."""


def objections(bullet: Bullet, evidence: Mapping[str, Evidence], language: ReaderLanguage) -> tuple[Objection, ...]:
    """What speaks against one line by itself; empty: it says what its evidence says."""
    cited = [evidence[id_] for id_ in dict.fromkeys(bullet.cites) if id_ in evidence]
    if not cited or len(cited) < len(set(bullet.cites)):
        return (Objection.CITES,)
    return tuple(_objections(bullet, read(bullet.text, language), cited))


def checked(
    draft: Draft, evidence: Sequence[Evidence], language: ReaderLanguage
) -> tuple[tuple[Bullet, ...], tuple[Refused, ...]]:
    """The lines of a draft that may be printed, in order, and those that may not.

    A claim that is denied in the evidence is printed only beside its denial.
    """
    known = {one.id: one for one in evidence}
    found = [(bullet, objections(bullet, known, language)) for bullet in draft.bullets]
    kept = [bullet for bullet, against in found if not against]
    refused = [Refused(bullet.text, against) for bullet, against in found if against]
    while lonely := [bullet for bullet in kept if _lacks_denial(bullet, kept, known, draft.conflicts)]:
        kept = [bullet for bullet in kept if bullet not in lonely]
        refused += [Refused(bullet.text, (Objection.DENIAL,)) for bullet in lonely]
    return tuple(kept), tuple(refused)


def _objections(bullet: Bullet, line: Reading, cited: Sequence[Evidence]) -> Iterator[Objection]:
    yield from _form(bullet.text, line)
    if not amounts.agrees(line, cited):
        yield Objection.NUMBER
    if not calendar.agrees(bullet.text, cited):
        yield Objection.DATE
    if not names.agrees(line, cited):
        yield Objection.NAME
    if not negation.agrees(line, cited):
        yield Objection.NEGATION
    if not quoted.agrees(bullet.text, cited):
        yield Objection.QUOTE
    if not firmness.phase_agrees(bullet, line, cited):
        yield Objection.PHASE
    if not firmness.modality_agrees(bullet, line, cited):
        yield Objection.MODALITY
    if not said_by.claimants_agree(bullet, line, cited):
        yield Objection.CLAIMANT
    if not said_by.polarity_agrees(line, cited):
        yield Objection.DENIAL


def _form(text: str, line: Reading) -> Iterator[Objection]:
    if len(line.words) < FEWEST_WORDS or len(text.split()) > MOST_WORDS:
        yield Objection.LENGTH
    if detect(text) != line.language:
        yield Objection.LANGUAGE
    if not allowed(text, line.language):
        yield Objection.HARM


def _lacks_denial(
    bullet: Bullet, kept: Sequence[Bullet], evidence: Mapping[str, Evidence], conflicts: Sequence[Sequence[str]]
) -> bool:
    """Does a line tell a claim while nothing printed tells that it is denied?"""
    cited = set(bullet.cites)
    told = {id_ for other in kept for id_ in other.cites if id_ in evidence}
    denials = {id_ for one in cited for id_ in evidence[one].denied_by}
    if denials and not denials & told:
        return True
    # What the model itself calls a conflict is told whole, too.
    opposed = [set(group) & set(evidence) for group in conflicts if cited & set(group)]
    return any(len(group) > 1 and len(group & told) < 2 for group in opposed)
