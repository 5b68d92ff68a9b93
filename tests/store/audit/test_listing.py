"""What an auditor finds: everything, one account's, one day's."""

import re
from datetime import date
from pathlib import Path

import store
from store.audit.chain import record
from store.audit.listing import AuditFilter, AuditRow, list_audit
from store.audit.tables import AuditEvent
from store.audit.words import said_of_action, said_of_subject
from store.errors import NotFound
from store.installation.store import Store
from store.keys.life import Move
from store.orders.tables import Change
from tests.store.contents import rows
from tests.store.listed import rows_of
from tests.store.people import member
from tests.store.refusals import refused
from tests.store.watch import Watch

WRITTEN = re.compile(r'"([a-z]+\.(?!id")[a-z_]+)"')
KINDS = (
    *("account", "desk", "espacio", "key", "keys", "kiosk", "lot", "mail", "order", "payment"),
    *("prices", "refund", "session", "statement"),
)


def found(store: Store, who: str = "", day: date | None = None) -> tuple[AuditRow, ...]:
    auditor = member(store, "auditor")
    wanted = AuditFilter(who, day)
    return rows_of(store, lambda session: list_audit(session, auditor, wanted, store.clock))


def test_all_of_it_newest_first(store: Store) -> None:
    events = rows(store, AuditEvent)
    listed = found(store)
    assert sorted(row.seq for row in listed) == [event.seq for event in events]
    assert [(row.at, row.seq) for row in listed] == sorted(
        ((event.at, event.seq) for event in events), reverse=True
    )


def test_by_who_and_by_a_local_day(store: Store, watch: Watch) -> None:
    caja = member(store, "caja1", origin="192.0.2.9")
    watch.instant = watch.instant.replace(day=20, hour=4, minute=59)  # 23:59 of the 19th
    for minutes in (0, 1):
        watch.passes(minutes=minutes)
        with store.writing() as session:
            record(session, caja, "statement.read", "statement:1", now=store.clock.now())
    (midnight,) = found(store, "caja1", date(2020, 7, 20))
    assert (midnight.who, midnight.origin) == ("caja1", "192.0.2.9")
    assert midnight.at == store.clock.now()
    assert {row.who for row in found(store, "caja1")} == {"caja1"}
    assert len(found(store, day=date(2020, 7, 19))) == 1
    assert found(store, "caja2", date(2020, 7, 19)) == ()


def test_nobody_of_that_name(store: Store) -> None:
    with refused("No hay un usuario «nadie».", NotFound):
        found(store, "nadie")


def test_every_action_is_told_in_spanish() -> None:
    source = " ".join(
        file.read_text("utf-8")
        for file in Path(store.__file__).parent.rglob("*.py")
        if file.name != "words.py" and "migrations" not in file.parts
    )
    written = {action for action in WRITTEN.findall(source) if action.split(".")[0] in KINDS}
    written |= {f"key.{move.name.lower()}" for move in Move}
    written |= {f"espacio.{change.value}" for change in Change}
    assert "order.placed" in written
    assert {action for action in written if said_of_action(action) == action} == set()


def test_what_it_was_done_to() -> None:
    told = ("key:12", "account:unknown", "statement:columns", "kiosk", "new:3")
    assert [said_of_subject(subject) for subject in told] == [
        "clave 12",
        "usuario que no hay",
        "estado de cuenta",
        "quiosco",
        "new 3",
    ]
