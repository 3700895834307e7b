"""Subjects: who does a verb of saying, as far as the words around it leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.editorial.naming import Claimant, Named
from bot.editorial.saying import Cue, Part, holds_quotation, is_head, listed
from bot.editorial.shorten import says
from bot.editorial.text import fold

LONGEST_APPOSITION = 16
"""Words between commas after a name: ``Dmitri Peskov, porte-parole du Kremlin, …``."""

LONGEST_PHRASE = 7
"""Words of an unnamed source: ``selon des diplomates européens``."""

LONGEST_CLOSING = 6
"""Words after the verb that closes a report: ``…, the embassy said on Twitter on Saturday``."""

SHORT_PHRASE = 2
"""Words of a name the article never gives in full: ``Officials said``."""

PRONOUN_REACH = 3
"""Words between "he" and the verb."""

_DEEDS = frozenset({"wanted", "asked", "refused"})
"""Groups of verbs that tell what somebody does; others tell of it."""

_PUNCTUATION = frozenset(",:;()")
_ASIDE = re.compile(r"\s*,.*,\s*$|\s*\(.*\)\s*$", re.DOTALL)
_INVERTED = re.compile(r"[»”\",–—-]\s*$")
_QUOTED_NEXT = re.compile(r"\s?[‘'“\"«]")
_OWNS = re.compile(r"[’']s\b")
_HEADLINE = re.compile(r"\s?:\s")
_INTRODUCED = re.compile(r":\s?[«“\"]")
_PHRASE_END = re.compile(r"[,.;:()«»“”\"]")
_WORD = re.compile(r"\w+")
_ADVERB = re.compile(r"\w{3,20}(?:ment|ly)$")


class Spoken(NamedTuple):
    """Whose words a clause holds, and by which kind of verb."""

    claimants: tuple[Claimant, ...]
    """None: nobody is named for it. Several: they say it together."""
    group: str = ""
    """The verb's group; empty: there is no verb of saying."""


def speaker(part: Part, last: Claimant | None) -> Spoken:
    """Of a "selon", of the first verb with a subject, or of a headline's ``Name: …``.

    ``last``: whom "he" means here, None where that isn't certain.
    """
    according = _according(part, last)
    if according is not None:
        return Spoken((according,), "said")
    if (closing := _closing(part)) is not None:
        return Spoken((closing,), "said")
    for place, cue in enumerate(part.cues):
        if _only_quoted(part, cue):
            return Spoken((), cue.group)
        claimants = subject(part, cue, last if place == 0 else None)
        if claimants:
            return Spoken(_voice(part, place, claimants), cue.group)
        if place == 0 and cue.group == "said" and (somebody := _unnamed(part)):
            return Spoken((somebody,), cue.group)
    other = _of_headline(part) or _introducing(part) or _at_the_end(part) or _unnamed(part)
    return Spoken((other,) if other else (), part.cues[0].group if part.cues else "")


def _closing(part: Part) -> Claimant | None:
    """Who tells what somebody else did: ``Zelensky has refused a truce, the Ukrainian embassy said``.

    Where that somebody says or denies it ("Lavrov said …, the ministry reported") they stay the speaker.
    """
    if not part.cues or part.cues[0].group not in _DEEDS or part.cues[-1].group != "said":
        return None
    cue = part.cues[-1]
    if part.end - cue.end > LONGEST_CLOSING:
        return None
    for named in reversed(part.names):
        if named.end <= cue.start and _governs(part, named, cue) and _opens_clause(part, named):
            return named.claimant
    somebody = _behind(part, cue) or _at_the_end(part)
    return somebody if somebody and (somebody.id or is_head(fold(somebody.name.split()[-1]))) else None


def _opens_clause(part: Part, named: Named) -> bool:
    """Does nothing but an article stand between a comma and the name?"""
    index = named.start
    while index > part.start and part.words[index - 1].folded in listed("determiners"):
        index -= 1
    return index > part.start and part.between(index, index).strip(' »”"') == ","


def _only_quoted(part: Part, cue: Cue) -> bool:
    """Is it ``…, Kremlin says ‘questions remain’``: are only the quoted words behind the verb the speaker's?"""
    named = next((named for named in reversed(part.names) if named.end <= cue.start), None)
    if cue.group != "said" or named is None or holds_quotation(part.sentence):
        return False
    if not _QUOTED_NEXT.match(part.sentence, part.words[cue.end - 1].end):
        return False
    index = named.start
    while index > part.start and part.words[index - 1].folded in listed("determiners"):
        index -= 1
    return index > part.start and part.between(index, index).strip() == ","


def _voice(part: Part, place: int, claimants: tuple[Claimant, ...]) -> tuple[Claimant, ...]:
    """The person who speaks for a side where one is named: ``Le Kremlin ne confirme pas, a dit Dmitri Peskov``."""
    if len(claimants) != 1 or claimants[0].side is None or is_person(claimants[0]):
        return claimants
    for cue in part.cues[place + 1 :]:
        for person in named_subject(part, cue) or filter(None, [_behind(part, cue)]):
            if cue.group == "said" and is_person(person) and person.side == claimants[0].side:
                return (person,)
    return claimants


def is_person(claimant: Claimant) -> bool:
    """Is it somebody of the lexicon, rather than an institution or a state that speaks through somebody?"""
    return (claimant.id or "").startswith("P:")


def subject(part: Part, cue: Cue, last: Claimant | None) -> tuple[Claimant, ...]:
    """Who does the verb: the name before it, "he", or behind a quotation the name after it; nobody where unsure."""
    named = named_subject(part, cue)
    if named:
        return named
    before = [part.words[index].folded for index in range(max(part.start, cue.start - PRONOUN_REACH), cue.start)]
    pronoun = bool(listed("he") & set(before))
    one = last or (_first_person(part) if cue == part.cues[0] else None) if pronoun else _behind(part, cue)
    return (one,) if one else ()


def named_subject(part: Part, cue: Cue) -> tuple[Claimant, ...]:
    """The name before a verb that does it."""
    for place in reversed(range(len(part.names))):
        named = part.names[place]
        if named.end <= cue.start and _governs(part, named, cue):
            owner = _owner(part, named)
            return (owner,) if owner else _together(part, place)
    return ()


def _together(part: Part, place: int) -> tuple[Claimant, ...]:
    """The subject at ``names[place]`` with whoever stands before it and an "and"."""
    named = part.names[place]
    first = part.names[place - 1] if place else None
    joining = [word.folded for word in part.words[first.end : named.start]] if first else []
    if first is not None and "," in part.between(first.end, named.start):
        return (named.claimant,)
    if first is not None and {"et", "and"} & set(joining) and set(joining) <= {"et", "and"} | listed("determiners"):
        return (first.claimant, named.claimant)
    return (named.claimant,)


def _governs(part: Part, named: Named, cue: Cue) -> bool:
    """Is the named one the subject of the verb behind it, with nothing but an aside and auxiliaries between?"""
    if _after_preposition(part, named):
        return False
    between = part.between(named.end, cue.start)
    if _OWNS.match(between):
        return False
    gap = part.words[named.end : cue.start]
    aside = _ASIDE.match(between[: between.rfind(",") + 1] or between) if len(gap) <= LONGEST_APPOSITION else None
    if aside is not None:
        opened = part.words[named.end - 1].end + aside.end()
        gap, between = [word for word in gap if word.start >= opened], between[aside.end() :]
    auxiliaries = listed("between")
    return not _PUNCTUATION & set(between) and all(
        word.folded in auxiliaries or _ADVERB.match(word.folded) for word in gap
    )


def _after_preposition(part: Part, named: Named) -> bool:
    index = named.start - 1
    while index > part.start and part.words[index].folded in listed("determiners") - listed("prepositions"):
        index -= 1
    joined = index >= part.start and not _PUNCTUATION & set(part.between(index + 1, named.start))
    return joined and part.words[index].folded in listed("prepositions")


def _owner(part: Part, named: Named) -> Claimant | None:
    """The speaker where the name only tells whose they are: "l'entourage de Zelensky", "the office of Trump"."""
    index = named.start - 1
    while index >= part.start and part.words[index].folded in listed("of") | listed("determiners"):
        index -= 1
    linked = index + 1 < named.start and any(
        word.folded in listed("of") for word in part.words[index + 1 : named.start]
    )
    if index < part.start or not linked or not is_head(part.words[index].folded):
        return None
    while index > part.start and part.words[index - 1].folded in listed("determiners"):
        index -= 1
    return Claimant(part.sentence[part.words[index].start : part.words[named.end - 1].end])


def _behind(part: Part, cue: Cue) -> Claimant | None:
    """The name behind the verb: ``"…", a déclaré Peskov``; ``…, said the spokesman, Dmitry Peskov``."""
    if part.words[cue.end - 1].folded not in listed("inverting") or not _INVERTED.search(
        part.before(_verb_start(part, cue))
    ):
        return None
    named = next((named for named in part.names if named.start >= cue.end), None)
    if named is None or named.start - cue.end > LONGEST_APPOSITION:
        return None
    between = part.between(cue.end, named.start)
    gap = part.words[cue.end : named.start]
    short = len(gap) <= PRONOUN_REACH or all(word.folded in listed("between") for word in gap)
    near = short and not _PUNCTUATION & set(between)
    return (_owner(part, named) or named.claimant) if near or between.rstrip().endswith(",") else None


def _verb_start(part: Part, cue: Cue) -> int:
    """Where the verb begins with its auxiliary: "a déclaré"."""
    start = cue.start
    while start > part.start and part.words[start - 1].folded in listed("between"):
        start -= 1
    return start


def _according(part: Part, last: Claimant | None) -> Claimant | None:
    """The one behind a "selon"; with "selon ses déclarations" whoever the sentence speaks of."""
    if any(hit.group == "own_words" for hit in part.hits):
        return _first_person(part) or last
    for hit in part.hits:
        if hit.group == "according":
            named = next((named for named in part.names if named.start >= hit.end), None)
            near = named is not None and named.start - hit.end <= LONGEST_PHRASE
            if named is not None and near and not _PUNCTUATION & set(part.between(hit.end, named.start)):
                return _owner(part, named) or named.claimant
            return _phrase(part, hit.end)
    return None


def _phrase(part: Part, start: int) -> Claimant | None:
    """An unnamed source as the article words it: "des diplomates européens"."""
    if start >= part.end or part.words[start].folded in listed("no_source"):
        return None
    phrase = _PHRASE_END.split(part.after(start), maxsplit=1)[0].strip()
    return Claimant(phrase) if 0 < len(phrase.split()) <= LONGEST_PHRASE else None


def _of_headline(part: Part) -> Claimant | None:
    """``Zelensky: …``; a country before a colon is a rubric."""
    if not part.names or part.names[0].start != part.start or part.names[0].end >= part.end:
        return None
    named = part.names[0]
    if (named.claimant.id or "")[:2] not in {"P:", "O:"}:
        return None
    rest = part.after(named.end)
    tells = holds_quotation(rest) or says(rest)  # else it is a portrait's title
    return named.claimant if tells and _HEADLINE.match(part.between(named.end, named.end + 1)) else None


def _introducing(part: Part) -> Claimant | None:
    """``Zelensky a parlé devant les députés : « … »``."""
    match = _INTRODUCED.search(part.sentence)
    people = [named for named in part.names if match and part.words[named.start].start < match.start()]
    alone = {named.claimant for named in people if (named.claimant.id or "P:").startswith("P:")}
    return alone.pop() if len(alone) == 1 and people[0].start <= PRONOUN_REACH else None


def _at_the_end(part: Part) -> Claimant | None:
    """``…, foreign minister says``."""
    said = [cue for cue in part.cues if cue.group == "said" and cue.end == part.end]
    head, comma, rest = part.before(said[-1].start).rpartition(",") if said else ("", "", "")
    phrase = " ".join(_without_auxiliary(rest.strip(' »”"').split()))
    words = fold(phrase).split()
    usable = bool(head and comma) and 0 < len(words) <= LONGEST_PHRASE
    barred = usable and (words[0] in listed("no_source") | listed("contrast") or words[-1] in listed("passive"))
    return Claimant(phrase) if usable and not barred else None


def _without_auxiliary(words: list[str]) -> list[str]:
    """``a thinktank has`` [said]: the speaker without the verb's first part."""
    while words and fold(words[-1]) in listed("between"):
        words = words[:-1]
    return words


def _unnamed(part: Part) -> Claimant | None:
    """Somebody's envoy, ministry or ally that the lexicon doesn't have: ``Zelensky's adviser said``."""
    if not part.cues:
        return None
    phrase = _PHRASE_END.split(part.before(_verb_start(part, part.cues[0])))[-1].strip(" –—-")
    words = phrase.split()
    if not 0 < len(words) <= LONGEST_PHRASE or fold(words[0]) in listed("no_source"):
        return None
    named = len(words) <= SHORT_PHRASE and words[-1][0].isupper() and words[-1].isalpha()
    return Claimant(phrase) if named or is_head(fold(words[-1])) or _is_led_by_head(words) else None


def _is_led_by_head(words: Sequence[str]) -> bool:
    """Does it begin as ``Le ministère de la Défense`` does, with an article and whose words they are?"""
    first = [word for word in _WORD.findall(fold(" ".join(words[:2]))) if word not in listed("prepositions")]
    return len(first) > 1 and first[0] in listed("determiners") and is_head(first[1])


def _first_person(part: Part) -> Claimant | None:
    """The first person the clause names."""
    people = (named.claimant for named in part.names if not named.outlet)
    return next((claimant for claimant in people if claimant.id is None or claimant.id.startswith("P:")), None)
