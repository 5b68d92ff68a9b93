"""What cannot be true is refused by the tables themselves, whoever asks in plain SQL.

These are the illegal states of facts/domain 4.c that have to do with desks, accounts, keys and mail.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError

from store.accounts.person import Person
from store.demo import GOOD_50, GOOD_200
from store.installation.opening import open_store
from store.installation.store import Store
from store.mail.tables import Mail
from store.settings import Settings
from tests.store.contents import contents, kept, rows
from tests.store.databases import copied, demo_file
from tests.store.lots import activated
from tests.store.people import member
from tests.store.watch import Watch


@pytest.fixture(scope="module")
def drawer() -> Iterator[dict[str, Any]]:
    """Keeps one store of each kind for all of this module: nothing in it is ever changed."""
    with ExitStack() as stack:
        yield {"stack": stack}


@pytest.fixture(params=("sqlite", "postgresql"))
def store(
    request: pytest.FixtureRequest,
    drawer: dict[str, Any],
    shelf: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Store:
    """A demo in which empresasis has just confirmed a key."""
    if request.param not in drawer:
        stack: ExitStack = drawer["stack"]
        if request.param == "sqlite":
            file = tmp_path_factory.mktemp("constraints") / "escritorio.db"
            address = str(copied(demo_file(shelf), file))
        else:
            address = stack.enter_context(request.getfixturevalue("server").own_demo())
        made = replace(open_store(Settings(store=address)), clock=Watch().clock)
        stack.callback(made.close)
        activated(made, member(made, "empresasis"), GOOD_200)
        drawer[request.param] = made
    found: Store = drawer[request.param]
    return found


@pytest.fixture
def numbers(store: Store, empresasis: Person, kemper: Person) -> dict[str, int]:
    """Rows to spoil: a key as it was printed, one that is empresasis's, and who and what is around them."""
    with store.reading() as session:
        run = session.connection().execute
        client = run(
            text("SELECT max(id) FROM client WHERE desk_id = :d"), {"d": empresasis.desk_id}
        )
        used = run(
            text("SELECT max(id) FROM prepaid_key WHERE state = 'utilizada' AND desk_id = :d"),
            {"d": empresasis.desk_id},
        )
        return {
            "issued": kept(store, GOOD_50).id,
            "confirmed": kept(store, GOOD_200).id,
            "used": int(used.scalar_one()),
            "client": int(client.scalar_one()),
            "desk": int(empresasis.desk_id or 0),
            "other": int(kemper.desk_id or 0),
            "account": int(empresasis.account_id or 0),
            "mail": rows(store, Mail)[-1].id,
        }


def is_refused(store: Store, numbers: dict[str, int], statement: str) -> None:
    """Expect a statement to be refused, and nothing to be changed."""
    before = contents(store)
    with pytest.raises((IntegrityError, DataError)):
        run(store, statement.format(**numbers))
    assert contents(store) == before


def run(store: Store, statement: str) -> None:
    """Run a statement that is about some row."""
    with store.writing() as session:
        assert session.connection().exec_driver_sql(statement).rowcount


KEYS = {
    "confirmed without a desk": "UPDATE prepaid_key SET state = 'disponible' WHERE id = {issued}",
    "in a desk and nothing else": "UPDATE prepaid_key SET desk_id = {desk} WHERE id = {issued}",
    "confirmed by nobody": "UPDATE prepaid_key SET confirmed_by = NULL WHERE id = {confirmed}",
    "confirmed at no time": "UPDATE prepaid_key SET confirmed_at = NULL WHERE id = {confirmed}",
    "confirmed on no day": "UPDATE prepaid_key SET confirmed_on = NULL WHERE id = {confirmed}",
    "confirmed without a licence": (
        "UPDATE prepaid_key SET acceptance_id = NULL WHERE id = {confirmed}"
    ),
    "torn out of its desk": "UPDATE prepaid_key SET desk_id = NULL WHERE id = {confirmed}",
    "printed again in its desk": "UPDATE prepaid_key SET state = 'emitida' WHERE id = {confirmed}",
    "held in its desk": (
        "UPDATE prepaid_key SET state = 'bloqueada', reason = 'x' WHERE id = {confirmed}"
    ),
    "expired in its desk": "UPDATE prepaid_key SET state = 'vencida' WHERE id = {confirmed}",
    "withheld without a desk": (
        "UPDATE prepaid_key SET state = 'retenida', reason = 'x' WHERE id = {issued}"
    ),
    "used by nobody": (
        "UPDATE prepaid_key SET state = 'utilizada', activated_on = '2020-07-14' WHERE id = {confirmed}"
    ),
    "used on no day": (
        "UPDATE prepaid_key SET state = 'utilizada', client_id = {client}, client_sort_key = 'x'"
        " WHERE id = {confirmed}"
    ),
    "used before it was confirmed": (
        "UPDATE prepaid_key SET state = 'utilizada', client_id = {client}, client_sort_key = 'x',"
        " activated_on = '2020-07-13' WHERE id = {confirmed}"
    ),
    "available with a client": (
        "UPDATE prepaid_key SET client_id = {client}, client_sort_key = 'x' WHERE id = {confirmed}"
    ),
    "available with a day of use": (
        "UPDATE prepaid_key SET activated_on = '2020-07-14' WHERE id = {confirmed}"
    ),
    "no longer used": "UPDATE prepaid_key SET state = 'disponible' WHERE id = {used}",
    "used by another desk's client": ("UPDATE prepaid_key SET desk_id = {other} WHERE id = {used}"),
    "with a client that is not ordered": (
        "UPDATE prepaid_key SET client_sort_key = '' WHERE id = {used}"
    ),
    "void without a reason": "UPDATE prepaid_key SET state = 'anulada' WHERE id = {issued}",
    "held without a reason": "UPDATE prepaid_key SET state = 'bloqueada' WHERE id = {issued}",
    "as printed, with a reason": "UPDATE prepaid_key SET reason = 'x' WHERE id = {issued}",
    "in a state of its own": "UPDATE prepaid_key SET state = 'perdida' WHERE id = {issued}",
    "in no state": "UPDATE prepaid_key SET state = NULL WHERE id = {issued}",
    "without stamps": "UPDATE prepaid_key SET units = 0 WHERE id = {issued}",
    "with less than no stamps": "UPDATE prepaid_key SET units = -50 WHERE id = {issued}",
    "with too many stamps": "UPDATE prepaid_key SET units = 1000001 WHERE id = {issued}",
    "with more signs than eight": (
        "UPDATE prepaid_key SET signs = '38SQY7AUNS7RUHBE' WHERE id = {issued}"
    ),
    "with fewer": "UPDATE prepaid_key SET signs = '38SQUHB' WHERE id = {issued}",
    "in a desk that does not exist": "UPDATE prepaid_key SET desk_id = 999 WHERE id = {confirmed}",
    "of a lot that does not exist": "UPDATE prepaid_key SET lot_id = 999999 WHERE id = {issued}",
    "twice in the store": (
        "UPDATE prepaid_key SET mac = (SELECT mac FROM prepaid_key WHERE id = {confirmed})"
        " WHERE id = {issued}"
    ),
    "kept by half an HMAC": "UPDATE prepaid_key SET mac = substr(mac, 1, 16) WHERE id = {issued}",
}


@pytest.mark.parametrize("statement", KEYS.values(), ids=KEYS)
def test_a_key_cannot_be(store: Store, numbers: dict[str, int], statement: str) -> None:
    is_refused(store, numbers, statement)


BOUND_KEY = (
    "INSERT INTO account_key (fingerprint, account_id, use, kind, comment, created_at)"
    " VALUES ('{}', {}, '{}', 'ssh-ed25519', '', '2020-07-14')"
).format
FINGERPRINT = f"SHA256:{'a' * 43}"

ACCOUNTS = {
    "a public key by another name": BOUND_KEY("MD5:aa", "{account}", "beside"),
    "a public key of nobody's": BOUND_KEY(FINGERPRINT, 999999, "beside"),
    "a public key for a use of its own": BOUND_KEY(FINGERPRINT, "{account}", "perhaps"),
    "two titulars": "UPDATE account SET desk_id = {other} WHERE id = {account}",
    "a titular of no desk": "UPDATE account SET desk_id = NULL WHERE id = {account}",
    "a role without a desk": (
        "UPDATE account SET desk_id = NULL, staff_role = 'admin' WHERE id = {account}"
    ),
    "staff with a desk": "UPDATE account SET staff_role = 'admin' WHERE id = {account}",
    "a role of its own": "UPDATE account SET role = 'dueño' WHERE id = {account}",
    "a password in clear": "UPDATE account SET password_hash = 'demo2020' WHERE id = {account}",
    "another hash": "UPDATE account SET password_hash = '$2b$12$x' WHERE id = {account}",
    "a usuario twice": "UPDATE account SET username = 'kemper' WHERE id = {account}",
    "a usuario too short": "UPDATE account SET username = 'ab' WHERE id = {account}",
    "an rfc twice": (
        "UPDATE desk SET rfc = (SELECT rfc FROM desk WHERE id = {other}) WHERE id = {desk}"
    ),
    "an rfc of another length": "UPDATE desk SET rfc = 'XIA190128J6' WHERE id = {desk}",
    "a handle twice": "UPDATE desk SET handle = 'kemper' WHERE id = {desk}",
    "a desk without a name": "UPDATE desk SET name = '' WHERE id = {desk}",
    "a desk of its own kind": "UPDATE desk SET kind = 'bank' WHERE id = {desk}",
    "a desk deleted under its keys": "DELETE FROM desk WHERE id = {desk}",
    "a client twice": (
        "UPDATE client SET name = (SELECT name FROM client WHERE id <> {client} AND desk_id = {desk}"
        " ORDER BY id LIMIT 1) WHERE id = {client}"
    ),
    "a used key's client gone": (
        "DELETE FROM client WHERE id = (SELECT client_id FROM prepaid_key WHERE id = {used})"
    ),
}


@pytest.mark.parametrize("statement", ACCOUNTS.values(), ids=ACCOUNTS)
def test_there_is_never(store: Store, numbers: dict[str, int], statement: str) -> None:
    is_refused(store, numbers, statement)


OTHERS = {
    "a mail on its way without a lease": "UPDATE mail SET state = 'sending' WHERE id = {mail}",
    "a mail gone at no time": "UPDATE mail SET state = 'sent' WHERE id = {mail}",
    "a mail tried less than never": "UPDATE mail SET attempts = -1 WHERE id = {mail}",
    "two stores in one": (
        "INSERT INTO installation"
        " SELECT 2, pepper_fingerprint, clock_offset_seconds, is_demo, created_at"
        " FROM installation"
    ),
    "a licence with half a digest": "UPDATE legal_text SET sha256 = 'abc'",
    "a version twice": "UPDATE legal_text SET version = 7, kind = 'prepaid-licence'",
    "a licence deleted that was accepted": "DELETE FROM legal_text WHERE kind = 'prepaid-licence'",
    "an acceptance of nothing": "UPDATE acceptance SET legal_text_id = 999",
    "an attempt of its own kind": (
        "INSERT INTO attempt (id, kind, subject, origin, at, verdict)"
        " VALUES (999999, 'luck', 'x', 'x', '2020-07-14', 'free')"
    ),
    "an attempt with a verdict of its own": "UPDATE attempt SET verdict = 'perhaps'",
    "a lot of less than nothing": "UPDATE key_lot SET quantity = -1",
    "a vendor's key that its mask would tell": "UPDATE key_lot SET vendor_length = 11",
}


@pytest.mark.parametrize("statement", OTHERS.values(), ids=OTHERS)
def test_nor_is_there(store: Store, numbers: dict[str, int], statement: str) -> None:
    is_refused(store, numbers, statement)
