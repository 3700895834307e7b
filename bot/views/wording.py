"""Words for what the newsroom found: people, propositions and counted things, in the reader's language."""

from __future__ import annotations

from bot.domain.briefing import FactCard
from bot.domain.claim import Modality, Phase, Polarity
from bot.domain.status import FigureRange, Position
from bot.domain.topic import Topic
from bot.editorial import lexicon, topics
from bot.editorial.claimants import offers
from bot.editorial.naming import name_of
from bot.i18n import Translator
from bot.views.parts import quoted

LONGEST_PARTICLE = 3
"""Letters of a name's own small words: Ursula von der Leyen."""

_EVENTS = ("call", "meeting")


def person(name: str, actor_id: str | None, reader: Translator) -> str:
    """Someone as this language spells them; who is not in the gazetteer keeps the article's spelling."""
    return (name_of(actor_id, reader.language) if actor_id else None) or name


def named(position: Position, reader: Translator) -> str:
    """The same of who holds a position; an unnamed source in another language is quoted: « two officials »."""
    words = person(position.claimant, position.claimant_id, reader)
    foreign = position.claimant_id is None and position.language != reader.language
    described = any(word.islower() and len(word) > LONGEST_PARTICLE for word in words.split())
    return quoted(words, reader) if foreign and described else words


def role(position: Position, reader: Translator) -> str:
    """What somebody is: from the gazetteer, else as the article calls them, quoted where that is another language."""
    known = lexicon.actors().get(position.claimant_id or "")
    if known:
        true = known.role_since is None or known.role_since <= position.published.date()
        return known.roles[reader.language] if true else ""
    if not position.role or position.language == reader.language:
        return position.role or ""
    return quoted(position.role, reader)


def claimant(position: Position, reader: Translator) -> str:
    """``Dmitri Peskov, porte-parole du Kremlin (TASS)``."""
    words = named(position, reader)
    title = role(position, reader)
    if title:
        words = reader.text("status.with-role", claimant=words, role=title)
    if position.via:
        told_to = lexicon.actor(position.via)
        words = reader.text(
            "status.via", claimant=words, via=told_to.names[reader.language] if told_to else position.via
        )
    return words


def stance(position: Position, reader: Translator) -> str:
    """What they do with the proposition, in two words."""
    if position.polarity is not Polarity.AFFIRMED:
        return reader.text(f"status.stance.{position.polarity}")
    if position.modality is Modality.HOPED:
        return reader.text("status.stance.hoped")
    if _is_offer(position):
        # Who reports an offer doesn't make it.
        makes = offers(position.text, position.language, position.claimant_id)
        return reader.text("status.stance.offers" if makes else "status.stance.offered")
    if not _is_firm(position):
        # To speak of an offer, or of what might be, is not to say that it is so.
        return reader.text("status.stance.mentioned")
    event = _event(position.proposition)
    return reader.text(f"status.stance.held.{event}" if event else "status.stance.affirmed")


def claimed(position: Position, reader: Translator) -> str:
    """The same, beside words the reader can't read; empty where these words only go on about the subject."""
    if position.polarity is not Polarity.AFFIRMED or position.modality is Modality.HOPED:
        return stance(position, reader)
    event = _event(position.proposition)
    return reader.text(f"status.claimed.{event}") if event and _is_firm(position) else ""


def _is_offer(position: Position) -> bool:
    """Is it said that something is proposed, and no more?"""
    return position.modality is Modality.ASSERTED and position.proposition.endswith("-proposed")


def _is_firm(position: Position) -> bool:
    return position.modality is Modality.ASSERTED and position.phase not in {Phase.MENTIONED, Phase.PROPOSED}


def _event(identity: str) -> str | None:
    """``call`` or ``meeting`` where a proposition is one between two people."""
    *people, kind = identity.split("-")
    return kind if kind in _EVENTS and len(people) >= 2 else None


def phase(key: str, phase: Phase, topic: Topic, reader: Translator) -> str:
    """The sentence or word of a phase, as its topic says it: a swap takes place rather than come into force.

    ``key``: ``status.phase`` or ``phase``.
    """
    own = f"{key}.{phase}.{topic.id}"
    return reader.text(own if reader.knows(own) else f"{key}.{phase}")


def proposition(identity: str, topic: Topic, reader: Translator) -> str:
    """What is claimed: ``l’appel entre Donald Trump et Vladimir Poutine``; else the topic itself."""
    *people, kind = identity.split("-")
    if _event(identity):
        return reader.text(f"proposition.{kind}", people=reader.both([_by_key(key, reader) for key in people]))
    name = topic.names[reader.language]
    for phase in ("proposed", "agreed", "in-force", "violated", "rejected", "expired"):
        if f"{topic.id}-{phase}" in identity:
            return reader.text(f"proposition.{phase}", topic=name)
    return name


def _by_key(key: str, reader: Translator) -> str:
    known = lexicon.actors().get(f"P:{key}")
    return known.names[reader.language] if known else key.capitalize()


def figure(figures: FigureRange, reader: Translator) -> str:
    """``drones : de 41 à 58 selon les sources``."""
    key = f"figure.{figures.unit}"
    unit = reader.text(key) if reader.knows(key) else figures.unit
    return reader.text("status.figure", unit=unit, low=reader.number(figures.low), high=reader.number(figures.high))


def facts(card: FactCard | None, reader: Translator) -> str | None:
    """A story without any of its sentences: ``Prisonniers, 84 prisonniers, Kyiv et Moscou``; None: nothing to say."""
    if card is None or not card.topics:
        return None
    topic = topics.topic(card.topics[0])
    if topic is None:
        return None
    counted = [_counted(number, reader) for number in card.numbers[:1]]
    name = topic.names[reader.language]
    actors = [person(actor.partition(":")[2], actor, reader) for actor in card.actors]
    who = reader.both([actor for actor in actors if name.casefold() not in actor.casefold()][:2])
    return ", ".join(part for part in (name, *counted, who) if part)


def _counted(number: str, reader: Translator) -> str:
    """``84:prisoners`` → ``84 prisonniers``."""
    amount, _, unit = number.partition(":")
    shown = reader.number(float(amount)) if amount.replace(".", "", 1).isdigit() else amount
    key = f"unit.{unit}"
    return reader.text(key, number=shown) if reader.knows(key) else shown


def capital(text: str) -> str:
    """A sentence's first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]
