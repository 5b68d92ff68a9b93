"""A picture of every page and every window at 80x24, and one wide; each says what should be seen.

`make pictures` draws them anew; then the diff of snapshots/ is what a person looks at.
"""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.accounts import signing_in
from store.accounts.signing_in import SignedIn, sign_in
from store.accounts.tables import Role, StaffRole
from store.demo import ANOTHER_DESKS, CUSTOMER, DISTRIBUTOR, EXPIRED, GOOD_50, GOOD_200, VOID
from store.installation.store import Store
from store.keys.code import complete
from tests.conftest import Picture
from tests.store.people import member
from tests.tui.people import add_colleague, confirm_elsewhere, hire
from tests.tui.person import Person, at_the_desk


async def test_login(person: Person, picture: Picture) -> None:
    """Two doors, the distributors' marked; two fields, the cursor in the first; below, how to get into the demo."""
    await picture(person.pilot)


async def test_login_of_a_plain_store(store: Store, picture: Picture) -> None:
    """The same page without a word about any password."""
    async with at_the_desk(replace(store, is_demo=False)) as person:
        await picture(person.pilot)


async def test_login_busy(
    person: Person, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """«Verificando…» below the fields, and the button greyed, while the store is asked."""
    answered = threading.Event()

    def sign_in_slowly(*arguments: Any, **options: Any) -> SignedIn:
        assert answered.wait(10)
        return sign_in(*arguments, **options)

    monkeypatch.setattr(signing_in, "sign_in", sign_in_slowly)
    await person.types("empresasis")
    await person.presses("enter")
    person.hits(*"demo2020", "enter")
    await person.sees_soon("Verificando…")
    await picture(person.pilot)
    answered.set()
    await person.settles()


async def test_login_refused(person: Person, picture: Picture) -> None:
    """The one sentence below the fields; the usuario is still there, the password is not."""
    await person.signs_in("empresasis", "equivocada")
    await picture(person.pilot)


async def test_login_wrong_door(person: Person, picture: Picture) -> None:
    """The mark has moved to the distributors' door, and the sentence says to press Enter."""
    await person.signs_in("empresasis", door="Mi cuenta Aspel")
    await picture(person.pilot)


async def test_login_empty_field(person: Person, picture: Picture) -> None:
    """«Escribe tu contraseña.» right below the field that it means."""
    await person.types("empresasis")
    await person.presses("enter", "enter")
    await picture(person.pilot)


async def test_password_change(person: Person, store: Store, picture: Picture) -> None:
    """A new password twice; «no son iguales» below the second."""
    add_colleague(store, "nueva", must_change=True)
    await person.signs_in("nueva")
    await person.types("caballo-bateria")
    await person.presses("tab")
    await person.types("caballo-grapa")
    await person.presses("enter")
    await picture(person.pilot)


async def test_pick_desk(person: Person, store: Store, picture: Picture) -> None:
    """A line to search in, and below it the desks found, one of them marked."""
    hire(store, "auditora", StaffRole.AUDITOR)
    await person.signs_in("auditora")
    await person.presses("m")
    await person.goes_to("Escritorios")
    await person.presses("enter")
    await person.types("e")
    await picture(person.pilot)


async def test_keys_page(distributor: Person, picture: Picture) -> None:
    """The seed's four rows on top, newest first, all masked; whose desk above, the keys below."""
    await picture(distributor.pilot)


async def test_keys_page_wide(store: Store, picture: Picture) -> None:
    """132x43: the menu stays open beside the list; the company and the clients have their whole names."""
    async with at_the_desk(store, (132, 43)) as person:
        await person.signs_in(DISTRIBUTOR)
        await picture(person.pilot)


async def test_keys_page_wide_with_the_cursor_in_the_menu(store: Store, picture: Picture) -> None:
    """The menu has the cursor, on an entry that is to come; the line above the keys says so."""
    async with at_the_desk(store, (132, 43)) as person:
        await person.signs_in(DISTRIBUTOR)
        await person.presses("m", "home")
        await picture(person.pilot)


async def test_keys_page_at_80x23(store: Store, picture: Picture) -> None:
    """Under tmux, which takes a line: one row less, and nothing else."""
    async with at_the_desk(store, (80, 23)) as person:
        await person.signs_in(DISTRIBUTOR)
        await picture(person.pilot)


async def test_keys_page_last_rows(distributor: Person, picture: Picture) -> None:
    """The end of the list: the cursor in the last line, «13-28 de 28»."""
    await distributor.presses("end")
    await picture(distributor.pilot)


async def test_keys_page_empty(person: Person, picture: Picture) -> None:
    """No keys: where the list would be, what to press."""
    await person.signs_in(CUSTOMER)
    await picture(person.pilot)


async def test_keys_page_of_who_only_looks(person: Person, store: Store, picture: Picture) -> None:
    """«a Activar» is greyed."""
    add_colleague(store, "mirona", Role.CONSULTA)
    await person.signs_in("mirona")
    await picture(person.pilot)


async def test_keys_page_filtered(distributor: Person, picture: Picture) -> None:
    """The sentence takes two lines to say what is listed; only Utilizada rows of one client."""
    await distributor.presses("f", "tab", "tab")
    await distributor.ticks("Utilizada")
    await distributor.presses("tab", "tab", "tab")
    await distributor.types("ñandú")
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_keys_page_grouped(distributor: Person, picture: Picture) -> None:
    """Two nested groups, each with its keys and stamps; the bar says by what."""
    await distributor.presses("g")
    await distributor.ticks("Estatus", "Cantidad")
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_keys_page_folded(distributor: Person, picture: Picture) -> None:
    """The first two of the groups are folded to one line each, «►»; the cursor is on the second."""
    await distributor.presses("g")
    await distributor.ticks("Estatus")
    await distributor.presses("enter", "home", "enter", "down", "enter")
    await picture(distributor.pilot)


async def test_keys_page_with_columns_hidden(distributor: Person, picture: Picture) -> None:
    """Four columns; the client's name has the room."""
    await distributor.presses("c")
    await distributor.ticks("F. Activación", "Cantidad")
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_keys_page_sorted(distributor: Person, picture: Picture) -> None:
    """Spanish order by client, «▲» in its heading; Ñandú between Karla and Orgánicos."""
    await distributor.presses("o", "end", "enter", "end")
    await picture(distributor.pilot)


async def test_keys_page_jumped(distributor: Person, store: Store, picture: Picture) -> None:
    """A key that was here already: the cursor on its row, the sentence above the keys."""
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_capture(distributor: Person, picture: Picture) -> None:
    """Window 1: fifteen signs in groups of four, and how many are missing."""
    await distributor.presses("a")
    await distributor.types("38sqy7auns7ruhb")
    await picture(distributor.pilot)


async def test_capture_refused(distributor: Person, picture: Picture) -> None:
    """The one text right below the field; what was typed is still there."""
    await distributor.presses("a")
    await distributor.types(VOID)
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_confirm(distributor: Person, picture: Picture) -> None:
    """Window 2: the key and what it holds, an empty box with the cursor, two buttons."""
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_confirm_refused(distributor: Person, picture: Picture) -> None:
    """«Debes aceptar la Licencia de Uso.» below the box."""
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "enter")
    await picture(distributor.pilot)


async def test_confirm_lost(distributor: Person, store: Store, picture: Picture) -> None:
    """Another desk took the key meanwhile: the refusal in place of «válida», and the way to another key."""
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space")
    confirm_elsewhere(store, member(store, CUSTOMER), GOOD_50)
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_confirm_button(distributor: Person, picture: Picture) -> None:
    """The box is ticked, «[x]»; the cursor is on the second button, in reverse."""
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "tab", "tab")
    await picture(distributor.pilot)


async def test_licence(distributor: Person, picture: Picture) -> None:
    """The text in a window of its own, with a scrollbar."""
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "v")
    await picture(distributor.pilot)


async def test_notice(distributor: Person, picture: Picture) -> None:
    """The «Aviso» over the list, in which the new key is on top already."""
    await distributor.presses("a")
    await distributor.types(GOOD_50)
    await distributor.presses("enter", "space", "enter")
    await picture(distributor.pilot)


async def test_filter(distributor: Person, picture: Picture) -> None:
    """A line for every column, the dates filled in, the cursor in the first."""
    await distributor.presses("f")
    await picture(distributor.pilot)


async def test_filter_refused(distributor: Person, picture: Picture) -> None:
    """«Escribe la fecha como 14/07/2020.» below the date; a ticked state further down."""
    await distributor.presses("f", "tab", "tab")
    await distributor.ticks("Utilizada")
    await distributor.presses("shift+tab", "shift+tab")
    await distributor.types_anew("ayer")
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_columns(distributor: Person, picture: Picture) -> None:
    """Six boxes, one of them empty and under the cursor."""
    await distributor.presses("c")
    await distributor.ticks("F. Activación")
    await picture(distributor.pilot)


async def test_columns_refused(distributor: Person, picture: Picture) -> None:
    """All boxes empty: «Deja al menos una columna.»"""
    await distributor.presses("c")
    await distributor.ticks("Clave", "Cantidad", "Fecha", "F. Activación", "Estatus", "Cliente")
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_group(distributor: Person, picture: Picture) -> None:
    """Numbers in the boxes tell the order of the groups."""
    await distributor.presses("g")
    await distributor.ticks("Estatus", "Cantidad")
    await picture(distributor.pilot)


async def test_sort(distributor: Person, picture: Picture) -> None:
    """Six columns; the one in force has its mark."""
    await distributor.presses("o", "up")
    await picture(distributor.pilot)


async def test_go_to(distributor: Person, picture: Picture) -> None:
    """One field, and the rows that there are; below it, why a row that is not there cannot be gone to."""
    await distributor.presses("j")
    await distributor.types("29")
    await distributor.presses("enter")
    await picture(distributor.pilot)


async def test_detail(distributor: Person, picture: Picture) -> None:
    """The row in words, then its story, oldest first."""
    await distributor.presses("down", "enter")
    await picture(distributor.pilot)


async def test_search(distributor: Person, picture: Picture) -> None:
    """The list has followed; below it the line with what was typed, and the keys that end the search."""
    await distributor.presses("slash")
    await distributor.types("ñandu")
    await picture(distributor.pilot)


async def test_views(distributor: Person, picture: Picture) -> None:
    """The view of everybody, then one's own; «*» before the one that the list begins with."""
    for name in ("Utilizadas de julio", "Por cliente"):
        await distributor.presses("v", "n")
        await distributor.types(name)
        await distributor.presses("enter", "d", "escape")
    await distributor.presses("v", "end")
    await picture(distributor.pilot)


async def test_view_name_refused(distributor: Person, picture: Picture) -> None:
    """«Ya tienes una vista con ese nombre.» below the field."""
    for name in ("Utilizadas de julio", "UTILIZADAS DE JULIO"):
        await distributor.presses("v", "n")
        await distributor.types(name)
        await distributor.presses("enter", *(["escape"] if name[1] == "t" else []))
    await picture(distributor.pilot)


async def test_export(distributor: Person, picture: Picture) -> None:
    """Which rows, which form, which columns."""
    await distributor.presses("e", "right")
    await picture(distributor.pilot)


async def test_export_done(
    distributor: Person,
    store: Store,
    picture: Picture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """How many rows, and where the file is."""
    monkeypatch.chdir(tmp_path)
    store.settings.exports = Path("exportaciones")
    await distributor.presses("e", "enter")
    await picture(distributor.pilot)


async def test_export_refused(distributor: Person, store: Store, picture: Picture) -> None:
    """The folder cannot be: one sentence, and the window stays."""
    store.settings.exports = Path("/dev/null/exportaciones")
    await distributor.presses("e", "enter")
    await picture(distributor.pilot)


MANY = f"{GOOD_50}\n{GOOD_200.lower()}\n38SQ-Y7AU-NS7R-UHB\n{VOID}\n{ANOTHER_DESKS}\n{GOOD_50}\n"


async def test_many(distributor: Person, picture: Picture) -> None:
    """Six numbered lines as they were pasted; F2 goes on."""
    await distributor.presses("l")
    await distributor.pastes(MANY)
    await picture(distributor.pilot)


async def test_many_verdicts(distributor: Person, picture: Picture) -> None:
    """One verdict a line, the good ones masked; the cursor in the licence's box."""
    await distributor.presses("l")
    await distributor.pastes(MANY)
    await distributor.presses("f2")
    await picture(distributor.pilot)


async def test_many_confirmed(distributor: Person, picture: Picture) -> None:
    """The good ones are confirmed, the others say why not; the cursor on «Cerrar»."""
    await distributor.presses("l")
    await distributor.pastes(MANY)
    await distributor.presses("f2", "space", "enter")
    await picture(distributor.pilot)


async def test_many_past_the_limit(distributor: Person, picture: Picture) -> None:
    """Five wrong guesses; the rest is «Sin revisar», and the sentence says until when."""
    await distributor.presses("l")
    unknown = "\n".join(complete(sign * 15).grouped() for sign in "34567")
    await distributor.pastes(f"{MANY}{EXPIRED}\n{unknown}")
    await distributor.presses("f2")
    await picture(distributor.pilot)


async def test_help(distributor: Person, picture: Picture) -> None:
    """The keys in a column, what they do beside; the list's first, then the page's."""
    await distributor.presses("question_mark")
    await picture(distributor.pilot)


async def test_menu(distributor: Person, picture: Picture) -> None:
    """Every service in the seed's order, those to come greyed; the cursor where one is."""
    await distributor.presses("m")
    await picture(distributor.pilot)


async def test_menu_entry_to_come(distributor: Person, picture: Picture) -> None:
    """The cursor on a greyed entry; below the menu, that it is not there yet."""
    await distributor.presses("m", "home")
    await picture(distributor.pilot)


async def test_leave(distributor: Person, picture: Picture) -> None:
    """«¿Salir sin terminar?» over the window that would be lost."""
    await distributor.presses("f", "f10")
    await picture(distributor.pilot)


async def test_too_small(distributor: Person, picture: Picture) -> None:
    """60x15: what is needed, and nothing of the desk."""
    await distributor.pilot.resize_terminal(60, 15)
    await distributor.settles()
    await picture(distributor.pilot)
