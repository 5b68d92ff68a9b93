"""Exporting the list: what it shows, in its columns and its order, into a file that is there whole or not at all.

It takes the `Store`, since the rows are read in one moment and the audit is written when the file is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from store.accounts.person import Person, Power, desk_of, require
from store.audit.chain import record
from store.calendar import Clock
from store.drafts import Draft, draft_in
from store.installation.store import Store
from store.keys.query import KeyColumn, KeyQuery
from store.keys.rows import KeyRow
from store.keys.sheets import SheetKind, refuse_kind, sheet
from store.keys.whole import count_keys, every_row
from store.settings import refuse_without_files

GoOn = Callable[[int, int], bool]
"""Is told how many rows are written, and of how many; tells whether to go on."""


class _Stopped(Exception):
    """Somebody does not want the file any more; a workbook half written is not to be finished first."""


@dataclass(frozen=True)
class KeyExport:
    """What is to be exported."""

    query: KeyQuery
    columns: Sequence[KeyColumn]
    kind: SheetKind
    rows: Sequence[KeyRow] | None = None
    """The rows in sight; `None` is all that the query finds."""


@dataclass(frozen=True)
class ExportedFile:
    """A file that is whole and on the disk."""

    path: Path
    rows: int


def export_keys(
    store: Store, person: Person, export: KeyExport, go_on: GoOn
) -> ExportedFile | None:
    """Write the list into a new file of the folder `exports`; `None` where it was stopped, and then there is no file.

    Who may look may export: the keys are masked here as everywhere, and the audit says who took how many rows along.

    Raises:
        NotAllowed: The person may not look, or no file may be saved here.
        Refusal: The form cannot hold the list, or the folder cannot be written.
    """
    refuse_without_files(store.settings)
    clock = store.clock
    stem = f"claves-{clock.now().astimezone(clock.zone):%Y%m%d-%H%M%S}"
    with draft_in(store.settings.exports, stem, export.kind.value) as draft:
        try:
            rows = _write(store, person, export, draft, go_on)
        except _Stopped:
            return None
        draft.secure()
        if not go_on(rows, rows):  # somebody stopped while a workbook was being packed
            return None
        # An export that no audit knows must not be: a file that does not follow its event harms nobody.
        with store.writing() as session:
            _record(session, person, export, rows, clock)
        draft.keep()
    return ExportedFile(draft.path, rows)


def _write(store: Store, person: Person, export: KeyExport, draft: Draft, go_on: GoOn) -> int:
    """Write all rows, as they are at one moment; give how many."""
    written = 0
    with store.reading() as session:
        require(session, person, Power.LOOK)
        desk_id = desk_of(person)
        total = _count(session, export, desk_id, store.clock)
        refuse_kind(export.kind, total)
        with sheet(export.kind, draft.file, export.columns, draft.folder) as write:
            sight = None if export.rows is None else [export.rows]
            for rows in sight or every_row(session, export.query, desk_id, store.clock):
                for row in rows:
                    write(row)
                written += len(rows)
                if not go_on(written, total):
                    raise _Stopped
    return written


def _count(session: Session, export: KeyExport, desk_id: int, clock: Clock) -> int:
    if export.rows is not None:
        return len(export.rows)
    return count_keys(session, export.query, desk_id, clock)


def _record(session: Session, person: Person, export: KeyExport, rows: int, clock: Clock) -> None:
    require(session, person, Power.LOOK)
    record(
        session,
        person,
        "keys.exported",
        f"desk:{person.desk_id}",
        now=clock.now(),
        rows=rows,
        filter=export.query.sentence(clock.today()),
        kind=export.kind.value,
    )
