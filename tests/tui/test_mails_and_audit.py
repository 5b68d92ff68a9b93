"""«Correos» and «Bitácora»: what the staff look after, and what an auditor reads.

`make pictures` draws the pictures anew.
"""

import threading

import pytest

from store.audit.chain import record
from store.audit.listing import AuditRow
from store.installation.store import Store
from store.mail.tables import Mail
from store.windows.listing import Listing
from tests.conftest import Picture
from tests.store.contents import rows
from tests.store.mail.posted import mail_of, posted
from tests.store.mail.test_listing import died
from tests.store.people import member
from tests.store.watch import Watch
from tests.tui.person import at_the_desk
from tests.tui.test_money_of_staff import goes_to


async def test_mails(store: Store, watch: Watch, picture: Picture) -> None:
    """Newest first: one waits, one died; the cursor is on the first."""
    died(store)
    watch.passes(minutes=5)
    posted(store, "test:2", subject="Clave de prepago confirmada: 38SQ-••••")
    async with at_the_desk(store) as soporte:
        await soporte.signs_in("soporte")
        await goes_to(soporte, "Correos")
        await picture(soporte.pilot)


async def test_a_mail(store: Store, picture: Picture) -> None:
    """Where it is, what the server said, what it says."""
    died(store)
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Correos")
        await auditor.presses("enter")
        await picture(auditor.pilot)


async def test_a_dead_mail_is_sent_again_and_the_cursor_stays_on_it(
    store: Store, watch: Watch
) -> None:
    dead = died(store)
    watch.passes(minutes=5)
    posted(store, "test:2")
    async with at_the_desk(store) as soporte:
        await soporte.signs_in("soporte")
        await goes_to(soporte, "Correos")
        assert soporte.under_cursor.startswith("14/07/2020 13:05 En cola")
        await soporte.presses("r")  # greyed: that one did not die
        assert mail_of(store, "test:2").attempts == 0
        await soporte.goes_to("No salió")
        posted(store, "test:3", "test:4")  # above it, from elsewhere
        await soporte.presses("r")
        assert soporte.status == "Quedó en cola; se envía en seguida."
        assert soporte.under_cursor.startswith("14/07/2020 13:00 En cola")
        soporte.sees("1-4 de 4")
    assert rows(store, Mail)[0].id == dead


async def test_the_auditor_sends_nothing(store: Store) -> None:
    died(store)
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Correos")
        await auditor.presses("r")
        auditor.sees("No salió")


async def test_audit(store: Store, picture: Picture) -> None:
    """Newest first: when, who, what, to what, from where."""
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Bitácora")
        await picture(auditor.pilot)


async def test_an_event(store: Store, picture: Picture) -> None:
    """All that was written down of it, and the hash that holds it."""
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Bitácora")
        await auditor.goes_to("Pago confirmado")
        await auditor.presses("enter")
        await picture(auditor.pilot)


async def test_who_did_what_on_a_day(store: Store, picture: Picture) -> None:
    """The filter, with a day that is none; it says so beside the field."""
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Bitácora")
        await auditor.presses("f")
        await auditor.types("caja1")
        await auditor.presses("enter")
        await auditor.types("31/02/2020")
        await auditor.presses("enter")
        await picture(auditor.pilot)
        await auditor.types_anew("13/07/2020")
        await auditor.presses("enter")
        auditor.sees("Bitácora · caja1 · 13/07/2020", "1-2 de 2", "Pago registrado")
        await auditor.presses("f")
        await auditor.types_anew("nadie")
        await auditor.presses("enter")
        auditor.sees("No hay un usuario «nadie».")


async def test_a_thousand_events_are_read_as_they_come_into_sight(store: Store) -> None:
    caja = member(store, "caja1")
    with store.writing() as session:
        for number in range(1000):
            record(session, caja, "statement.read", f"statement:{number}", now=store.clock.now())
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        await goes_to(auditor, "Bitácora")
        await auditor.presses("end", "home", "pagedown", "enter")
        auditor.sees("estado de cuenta 98")
        await auditor.presses("escape", "j")
        await auditor.types("500")
        await auditor.presses("enter", "enter")
        auditor.sees("estado de cuenta 5")


@pytest.mark.parametrize(
    ("username", "seen"),
    [("caja1", set()), ("soporte", {"Correos"}), ("auditor", {"Correos", "Bitácora"})],
)
async def test_who_has_which_page(store: Store, username: str, seen: set[str]) -> None:
    async with at_the_desk(store) as person:
        await person.signs_in(username)
        await person.presses("m")
        for entry in ("Correos", "Bitácora"):
            (person.sees if entry in seen else person.sees_not)(entry)


async def test_a_slow_list_lets_the_keys_through_and_the_newest_filter_wins(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, let_go = Listing.open, threading.Event()

    def open_slowly(listing: Listing[AuditRow]) -> None:
        if not let_go.is_set() and len(asked) < 2:
            asked.append(listing)
            assert let_go.wait(30)
        opened(listing)

    asked: list[Listing[AuditRow]] = []
    async with at_the_desk(store) as auditor:
        await auditor.signs_in("auditor")
        monkeypatch.setattr(Listing, "open", open_slowly)
        auditor.hits("m")
        await auditor.sees_soon("Bitácora")
        await auditor.goes_to("Bitácora")
        auditor.hits("enter")
        await auditor.sees_soon("Buscando…")
        auditor.hits("f5")
        await auditor.sees_soon("Buscando…")
        auditor.sees_not("Ningún suceso")
        auditor.hits("f", *"caja1", "enter", "enter")
        await auditor.sees_soon("Bitácora · caja1")
        await auditor.sees_soon("Pago registrado")
        let_go.set()
        await auditor.settles()
        auditor.sees("Bitácora · caja1", "1-10 de 10")
        auditor.sees_not("Buscando…", "caja2")
    assert len(asked) == 2
