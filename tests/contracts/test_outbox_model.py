"""The outbox against a small model of it, over random histories of several senders, crashes included."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import delete, select

from bot.adapters.sql.schema import chats as chat_rows
from bot.adapters.sql.schema import deliveries, parts
from bot.adapters.sql.store import SqlStore
from bot.domain.chat import Chat, ChatState
from bot.domain.delivery import ClaimedPart, PartState, SendOutcome, SendResult
from tests.contracts.examples import LEASE, NOON, delivery, meet

HISTORIES = settings(max_examples=10, stateful_step_count=25, deadline=None)
PLATFORM = "telegram"
CHATS = st.integers(0, 2)


@dataclass(slots=True)
class ModelPart:
    """What the ledger should say of one part."""

    chat: int
    state: PartState = PartState.PENDING
    attempts: int = 0
    fence: int = 0
    not_before: datetime = NOON
    lease_until: datetime = NOON
    doubtful: bool = False
    """An earlier try may have arrived."""

    @property
    def given_up(self) -> PartState:
        """What it is when it will not be tried again."""
        return PartState.UNKNOWN if self.doubtful else PartState.DEAD


@dataclass(slots=True)
class Model:
    """Parts by (delivery, ordinal), in the order they were written."""

    parts: dict[tuple[int, int], ModelPart] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)

    def claimable(self, now: datetime) -> list[tuple[int, int]]:
        """The first waiting part of every chat that is there and has nothing in flight, if it may go now."""
        heads: dict[int, tuple[int, int]] = {}
        for key, part in self.parts.items():
            if part.state is PartState.PENDING:
                heads.setdefault(part.chat, key)
        busy = {part.chat for part in self.parts.values() if part.state is PartState.SENDING} | self.gone
        return sorted(key for chat, key in heads.items() if chat not in busy and self.parts[key].not_before <= now)

    def leave(self, chat: int) -> None:
        """The chat is gone: what waits for it is dead."""
        self.gone.add(chat)
        self.give_up(chat)

    def enter(self, chat: int, state: ChatState) -> None:
        """The chat is there. What was written for it while it was gone does not pour out when it returns."""
        if state is ChatState.ACTIVE and chat in self.gone:
            self.give_up(chat)
        self.gone.discard(chat)

    def give_up(self, chat: int) -> None:
        """Nothing that waits for it will be sent."""
        for part in self.parts.values():
            if part.chat == chat and part.state is PartState.PENDING:
                part.state = part.given_up


class OutboxMachine(RuleBasedStateMachine):
    """Does the same to the store and to the model."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.now = NOON
        self.model = Model()
        self.held: list[tuple[tuple[int, int], ClaimedPart]] = []
        """Every part that was ever claimed: the newest claims may settle, the others are stale."""
        self.store = self.runner.run(SqlStore.open(self.url))
        self.chats = self.runner.run(self._start())

    async def _start(self) -> list[Chat]:
        async with self.store._database.writing() as connection:
            for table in (parts, deliveries, chat_rows):
                await connection.execute(delete(table))
        return [await meet(self.store, str(number)) for number in range(3)]

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()

    @rule(chat=CHATS, count=st.integers(1, 3))
    def write(self, chat: int, count: int) -> None:
        number = len({key[0] for key in self.model.parts})
        assert self.runner.run(self._write(number, chat, count))
        assert not self.runner.run(self._write(number, chat, count + 1))
        self.model.parts.update(((number, ordinal), ModelPart(chat)) for ordinal in range(count))

    async def _write(self, number: int, chat: int, count: int) -> bool:
        async with self.store.write() as unit:
            return await unit.deliveries.enqueue(delivery(self.chats[chat], str(number), count), self.now)

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        expected = self.model.claimable(self.now)[:limit]
        claimed = self.runner.run(self._claim(limit))
        assert [_key(part) for part in claimed] == expected
        for part in claimed:
            model = self.model.parts[_key(part)]
            model.state, model.fence, model.lease_until = PartState.SENDING, model.fence + 1, self.now + LEASE
            assert (part.fence, part.attempts) == (model.fence, model.attempts)
            assert part.address == self.chats[model.chat].address
            self.held.append((_key(part), part))

    async def _claim(self, limit: int) -> tuple[ClaimedPart, ...]:
        async with self.store.write() as unit:
            return await unit.deliveries.claim("us", [PLATFORM], self.now, self.now + LEASE, limit)

    @precondition(lambda self: self.held)
    @rule(
        data=st.data(),
        outcome=st.sampled_from(SendOutcome),
        pause=st.sampled_from([None, 0, 40]),
        doubtful=st.booleans(),
    )
    def settle(self, data: st.DataObject, outcome: SendOutcome, pause: int | None, *, doubtful: bool) -> None:
        key, part = data.draw(st.sampled_from(self.held))
        retry_at = None if pause is None else self.now + timedelta(seconds=pause)
        moved_to = self.chats[self.model.parts[key].chat].address if outcome is SendOutcome.MOVED else None
        doubtful = doubtful and outcome is SendOutcome.RETRY
        result = SendResult(outcome, moved_to=moved_to, may_have_arrived=doubtful)
        self.runner.run(self._settle(part, result, retry_at))
        model = self.model.parts[key]
        in_doubt = model.state is PartState.UNKNOWN or (model.state is PartState.PENDING and model.doubtful)
        late = in_doubt and outcome is SendOutcome.SENT
        if part.fence == model.fence and (model.state is PartState.SENDING or late):
            model.attempts = part.attempts + 1
            model.doubtful = model.doubtful or doubtful
            self._settle_model(model, outcome, retry_at)

    def _settle_model(self, model: ModelPart, outcome: SendOutcome, retry_at: datetime | None) -> None:
        again = retry_at is not None
        model.not_before = retry_at or NOON
        model.state = {
            SendOutcome.SENT: PartState.SENT,
            SendOutcome.RETRY: PartState.PENDING if again else model.given_up,
            SendOutcome.AMBIGUOUS: PartState.PENDING if again else PartState.UNKNOWN,
            SendOutcome.CHAT_GONE: model.given_up,
            SendOutcome.MOVED: PartState.PENDING,
            SendOutcome.REFUSED: model.given_up,
            SendOutcome.STOP: PartState.PENDING,
        }[outcome]
        if outcome is SendOutcome.CHAT_GONE:
            self.model.leave(model.chat)
        if outcome is SendOutcome.MOVED:
            self.model.gone.discard(model.chat)

    async def _settle(self, part: ClaimedPart, result: SendResult, retry_at: datetime | None) -> None:
        async with self.store.write() as unit:
            await unit.deliveries.settle(part, result, self.now, retry_at)

    @rule(seconds=st.sampled_from([1, 15, 45]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def doubt(self) -> None:
        vanished = [
            part
            for part in self.model.parts.values()
            if part.state is PartState.SENDING and part.lease_until <= self.now
        ]
        for part in vanished:
            part.state = PartState.UNKNOWN
        assert self.runner.run(self._doubt()) == len(vanished)

    async def _doubt(self) -> int:
        async with self.store.write() as unit:
            return await unit.deliveries.doubt_interrupted(self.now)

    @rule(chat=CHATS, state=st.sampled_from(ChatState))
    def mark(self, chat: int, state: ChatState) -> None:
        self.runner.run(self._mark(chat, state))
        if state is ChatState.GONE:
            self.model.leave(chat)
        else:
            self.model.enter(chat, state)

    async def _mark(self, chat: int, state: ChatState) -> None:
        async with self.store.write() as unit:
            await unit.chats.mark(self.chats[chat].id, state)

    @rule()
    def restart(self) -> None:
        self.runner.run(self.store.close())
        self.store = self.runner.run(SqlStore.open(self.url))

    @invariant()
    def ledger_agrees_with_the_model(self) -> None:
        expected = [(part.state, part.attempts, part.fence) for _, part in sorted(self.model.parts.items())]
        assert self.runner.run(self._ledger()) == expected

    async def _ledger(self) -> list[tuple[PartState, int, int]]:
        rows = select(parts.c.state, parts.c.attempts, parts.c.lease_fence)
        async with self.store._database.reading() as connection:
            found = await connection.execute(rows.order_by(parts.c.delivery_id, parts.c.ordinal))
            return [(PartState(row.state), row.attempts, row.lease_fence) for row in found]

    @invariant()
    def no_chat_has_two_parts_in_flight(self) -> None:
        busy = [part.chat for part in self.model.parts.values() if part.state is PartState.SENDING]
        assert len(busy) == len(set(busy))


def _key(part: ClaimedPart) -> tuple[int, int]:
    """(delivery, ordinal), as the part's own text says."""
    number, ordinal = str(part.part.payload["text"]).split("/")
    return int(number), int(ordinal)


def test_every_history_of_the_outbox_agrees_with_the_model(store_url: str) -> None:
    class Here(OutboxMachine):
        url = store_url

    run_state_machine_as_test(Here, settings=HISTORIES)
