"""Who may change what about a feed, and that every change can be taken back by whoever could make it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.audit import Change, NewChange
from bot.domain.chat import ChatKind
from bot.domain.errors import CommandError
from bot.domain.feed import Feed, FeedSpec, FeedState, Origin
from bot.domain.moderation import (
    OF_REPORTS,
    Authority,
    Case,
    Standing,
    Verb,
    actor_of,
    changed,
    most_feeds,
    undone,
)
from bot.i18n import translator
from tests.contracts.examples import NOON

CHANGES = tuple(verb for verb in Verb if verb is not Verb.UNDO and verb not in OF_REPORTS)

standings = st.builds(
    Standing, attached=st.booleans(), muted=st.booleans(), public=st.booleans(), state=st.sampled_from(FeedState)
)
authorities = st.builds(Authority, chat=st.booleans(), bot=st.booleans())


@st.composite
def cases(draw: st.DrawFn) -> Case:
    standing = draw(standings)
    feed = Feed(12, FeedSpec("https://a.example", "A"), draw(st.sampled_from(Origin)), standing.state, standing.public)
    return Case(feed, standing, draw(st.booleans()))


def outcome(verb: Verb, case: Case, authority: Authority) -> Standing | str:
    """The standing after a change, or the key of why not."""
    try:
        return changed(verb, case, authority)
    except CommandError as refused:
        return refused.key


@given(cases(), st.sampled_from(CHANGES), authorities)
def test_a_change_is_refused_in_words_or_changes_something(case: Case, verb: Verb, authority: Authority) -> None:
    after = outcome(verb, case, authority)
    assert after != case.standing
    if isinstance(after, str):
        assert translator("fr").knows(f"error.{after}")


@given(cases(), st.sampled_from(CHANGES))
def test_who_moderates_nothing_changes_nothing_but_by_adding(case: Case, verb: Verb) -> None:
    # Adding is decided here by what is there; the service asks for the right, and for room.
    assume(verb is not Verb.ADD)
    with pytest.raises(CommandError):
        changed(verb, case, Authority(chat=False))


@given(cases(), st.sampled_from(CHANGES))
def test_a_chats_moderator_never_changes_what_others_get(case: Case, verb: Verb) -> None:
    try:
        after = changed(verb, case, Authority(chat=True))
    except CommandError:
        return
    before = case.standing
    everyones = before.public and before.state is not FeedState.RETIRED
    assert not everyones or (after.public, after.state) == (before.public, before.state)
    assert not after.public or before.public
    if case.shared and verb is not Verb.ADD:
        assert after.state is before.state


@given(cases(), st.sampled_from(CHANGES), authorities)
def test_what_one_could_change_one_can_take_back(case: Case, verb: Verb, authority: Authority) -> None:
    assume(verb is not Verb.ADD or authority.chat)
    try:
        after = changed(verb, case, authority)
    except CommandError:
        return
    there = replace(case, standing=after)
    try:
        back = undone(case.standing, after, there, authority)
    except CommandError:
        # A chat made an old feed of everyone's its own, or had one read that others paused: undoing takes more rights.
        assert (verb, authority.bot) == (Verb.ADD, False)
        return
    kept_for_others = case.shared and case.standing.state is FeedState.RETIRED
    assert back == (replace(case.standing, state=after.state) if kept_for_others else case.standing)


def test_a_bot_moderator_resumes_what_they_paused_for_several_chats_without_being_of_any() -> None:
    standing = Standing(attached=True, muted=False, public=False, state=FeedState.ACTIVE)
    feed = Feed(12, FeedSpec("https://a.example", "A"), Origin.CHAT, FeedState.ACTIVE, public=False)
    case, authority = Case(feed, standing, shared=True), Authority(chat=False, bot=True)
    paused = changed(Verb.PAUSE, case, authority)
    assert undone(standing, paused, replace(case, standing=paused), authority) == standing


@given(cases(), standings, standings, authorities)
def test_nothing_is_undone_over_somebody_elses_change(
    case: Case, before: Standing, after: Standing, authority: Authority
) -> None:
    assume(case.standing != after)
    with pytest.raises(CommandError) as refused:
        undone(before, after, case, authority)
    assert refused.value.key == "undo-changed-since"


@given(cases())
def test_the_operators_list_is_changed_by_the_operator_only(case: Case) -> None:
    assume(case.feed.origin is not Origin.CHAT)
    assume(case.standing.public)
    with pytest.raises(CommandError):
        changed(Verb.REMOVE, case, Authority(chat=True, bot=True))


@given(cases())
def test_a_removed_feed_of_nobody_else_is_retired_and_of_others_goes_on(case: Case) -> None:
    try:
        after = changed(Verb.REMOVE, case, Authority(chat=True, bot=True))
    except CommandError:
        return
    assert (after.attached, after.muted, after.public) == (False, False, False)
    assert after.state is (case.standing.state if case.shared else FeedState.RETIRED)


def test_undoing_is_not_decided_as_a_change() -> None:
    case = Case(Feed(1, FeedSpec("https://a.example"), Origin.CHAT, FeedState.ACTIVE, False),
                Standing(True, False, False, FeedState.ACTIVE), shared=False)  # fmt: skip
    with pytest.raises(ValueError, match="undone"):
        changed(Verb.UNDO, case, Authority(chat=True))


def test_an_actor_is_the_same_for_one_person_and_tells_nothing_of_them() -> None:
    actor = actor_of("telegram", "123456789")
    assert actor == actor_of("telegram", "123456789")
    assert actor != actor_of("discord", "123456789")
    assert "123456789" not in actor
    assert len(actor) == 16


def test_a_person_has_less_room_than_a_group() -> None:
    assert most_feeds(ChatKind.PRIVATE) == 20
    assert most_feeds(ChatKind.GROUP) == most_feeds(ChatKind.CHANNEL) == 50


@pytest.mark.parametrize(
    ("before", "after", "public"),
    [
        (Standing(True, False, False, FeedState.ACTIVE), Standing(True, False, True, FeedState.ACTIVE), True),
        (Standing(True, False, True, FeedState.ACTIVE), Standing(True, False, True, FeedState.PAUSED), True),
        (Standing(True, False, True, FeedState.ACTIVE), Standing(True, True, True, FeedState.ACTIVE), False),
        (Standing(True, False, False, FeedState.ACTIVE), Standing(True, False, False, FeedState.PAUSED), False),
    ],
)
def test_a_change_concerns_everyone_where_everyone_gets_something_else(
    before: Standing, after: Standing, public: bool
) -> None:
    assert NewChange(NOON, "one", 1, 1, "A", Verb.PAUSE, before, after).public is public


def test_an_undoing_is_no_change_to_undo() -> None:
    standing = Standing(True, False, False, FeedState.ACTIVE)
    undoing = Change(NOON, "one", 1, 1, "A", Verb.UNDO, standing, standing, undoes=3, id=4)
    assert not undoing.can_be_undone
