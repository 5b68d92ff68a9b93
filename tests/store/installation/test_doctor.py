"""`escritorio doctor`: is the store whole, and does it say truthfully what happened?"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store.accounts.person import Person
from store.demo import GOOD_50
from store.installation.doctor import Finding, examine
from store.installation.opening import open_store
from store.installation.store import Store
from store.mail.delivery import deliver_due, transport_of
from store.settings import Settings
from tests.store.lots import activated
from tests.store.mail.posted import posted
from tests.store.watch import Watch


def finding(store: Store, check: str) -> Finding:
    """Ask for one check."""
    (found,) = [found for found in examine(store) if found.check == check]
    return found


def changed(store: Store, *statements: str) -> None:
    """Change a file behind the back of everything that watches over it."""
    with closing(sqlite3.connect(store.settings.store)) as connection:
        for trigger, *_rest in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_store_is_sound_in_every_way(store: Store, empresasis: Person) -> None:
    activated(store, empresasis, GOOD_50)
    deliver_due(store, transport_of(store.settings))
    findings = list(examine(store))
    assert [found.check for found in findings[:5]] == [
        "integrity",
        "foreign-keys",
        "audit",
        "pepper",
        "mail",
    ]
    assert all(found.sound for found in findings)
    assert all(found.words.isprintable() for found in findings)


def test_examining_changes_nothing(sqlite_store: Store) -> None:
    sqlite_store.close()
    file = Path(sqlite_store.settings.store)
    before = file.read_bytes()
    list(examine(sqlite_store))
    sqlite_store.close()
    assert file.read_bytes() == before


def test_wrong_tallies_are_told(sqlite_store: Store) -> None:
    changed(
        sqlite_store,
        "UPDATE key_tally SET keys = keys + 1 WHERE kind = 'all' AND state = 'utilizada'",
        "UPDATE prepaid_key SET units = units + 1 WHERE id = 3",
    )
    found = finding(sqlite_store, "tallies")
    assert not found.sound
    assert re.fullmatch(r"\d+ cuentas de claves no cuadran\.", found.words)


def test_a_client_that_no_term_finds_is_told(sqlite_store: Store) -> None:
    changed(
        sqlite_store,
        "INSERT INTO client (desk_id, name, search_key, sort_key, created_at)"
        " VALUES (1, 'Callada', 'callada', 'callada', '2020-07-14 00:00:00.000000')",
    )
    assert finding(sqlite_store, "clients") == Finding(
        "clients", False, "1 cliente no se encuentra por partes de su nombre."
    )


def test_the_end_of_the_chain_is_printed_to_be_kept_elsewhere(store: Store) -> None:
    words = finding(store, "audit").words
    assert re.fullmatch(r"La bitácora está completa: \d+ eventos, [0-9a-f]{64}\.", words)


def test_the_pepper_is_told_by_its_fingerprint_alone(store: Store) -> None:
    words = finding(store, "pepper").words
    assert store.pepper.fingerprint[:16] in words
    assert store.pepper.secret.hex() not in words


def test_a_changed_audit_is_told_by_its_place(sqlite_store: Store) -> None:
    changed(sqlite_store, "UPDATE audit_event SET detail = '{}' WHERE seq IN (2, 3)")
    found = finding(sqlite_store, "audit")
    assert not found.sound
    assert found.words == "La bitácora está alterada en: 2, 3."


def test_of_many_places_the_first_five_are_named(sqlite_store: Store) -> None:
    for _time in range(9):
        posted(sqlite_store)
    changed(
        sqlite_store,
        *(f"UPDATE audit_event SET hash = '{seq:064}' WHERE seq = {seq}" for seq in range(1, 7)),
    )
    words = finding(sqlite_store, "audit").words
    assert words == "La bitácora está alterada en: 1, 2, 3, 4, 5."


def test_a_lost_end_of_the_chain_is_told(sqlite_store: Store) -> None:
    changed(sqlite_store, "DELETE FROM audit_head")
    assert not finding(sqlite_store, "audit").sound


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE account SET desk_id = 999 WHERE id = 1", "1 fila apunta a nada, en account."),
        ("DELETE FROM client", "filas apuntan a nada, en prepaid_key."),
    ],
)
def test_rows_that_point_at_nothing_are_told_by_their_table(
    sqlite_store: Store, statement: str, words: str
) -> None:
    changed(sqlite_store, statement)
    found = finding(sqlite_store, "foreign-keys")
    assert not found.sound
    assert found.words.endswith(words)


def test_a_damaged_file_is_told(demo_copy: Path) -> None:
    """An index that no longer says what its table does."""
    with closing(sqlite3.connect(demo_copy)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
            " WHERE name = 'ix_prepaid_key_last_signs'"
        ).fetchone()
        connection.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(demo_copy.read_bytes())
    # The bodies of the index's entries; its header stays, so that the page can be read.
    start = root * size - 200
    content[start : root * size] = bytes(200)
    demo_copy.write_bytes(content)
    store = open_store(Settings(store=str(demo_copy)))
    found = finding(store, "integrity")
    assert not found.sound
    assert found.words.startswith("El archivo está dañado: ")
    store.close()


def test_mail_that_does_not_move_is_told(store: Store, watch: Watch) -> None:
    assert finding(store, "mail").words == "No hay correos detenidos."
    posted(store, "test:1")
    assert finding(store, "mail").sound
    watch.passes(hours=1, seconds=1)
    found = finding(store, "mail")
    assert (found.sound, found.words) == (
        False,
        "1 correo detenido; míralo con «escritorio mail list».",
    )
    posted(store, "test:2")
    watch.passes(hours=2)
    assert finding(store, "mail").words == (
        "2 correos detenidos; míralos con «escritorio mail list»."
    )
    deliver_due(store, transport_of(store.settings))
    assert finding(store, "mail").sound
