"""Which changes are occasions, and which may sound: never too often, never at night, never stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert import AlertKind, Occasion, Ruling, Sounded, Watch, alert_key
from bot.domain.claim import Phase
from bot.domain.quiet import QuietHours, quiet_at
from bot.domain.status import Direction, Strength, TopicStatus, Trend
from bot.editorial.alerts import MOST_A_DAY, SILENT, STALE, known_phases, phase_changes, rule

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAKAR = "Africa/Dakar"
NIGHT = QuietHours(time(22), time(7))
HOUR = timedelta(hours=1)


def status(phase: Phase, topic: str = "ceasefire", **changes: object) -> TopicStatus:
    """A topic that medium sources say is in a phase since an hour."""
    made = TopicStatus(
        topic=topic, at=NOON, phase=phase, strength=Strength.MEDIUM, since=NOON - HOUR, followed_since=None,
        newest_at=NOON, last_change=None, according_to=(), partial=(), latest=None, positions=(), contested=(),
        figures=(), timeline=(), trend=Trend((), Direction.FLAT), sources=(), independent_sources=2,
        articles=2, cited=(),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # the fields a test names


def watch(phase: Phase | None, topic: str = "ceasefire") -> Watch:
    return Watch(1, NOON - timedelta(days=9), {} if phase is None else {topic: phase})


def occasion(subject: str = "ceasefire", hours_ago: float = 0, kind: AlertKind = AlertKind.PHASE) -> Occasion:
    topic = subject if kind is AlertKind.PHASE else "grain"
    return Occasion(kind, subject, NOON - timedelta(hours=hours_ago), topic, Phase.TALKS, Phase.IN_FORCE)


def story(subject: str = "s1", topic: str | None = "grain") -> Occasion:
    return replace(occasion(subject, kind=AlertKind.STORY), topic=topic)


# --- What is an occasion ---


def test_a_topic_in_another_phase_is_one() -> None:
    (found,) = phase_changes([status(Phase.IN_FORCE)], watch(Phase.TALKS), followed=False)
    assert (found.subject, found.before, found.after, found.at) == (
        "ceasefire", Phase.TALKS, Phase.IN_FORCE, NOON - HOUR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param(Phase.TALKS, status(Phase.TALKS), id="nothing changed"),
        pytest.param(None, status(Phase.IN_FORCE), id="it was never looked at"),
        pytest.param(Phase.UNKNOWN, status(Phase.IN_FORCE), id="we only began to know"),
        pytest.param(Phase.TALKS, status(Phase.MENTIONED), id="it is spoken of less"),
        pytest.param(Phase.TALKS, status(Phase.UNKNOWN, since=None), id="nobody speaks of it"),
        pytest.param(Phase.TALKS, status(Phase.IN_FORCE, strength=Strength.LOW), id="thin sources"),
    ],
)
@pytest.mark.parametrize("followed", [True, False])
def test_what_is_no_step_of_the_matter_itself_is_none(before: Phase | None, now: TopicStatus, followed: bool) -> None:
    assert phase_changes([now], watch(before), followed=followed) == ()


def test_a_step_that_decides_nothing_is_one_only_for_who_follows_the_topic() -> None:
    talks = [status(Phase.TALKS)]
    assert len(phase_changes(talks, watch(Phase.PROPOSED), followed=True)) == 1
    assert phase_changes(talks, watch(Phase.PROPOSED), followed=False) == ()


def test_what_was_held_back_is_not_known_yet_and_everything_else_is() -> None:
    now = [status(Phase.IN_FORCE)]
    (found,) = phase_changes(now, watch(Phase.TALKS), followed=False)
    for ruling, known in ((Ruling.HOLD, Phase.TALKS), (Ruling.SEND, Phase.IN_FORCE), (Ruling.DROP, Phase.IN_FORCE)):
        assert known_phases(now, watch(Phase.TALKS), {found: ruling}) == {"ceasefire": known}
    assert known_phases(now, watch(None), {}) == {"ceasefire": Phase.IN_FORCE}


def test_what_thin_sources_say_is_known_only_when_it_is_old() -> None:
    thin = status(Phase.IN_FORCE, strength=Strength.LOW)
    assert known_phases([thin], watch(Phase.TALKS), {}) == {"ceasefire": Phase.TALKS}
    old = replace(thin, since=NOON - STALE - HOUR)
    assert known_phases([old], watch(Phase.TALKS), {}) == {"ceasefire": Phase.IN_FORCE}


# --- What may sound ---


def test_it_waits_in_quiet_hours_and_is_dropped_when_it_went_stale() -> None:
    fresh, night = occasion(), NOON + timedelta(hours=11)
    assert rule([fresh], (), NIGHT, DAKAR, night) == {fresh: Ruling.HOLD}
    assert rule([fresh], (), NIGHT, DAKAR, NOON + timedelta(hours=19)) == {fresh: Ruling.DROP}
    later = replace(fresh, at=night)
    assert rule([later], (), NIGHT, DAKAR, NOON + timedelta(hours=19)) == {later: Ruling.SEND}


def test_a_topic_that_sounded_is_silent_for_six_hours_in_a_story_too() -> None:
    sounded = (Sounded(NOON - SILENT + HOUR, occasion().subjects),)
    again, about_it, other = occasion(), story(topic="ceasefire"), story("s2", "grain")
    assert rule([again, about_it, other], sounded, None, DAKAR, NOON) == {
        again: Ruling.HOLD, about_it: Ruling.HOLD, other: Ruling.SEND,
    }  # fmt: skip
    assert rule([again], sounded, None, DAKAR, NOON + HOUR) == {again: Ruling.SEND}


def test_of_many_at_once_the_first_two_sound_and_the_rest_wait() -> None:
    many = [story(f"s{number}", None) for number in range(4)]
    rulings = rule(many, (), None, DAKAR, NOON)
    assert list(rulings.values()) == [Ruling.SEND, Ruling.SEND, Ruling.HOLD, Ruling.HOLD]


def test_the_day_is_the_readers_own() -> None:
    sounded = tuple(Sounded(NOON - timedelta(hours=h), frozenset({f"story:{h}"})) for h in (3, 4))
    new = story("s9", None)
    assert rule([new], sounded, None, DAKAR, NOON) == {new: Ruling.HOLD}
    assert rule([new], sounded, None, "Pacific/Kiritimati", NOON) == {new: Ruling.SEND}  # there it is past midnight


@given(
    st.lists(
        st.tuples(st.integers(0, 72 * 60), st.sampled_from("abcde"), st.sampled_from(list(AlertKind)), st.booleans()),
        max_size=60,
    ),
    st.sampled_from([None, NIGHT, QuietHours(time(12), time(14))]),
    st.sampled_from([DAKAR, "Europe/Kyiv", "America/Toronto", "Asia/Kolkata"]),
)
def test_whatever_happens_nobody_is_alerted_too_often_or_at_night(
    happenings: list[tuple[int, str, AlertKind, bool]], quiet: QuietHours | None, zone: str
) -> None:
    """Three days minute by minute, what is held back tried again with everything that happens."""
    sounded: list[Sounded] = []
    waiting: list[Occasion] = []
    for minute, name, kind, alone in sorted(happenings, key=lambda happening: happening[0]):
        now = NOON + timedelta(minutes=minute)
        waiting.append(Occasion(kind, name, now, None if alone else name, Phase.TALKS, Phase.AGREED))
        rulings = rule(list(dict.fromkeys(waiting)), sounded, quiet, zone, now)
        for one, ruling in rulings.items():
            assert ruling is not Ruling.SEND or now - one.at <= STALE
            assert (ruling is Ruling.DROP) is (now - one.at > STALE)
        sounded += [Sounded(now, one.subjects) for one, ruling in rulings.items() if ruling is Ruling.SEND]
        waiting = [one for one, ruling in rulings.items() if ruling is Ruling.HOLD]
    days = [one.at.astimezone(ZoneInfo(zone)).date() for one in sounded]
    assert all(days.count(day) <= MOST_A_DAY for day in days)
    assert not any(quiet_at(quiet, one.at, zone) for one in sounded)
    for place, earlier in enumerate(sounded):
        for later in sounded[place + 1 :]:
            assert not earlier.subjects & later.subjects or later.at - earlier.at >= SILENT


def test_a_story_has_one_key_for_ever_and_a_change_one_a_day() -> None:
    assert alert_key(7, story("s1"), "2026-03-10") == alert_key(7, story("s1"), "2026-03-11") == "breaking:7:story:s1"
    assert alert_key(7, occasion(), "2026-03-10") == "breaking:7:ceasefire:talks-in_force:2026-03-10"
