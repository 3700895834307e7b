"""Claims: who says what about each topic of an article, sentence by sentence, with the claimant kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from bot.domain.claim import Claim, Modality, Phase, Polarity
from bot.domain.story import SourcedArticle
from bot.domain.topic import TopicId
from bot.editorial import dates, phases, propositions, topics
from bot.editorial.claimants import Attribution, Speakers
from bot.editorial.cleanup import clean
from bot.editorial.naming import People, Read
from bot.editorial.phases import Reading
from bot.editorial.propositions import Event
from bot.editorial.saying import is_quotation, leaves_unnamed
from bot.editorial.sentences import split
from bot.editorial.text import fold, words

MOST_SENTENCES = 120
"""Of one article; a live page of thousands would say everything about everything."""

MOST_CLAIMS = 14
"""Of one article on one topic: those of named people first, then in order."""

INHERITED = 5
"""Sentences after which "this call" no longer means the one that was told of."""

LONGEST = 1_200
"""Characters of a sentence; what is longer is a table or a list glued together."""

_EVENT_TOPIC: TopicId = "talks"
_OPEN = frozenset({Phase.MENTIONED, Phase.PROPOSED, Phase.TALKS})
_OFFERED = frozenset({Phase.PROPOSED, Phase.AGREED, Phase.IN_FORCE})
"""What "this proposal", "the deal" may be."""
_BEARING = frozenset({Phase.PROPOSED, Phase.TALKS})
"""What a narrower topic's phase can tell of the wider one: talks that begin are talks about a ceasefire, a peace treaty
that is signed is told by its own words."""


def extract(sourced: SourcedArticle) -> tuple[Claim, ...]:
    """Every claim of an article on the topics it touches, in order.

    A claim keeps its claimant: a person or an institution, or the outlet in its own voice. A quotation below a
    sentence that ends with a colon, or alone below its speaker's sentence, is the speaker's. A sentence that denies
    "this call" is about the call told of before it. ``via`` is the agency or outlet it was said to.
    """
    article = sourced.article
    about = sourced.topics or topics.topics_of(article.title, article.body, article.language)
    if not about:
        return ()
    found: dict[TopicId, list[Claim]] = {topic: [] for topic in topics.widened(about)}
    reader = _Reader(sourced, frozenset(found))
    for sentence in reader.sentences():
        for claim in reader.claims(sentence):
            found[claim.topic].append(claim)
    kept = [claim for claims in found.values() for claim in _most_telling(claims)]
    return tuple(sorted(kept, key=lambda claim: reader.place(claim.sentence)))


def _most_telling(claims: list[Claim]) -> list[Claim]:
    """At most ``MOST_CLAIMS``, in order; claims with a claimant go before the outlet's own."""
    ranked = sorted(range(len(claims)), key=lambda index: (claims[index].own_voice, index))
    return [claims[index] for index in sorted(ranked[:MOST_CLAIMS])]


class _Told(NamedTuple):
    """What a sentence told of, for those that answer or continue it."""

    claims: tuple[Claim, ...] = ()
    place: int = -(10**6)
    """The sentence's."""


class _Reader:
    """Reads one article, sentence after sentence."""

    def __init__(self, sourced: SourcedArticle, about: frozenset[TopicId]) -> None:
        article = sourced.article
        self._sourced = sourced
        self._about = about
        self._body = clean(article.body, article.language, article.title)
        self._heading = words(fold(article.title))
        self._people = People(f"{article.title}\n{self._body}", article.language)
        self._speakers = Speakers()
        self._told = _Told()
        self._event = _Told()
        self._progress = _Told()
        self._offer = _Told()
        self._places: dict[str, int] = {}

    def sentences(self) -> Iterator[str]:
        """The title, then the text's sentences, each once."""
        article = self._sourced.article
        for sentence in [article.title.strip(), *split(self._body, article.language)[:MOST_SENTENCES]]:
            if sentence and len(sentence) <= LONGEST and sentence not in self._places:
                self._places[sentence] = len(self._places)
                yield sentence

    def place(self, sentence: str) -> int:
        """Where in the article a sentence stands."""
        return self._places[sentence]

    def claims(self, sentence: str) -> Iterator[Claim]:
        """What the next sentence claims, topic by topic and claimant by claimant."""
        read = self._people.read(sentence)
        said = self._speakers.read(read)
        event = propositions.event(read)
        mentioned = self._mentioned(read, event)
        if event is None and not mentioned and propositions.points_to_offer(read):
            yield from self._on_offer(read, said)
            return
        answers = self._answers(said, read, event, mentioned)
        yield from self._referring(read, said, frozenset(mentioned), answers=answers)
        if mentioned and not answers:
            yield from self._stated(read, said, event, mentioned)

    def _mentioned(self, read: Read, event: Event | None) -> dict[TopicId, TopicId]:
        """Topic → the topic whose words mention it, which may be a narrower one."""
        direct = set(topics.mentions(read.folded, self._heading))
        if event is not None and event.crosses:
            direct.add(_EVENT_TOPIC)
        mentioned: dict[TopicId, TopicId] = {topic: topic for topic in direct}
        for topic in sorted(direct):
            for wider in topics.widened([topic]):
                mentioned.setdefault(wider, topic)
        return {topic: by for topic, by in mentioned.items() if topic in self._about}

    def _stated(
        self, read: Read, said: tuple[Attribution, ...], event: Event | None, mentioned: dict[TopicId, TopicId]
    ) -> Iterator[Claim]:
        """The claims of a sentence that names its subject."""
        made: list[Claim] = []
        for topic, by in mentioned.items():
            reading = self._reading(read.sentence, topic, by, event)
            for one in _speaking_of(by, said, read):
                proposition = _proposition(read, one, topic, reading, event)
                claim = self._claim(read.sentence, one, topic, reading, proposition)
                if one.polarity is Polarity.AFFIRMED and event is not None and event.absent:
                    claim = replace(claim, polarity=Polarity.DENIED)
                made.append(claim)
        self._told = _Told(tuple(made), self._places[read.sentence])
        if event is not None:
            self._event = self._told
        if any(claim.phase is not Phase.MENTIONED for claim in made):
            self._progress = self._told
        if any(claim.phase in _OFFERED for claim in made):
            self._offer = self._told
        yield from (claim for claim in made if not claim.own_voice or topics.phases_of(claim.topic))

    def _reading(self, sentence: str, topic: TopicId, by: TopicId, event: Event | None) -> Reading:
        reading = phases.phase_of(sentence, by, self._sourced.article.language)
        if event is not None and event.ahead:
            modality = Modality.HOPED if reading.modality is Modality.ASSERTED else reading.modality
            return reading._replace(phase=Phase.PROPOSED, modality=modality)
        if event is not None and reading.phase is Phase.MENTIONED and reading.modality is Modality.ASSERTED:
            reading = reading._replace(phase=Phase.TALKS)
        if by != topic and reading.phase not in _BEARING:
            settled = reading.phase in {Phase.AGREED, Phase.IN_FORCE}
            reading = reading._replace(phase=Phase.TALKS if settled else Phase.MENTIONED)
        return reading

    @staticmethod
    def _answers(
        said: tuple[Attribution, ...], read: Read, event: Event | None, mentioned: Mapping[TopicId, TopicId]
    ) -> bool:
        """Does the sentence deny or leave open "this call", or what was just said, rather than name it?"""
        refused = any(one.polarity is not Polarity.AFFIRMED for one in said)
        if not refused or event is not None:
            return False
        return propositions.points_back(read) or (not mentioned and leaves_unnamed(read))

    def _referring(
        self, read: Read, said: tuple[Attribution, ...], mentioned: frozenset[TopicId], *, answers: bool
    ) -> Iterator[Claim]:
        """The claims of a sentence that answers the ones before it ("this call"), or goes on quoting.

        A quotation may go on about topics that it doesn't mention itself.
        """
        place = self._places[read.sentence]
        named = answers and propositions.points_back(read)
        # "This call" is the last one told of, not whatever was mentioned since.
        meant = (told for told in (self._event, self._progress) if named and place - told.place <= INHERITED)
        before = next(meant, self._told)
        # What is denied without a word of its own is what was said last.
        within = INHERITED if named else int(answers or is_quotation(read.sentence))
        if place - before.place > within:
            return
        claims = _deniable(before.claims) if answers else before.claims
        for topic, claim in {claim.topic: claim for claim in reversed(claims)}.items():
            reading = Reading(claim.phase if answers else Phase.MENTIONED, claim.modality, claim.scope)
            for one in said:
                if one.claimant is not None and (answers or topic not in mentioned):
                    yield self._claim(read.sentence, one, topic, reading, claim.proposition)

    def _on_offer(self, read: Read, said: tuple[Attribution, ...]) -> Iterator[Claim]:
        """The claims of a sentence that refuses "this proposal", or denies it: the offer is meant, not its call."""
        if self._places[read.sentence] - self._offer.place > INHERITED:
            return
        offers = {claim.topic: claim for claim in reversed(self._offer.claims) if claim.phase in _OFFERED}
        for (topic, claim), one in product(offers.items(), said):
            phase = Phase.REJECTED if one.refuses else claim.phase
            refused = one.refuses or one.polarity is not Polarity.AFFIRMED
            if one.claimant is not None and refused and phase.value in topics.phases_of(topic):
                modality = phases.phase_of(read.sentence, topic, self._sourced.article.language).modality
                reading = Reading(phase, modality, claim.scope)
                proposition = propositions.progress(topic, phase, claim.scope, None)
                yield self._claim(read.sentence, one, topic, reading, proposition)

    def _claim(self, sentence: str, said: Attribution, topic: TopicId, reading: Reading, proposition: str) -> Claim:
        article = self._sourced.article
        named = dates.dates(sentence, article.published.date(), article.language)
        wished = said.wished and reading.modality is Modality.ASSERTED
        return Claim(
            topic=topic,
            proposition=proposition,
            polarity=said.polarity,
            phase=reading.phase,
            modality=Modality.HOPED if wished else reading.modality,
            claimant=self._claimant(said),
            claimant_id=said.claimant.id if said.claimant else None,
            via=said.via,
            article_id=article.id,
            sentence=sentence,
            event_date=named[0].date if named else None,
            published=article.published,
            language=article.language,
            scope=reading.scope,
            role=said.claimant.role if said.claimant else None,
            own_voice=said.claimant is None and not said.unclear,
            direct_speech=said.quoted,
        )

    def _claimant(self, said: Attribution) -> str:
        """The claimant's name; the outlet's in its own voice; empty where somebody says it whom the sentence hides."""
        if said.claimant is not None:
            return said.claimant.name
        return "" if said.unclear else self._sourced.source.name


def _deniable(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """What a denial is about: the offer or the call, not that the talks it was made in took place."""
    firm = (claim for claim in claims if claim.phase not in {Phase.MENTIONED, Phase.TALKS})
    return tuple(firm) or tuple(claim for claim in claims if propositions.is_event(claim.proposition)) or claims


def _speaking_of(topic: TopicId, said: tuple[Attribution, ...], read: Read) -> tuple[Attribution, ...]:
    """Those in whose clause the topic is mentioned; nobody's where it is in another one.

    ``Moscow threatens to cut gas; Zelensky vows to stay``: Zelensky says nothing of gas.
    """
    if len(said) == 1 and len(said[0].clause) == len(read.words):
        return said
    places = [span.start for span in topics.mentions(read.folded, ours=True).get(topic, ())]
    speaking = tuple(one for one in said if any(place in one.clause for place in places))
    if speaking or not places or len(said) > 1:
        return speaking or said
    return (replace(said[0], claimant=None, unclear=True, polarity=Polarity.AFFIRMED, via=None),)


def _proposition(read: Read, said: Attribution, topic: TopicId, reading: Reading, event: Event | None) -> str:
    """What a claim claims: an event, or how far its topic has come."""
    if event is not None and reading.phase in _OPEN:
        return event.proposition
    own = said.claimant.side if said.claimant is not None else None
    sides = (named.claimant.side for named in read.names)
    broke = propositions.culprit(own, sides, denies=said.polarity is Polarity.DENIED)
    return propositions.progress(topic, reading.phase, reading.scope, broke)
