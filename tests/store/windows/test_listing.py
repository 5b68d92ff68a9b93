"""The staff's lists and a desk's: each in its order, a window at a time, by an index."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from store.audit.listing import AuditFilter, list_audit
from store.errors import NotAllowed
from store.installation.store import Store
from store.mail.listing import list_mails
from store.orders.inbox import payments_inbox
from store.orders.listing import my_orders, waiting_orders
from store.orders.refunds import refunds_inbox
from store.windows import listing
from store.windows.listing import Listed, Listing
from tests.store.listed import rows_of
from tests.store.mail.posted import posted
from tests.store.people import member
from tests.store.plans import planned
from tests.store.refusals import NOT_ALLOWED, refused

SOME = 23


def all_mails(store: Store) -> Listing[Any]:
    """Open the list of mails, some of them written at one instant."""
    posted(store, *(f"test:{number}" for number in range(SOME)))
    auditor = member(store, "auditor")
    mails = Listing(store.reading, lambda session: list_mails(session, auditor))
    mails.open()
    return mails


def test_windows_from_anywhere_are_those_of_the_whole_list(store: Store) -> None:
    mails = all_mails(store)
    whole = mails.rows(0, SOME)
    assert [number for number, _row in whole] == sorted(dict(whole), reverse=True)
    for _time in range(20):
        first, length = random.randrange(SOME), random.randrange(1, 8)
        assert mails.rows(first, length) == whole[first : first + length]
        number, _row = whole[first]
        assert mails.index_of(number, near=random.randrange(SOME)) == first
    assert mails.index_of(99) is None


def test_what_is_long_is_read_from_both_ends_before_it_is_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COUNTED_FIRST", 10)
    mails = all_mails(store)
    assert (mails.counted, mails.is_exact) == (10, False)
    assert mails.length >= SOME
    end = mails.rows(mails.length - 3, 3)
    mails.settle(mails.count_all())
    assert (mails.length, mails.is_exact) == (SOME, True)
    mails.build_fences()
    assert mails.rows(SOME - 3, 3) == end


@pytest.mark.parametrize(
    ("ask", "allowed"),
    [
        (list_mails, {"soporte", "auditor", "admin"}),
        (partial(list_audit, wanted=AuditFilter()), {"auditor", "admin"}),
        (waiting_orders, {"soporte", "caja1", "auditor", "admin"}),
        (payments_inbox, {"soporte", "caja1", "auditor", "admin"}),
        (refunds_inbox, {"soporte", "caja1", "auditor", "admin"}),
    ],
)
def test_who_may_look(
    sqlite_store: Store, ask: Callable[..., Listed[Any]], allowed: set[str]
) -> None:
    given = {"clock": sqlite_store.clock} if isinstance(ask, partial) else {}
    for username in ("kernel", "soporte", "caja1", "auditor", "admin"):
        person = member(sqlite_store, username)
        listed = partial(ask, person=person, **given)
        if username in allowed:
            rows_of(sqlite_store, listed)
        else:
            with refused(NOT_ALLOWED, NotAllowed), sqlite_store.reading() as session:
                listed(session)


LISTS: dict[str, Callable[[Session, Store], Listed[Any]]] = {
    "ix_order_list": lambda session, store: my_orders(session, member(store, "kernel")),
    "ix_order_waiting": lambda session, store: waiting_orders(session, member(store, "auditor")),
    "ix_payment_undecided": lambda session, store: payments_inbox(session, member(store, "caja1")),
    "ix_refund_asked": lambda session, store: refunds_inbox(session, member(store, "admin")),
    "ix_mail_list": lambda session, store: list_mails(session, member(store, "soporte")),
    "ix_audit_event_at": lambda session, store: audit_of(session, store),
    "ix_audit_event_who": lambda session, store: audit_of(
        session, store, who="caja1", day=store.clock.today()
    ),
}
"""Each list by the index that gives its order."""


def audit_of(session: Session, store: Store, **wanted: Any) -> Listed[Any]:
    return list_audit(session, member(store, "auditor"), AuditFilter(**wanted), store.clock)


@pytest.mark.parametrize("index", LISTS)
def test_each_list_is_read_by_an_index_and_sorted_by_nothing(
    sqlite_store: Store, index: str
) -> None:
    with sqlite_store.reading() as session:
        listed = LISTS[index](session, sqlite_store)
        edge = tuple(
            datetime(2020, 7, 14, tzinfo=UTC) if str(column.key).endswith("at") else 3
            for column in listed.order.columns
        )
        with planned(session) as plans:
            listed.windows.window(session, 14, edge=edge)
            listed.windows.window(session, 14, backwards=True)
            listed.count(session, 10)
    assert all("INDEX ix_" in plan and "B-TREE" not in plan for plan in plans), plans
    assert sum(index in plan for plan in plans) >= len(plans) - 1, plans
