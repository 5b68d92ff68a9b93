"""An auditor at a real terminal: what happened on a day, by whom, and which mails went."""

from tests.e2e.conftest import Sit, enter


def test_what_a_person_of_caja_did_on_a_day(sit: Sit) -> None:
    desk = sit()
    enter(desk, "auditor")
    desk.sees("Pagos por decidir +1-2 de 2")
    desk.press("m")
    desk.sees("┌─ Mis Servicios")
    desk.press("home", *["down"] * 5, "enter")
    desk.sees(r"Bitácora +1-\d+ de \d+")
    desk.type("fcaja1\r13/07/2020\r")
    desk.sees(r"Bitácora · caja1 · 13/07/2020 +1-2 de 2")
    desk.press("down", "enter")
    desk.sees("┌─ Suceso 5")
    desk.sees(r"Pago registrado \(payment.recorded\)")
    desk.press("escape")
    desk.sees_no("┌─ Suceso")
    desk.press("m")
    desk.sees("┌─ Mis Servicios")
    desk.press("home", *["down"] * 4, "enter")
    desk.sees("Todavía no hay correos.")
