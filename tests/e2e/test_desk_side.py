"""Many keys at once, a search, a view and an export, with real keys in a real terminal (SPEC 3 and 4; issue 4)."""

import csv
import io
import os
import signal
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR, GOOD_50, GOOD_200, VOID
from tests.e2e.conftest import Command, Sit, enter, outbox

PASTED = f"{GOOD_50}\r38SQ-Y7AU-NS7R-UHB\r{VOID}\r{GOOD_200}\r{GOOD_50}\r"
PASTES = {"as keystrokes": PASTED, "in brackets": f"\x1b[200~{PASTED}\x1b[201~"}


@pytest.mark.parametrize("pasted", PASTES.values(), ids=PASTES)
def test_many_keys_are_pasted_and_the_good_ones_confirmed(
    sit: Sit, command: Command, pasted: str
) -> None:
    desk = sit()
    enter(desk, DISTRIBUTOR)
    desk.press("a")
    desk.sees("Captura la Clave Prepago")
    desk.press("f2")
    desk.sees("una clave por línea")
    desk.type(pasted)
    desk.sees("5 líneas escritas")
    desk.press("f2")
    desk.sees(r"1 38SQ-••••-••••-UHBE Válida \(50 Timbres\)")
    desk.sees(r"5 38SQ-••••-••••-UHBE Repetida: es la de la línea 1\.")
    desk.sees(r"2 válidas \(250 Timbres\) · 3 con problema")
    assert "Y7AU" not in desk.text
    desk.press("space", "enter")
    desk.sees("2 confirmadas · 3 con problema")
    desk.press("enter")
    desk.sees("serán válidos solo")
    desk.press("enter")
    desk.sees(r"Se confirmaron 2 claves \(250 Timbres\)\.")
    assert len(outbox(command)) == 2
    assert command("doctor").returncode == 0


def test_the_list_is_searched_saved_as_a_view_and_exported(sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "listas"
    desk = sit(ESCRITORIO_EXPORTS=str(folder))
    enter(desk, DISTRIBUTOR)
    desk.type("/empresa 3")
    desk.sees(r"Cliente con «empresa\s+3»")
    found = desk.sees(r"1-(\d+) de \1")
    desk.press("enter")
    desk.sees_no("con número o guion")
    desk.type("vnTercera\rd")
    desk.sees(r"\* Tercera")
    desk.press("escape", "e")
    desk.sees("Todas las del filtro")
    desk.press("tab", "right", "enter")
    desk.sees("filas? quedaron en")
    os.kill(desk.pid, signal.SIGKILL)
    (book,) = folder.iterdir()
    assert book.suffix == ".xlsx"

    again = sit(ESCRITORIO_EXPORTS=str(folder))
    enter(again, DISTRIBUTOR)
    again.sees(r"Cliente con «empresa\s+3»")
    again.type("e\r")
    again.sees("filas? quedaron en")
    (table,) = folder.glob("*.csv")
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert len(rows) == int(found.split()[-1])
    assert {row["Cliente"] for row in rows} == {"Empresa 3"}
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".xlsx"]
