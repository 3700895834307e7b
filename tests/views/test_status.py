"""Where a topic stands, as its reader meets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.adapters.console import as_text
from bot.domain.briefing import Citation
from bot.domain.claim import Modality, Phase, Polarity
from bot.domain.language import READER_LANGUAGES, ReaderLanguage
from bot.domain.message import Moment, Quotation, plain, spans_of
from bot.domain.status import (
    Contest,
    Day,
    Direction,
    FigureRange,
    FigureSource,
    Latest,
    Partial,
    PhaseChange,
    Position,
    Strength,
    TimelineEntry,
    TopicStatus,
    Trend,
)
from bot.domain.topic import Topic
from bot.views.contract import status_json
from bot.views.picture import coverage_chart, picture_message
from bot.views.status import FOLDED, LONGEST, UNFOLDED, status_message, unknown_message

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CEASEFIRE = Topic("ceasefire", {"fr": "Cessez-le-feu", "en": "Ceasefire"}, {})
TALKS = Topic("talks", {"fr": "Pourparlers de paix", "en": "Peace talks"}, {})
QUAI = Citation("a1", "Le Quai", "https://quai.example/a1", "fr", None)


def position(claimant: str, actor: str | None, polarity: Polarity, text: str, **changes: object) -> Position:
    """What one claimant says of the call."""
    made = Position(
        claimant, actor, None, None, "trump-putin-call", polarity, Phase.TALKS, Modality.ASSERTED, text, "fr",
        AT - HOUR, ("a1",),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields a test names


TRUMP = position(
    "Donald Trump", "P:trump", Polarity.AFFIRMED, "Donald Trump dit avoir appelé Vladimir Poutine dimanche."
)
PESKOV = position(
    "Dmitri Peskov", "P:peskov", Polarity.UNAWARE, "Dmitri Peskov a dit à Tass ne pas être au courant.", via="Tass"
)
STATUS = TopicStatus(
    topic="ceasefire",
    at=AT,
    phase=Phase.TALKS,
    strength=Strength.LOW,
    since=AT - 3 * HOUR,
    followed_since=AT - timedelta(days=20),
    newest_at=AT - HOUR,
    last_change=None,
    according_to=(),
    partial=(Partial("energy", Phase.PROPOSED, AT - HOUR),),
    latest=Latest(TRUMP.text, AT - HOUR, "fr", ("a1",), (TRUMP, PESKOV)),
    positions=(TRUMP, PESKOV),
    contested=(Contest("trump-putin-call", AT - HOUR, date(2026, 3, 8), (TRUMP, PESKOV)),),
    figures=(FigureRange("drones", 41, 58, (FigureSource("Kyiv", 58, "a1"), FigureSource("Moscou", 41, "a1"))),),
    timeline=(
        TimelineEntry(date(2026, 3, 8), "Les deux présidents se sont parlé, selon Donald Trump.", "fr", ("a1",)),
        TimelineEntry(date(2026, 3, 15), "Une rencontre est prévue à Ankara.", "fr", ("a1",), planned=True),
    ),
    trend=Trend(tuple(Day(date(2026, 3, 1), 1) for _ in range(14)), Direction.FLAT),
    sources=(QUAI,),
    independent_sources=1,
    articles=1,
    cited=(QUAI,),
)


def words(language: ReaderLanguage, **changes: object) -> str:
    changed = replace(STATUS, **changes)  # type: ignore[arg-type]  # the fields a test names
    return plain(status_message(changed, CEASEFIRE, language=language, zone="Africa/Dakar"))


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_status_reads_as_written(language: ReaderLanguage, snapshot: SnapshotAssertion) -> None:
    assert as_text(status_message(STATUS, CEASEFIRE, language=language, zone="Africa/Dakar")) == snapshot


@pytest.mark.parametrize("language", READER_LANGUAGES)
@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_its_sentence(language: ReaderLanguage, phase: Phase) -> None:
    assert words(language, phase=phase)


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_denial_stands_in_the_same_paragraph_as_the_claim(language: ReaderLanguage) -> None:
    latest = next(line for line in words(language).split("\n") if "11" in line and "Le Quai" in line)
    assert "Trump" in latest
    assert "Peskov" in latest


def test_more_than_the_sources_carry_together_stays_one_claimants() -> None:
    lone = replace(TRUMP, phase=Phase.AGREED)
    assert "According to Donald Trump, US president: agreed. I can’t confirm it." in words("en", according_to=(lone,))


def test_untranslated_words_are_quoted_and_labelled_once() -> None:
    english = words("en")
    assert english.count("(in French, not translated)") == 1
    assert "“Donald Trump dit avoir appelé Vladimir Poutine dimanche.”" in english
    assert "not translated" not in words("fr")


def test_only_the_foreign_ones_of_several_quotations_are_labelled() -> None:
    english = replace(PESKOV, language="en", text="Dmitry Peskov told TASS he was not aware of it.")
    mixed = words("en", positions=(TRUMP, english))
    assert "Who says what\n" in mixed
    assert "“Donald Trump dit avoir appelé Vladimir Poutine dimanche.” (in French, not translated)" in mixed
    assert mixed.count("not aware of it. (") == 0


def test_dates_told_in_another_language_are_labelled_unless_all_sources_are_in_it() -> None:
    wire = Citation("b1", "Northern Wire", "https://wire.example/b1", "en", None)
    english = replace(STATUS.timeline[0], language="en", text="The presidents spoke.", article_ids=("b1",))
    mixed = words("fr", timeline=(english, STATUS.timeline[1]), sources=(wire, QUAI), cited=(wire, QUAI))
    assert "The presidents spoke.\u00a0» (en anglais, non traduit) — Northern Wire" in mixed
    both = words("fr", timeline=(english, replace(english, date=date(2026, 3, 9))), sources=(wire, QUAI), cited=(wire,))
    assert "Chronologie (en anglais, non traduit)\n" in both
    assert "Timeline\n" in words("en")  # "Only in French." is said above


def test_a_shortened_quotation_is_still_closed() -> None:
    long = replace(TRUMP, text="« Nous avons parlé " + "longuement et calmement " * 40 + "».")
    assert "[…]\u00a0»" in words("fr", positions=(long,))


def test_nothing_known_is_said_so_without_a_date_or_a_picture() -> None:
    nothing = replace(
        STATUS, phase=Phase.UNKNOWN, since=None, newest_at=None, partial=(), latest=None, positions=(), contested=(),
        figures=(), timeline=(), sources=(), trend=Trend((), Direction.TOO_FEW),
    )  # fmt: skip
    message = status_message(nothing, CEASEFIRE, language="fr", zone="Africa/Dakar")
    assert "Je n’en sais rien" in plain(message)
    assert "Aucun article" in plain(message)
    assert not [button for row in message.buttons for button in row if button.action.startswith("picture")]


def test_old_news_says_how_old_it_is() -> None:
    assert "no news since 5 March." in words("en", newest_at=AT - timedelta(days=5))


def test_a_very_long_sentence_is_shortened_openly() -> None:
    long = replace(TRUMP, text="Donald Trump " + "a parlé longuement " * 40 + "à Vladimir Poutine.")
    assert "[…]" in words("fr", positions=(long,))


@pytest.mark.parametrize("language", READER_LANGUAGES)
def test_a_status_fits_one_phone_screen_and_a_half_however_much_was_said(language: ReaderLanguage) -> None:
    assert len(words(language)) < LONGEST
    endless = "Les délégations ont parlé des ports, des routes et des villages, " * 8
    said = tuple(replace(TRUMP, claimant=f"Claimant {place}", claimant_id=None, text=endless) for place in range(8))
    dates = tuple(TimelineEntry(date(2026, 3, day), endless, "fr", ("a1",)) for day in range(1, 8))
    latest = Latest(endless, AT - HOUR, "fr", ("a1",), (TRUMP,))
    contested = tuple(replace(STATUS.contested[0], proposition=f"trump-putin-{kind}") for kind in ("call", "meeting"))
    full = replace(STATUS, contested=contested, positions=said, timeline=dates, latest=latest)
    message = status_message(full, CEASEFIRE, language=language, zone="Africa/Dakar")
    folded = next(block for block in message.blocks if isinstance(block, Quotation))
    assert folded.folded
    visible = replace(message, blocks=tuple(block for block in message.blocks if block is not folded))
    assert len(plain(visible)) + FOLDED <= LONGEST
    assert len(plain(replace(message, blocks=(folded,)))) <= UNFOLDED * 1.1


@pytest.mark.parametrize(
    ("changes", "stance"),
    [
        ({}, ", says the call took place"),
        ({"modality": Modality.HOPED, "phase": Phase.PROPOSED}, ", is in favour"),
        ({"phase": Phase.PROPOSED}, ""),
        ({"modality": Modality.CONDITIONAL}, ""),
        ({"polarity": Polarity.DENIED, "modality": Modality.HOPED}, ", denies it"),
    ],
)
def test_only_what_somebody_asserts_is_told_as_said_so(changes: dict[str, object], stance: str) -> None:
    said = replace(TRUMP, **changes)  # type: ignore[arg-type]  # the fields a case names
    assert f"Donald Trump, US president{stance}: “Donald" in words("en", positions=(said,))


def test_states_are_called_what_the_reader_calls_them() -> None:
    said = replace(TRUMP, claimant="Beijing", claimant_id="L:china", language="en")
    assert "Pékin affirme que l’appel a eu lieu" in words("fr", positions=(said,))


def test_a_headline_ends_before_the_denial_beside_it() -> None:
    latest = Latest("Trump dit avoir appelé Poutine", AT - HOUR, "fr", ("a1",), (TRUMP, PESKOV))
    assert "Poutine. Dmitri Peskov dit ne pas en être informé." in words("fr", latest=latest)


def test_an_offer_is_not_told_as_its_acceptance() -> None:
    offer = replace(STATUS.contested[0], proposition="ceasefire-proposed")
    assert "Ceasefire (proposal), 8 March: Donald Trump" in words("en", contested=(offer,))


def test_a_contested_call_keeps_its_day_so_that_a_later_one_is_not_taken_for_it() -> None:
    assert "Vladimir Putin, 8 March: Donald Trump says it took place" in words("en")
    undated = replace(STATUS.contested[0], event_date=None)
    assert "Vladimir Poutine, selon les articles du 10 mars" in words("fr", contested=(undated,))


def test_what_was_just_told_as_the_latest_gives_way_to_what_else_that_person_says() -> None:
    more = replace(TRUMP, proposition="ceasefire-proposed", text="Il dit vouloir une trêve.")
    assert words("fr", positions=(TRUMP, more)).count(TRUMP.text) == 1
    assert "Il dit vouloir une trêve." in words("fr", positions=(TRUMP, more))
    assert words("fr", positions=(TRUMP,)).count("Donald Trump") > 1


def test_what_was_just_told_in_full_is_not_told_again_unless_somebody_disputes_it() -> None:
    said = "dit avoir appelé Vladimir Poutine dimanche."
    assert words("fr", positions=(TRUMP,), contested=()).count(said) == 1
    assert words("fr", positions=(TRUMP,)).count(said) == 2
    unnamed = replace(TRUMP, text="« Une trêve est possible », a-t-il dit à ses alliés lundi.")
    latest = Latest(unnamed.text, AT - HOUR, "fr", ("a1",), (unnamed,))
    assert "Donald Trump, président américain" in words("fr", positions=(unnamed,), latest=latest, contested=())


def test_an_institution_adds_nothing_to_the_person_who_speaks_for_it() -> None:
    kremlin = position("le Kremlin", "O:kremlin", Polarity.NEITHER, "Le Kremlin refuse de confirmer cet appel.")
    assert kremlin.text not in words("fr", positions=(PESKOV, kremlin))
    assert kremlin.text in words("fr", positions=(TRUMP, kremlin))
    other = replace(kremlin, proposition="ceasefire-rejected")
    assert kremlin.text in words("fr", positions=(PESKOV, other))


@pytest.mark.parametrize(
    ("text", "language", "stance"),
    [
        ("Kyiv propose une trêve de trente jours.", "fr", "Kyiv défend cette proposition"),
        ("Kyiv dit que Londres a avancé une trêve.", "fr", "Kyiv dit que cette proposition a été faite"),
        ("Kyiv offered a thirty-day truce.", "en", "Kyiv stands behind this proposal"),
        ("Kyiv said London had drawn up a truce.", "en", "Kyiv says this proposal was made"),
    ],
)
def test_of_a_contested_proposal_one_reads_who_makes_it_and_who_contests_it(
    text: str, language: ReaderLanguage, stance: str
) -> None:
    changes = {"proposition": "ceasefire-proposed", "phase": Phase.PROPOSED, "language": language}
    offer = position("Kyiv", "L:ukraine", Polarity.AFFIRMED, text, **changes)
    denial = replace(PESKOV, proposition="ceasefire-proposed", polarity=Polarity.DENIED)
    contest = Contest("ceasefire-proposed", AT - HOUR, None, (offer, denial))
    denied = {"fr": "Dmitri Peskov dément.", "en": "Dmitry Peskov denies it."}
    assert f"{stance} ; {denied[language]}".replace(" ; ", {"fr": "\u202f; ", "en": "; "}[language]) in words(
        language, contested=(contest,), positions=()
    )


def test_an_unnamed_source_in_another_language_is_quoted() -> None:
    said = position("two people close to it", None, Polarity.AFFIRMED, "A truce is near, they said.", language="en")
    assert "«\u202ftwo people close to it\u202f»" in words("fr", positions=(said,)).replace("\u00a0", "\u202f")
    assert "Two people close to it: A truce" in words("en", positions=(said,))


def test_a_name_is_not_told_twice_for_a_straight_apostrophe() -> None:
    said = position("l’ambassade d’Ukraine", "I:ukraine-embassy", Polarity.AFFIRMED, "L'ambassade d'Ukraine a dit oui.")
    assert "L’ambassade d’Ukraine a dit oui." in words("fr", positions=(said,))


def test_what_is_only_spoken_of_is_in_no_state() -> None:
    assert "Rapporté depuis le 10 mars" in words("fr", phase=Phase.MENTIONED)
    from_the_start = words("en", phase=Phase.MENTIONED, followed_since=STATUS.since)
    assert "Followed since 10 March." in from_the_start


def test_what_a_reader_can_read_stands_for_what_says_as_much_or_is_told_below() -> None:
    english = replace(PESKOV, language="en", text="Dmitry Peskov told TASS he was not aware of it.")
    french = replace(PESKOV, polarity=Polarity.AFFIRMED, text="Dmitri Peskov dit qu’il reste des questions.")
    contested = words("fr", positions=(english, french))
    assert "dit qu’il reste des questions." in contested
    assert english.text not in contested
    assert english.text in words("fr", positions=(english, french), contested=())
    same = replace(french, polarity=Polarity.UNAWARE, text="Dmitri Peskov n’en a pas connaissance.")
    assert "n’en a pas connaissance" in words("fr", positions=(english, same), contested=())


def test_a_second_voice_of_one_side_displaces_nobody_elses() -> None:
    others = tuple(
        position(f"Témoin {number}", None, Polarity.AFFIRMED, f"Témoin {number} en parle.") for number in range(4)
    )
    kremlin = position("le Kremlin", "O:kremlin", Polarity.NEITHER, "Le Kremlin refuse de confirmer cet appel.")
    text = words("fr", positions=(PESKOV, kremlin, *others))
    assert "Témoin 3 en parle." in text
    assert "Le Kremlin refuse" not in text


def test_a_voice_quoted_in_another_language_adds_nothing_to_its_side_told_in_the_readers() -> None:
    english = replace(PESKOV, language="en", text="Dmitry Peskov told TASS he was not aware of it.", via=None)
    kremlin = position("le Kremlin", "O:kremlin", Polarity.UNAWARE, "Le Kremlin dit ne pas être au courant.")
    assert english.text not in words("fr", positions=(kremlin, english), contested=())
    assert "told TASS he was not aware of it." in words("en", positions=(kremlin, english), contested=())
    other = replace(kremlin, polarity=Polarity.DENIED)
    assert english.text in words("fr", positions=(other, english), contested=())


def test_what_was_planned_for_a_day_gone_by_is_not_called_planned_any_more() -> None:
    past = replace(STATUS.timeline[0], planned=True)
    text = words("en", timeline=(past, STATUS.timeline[1]))
    assert "8 March (as announced before): " in text
    assert "15 March (planned): " in text


def test_a_role_is_not_told_of_the_time_before_it() -> None:
    biden = position("Joe Biden", "P:biden", Polarity.AFFIRMED, "Je soutiens une trêve, dit Joe Biden.")
    early = replace(biden, published=datetime(2022, 3, 1, tzinfo=UTC))
    assert "Joe Biden, ancien président américain" in words("fr", positions=(biden,))
    assert "ancien" not in words("fr", positions=(early,))


def test_a_swap_takes_place_rather_than_come_into_force() -> None:
    prisoners = Topic("prisoners", {"fr": "Prisonniers", "en": "Prisoners"}, {})
    made = replace(STATUS, phase=Phase.IN_FORCE, partial=())
    assert "Un échange a eu lieu." in plain(status_message(made, prisoners, language="fr", zone="UTC"))
    assert "In force." in plain(status_message(made, CEASEFIRE, language="en", zone="UTC"))


def test_a_subject_that_can_not_be_agreed_is_not_said_to_be_unagreed() -> None:
    front = replace(CEASEFIRE, id="front-line", names={"fr": "Ligne de front", "en": "Front line"}, phased=False)
    told = plain(status_message(replace(STATUS, phase=Phase.MENTIONED), front, language="fr", zone="Africa/Dakar"))
    assert "Les médias en parlent." in told
    assert "engagé" not in told


def test_an_unknown_persons_role_is_quoted_to_who_reads_another_language() -> None:
    housen = position("R. Housen", None, Polarity.AFFIRMED, "« Moscou y gagne. »", role="ancien colonel belge")
    housen = replace(housen, proposition="ceasefire", phase=Phase.MENTIONED)
    assert "R. Housen, “ancien colonel belge”: “Moscou y gagne.”" in words("en", positions=(housen,))


@pytest.mark.parametrize(
    ("opening", "line"),
    [
        ("Donald Trump dit", "• Donald Trump, président américain, dit"),
        ("Trump dit", "• Donald Trump, président américain, dit"),
        ("Donald Trump, en visite, dit", "• Donald Trump, en visite, dit"),
        ("Donald Trump : on dit", "• Donald Trump, président américain : on dit"),
        ("L’équipe Trump dit", "• Donald Trump, président américain : L’équipe Trump dit"),
        ("Trump administration dit", "• Donald Trump, président américain : Trump administration dit"),
    ],
)
def test_nobody_is_named_twice_in_one_line(opening: str, line: str) -> None:
    said = replace(TRUMP, text=f"{opening} avoir appelé Vladimir Poutine.")
    message = status_message(replace(STATUS, positions=(said,), latest=None), CEASEFIRE, language="fr", zone="UTC")
    assert f"{line} avoir appelé Vladimir Poutine." in as_text(message).replace("\u00a0", " ")


def test_two_sentences_of_one_claimant_stand_together_only_where_they_stood_so() -> None:
    first = replace(TRUMP, text="Il dit avoir appelé Moscou.")
    same = replace(TRUMP, proposition="ceasefire-proposed", text="Il dit vouloir une trêve.")
    other = replace(same, article_ids=("b1",))
    assert "appelé Moscou. Il dit vouloir une trêve." in words("fr", positions=(first, same), latest=None)
    assert "vouloir une trêve" not in words("fr", positions=(first, other), latest=None)


def test_an_institution_is_not_named_twice_either() -> None:
    kremlin = position("le Kremlin", "O:kremlin", Polarity.NEITHER, "Le Kremlin reste muet sur cet appel.")
    assert "Le Kremlin : Le Kremlin" not in words("fr", positions=(kremlin,)).replace("\u00a0", " ")


def test_every_sentence_names_its_outlet_where_there_are_several() -> None:
    wire = Citation("b1", "Northern Wire", "https://wire.example/b1", "en", None)
    said = replace(TRUMP, text="« Nous avons parlé », a dit Donald Trump.", article_ids=("b1",))
    dates = (STATUS.timeline[0], replace(STATUS.timeline[1], article_ids=("b1",)))
    text = words("fr", positions=(said,), timeline=dates, sources=(wire, QUAI), cited=(wire, QUAI))
    assert "a dit Donald Trump. — Northern Wire" in text
    assert "selon Donald Trump. — Le Quai" in text
    assert "à Ankara. — Northern Wire" in text
    assert words("fr").count("Le Quai") == 2  # beside the newest thing said, and in the footer


def test_the_newest_thing_said_names_the_outlet_that_said_it_though_it_wrote_more_since() -> None:
    newer = Citation("a9", "Le Quai", "https://quai.example/a9", "fr", None)
    message = status_message(replace(STATUS, sources=(newer,)), CEASEFIRE, language="fr", zone="UTC")
    assert "https://quai.example/a1" in as_text(message)


def test_one_article_is_called_one_article() -> None:
    assert "minces (1 article, 1 média)." in words("fr")
    wire = Citation("b1", "Northern Wire", None, "en", None)
    assert "(2 outlets, 1 of them independent)" in words("en", sources=(QUAI, wire))
    both = words("fr", sources=(QUAI, wire), independent_sources=2)
    assert "(2 médias, indépendants entre eux)" in both


def test_rubrics_and_foreign_quotation_marks_are_not_shown() -> None:
    title = 'DIRECT. Guerre en Ukraine : Kiev participera aux pourparlers "un jour", assure le Kremlin'
    told = words("fr", latest=Latest(title, AT - HOUR, "fr", ("a1",), ())).replace("\u00a0", " ")
    assert ") : Kiev participera aux pourparlers « un jour », assure le Kremlin" in told


def test_two_voices_of_one_side_that_do_not_affirm_are_one_side() -> None:
    kremlin = position("le Kremlin", "O:kremlin", Polarity.NEITHER, "Le Kremlin ne confirme ni ne dément.")
    contest = replace(STATUS.contested[0], positions=(TRUMP, kremlin, PESKOV))
    line = words("fr", contested=(contest,), positions=(), figures=()).split("Ce qui est contesté\n")[1].split("\n")[0]
    assert "le Kremlin ne confirme ni ne dément." in line
    assert "Peskov" not in line


def test_what_was_just_retold_gives_way_to_what_else_that_person_says() -> None:
    more = replace(TRUMP, proposition="ceasefire", phase=Phase.MENTIONED, text="Il dit vouloir la paix.")
    english = words("en", positions=(TRUMP, more))
    assert "Donald Trump, US president: “Il dit vouloir la paix.”" in english
    assert "says the call took place" not in english


def test_a_moment_is_left_to_platforms_that_know_the_readers_zone() -> None:
    message = status_message(STATUS, CEASEFIRE, language="en", zone="UTC")
    moments = [span for block in message.blocks for span in spans_of(block) if isinstance(span, Moment)]
    assert [(moment.at, moment.instead) for moment in moments] == [(AT - HOUR, True)]


def test_an_unknown_topic_offers_the_nearest_ones_as_buttons() -> None:
    message = unknown_message("pourparler", (TALKS,), "fr")
    assert [row[0].action for row in message.buttons] == ["status talks"]
    assert "/topics" in plain(unknown_message("xyzzy", (), "en"))


def test_the_json_has_the_fields_tools_rely_on() -> None:
    data = status_json(STATUS, "en")
    assert set(data) == {
        "topic", "language", "at", "phase", "confidence", "since", "followed_since", "partial", "latest", "claims",
        "contested", "timeline", "trend", "sources",
    }  # fmt: skip
    assert data["confidence"] == "low"
    assert data["contested"][0]["positions"] == [
        {"claimant": "Donald Trump", "polarity": "affirmed"},
        {"claimant": "Dmitri Peskov", "polarity": "unaware"},
    ]
    assert data["trend"]["direction"] == "flat"


def test_the_picture_marks_the_days_on_which_the_state_changed_and_says_them() -> None:
    days = tuple(Day(date(2026, 2, 25) + timedelta(days=day), day) for day in range(14))
    counted = replace(STATUS, trend=Trend(days, Direction.UP))
    changes = (PhaseChange(date(2026, 3, 2), Phase.PROPOSED), PhaseChange(date(2026, 3, 9), Phase.TALKS))
    marks = {bar.label: bar.mark for bar in coverage_chart(counted, CEASEFIRE, changes, "fr").bars if bar.mark}
    assert marks == {"2/3": "proposition", "9/3": "en discussion"}
    sentence = plain(picture_message(counted, CEASEFIRE, changes, None, language="fr"))
    assert "Étapes rapportées\u00a0: 2 mars, proposition\u202f; 9 mars, en discussion." in sentence
    assert "Steps reported: 2 March, proposed; 9 March, under discussion." in plain(
        picture_message(counted, CEASEFIRE, changes, None, language="en")
    )
    assert not any(bar.mark for bar in coverage_chart(counted, CEASEFIRE, (), "fr").bars)
    assert "tapes" not in plain(picture_message(counted, CEASEFIRE, (), None, language="fr"))
