"""Headlines: an article's title, short enough for a phone, without changing what it says.

Labels, repeated subjects, outlet names and symbols go; what is still too long ends at a clause boundary, and only
where the rest merely adds to it. A question mark, a negation, a doubt, a source or the speaker of a quotation is never
lost. The words are in ``data/summary_headline.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.domain.language import ArticleLanguage
from bot.editorial import lexicon, quotes
from bot.editorial.pack import listed, yaml_data
from bot.editorial.text import STOP_WORDS, fold, plain, words
from bot.editorial.typography import typeset

LONGEST = 60
"""Characters of a headline."""

SHORTEST = 22
"""Characters under which a part of a headline says too little."""

FEWEST_WORDS = 4
"""Words of what is left of a headline."""

LONGEST_SUBJECT = 6
"""Words of a subject before a colon; a longer opening is a statement of its own."""

LONGEST_SOURCE = 32
"""Characters of an ending that says whose words these are."""

LONGEST_READ = 400
"""Characters of a title: what is longer is no title."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SYMBOL = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_SPACES = re.compile(r"\s+")
_TAG = re.compile(
    r"\s*[\[(](?:vid[ée]os?|photos?|live|direct|audio|carte|podcast|infographie|watch|updated?)[\])]", re.IGNORECASE
)
_OPENING = re.compile(r"^([^:|.–—]{2,45}?)(?:\s*[:|]\s+|\s+[-–—]\s+|\.\s+)(?=\S)")
_OPENING_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_ENDING = re.compile(r"\s+[-–—|]\s+([^-–—|]{2,40})$")
_DATED = re.compile(r"\bj(?:our)?[ +-]?\d+|\bday \d+|\d+")
_BOUNDARY = re.compile(r"\s*[,;]\s+|\s+[-–—]\s+|\.\s+|\s+(?=\()")
_SIGNED = re.compile(r"\s*[-–—]\s+(?:[^\W\d_a-zß-ÿ][\w.'’-]*\s?){1,5}$")
"""What stands behind a dash at the end is who says it."""
_LAST_PART = re.compile(r"(?:,|\s[-–—])\s[^,]{3,40}$")
_AND = re.compile(r"\s(?:et|and)\s(?=([a-zß-ÿ][\w'’]{3,}))")
"""Before a second verb; determiners, names and prepositions come before what belongs to the first."""
_ENUMERATES = re.compile(r"\b(?:et|and|ou|or)\b")
_QUOTING = (*quotes.MARKS, " '", "' ", "‘", "’ ")
_TRAILING = " ,;:–—-|"
_CLAUSE_END = re.compile(r"(?:[.!?]['’”»\"]?|:)\s")
_LEADING = " «“„\"'[(•*"
_SINGLE_OPENED = re.compile(r"(?<!\w)['‘](?=\w)")
_SINGLE_CLOSED = re.compile(r"(?<=[\w.,!?])['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Headline:
    """A title made ready."""

    text: str
    """At most ``LONGEST`` characters, unless it isn't ``whole``."""
    whole: bool
    """Nothing had to be cut but labels and subjects."""
    fits: bool
    """It is short enough and lost nothing that binds its meaning."""
    teaser: bool
    """It asks or promises rather than tells."""


def headline(title: str, language: ArticleLanguage, outlet: str = "") -> Headline:
    """The title of an article as a headline. ``outlet``: who published it, whose name is cut off its end."""
    rules = _rules(language)
    full = _bare(title, outlet, language, rules)
    teaser = full.endswith("?") or any(rules.teasers.match(part) for part in fold(full).split(": "))
    if len(full) > LONGEST:
        full = _lighter(full, rules)
    if len(full) <= LONGEST:
        return Headline(full, whole=True, fits=bool(full), teaser=teaser)
    short = max(_shorter(full, rules), key=len, default="") or _statement(full, rules)
    if short:
        return Headline(short, whole=False, fits=True, teaser=teaser)
    return Headline(_cut(full, rules), whole=False, fits=False, teaser=teaser)


def unlabelled(text: str, language: ArticleLanguage) -> str:
    """A sentence of an article as it can be shown: no ``DIRECT.`` or ``War in Ukraine:``, its language's marks."""
    if len(text) > LONGEST_READ:
        return typeset(text, language)
    return _bare(text, "", language, _rules(language)) or text


def _bare(title: str, outlet: str, language: str, rules: _Rules) -> str:
    """The title's own words: no labels, no subject everybody reads about, no outlet, no symbols."""
    text = _SYMBOL.sub(" ", _CONTROL.sub(" ", plain(title[:LONGEST_READ])))
    text = typeset(_SPACES.sub(" ", _TAG.sub("", text)).strip(_TRAILING + "•·*"), language)
    text = _without_outlet(text, outlet)
    while (match := _OPENING.match(text)) and _says_nothing(match[1], rules):
        text = _capitalised(text[match.end() :])
    return text


def _without_outlet(text: str, outlet: str) -> str:
    match = _ENDING.search(text)
    if match is None:
        return text
    ending, own = set(words(fold(match[1]))), set(words(fold(outlet)))
    known = bool(ending & own) and len(ending) <= len(own) + 2
    return text[: match.start()] if known or "|" in match[0] else text


def _says_nothing(opening: str, rules: _Rules) -> bool:
    """Is an opening a label, or made of the subject's words only?"""
    folded = fold(_DATED.sub(" ", opening.lower())).strip()
    if rules.labels.fullmatch(folded):
        return True
    found = set(_OPENING_WORD.findall(folded))
    return found <= rules.subjects | rules.companions and not found <= rules.companions


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lighter(full: str, rules: _Rules) -> str:
    """Without what readers supply themselves: first names of the well-known, and which war it is."""
    text = _without_first_names(full)
    text = _without_context(text, rules) if len(text) > LONGEST else text
    return _without_apposition(text, rules) if len(text) > LONGEST else text


def _without_first_names(text: str) -> str:
    for mention in reversed(lexicon.entities(text)):
        first, _, family = mention.surface.rpartition(" ")
        known = lexicon.actor(family) if first and mention.id.startswith("P:") else None
        if known is not None and known.id == mention.id:
            text = text[: mention.start] + family + text[mention.end :]
    return text


def _without_context(text: str, rules: _Rules) -> str:
    folded = fold(text)
    match = rules.context.search(folded)
    if match is None or len(folded) != len(text):
        return text
    kept = text[: match.start()].rstrip(_TRAILING)
    return kept if len(kept.split()) > FEWEST_WORDS else text


def _shorter(full: str, rules: _Rules) -> Iterator[str]:
    """Parts of a title that are short enough and keep its meaning."""
    for part in (full, *_after_colon(full, rules)):
        if SHORTEST <= len(part) <= LONGEST and part != full and quotes.balanced(part):
            yield part
        for place in _breaks(part, rules):
            kept, lost = part[:place].rstrip(_TRAILING), part[place:]
            if _keeps_meaning(kept, lost, rules):
                yield kept


_APPOSITION = re.compile(r"^([^,:]{8,}), ([^,:]{8,}), (?=([^\W\d_]+))")


def _without_apposition(full: str, rules: _Rules) -> str:
    """Without what a first name's bearer is besides: ``The teacher, held since 2021, is free``."""
    match = _APPOSITION.match(full)
    if match is None or not rules.verbs.fullmatch(fold(match[3])):
        return full
    if not match[2][0].islower() or rules.binding.search(fold(match[2])):
        return full
    return f"{match[1]} {full[match.end() :]}"


def _statement(full: str, rules: _Rules) -> str:
    """A whole statement behind a long opening that would have to be cut; empty where there is none."""
    opening, _, rest = full.rpartition(": ")
    quoting = any(mark in full for mark in _QUOTING)
    if quoting or len(opening.split()) <= LONGEST_SUBJECT or not SHORTEST <= len(rest) <= LONGEST:
        return ""
    return "" if rules.dangling.search(fold(rest)) or rules.binding.match(fold(rest)) else _capitalised(rest)


def _after_colon(full: str, rules: _Rules) -> Iterator[str]:
    """What follows a subject and a colon, where the subject isn't somebody speaking nor a quotation."""
    subject, colon, rest = full.partition(": ")
    loose = _speaks(subject, rest, rules) or rules.dangling.search(fold(rest))
    if colon and len(rest) > SHORTEST and len(subject.split()) <= LONGEST_SUBJECT and not loose:
        yield _capitalised(rest)


def _speaks(subject: str, rest: str, rules: _Rules) -> bool:
    """May ``subject: rest`` be a speaker and their words? Names alone before a colon are, as far as we can tell."""
    named = all(word[:1].isupper() for word in subject.split())
    quoting = any(mark in subject + rest for mark in _QUOTING)
    return (
        named
        or quoting
        or rules.binding.search(fold(subject)) is not None
        or rules.roles.search(fold(subject)) is not None
    )


def binds(part: str, language: str) -> bool:
    """Does a part hold what no text must lose: a negation, a condition, a doubt, a contrast, a source?"""
    return _rules(language).essential.search(fold(part)) is not None


def argues(title: str, lead: str, language: str) -> bool:
    """Does an article argue, ask or promise rather than tell, by its first words?"""
    rules = _rules(language)
    openings = (fold(text[:LONGEST_READ]).lstrip(_LEADING) for text in (title, lead))
    if any(rules.opinions.match(opening) for opening in openings):
        return True
    full = _bare(title, "", language, rules)
    return full.endswith("?") or any(rules.teasers.match(part) for part in fold(full).split(": "))


def trailing(sentence: str, language: str) -> list[int]:
    """Places of the commas behind which a long sentence only adds to a statement already made."""
    folded = fold(sentence)
    if len(folded) != len(sentence):
        return []
    return [match.start() for match in _rules(language).trailing.finditer(folded)]


def _breaks(part: str, rules: _Rules) -> Iterator[int]:
    """Where a title may end within ``LONGEST`` characters."""
    for match in _BOUNDARY.finditer(part, 0, LONGEST + 3):
        yield match.start()
    folded = fold(part)
    if len(folded) == len(part):
        yield from (match.start() for match in rules.breaks.finditer(folded, 0, LONGEST + 12))
    for match in _AND.finditer(part, 0, LONGEST + 12):
        opened = rules.clauses.search(fold(part[: match.start()]))
        if fold(match[1]) not in STOP_WORDS["other"] and opened is None:
            yield match.start()


def _keeps_meaning(kept: str, lost: str, rules: _Rules) -> bool:
    """Is what is kept a statement, and what is lost a mere addition?"""
    if not SHORTEST <= len(kept) <= LONGEST or not _balanced(kept) or kept.count("(") != kept.count(")"):
        return False
    if "?" in lost or rules.binding.search(fold(lost)):
        return False
    if any(mark in kept for mark in quotes.MARKS) and any(mark in lost for mark in quotes.MARKS):
        return False
    if _listing(kept, lost) or _SIGNED.match(lost) or len(kept.split()) < FEWEST_WORDS:
        return False
    if lost.startswith(".") and not rules.teasers.match(fold(lost).lstrip(". ")):
        return False  # the second of two sentences tends to be the news
    if len(_CLAUSE_END.split(kept)[-1].split()) < FEWEST_WORDS - 1:
        return False
    if lost.lstrip().startswith(",") and rules.adverbials.match(fold(kept)):
        return False
    return not rules.loose_ends.search(fold(kept))


def _balanced(kept: str) -> bool:
    """No quotation is cut. Single marks count where a word starts; a closing one may be an apostrophe."""
    return quotes.balanced(kept) and len(_SINGLE_OPENED.findall(kept)) <= len(_SINGLE_CLOSED.findall(kept))


def _listing(kept: str, lost: str) -> bool:
    """Would the cut part a list (``A, B et C``) or leave only the opening of what is announced (``A : B``)?"""
    ahead = lost.lstrip()
    enumerates = ahead.startswith(",") and ("," in kept or "," in ahead[1:] or _ENUMERATES.search(ahead) is not None)
    return enumerates or (":" in lost and ":" not in kept)


def _cut(full: str, rules: _Rules) -> str:
    """The title's first words with an ellipsis, for want of better; an ending that names the source stays."""
    source = _source(full, rules)
    room = LONGEST - 1 - len(source)
    kept = _up_to(full, room)
    while " " in kept and (rules.loose_ends.search(fold(kept)) or not _balanced(kept)):
        kept = kept.rsplit(" ", 1)[0].rstrip(_TRAILING)
    if _balanced(kept) and len(kept) > SHORTEST / 2:
        return f"{kept.rstrip('.')}…{source}"
    mark = next((mark for mark in full if mark in quotes.OPENERS), "")
    closing = quotes.CLOSER_OF[mark][0] if mark else ""
    closing = f"\u00a0{closing}" if closing == "»" and "«\u00a0" in full else closing
    return f"{_up_to(full, room - len(closing))}…{closing}{source}"


def _up_to(full: str, room: int) -> str:
    """Whole words that fit; a single endless word is cut."""
    return (full[: room + 1].rsplit(" ", 1)[0] if " " in full[: room + 1] else full[:room]).rstrip(_TRAILING)


def _source(full: str, rules: _Rules) -> str:
    """A title's ending that says whose words these are: ``, selon Kiev``, ``, says Kyiv``, ``- Boris Johnson``."""
    match = _LAST_PART.search(full)
    if match is None or len(match[0]) > LONGEST_SOURCE or any(mark in match[0] for mark in quotes.MARKS):
        return ""
    return match[0] if _SIGNED.match(match[0]) or rules.binding.match(fold(match[0]).lstrip(" ,")) else ""


@dataclass(frozen=True, slots=True)
class _Rules:
    """One language's part of ``summary_headline.yaml``."""

    labels: re.Pattern[str]
    subjects: frozenset[str]
    companions: frozenset[str]
    breaks: re.Pattern[str]
    context: re.Pattern[str]
    roles: re.Pattern[str]
    dangling: re.Pattern[str]
    adverbials: re.Pattern[str]
    binding: re.Pattern[str]
    essential: re.Pattern[str]
    """What is binding outside headlines, too."""
    trailing: re.Pattern[str]
    opinions: re.Pattern[str]
    clauses: re.Pattern[str]
    loose_ends: re.Pattern[str]
    verbs: re.Pattern[str]
    teasers: re.Pattern[str]


@cache
def _rules(language: str) -> _Rules:
    data = yaml_data("summary_headline.yaml")
    lists = {key: listed(block) for key, block in (data.get(language) or data["en"]).items()}
    either = {key: "|".join(items) for key, items in lists.items()}
    return _Rules(
        labels=re.compile(either["labels"]),
        subjects=frozenset(lists["subjects"]),
        companions=frozenset(lists["companions"]),
        breaks=re.compile(rf" (?=(?:{either['breaks']})\b)"),
        context=re.compile(rf"\s(?:{either['context']})$"),
        roles=re.compile(rf"\b(?:{either['roles']})\b"),
        dangling=re.compile(rf"\b(?:{either['dangling']})\b"),
        adverbials=re.compile(rf"(?:{either['adverbials']})\b"),
        binding=re.compile(rf"\b(?:{either['binding']}|{either['measures']})(?:\b|(?<='))"),
        essential=re.compile(rf"\b(?:{either['binding']})(?:\b|(?<='))"),
        trailing=re.compile(rf", (?=(?:{either['trailing']})\b)"),
        opinions=re.compile(rf"(?:{either['opinions']})(?!\w)"),
        clauses=re.compile(rf"\b(?:{either['clauses']})(?: [\w'’-]+){{1,2}}$"),
        loose_ends=re.compile(rf"\b(?:{either['loose_ends']})$"),
        verbs=re.compile(either["verbs"]),
        teasers=re.compile(rf"(?:{either['teasers']})(?!\w)"),
    )
