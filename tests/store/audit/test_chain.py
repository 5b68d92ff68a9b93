"""The audit: written once, never changed, and whoever changes it all the same is found."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from store.accounts.person import Person
from store.audit.chain import GENESIS, broken_links, head_of, record
from store.audit.tables import AuditEvent, AuditHead
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.contents import rows
from tests.store.lots import CONSOLE
from tests.store.processes import finish, start
from tests.store.watch import MEXICO

TAMPERED = 4
"""The event that somebody changes in these tests; there are more before and behind it."""


TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"


def happens(store: Store, times: int = 1, person: Person = CONSOLE, **detail: object) -> None:
    """Write events down, each in a transaction of its own."""
    for _time in range(times):
        with store.writing() as session:
            record(session, person, "test.happened", "test:1", now=store.clock.now(), **detail)


def broken(store: Store) -> list[str]:
    """Walk the chain."""
    with store.reading() as session:
        return list(broken_links(session))


def tamper(store: Store, *statements: str) -> None:
    """Change what may not be changed, as somebody can who owns the file or the server."""
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for trigger in connection.exec_driver_sql(TRIGGERS).scalars().all():
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def events(store: Store) -> list[AuditEvent]:
    """The demo's events and a few more."""
    happens(store, 5)
    return rows(store, AuditEvent)


class TestSound:
    """What is only ever appended to is sound."""

    def test_the_demo_is(self, store: Store) -> None:
        assert len(rows(store, AuditEvent)) > 3
        assert broken(store) == []

    def test_each_event_holds_the_hash_of_the_one_before(self, events: list[AuditEvent]) -> None:
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        hashes = [event.hash for event in events]
        assert [event.previous_hash for event in events] == [GENESIS, *hashes[:-1]]

    def test_the_hash_can_be_computed_by_anybody(self, events: list[AuditEvent]) -> None:
        """SHA-256 of all columns but itself, as canonical JSON; so another program can check it."""
        for event in events:
            said = {
                "seq": event.seq,
                "at": event.at.isoformat(),
                "account_id": event.account_id,
                "desk_id": event.desk_id,
                "origin": event.origin,
                "action": event.action,
                "subject": event.subject,
                "detail": event.detail,
                "previous_hash": event.previous_hash,
            }
            written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert event.hash == hashlib.sha256(written.encode()).hexdigest()

    def test_the_head_is_the_end(self, store: Store, events: list[AuditEvent]) -> None:
        with store.reading() as session:
            head = head_of(session)
        assert (head.seq, head.hash) == (events[-1].seq, events[-1].hash)

    def test_who_did_what_when_and_where_is_kept(self, store: Store, empresasis: Person) -> None:
        happens(store, person=empresasis, words="Ñandú «[/]» \x1b", none=None, number=7)
        event = rows(store, AuditEvent)[-1]
        assert (event.account_id, event.desk_id) == (empresasis.account_id, empresasis.desk_id)
        assert (event.origin, event.at) == (empresasis.origin, store.clock.now())
        assert json.loads(event.detail) == {
            "words": "Ñandú «[/]» \x1b",
            "none": None,
            "number": 7,
        }
        assert broken(store) == []

    def test_an_instant_of_any_zone_is_kept_as_the_same_instant(self, store: Store) -> None:
        now = store.clock.now().astimezone(MEXICO) + timedelta(microseconds=1)
        with store.writing() as session:
            record(session, CONSOLE, "test.happened", "test:1", now=now)
        assert rows(store, AuditEvent)[-1].at == now
        assert broken(store) == []

    def test_what_was_rolled_back_leaves_no_gap(self, store: Store) -> None:
        before = len(rows(store, AuditEvent))
        for change in (1, 2):
            with pytest.raises(ZeroDivisionError), store.writing() as session:
                self.fails_after_recording(session, store, change)
        happens(store)
        assert len(rows(store, AuditEvent)) == before + 1
        assert broken(store) == []

    def fails_after_recording(self, session: Session, store: Store, change: int) -> None:
        record(session, CONSOLE, "test.happened", f"test:{change}", now=store.clock.now())
        raise ZeroDivisionError


class TestAppendOnly:
    """The tables themselves refuse a change, whoever asks in plain SQL."""

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_event SET detail = '{}'",
            "UPDATE audit_event SET seq = seq + 1000",
            "DELETE FROM audit_event",
            "DELETE FROM audit_event WHERE seq = 1",
        ],
    )
    def test_an_event_is_never_changed_nor_deleted(
        self, store: Store, events: list[AuditEvent], statement: str
    ) -> None:
        with pytest.raises(DBAPIError, match="audit_event is append-only"), store.writing() as s:
            s.connection().exec_driver_sql(statement)
        assert rows(store, AuditEvent) == events

    def test_nor_is_the_table_emptied(self, store: Store, events: list[AuditEvent]) -> None:
        truncates = store.engine.dialect.name == "postgresql"
        empty = "TRUNCATE audit_event" if truncates else "DELETE FROM audit_event WHERE true"
        with pytest.raises(DBAPIError, match="audit_event is append-only"), store.writing() as s:
            s.connection().exec_driver_sql(empty)
        assert rows(store, AuditEvent) == events

    def test_there_is_one_end(self, store: Store) -> None:
        with pytest.raises(DBAPIError), store.writing() as session:
            session.add(AuditHead(id=2, seq=0, hash=GENESIS))


class TestTampered:
    """Whoever gets past the triggers is named by `escritorio doctor`."""

    @pytest.mark.parametrize(
        "change",
        [
            "at = '2020-07-14 18:00:01.000000'",
            "account_id = (SELECT max(id) FROM account)",
            "desk_id = (SELECT max(id) FROM desk)",
            "origin = 'elsewhere'",
            "action = 'test.nothing'",
            "subject = 'test:2'",
            """detail = '{"x":1}'""",
            f"hash = '{'f' * 64}'",
            f"previous_hash = '{'f' * 64}'",
        ],
        ids=lambda change: change.split(" ")[0],
    )
    def test_a_changed_event_is_named(
        self, store: Store, events: list[AuditEvent], change: str
    ) -> None:
        tamper(store, f"UPDATE audit_event SET {change} WHERE seq = {TAMPERED}")
        assert broken(store)[0] == str(TAMPERED)

    @pytest.mark.parametrize(
        ("where", "named"),
        [
            (f"seq = {TAMPERED}", f"{TAMPERED}…{TAMPERED}"),
            (f"seq BETWEEN {TAMPERED} AND {TAMPERED + 1}", f"{TAMPERED}…{TAMPERED + 1}"),
            ("seq = 1", "1…1"),
        ],
    )
    def test_a_gap_is_named(
        self, store: Store, events: list[AuditEvent], where: str, named: str
    ) -> None:
        tamper(store, f"DELETE FROM audit_event WHERE {where}")
        assert broken(store) == [named]

    def test_a_cut_end_is_named(self, store: Store, events: list[AuditEvent]) -> None:
        last = events[-1].seq
        tamper(store, f"DELETE FROM audit_event WHERE seq >= {last - 1}")
        assert broken(store) == [f"{last - 1}…{last}"]

    def test_an_emptied_chain_is_named(self, store: Store, events: list[AuditEvent]) -> None:
        tamper(store, "DELETE FROM audit_event")
        assert broken(store) == [f"1…{events[-1].seq}"]

    def test_a_head_that_was_moved_back_is_named(
        self, store: Store, events: list[AuditEvent]
    ) -> None:
        earlier = events[-3]
        tamper(store, f"UPDATE audit_head SET seq = {earlier.seq}, hash = '{earlier.hash}'")
        assert len(broken(store)) == 1

    def test_a_lost_head_is_named(self, store: Store, events: list[AuditEvent]) -> None:
        tamper(store, "DELETE FROM audit_head")
        assert len(broken(store)) == 1

    def test_two_events_that_changed_places_are_named(
        self, store: Store, events: list[AuditEvent]
    ) -> None:
        one, other = TAMPERED, TAMPERED + 1
        tamper(
            store,
            f"UPDATE audit_event SET seq = 1000 WHERE seq = {one}",
            f"UPDATE audit_event SET seq = {one} WHERE seq = {other}",
            f"UPDATE audit_event SET seq = {other} WHERE seq = 1000",
        )
        assert str(one) in broken(store)
        assert str(other) in broken(store)

    def test_an_event_that_was_made_anew_breaks_the_next(
        self, store: Store, events: list[AuditEvent]
    ) -> None:
        """Somebody knows how the hash is made, and stops there."""
        event = forged(events[TAMPERED - 1])
        tamper(
            store,
            f"UPDATE audit_event SET detail = '{event.detail}', hash = '{event.hash}'"
            f" WHERE seq = {TAMPERED}",
        )
        assert broken(store) == [str(TAMPERED + 1)]


def forged(event: AuditEvent) -> AuditEvent:
    """Forge an event, hash and all."""
    copy = AuditEvent.model_validate(event.model_dump() | {"detail": '{"forged":true}'})
    said = copy.model_dump(exclude={"hash", "at"}) | {"at": copy.at.isoformat()}
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    copy.hash = hashlib.sha256(written.encode()).hexdigest()
    return copy


def keeps_happening(address: str, times: int) -> None:
    """Write events down from another process."""
    store = open_store(Settings(store=address))
    happens(store, times, replace(CONSOLE, origin="another process"))


def test_eight_processes_write_one_chain(address: str, store: Store) -> None:
    before = len(rows(store, AuditEvent))
    finish(start(keeps_happening, address, 25) for _process in range(8))
    assert len(rows(store, AuditEvent)) == before + 200
    assert broken(store) == []
