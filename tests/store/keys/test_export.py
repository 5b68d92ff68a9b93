"""Exporting the list: exactly what is shown, whole or not at all, and no formula in it (SPEC 4)."""

import csv
import errno
import io
import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import Account, AccountState, Role, StaffRole
from store.audit.tables import AuditEvent
from store.demo import DISTRIBUTOR
from store.errors import NotAllowed, Refusal
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys import sheets, whole
from store.keys.cells import said_of_cell
from store.keys.export import ExportedFile, KeyExport, export_keys
from store.keys.listing import KeyListing
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.rows import KeyRow
from store.keys.sheets import SheetKind
from store.keys.tables import KeyState, PrepaidKey
from store.settings import Settings
from tests.store.contents import rows
from tests.store.people import colleague, employee, member
from tests.store.processes import die, start, was_killed
from tests.store.refusals import refused

ALL = tuple(KeyColumn)
EVER = KeyQuery(dates=DateRange())
both_kinds = pytest.mark.parametrize("kind", SheetKind)


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """The folder that the installation names; it is not there yet."""
    store.settings.exports = tmp_path / "listas" / "claves"
    return store.settings.exports


def go_on(_written: int, _total: int) -> bool:
    """Never stop."""
    return True


def exported(
    store: Store, person: Person, export: KeyExport, tell: Callable[[int, int], bool] = go_on
) -> ExportedFile:
    """Export, and come to the end."""
    file = export_keys(store, person, export, tell)
    assert file is not None
    return file


def table(file: ExportedFile) -> list[list[str]]:
    """Read a CSV as an office does."""
    return list(csv.reader(io.StringIO(file.path.read_bytes().decode("utf-8-sig"), newline="")))


def listed(store: Store, person: Person, query: KeyQuery) -> list[KeyRow]:
    """Give the rows that the list shows, group lines aside."""
    listing = KeyListing(store, person, query)
    listing.open()
    return [line for line in listing.lines(0, listing.length) if isinstance(line, KeyRow)]


@pytest.mark.parametrize(
    "query",
    [
        KeyQuery(),
        KeyQuery(states=frozenset({KeyState.USED}), sort=KeyColumn.CLIENT, descending=False),
        EVER.grouped_by(KeyColumn.STATUS, KeyColumn.QUANTITY),
    ],
)
def test_it_is_what_the_list_shows_in_its_columns_and_its_order(
    store: Store,
    empresasis: Person,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    query: KeyQuery,
) -> None:
    monkeypatch.setattr(whole, "_WINDOW", 7)
    columns = (KeyColumn.KEY, KeyColumn.DATE, KeyColumn.CLIENT)
    told: list[tuple[int, int]] = []

    def tell(written: int, total: int) -> bool:
        told.append((written, total))
        return True

    file = exported(store, empresasis, KeyExport(query, columns, SheetKind.CSV), tell)
    there = listed(store, empresasis, query)
    assert table(file)[0] == ["Clave", "Fecha", "Cliente"]
    assert table(file)[1:] == [[said_of_cell(row, column) for column in columns] for row in there]
    assert told[-1] == (file.rows, file.rows) == (len(there), len(there))
    assert len(told) > 2


def test_the_rows_in_sight_are_exported_as_they_are_seen(
    store: Store, empresasis: Person, folder: Path
) -> None:
    seen = listed(store, empresasis, KeyQuery())[3:6]
    file = exported(store, empresasis, KeyExport(KeyQuery(), ALL, SheetKind.CSV, seen))
    assert [line[0] for line in table(file)[1:]] == [str(row.key) for row in seen]


def test_an_office_opens_the_file_and_finds_no_formula(
    store: Store, empresasis: Person, folder: Path
) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'Ñandú "y" Cía, S.A.', "a\nb\x1b]0;x"]
    keys = listed(store, empresasis, KeyQuery())[: len(names)]
    seen = [replace(row, client=name) for row, name in zip(keys, names, strict=True)]
    file = exported(store, empresasis, KeyExport(KeyQuery(), ALL, SheetKind.CSV, seen))
    assert file.path.read_bytes().startswith(b"\xef\xbb\xbfClave,Cantidad,Fecha,")
    assert b"\r\n" in file.path.read_bytes()
    assert [line[-1] for line in table(file)[1:]] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@SUM(A1)",
        "' =1",
        'Ñandú "y" Cía, S.A.',
        "a b\ufffd]0;x",
    ]


def test_a_workbook_holds_the_same_with_numbers_and_days(
    store: Store, empresasis: Person, folder: Path
) -> None:
    row = replace(listed(store, empresasis, KeyQuery())[1], client='=HYPERLINK("http://x")')
    file = exported(store, empresasis, KeyExport(KeyQuery(), ALL, SheetKind.XLSX, [row]))
    with ZipFile(file.path) as book:
        page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    texts = ["".join(cell.itertext()) for cell in page.iter(f"{space}c")]
    assert texts[:6] == ["Clave", "Cantidad", "Fecha", "F. Activación", "Estatus", "Cliente"]
    assert texts[6:] == [
        str(row.key),
        str(row.units),
        "44026",  # 14/07/2020, as an office counts days
        "44026",
        "Utilizada",
        '=HYPERLINK("http://x")',
    ]
    assert not list(page.iter(f"{space}f"))
    assert not list(page.iter(f"{space}hyperlink"))


@both_kinds
def test_the_file_is_its_owners_and_never_written_over(
    store: Store, empresasis: Person, folder: Path, kind: SheetKind
) -> None:
    first, second = (
        exported(store, empresasis, KeyExport(KeyQuery(), ALL, kind)) for _time in range(2)
    )
    assert first.path == folder / f"claves-20200714-130000{kind.value}"
    assert second.path == folder / f"claves-20200714-130000-2{kind.value}"
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert sorted(os.listdir(folder)) == sorted([first.path.name, second.path.name])


@both_kinds
def test_who_stops_leaves_no_file_and_no_event(
    store: Store,
    empresasis: Person,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: SheetKind,
) -> None:
    monkeypatch.setattr(whole, "_WINDOW", 5)
    before = rows(store, AuditEvent)
    export = KeyExport(KeyQuery(), ALL, kind)
    assert export_keys(store, empresasis, export, lambda written, _all: written < 10) is None
    assert os.listdir(folder) == []
    assert rows(store, AuditEvent) == before


def export_and_die(address: str, folder: str, kind: SheetKind) -> None:
    """Export, and be killed when the rows are written."""
    store = open_store(Settings(store=address, exports=Path(folder)))

    def killed(_written: int, _total: int) -> bool:
        die()
        return True

    export_keys(store, member(store, DISTRIBUTOR), KeyExport(EVER, ALL, kind), killed)


@both_kinds
def test_what_a_killed_export_left_goes_with_the_next_one(
    store: Store, empresasis: Person, folder: Path, kind: SheetKind
) -> None:
    assert was_killed(start(export_and_die, store.settings.store, str(folder), kind))
    (left,) = os.listdir(folder)
    assert left.startswith(".claves-")
    file = exported(store, empresasis, KeyExport(KeyQuery(), ALL, SheetKind.CSV))
    assert os.listdir(folder) == [file.path.name]


@both_kinds
def test_what_somebody_is_writing_stays(
    store: Store, empresasis: Person, folder: Path, kind: SheetKind
) -> None:
    others: list[Path] = []

    def meanwhile(_written: int, _total: int) -> bool:
        if not others:
            others.append(exported(store, empresasis, KeyExport(EVER, ALL, kind)).path)
        return True

    file = exported(store, empresasis, KeyExport(EVER, ALL, kind), meanwhile)
    assert file.path not in others
    assert sorted(os.listdir(folder)) == sorted([file.path.name, others[0].name])


class _FullDisk(io.BytesIO):
    """A file that takes three hundred bytes."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > 300:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@both_kinds
def test_a_full_disk_leaves_no_file(
    store: Store,
    empresasis: Person,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: SheetKind,
) -> None:
    def opened(handle: int, _mode: str) -> _FullDisk:
        os.close(handle)
        return _FullDisk()

    monkeypatch.setattr("store.drafts.os.fdopen", opened)
    with refused(
        f"No se puede guardar en {folder}: el disco está lleno. No quedó ningún archivo.", Refusal
    ):
        export_keys(store, empresasis, KeyExport(KeyQuery(), ALL, kind), go_on)
    assert os.listdir(folder) == []


def test_a_folder_that_cannot_be(store: Store, empresasis: Person, tmp_path: Path) -> None:
    (tmp_path / "archivo").write_text("")
    store.settings.exports = tmp_path / "archivo" / "listas"
    with refused(
        f"No se puede guardar en {store.settings.exports}: su carpeta no existe."
        " No quedó ningún archivo."
    ):
        export_keys(store, empresasis, KeyExport(KeyQuery(), ALL, SheetKind.CSV), go_on)


def test_without_the_extra_there_is_no_workbook(
    store: Store, empresasis: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "find_spec", lambda _name: None)
    with refused("Falta XlsxWriter; instala escritorio[xlsx] o usa CSV."):
        export_keys(store, empresasis, KeyExport(KeyQuery(), ALL, SheetKind.XLSX), go_on)
    assert os.listdir(folder) == []


def test_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    with refused("Una hoja de XLSX tiene 1,048,575 filas; usa CSV o filtra."):
        sheets.refuse_kind(SheetKind.XLSX, 1_048_576)
    sheets.refuse_kind(SheetKind.CSV, 1_048_576)


def test_the_audit_tells_who_took_how_many_rows_along(
    store: Store, empresasis: Person, folder: Path
) -> None:
    query = KeyQuery(states=frozenset({KeyState.USED}))
    file = exported(store, empresasis, KeyExport(query, ALL, SheetKind.CSV))
    event = rows(store, AuditEvent)[-1]
    assert (event.action, event.account_id) == ("keys.exported", empresasis.account_id)
    assert json.loads(event.detail) == {
        "filter": query.sentence(store.clock.today()),
        "kind": ".csv",
        "rows": file.rows,
    }


def test_who_may_look_may_export(store: Store, empresasis: Person, folder: Path) -> None:
    export = KeyExport(KeyQuery(), ALL, SheetKind.CSV)
    mirona = colleague(store, empresasis, "mirona", Role.CONSULTA)
    auditor = replace(employee(store, "revisora", StaffRole.AUDITOR), desk_id=empresasis.desk_id)
    for person in (mirona, auditor):
        assert exported(store, person, export).rows == 28
    with store.writing() as session:
        session.exec(
            update(Account)
            .where(col(Account.username) == "mirona")
            .values(state=AccountState.BLOCKED)
        )
    with refused("Tu cuenta cambió; sal y vuelve a entrar.", NotAllowed):
        export_keys(store, mirona, export, go_on)
    assert len(os.listdir(folder)) == 2


def test_no_key_in_clear_and_none_of_another_desk(
    store: Store, empresasis: Person, folder: Path
) -> None:
    file = exported(store, empresasis, KeyExport(EVER, ALL, SheetKind.CSV))
    masks = {line[0] for line in table(file)[1:]}
    assert all(len(mask) == 19 and mask[5:14] == "••••-••••" for mask in masks)
    own = [key for key in rows(store, PrepaidKey) if key.desk_id == empresasis.desk_id]
    assert file.rows == len(own) < len(rows(store, PrepaidKey))
