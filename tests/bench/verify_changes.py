"""Ways to make a sentence wrong, one thing at a time: the number, the name, the negation, the speaker, the firmness.

Each takes a sentence, its language and a source of chance, and returns the wrong sentence, or None where it can't.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bot.domain.language import ReaderLanguage
from bot.editorial import lexicon

Change = Callable[[str, ReaderLanguage, random.Random], str | None]

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:[ \u00a0\u202f.,]\d{3})*(?![\w])")
_NAMED = {"P:": "PERSON", "O:": "BODY", "L:": "PLACE"}
_PLACES = {
    "fr": ("Kharkiv", "Odessa", "Varsovie", "la Turquie", "Koursk", "Dnipro", "l'Iran", "Ankara", "Zaporijjia"),
    "en": ("Kharkiv", "Odesa", "Warsaw", "Turkey", "Kursk", "Dnipro", "Iran", "Ankara", "Zaporizhzhia"),
}
_STRANGERS = ("Martin", "Keller", "Diop", "Novak", "Lindqvist", "Okafor", "Moreau", "Petrenko", "Bergmann", "Castellan")


def another_number(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """One number in digits becomes another one of its size."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    number = chance.choice(found)
    digits = re.sub(r"\D", "", number[0])
    value = int(digits)
    others = [
        value + step for step in (1, 2, 3, -1, -2, 7, 10, 100) if value + step > 1 and str(value + step) not in text
    ]
    if not others:
        return None
    return text[: number.start()] + str(chance.choice(others)) + text[number.end() :]


def numbers_crossed(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """Two numbers that count different things change places."""
    found = [number for number in _NUMBER.finditer(text) if not re.fullmatch(r"(?:19|20)\d\d", number[0])]
    if len({number[0] for number in found}) < 2:
        return None
    one, other = found[0], next(number for number in found if number[0] != found[0][0])
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def another_name(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """One person, body or place the gazetteer knows becomes another of its kind."""
    found = [mention for mention in lexicon.entities(text) if mention.id[:2] in _NAMED and mention.surface[0].isupper()]
    if not found:
        return None
    mention = chance.choice(found)
    present = {other.id for other in found}
    if mention.id.startswith("L:"):
        names = [name for name in _PLACES[language] if not {one.id for one in lexicon.entities(name)} & present]
    else:
        kind = mention.id[:2]
        names = [
            actor.names[language]
            for id_, actor in sorted(lexicon.actors().items())
            if id_.startswith(kind) and id_ not in present
        ]
    return text[: mention.start] + chance.choice(names) + text[mention.end :]


def names_crossed(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """Two that are named change places."""
    found = [mention for mention in lexicon.entities(text) if mention.id[:2] in _NAMED and mention.surface[0].isupper()]
    if len({mention.id for mention in found}) != len(found) or len(found) < 2:
        return None
    one, other = found[0], found[-1]
    if other.start < one.end:
        return None
    return text[: one.start] + other.surface + text[one.end : other.start] + one.surface + text[other.end :]


def another_stranger(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """A family name that the gazetteer doesn't know becomes another."""
    taken = [(mention.start, mention.end) for mention in lexicon.entities(text)]
    found = [
        name
        for name in re.finditer(r"(?<=[a-zé] )([A-ZÉ][a-zé]{3,}) ([A-ZÉ][a-zé]{3,})\b", text)
        if not any(start < name.end() and name.start() < end for start, end in taken)
    ]
    if not found:
        return None
    name = chance.choice(found)
    other = chance.choice([stranger for stranger in _STRANGERS if stranger not in text])
    return text[: name.start(2)] + other + text[name.end(2) :]


def negated(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """A sentence that says yes says no."""
    if language == "fr":
        found = list(
            re.finditer(
                r"(?<= )(a|ont|est|sont|sera|seront|avait|avaient|était|étaient|peut|va|vont|doit|pourrait)(?= [a-zé]{3,})",
                text,
            )
        )
        found = [
            verb
            for verb in found
            if not re.search(r"(?:\bn[e’']|\bpas|qu[e’'])\s?$", text[: verb.start()])
            and not text[verb.end() :].startswith(" pas")
        ]
        if not found:
            return None
        verb = chance.choice(found)
        particle = "n’" if verb[0][0] in "aeéo" else "ne "
        return f"{text[: verb.start()]}{particle}{verb[0]} pas{text[verb.end() :]}"
    found = [
        verb
        for verb in re.finditer(r"\b(is|are|was|were|has|have|had|will|would|could|can|should|did)(?= [a-z]{2,})", text)
        if not text[verb.end() :].startswith((" not", " no "))
    ]
    if not found:
        return None
    verb = chance.choice(found)
    return f"{text[: verb.end()]} not{text[verb.end() :]}"


def affirmed(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """A sentence that says no says yes."""
    if language == "fr":
        found = re.search(r"\b(?:ne |n[’'])([\wéèê’' -]{1,22}?) (pas|plus|jamais)\b", text)
        return text[: found.start()] + found[1] + text[found.end() :] if found else None
    if re.search(r"\bnot\b(?! only)", text):
        return re.sub(r" \bnot\b(?! only)", "", text, count=1)
    plain = re.sub(r"\b(is|are|was|were|has|have|had|would|could|should|did|does|do)n[’']t\b", r"\1", text, count=1)
    return plain if plain != text else None


_FIRMER: dict[ReaderLanguage, tuple[tuple[str, str], ...]] = {
    "fr": (
        (r"\b(?:pourrait|devrait) (\w+)er\b", r"a \1é"),
        (r"\b(?:pourraient|devraient) (\w+)er\b", r"ont \1é"),
        (r"\b(?:propose|réclame|exige|demande|souhaite|espère|veut) (un|une|la|le) (?=(?:\w+ ){0,2}(?:cessez|trêve|accord|paix|plan|traité))", r"a signé \1 "),
        (r"\b(?:appelle|appellent) à (un|une|la) (?=(?:\w+ ){0,2}(?:cessez|trêve|accord|paix))", r"a conclu \1 "),
        (r"\b(?:négocier|discuter d’|discuter d') ?(?=(?:un|une|la|le) (?:\w+ ){0,2}(?:cessez|trêve|accord|paix|fin))", "signer "),
        (r"\bpourparlers de paix\b", "accord de paix signé"),
        (r"\bnégociations de paix\b", "traité de paix signé"),
        (r"\b(?:négociations|pourparlers|discussions) (?:sur|pour) (?=un|une|la|le)", "accord conclu sur "),
        (r"\bproposition (?:de|d['’]) ?(cessez-le-feu|trêve|paix|accord)", r"entrée en vigueur du \1"),
    ),
    "en": (
        (r"\b(?:could|may|might) (?:soon )?(agree|accept|sign|begin|start|end)\b", r"has agreed to \1"),
        (r"\b(?:propose[sd]?|calls? for|called for|demand(?:s|ed)?|wants|urged|hopes for|seeks) (an?|the) (?=(?:\w+ ){0,2}(?:ceasefire|truce|deal|peace|agreement))", r"signed \1 "),
        (r"\bpeace talks\b", "the signed peace deal"),
        (r"\bceasefire talks\b", "the ceasefire now in force"),
        (r"\b(?:talks|negotiations) (?:on|about|over|for) (an?|the) (?=(?:\w+ ){0,2}(?:ceasefire|truce|deal|peace|agreement))", r"the agreement signed on \1 "),
        (r"\btalks (?:with|between)\b", "a ceasefire agreed with"),
    ),
}  # fmt: skip


def firmer(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """What is proposed or talked about is signed, or in force."""
    for pattern, instead in _FIRMER[language]:
        changed = re.sub(pattern, instead, text, count=1)
        if changed != text:
            return changed
    return None


def nobody_says(text: str, language: ReaderLanguage, chance: random.Random) -> str | None:
    """A claim loses its claimant."""
    if language == "fr":
        for pattern in (
            r"^Selon [^,]{3,60}, (?=\w)",
            r", selon [^,.]{3,60}(?=[,.])",
            r", (?:a|ont) (?:déclaré|affirmé|annoncé|indiqué|assuré|estimé|précisé) [^,.]{3,60}(?=[,.])",
        ):
            changed = re.sub(pattern, "", text, count=1)
            if changed != text:
                return changed[:1].upper() + changed[1:]
        return None
    for pattern in (
        r"^According to [^,]{3,60}, (?=\w)",
        r",? according to [^,.]{3,60}(?=[,.])",
        r", (?:[A-Z][\w’' -]{2,50} (?:said|says)|(?:said|says) [A-Z][\w’' -]{2,50})(?=[,.])",
    ):
        changed = re.sub(pattern, "", text, count=1)
        if changed != text:
            return changed[:1].upper() + changed[1:]
    return None


CHANGES: dict[str, Change] = {
    "another number": another_number,
    "numbers crossed": numbers_crossed,
    "another known name": another_name,
    "names crossed": names_crossed,
    "another unknown name": another_stranger,
    "negation inserted": negated,
    "negation removed": affirmed,
    "told as settled": firmer,
    "claimant removed": nobody_says,
}
