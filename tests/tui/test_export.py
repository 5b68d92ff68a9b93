"""«Exportar»: the list as a file, and where it is (SPEC 4)."""

import os
from pathlib import Path

import pytest

from store.accounts.person import Person as Visitor
from store.accounts.tables import Role
from store.installation.store import Store
from store.keys.export import ExportedFile, GoOn, KeyExport, export_keys
from tests.tui.people import add_colleague
from tests.tui.person import Person
from tui.screens.keys import export as export_screen


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """Where exports go."""
    store.settings.exports = tmp_path / "x"
    return store.settings.exports


def lines(folder: Path) -> list[str]:
    """Read the only file."""
    (name,) = os.listdir(folder)
    return (folder / name).read_text("utf-8-sig").splitlines()


async def test_all_that_match_in_the_columns_that_are_seen(
    distributor: Person, folder: Path
) -> None:
    await distributor.presses("c")
    await distributor.ticks("Cantidad")
    await distributor.presses("enter", "e")
    distributor.sees("(•) Todas las del filtro ( ) Las 16 que se ven", "(•) CSV ( ) XLSX")
    distributor.sees("Columnas: Clave, Fecha, F. Activación, Estatus, Cliente.")
    await distributor.presses("enter")
    distributor.sees("28 filas quedaron en:")
    assert f"{folder}/claves-20200714-130000.csv" in distributor.words.replace(" ", "")
    assert lines(folder)[0] == "Clave,Fecha,F. Activación,Estatus,Cliente"
    assert len(lines(folder)) == 29


async def test_only_the_rows_on_the_screen(person: Person, store: Store, folder: Path) -> None:
    add_colleague(store, "mirona", Role.CONSULTA)
    await person.signs_in("mirona")
    await person.presses("end", "e", "right")
    seen = person.app.screen_stack[-2]
    await person.presses("enter")
    person.sees("16 filas quedaron en:")
    await person.presses("enter")
    assert person.app.screen is seen
    assert [line.split(",")[0] for line in lines(folder)[1:]] == [
        row.split()[0] for row in person.rows
    ]


async def test_escape_stops_and_leaves_nothing(
    distributor: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export(store: Store, person: Visitor, wish: KeyExport, go_on: GoOn) -> ExportedFile | None:
        def tell(written: int, total: int) -> bool:
            distributor.app.call_from_thread(distributor.hits, "escape")
            while go_on(written, total):
                pass
            return False

        return export_keys(store, person, wish, tell)

    monkeypatch.setattr(export_screen, "export_keys", export)
    await distributor.presses("e", "enter")
    distributor.sees("Se detuvo; no quedó ningún archivo.", "[ Exportar ]")
    assert os.listdir(folder) == []


async def test_a_folder_that_cannot_be_written_is_told(distributor: Person, folder: Path) -> None:
    folder.write_text("")
    await distributor.presses("e", "enter")
    distributor.sees(
        "No se puede guardar en", "ya existe. No quedó ningún archivo.", "[ Exportar ]"
    )


async def test_without_the_extra_xlsx_says_why_not(
    distributor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_screen, "can_write_xlsx", lambda: False)
    await distributor.presses("e")
    distributor.sees("(•) CSV", "XLSX, ahora no: falta XlsxWriter (escritorio[xlsx]).")
    distributor.sees_not("( ) XLSX")
