"""Contracting, ordering and paying on the screen: each page and window as a picture, and what they answer.

`make pictures` draws the pictures anew.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from store.demo import CUSTOMER, DISTRIBUTOR, ENDING, FREE, LARGE, SUSPENDED
from store.installation.store import Store
from tests.conftest import Picture
from tests.store.orders.shopping import bought, paid, spei
from tests.store.people import member
from tests.tui.person import Person, at_the_desk


@pytest.fixture
async def customer(person: Person) -> Person:
    """Somebody of the desk that has nothing yet."""
    await person.signs_in(CUSTOMER)
    return person


async def goes_to_espacio(person: Person) -> None:
    await person.presses("m")
    await person.goes_to("Espacio")
    await person.presses("enter")


async def orders_4g(person: Person) -> None:
    await goes_to_espacio(person)
    await person.presses("u", "enter")
    await person.presses("e", "space", "enter")


async def test_espacio_where_nothing_is_contracted(customer: Person, picture: Picture) -> None:
    """The banner of the free gigabyte, the seed's table without custody, the button to contract."""
    await goes_to_espacio(customer)
    customer.sees("Espacio Aspel 1GB Gratis Comienza Ahora", "Usuarios ilimitados")
    await picture(customer.pilot)


async def test_free_gigabyte(customer: Person, picture: Picture) -> None:
    """The confirmation with address and storage; the banner never comes back."""
    await goes_to_espacio(customer)
    await customer.presses("enter")
    customer.sees("El servicio se activó de forma correcta.")
    await picture(customer.pilot)
    await customer.presses("enter")
    customer.sees("1G gratuito · Activo", "sin fecha final")
    assert "Gratis" not in customer.text


async def test_a_suspended_espacio(person: Person, picture: Picture) -> None:
    """It says that it has ended, and until when it may still be looked at."""
    await person.signs_in(SUSPENDED, door="Mi cuenta Aspel")
    await goes_to_espacio(person)
    await picture(person.pilot)


async def test_plan_picker(customer: Person, picture: Picture) -> None:
    """Plans, terms and the seed's five lines side by side; the name below."""
    await goes_to_espacio(customer)
    await customer.presses("u")
    customer.sees("$ 65.00", "$ 0.00", "$ 10.40", "$ 75.40")
    await picture(customer.pilot)


async def test_every_quote_fits_beside_the_years_of_custody(store: Store, picture: Picture) -> None:
    """Where the desk has Sellado CFDI the table is at its widest; the total is there whatever is chosen."""
    async with at_the_desk(store) as herreria:
        await herreria.signs_in(FREE, door="Mi cuenta Aspel")
        await goes_to_espacio(herreria)
        await herreria.presses("u")
        for _plan in range(4):
            await herreria.presses("down", "left", "left", "left", "left")
            for _term in range(5):
                herreria.sees("Subtotal", "Impuesto(s)", "Total:", "AGREGAR AL CARRITO")
                assert herreria.words.count("5 años") == 4
                await herreria.presses("right")
        await picture(herreria.pilot)


async def test_the_quote_follows_each_move(customer: Person) -> None:
    await goes_to_espacio(customer)
    await customer.presses("u", "down", "right", "right", "right", "right")
    customer.sees("Descuento (10%)", "-$ 187.20", "$ 1,684.80", "$ 269.57", "$ 1,954.37")
    customer.sees("→ EKU9003173C9")
    await customer.presses("n")
    customer.sees("→ kemper")


async def test_combinations(customer: Person, picture: Picture) -> None:
    """Twenty lines: total, price per month, saving."""
    await goes_to_espacio(customer)
    await customer.presses("t")
    customer.sees("Ahorro", "$ 75.40")
    await picture(customer.pilot)


async def test_cart(customer: Person, picture: Picture) -> None:
    """The line, its sum with tax, and «1 Producto» in the heading."""
    await goes_to_espacio(customer)
    await customer.presses("u", "enter")
    customer.sees("Carrito", "1 Producto", "$ 75.40")
    await picture(customer.pilot)


async def test_packages(customer: Person, picture: Picture) -> None:
    """The packages of stamps with their prices."""
    await customer.presses("m")
    await customer.goes_to("Comprar ahora")
    await customer.presses("enter", "a")
    await picture(customer.pilot)
    await customer.presses("enter")
    customer.sees("50 Timbres", "1 Producto")


async def test_quantity_refused(customer: Person, picture: Picture) -> None:
    """A quantity that cannot be gets its sentence; the cart stays."""
    await customer.presses("m")
    await customer.goes_to("Comprar ahora")
    await customer.presses("enter", "a", "enter", "c")
    await customer.types("mil")
    await customer.presses("enter")
    await picture(customer.pilot)
    await customer.presses("escape")
    customer.sees("1 Producto")


async def test_checkout(customer: Person, picture: Picture) -> None:
    """The order's lines and total, the box of the conditions."""
    await goes_to_espacio(customer)
    await customer.presses("u", "enter", "e")
    await picture(customer.pilot)


async def test_checkout_needs_the_conditions(customer: Person, picture: Picture) -> None:
    """Enter without the box: one sentence, no order."""
    await goes_to_espacio(customer)
    await customer.presses("u", "enter", "e", "enter")
    await picture(customer.pilot)
    await customer.presses("escape", "p")
    customer.sees("Todavía no hay pedidos.")


async def test_orders(customer: Person, picture: Picture) -> None:
    """The order with its folio, what it lacks, and the saldo a favor."""
    await orders_4g(customer)
    customer.sees("Mis pedidos", "Por pagar", "$ 75.40")
    await picture(customer.pilot)


async def test_slip(customer: Person, picture: Picture) -> None:
    """The ficha de pago: CLABE, reference of seven digits, exact amount, due date."""
    await orders_4g(customer)
    await customer.presses("f")
    customer.sees("032 180 00011835971 9", "$ 75.40")
    await picture(customer.pilot)


async def test_the_slip_is_saved_as_text(customer: Person, store: Store) -> None:
    await orders_4g(customer)
    await customer.presses("g")
    (file,) = Path(store.settings.exports).glob("*.txt")
    assert "$ 75.40" in file.read_text("utf-8")


async def test_declare(customer: Person, picture: Picture) -> None:
    """How it was paid; no field for a card number."""
    await orders_4g(customer)
    await customer.presses("d")
    await picture(customer.pilot)


async def test_declare_refused(customer: Person, picture: Picture) -> None:
    """An amount where the bank should be: the sentence beside that field, nothing declared."""
    await orders_4g(customer)
    await customer.presses("d", "tab", "tab", "tab")
    await customer.types("$ 75.405")
    await customer.presses("enter", "enter")
    customer.sees("Escribe el nombre del banco del que salió el pago.")
    await picture(customer.pilot)
    await customer.presses("escape")
    customer.sees("Por pagar")


async def test_an_order_is_cancelled_with_a_reason(customer: Person, picture: Picture) -> None:
    """Asks why; afterwards the order says that it is cancelled."""
    await orders_4g(customer)
    await customer.presses("x")
    await picture(customer.pilot)
    await customer.types("Ya no lo necesito")
    await customer.presses("enter")
    customer.sees("Cancelado")


async def test_order(customer: Person, picture: Picture) -> None:
    """An order's whole story."""
    await orders_4g(customer)
    await customer.presses("enter")
    await picture(customer.pilot)


async def test_espacio_login(customer: Person, picture: Picture) -> None:
    """The Espacio's own door, filled with its name and usuario."""
    await goes_to_espacio(customer)
    await customer.presses("enter", "enter", "e")
    await picture(customer.pilot)
    await customer.types("no es esta")
    await customer.presses("enter")
    assert "incorrect" in customer.words


async def test_espacio_password(customer: Person, picture: Picture) -> None:
    """The code of the mail and a new password; a wrong code gets one sentence."""
    await goes_to_espacio(customer)
    await customer.presses("enter", "enter", "k")
    await customer.types("ABCD2345")
    await customer.presses("enter")
    await customer.types("una clave larga")
    await customer.presses("enter")
    await customer.types("una clave larga")
    await customer.presses("enter")
    await picture(customer.pilot)


@pytest.fixture
async def cashier(store: Store) -> AsyncIterator[Person]:
    """Somebody of the caja."""
    async with at_the_desk(store) as person:
        await person.signs_in("caja1")
        yield person


async def test_payments(cashier: Person, picture: Picture) -> None:
    """The payments of all desks that wait for a decision."""
    cashier.sees("Pagos por decidir")
    await picture(cashier.pilot)


async def test_new_payment_of_an_unknown_order(cashier: Person, picture: Picture) -> None:
    """A folio that no order has gets its sentence."""
    await cashier.presses("n")
    await cashier.types("P-999999")
    await cashier.presses("enter")
    await picture(cashier.pilot)


async def test_refunds(cashier: Person, picture: Picture) -> None:
    """The refunds that wait for a second person."""
    await cashier.presses("m")
    await cashier.goes_to("Reembolsos")
    await cashier.presses("enter")
    await picture(cashier.pilot)


async def test_statement(cashier: Person, picture: Picture, tmp_path: Path) -> None:
    """Every line of the bank's file with the order it may belong to; nothing is paid by it."""
    file = tmp_path / "banco.csv"
    file.write_text(
        "Fecha,Abono,Referencia\n14/07/2020,75.40,0000013\n14/07/2020,1.00,x\n", "utf-8"
    )
    await cashier.presses("m")
    await cashier.goes_to("Estado de cuenta")
    await cashier.presses("enter", "l")
    await cashier.types("Banco de ejemplo")
    await cashier.presses("enter")
    await cashier.types(str(file))
    await cashier.presses("enter")
    cashier.sees("banco.csv", "sin pedido")
    await picture(cashier.pilot)
    await cashier.presses("l")
    await cashier.types(str(file))
    await cashier.presses("enter")
    cashier.sees("Ese archivo ya se leyó")


async def test_a_smaller_plan_is_told_to_wait(store: Store, picture: Picture) -> None:
    """When a plan would begin stands below its price: a smaller one, at the end of the term."""
    async with at_the_desk(store) as large:
        await large.signs_in(LARGE, door="Mi cuenta Aspel")
        await goes_to_espacio(large)
        await large.presses("u", "n")
        large.sees("Empieza al terminar el actual: del 02/03/2021 al 02/04/2021")
        await picture(large.pilot)


async def test_a_scheduled_change_is_taken_back(store: Store, picture: Picture) -> None:
    """What was paid for it is told before, and is saldo a favor afterwards."""
    bought(store, member(store, LARGE))
    async with at_the_desk(store) as large:
        await large.signs_in(LARGE, door="Mi cuenta Aspel")
        await goes_to_espacio(large)
        large.sees("4G desde el 02/03/2021")
        await large.presses("q")
        await picture(large.pilot)
        await large.presses("enter")
        large.sees("Cambio quitado: $ 75.40 quedan como saldo a favor.")
        large.sees_not("4G desde el")
        await large.presses("q")
        large.sees_not("Quitar el cambio programado")


async def test_saldo_and_where_it_comes_from(store: Store, picture: Picture) -> None:
    """Every movement of the saldo a favor, with what was left after it."""
    async with at_the_desk(store) as large:
        await large.signs_in(LARGE, door="Mi cuenta Aspel")
        await large.presses("m")
        await large.goes_to("Comprar ahora")
        await large.presses("enter", "p", "b")
        await picture(large.pilot)


async def test_the_balance_is_read_again_with_the_orders(store: Store) -> None:
    """What the caja confirms meanwhile is there with F5."""
    order = bought(store, member(store, LARGE))
    async with at_the_desk(store) as large:
        await large.signs_in(LARGE, door="Mi cuenta Aspel")
        await large.presses("m")
        await large.goes_to("Comprar ahora")
        await large.presses("enter", "p")
        large.sees("Saldo a favor: $ 168.20")
        paid(store, order.order_id, spei(store, 123_400, "DE MÁS"))
        await large.presses("f5")
        large.sees("Leída de nuevo.", "Saldo a favor: $ 1,402.20")


async def test_receipt(store: Store, picture: Picture) -> None:
    """Folio, lines, how it was paid, and that it is no CFDI; saved as text with another key."""
    async with at_the_desk(store) as large:
        await large.signs_in(LARGE, door="Mi cuenta Aspel")
        await large.presses("m")
        await large.goes_to("Comprar ahora")
        await large.presses("enter", "p")
        await large.goes_to("Surtido")
        await large.presses("r")
        large.sees("Este comprobante no es un CFDI.")
        await picture(large.pilot)
        await large.presses("enter", "g")
    (file,) = Path(store.settings.exports).glob("comprobante-*.txt")
    assert "Este comprobante no es un CFDI." in file.read_text("utf-8")


async def test_ordering_again_says_what_is_left_out(store: Store) -> None:
    """While another order for the Espacio waits, its line cannot be ordered again."""
    async with at_the_desk(store) as customer:
        await customer.signs_in(CUSTOMER)
        await orders_4g(customer)
        await customer.presses("o")
        customer.sees("Esto ya no se puede pedir:", "Ya hay un pedido por pagar")
        await customer.presses("enter")
        customer.sees("Carrito")


WIDE = (132, 40)


async def test_espacio_wide(store: Store, picture: Picture) -> None:
    """With room, the menu stays beside what the desk has."""
    async with at_the_desk(store, WIDE) as large:
        await large.signs_in(LARGE, door="Mi cuenta Aspel")
        await goes_to_espacio(large)
        await picture(large.pilot)


async def test_plan_picker_wide(store: Store, picture: Picture) -> None:
    """The picker over the page, six lines of a quote with credit."""
    async with at_the_desk(store, WIDE) as ending:
        await ending.signs_in(ENDING, door="Mi cuenta Aspel")
        await goes_to_espacio(ending)
        await ending.presses("u", "down")
        ending.sees("Crédito")
        await picture(ending.pilot)


async def test_cart_wide(store: Store, picture: Picture) -> None:
    """The distributor's cart with three units."""
    async with at_the_desk(store, WIDE) as distributor:
        await distributor.signs_in(DISTRIBUTOR)
        await distributor.presses("m")
        await distributor.goes_to("Comprar ahora")
        await distributor.presses("enter")
        distributor.sees("3 Productos")
        await picture(distributor.pilot)


async def test_orders_wide(store: Store, picture: Picture) -> None:
    """Orders in several states."""
    async with at_the_desk(store, WIDE) as ending:
        await ending.signs_in(ENDING, door="Mi cuenta Aspel")
        await ending.presses("m")
        await ending.goes_to("Comprar ahora")
        await ending.presses("enter", "p")
        await picture(ending.pilot)


async def test_payments_wide(store: Store, picture: Picture) -> None:
    """The inbox of the caja."""
    async with at_the_desk(store, WIDE) as caja1:
        await caja1.signs_in("caja1")
        await picture(caja1.pilot)
