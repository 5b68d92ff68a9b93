"""Espacios of the tests: offered, paid for, delivered; the way from cart to payment is another concept's."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlmodel import Session, col, select

from store.accounts.desks import NewDesk, add_desk
from store.accounts.names import Rfc
from store.accounts.person import Person, account_of, desk_of
from store.accounts.tables import Account, Desk, DeskKind
from store.espacio.contracts import deliver
from store.espacio.free import Activated, activate_free
from store.espacio.offers import Offer, quote_for
from store.espacio.summary import EspacioSummary, summary_of
from store.espacio.tables import Espacio, EspacioCode, EspacioContract, Naming
from store.installation.counters import next_number
from store.installation.store import Store
from store.legal.tables import Acceptance, LegalText
from store.mail.tables import Mail
from store.orders.reference import ORDER_COUNTER
from store.orders.tables import BalanceEntry, OrderItem, OrderState, SaleOrder
from tests.store.contents import rows
from tests.store.lots import CONSOLE
from tests.store.people import member
from tests.store.watch import MEXICO, Watch


def noon_of(watch: Watch, day: date) -> None:
    """Move the watch to noon of a day."""
    watch.instant = datetime.combine(day, time(12), MEXICO)


def new_desk(store: Store, username: str, rfc: str, name: str = "EMPRESA NUEVA") -> Person:
    """Register a company, and give its titular."""
    desk = NewDesk(name, Rfc(rfc, True), f"{username}@demo.example", DeskKind.CUSTOMER, username)
    with store.writing() as session:
        add_desk(session, CONSOLE, desk, "demo2020", now=store.clock.now())
        account = session.exec(select(Account).where(Account.username == username)).one()
        account.must_change_password = False
        session.add(account)
    return member(store, username)


def activated(store: Store, person: Person) -> Activated:
    """Take the free gigabyte."""
    with store.writing() as session:
        return activate_free(session, person, store)


def offered(
    store: Store, person: Person, plan: str, term: str = "mensual", *, renewing: bool = False
) -> Offer:
    """Ask for a quote."""
    with store.reading() as session:
        return quote_for(session, person, f"ESPACIO-{plan}", term, store.clock, renewing=renewing)


def paid_for(store: Store, person: Person, offer: Offer, naming: Naming = Naming.RFC) -> int:
    """Write down an order as it is once it is paid, and give the number of its one line."""
    with store.writing() as session:
        order = _order(session, store, person, offer)
        item = _line(order.id, offer, naming)
        session.add(item)
        session.flush()
        return item.id


def waiting_to_be_paid(store: Store, person: Person, offer: Offer) -> SaleOrder:
    """Write down an order that nobody has paid yet."""
    with store.writing() as session:
        order = _order(session, store, person, offer)
        order.state, order.paid_at, order.paid_centavos = OrderState.TO_PAY, None, 0
        session.add(order)
        session.add(_line(order.id, offer, Naming.RFC))
        return order


def _order(session: Session, store: Store, person: Person, offer: Offer) -> SaleOrder:
    quote, now = offer.quote, store.clock.now()
    number = next_number(session, ORDER_COUNTER)
    text = session.exec(select(LegalText)).first()
    assert text is not None
    acceptance = Acceptance(
        legal_text_id=text.id,
        account_id=account_of(person),
        desk_id=desk_of(person),
        accepted_at=now,
    )
    session.add(acceptance)
    session.flush()
    order = SaleOrder(
        number=number,
        desk_id=desk_of(person),
        state=OrderState.PAID,
        tax_rate_bp=quote.tax_rate_bp,
        gross_centavos=quote.gross_centavos,
        discount_centavos=quote.discount_centavos,
        credit_centavos=quote.credit_centavos,
        subtotal_centavos=quote.subtotal_centavos,
        tax_centavos=quote.tax_centavos,
        total_centavos=quote.total_centavos,
        paid_centavos=quote.total_centavos,
        token=f"token-{number}",
        acceptance_id=acceptance.id,
        placed_by=person.account_id,
        placed_at=now,
        due_on=store.clock.today(),
        paid_at=now,
        created_at=now,
    )
    session.add(order)
    session.flush()
    return order


def _line(order_id: int, offer: Offer, naming: Naming) -> OrderItem:
    quote = offer.quote
    return OrderItem(
        order_id=order_id,
        product_code=offer.plan.code,
        description=quote.description,
        unit_centavos=quote.unit_centavos,
        months=quote.months,
        discount_bp=quote.discount_bp,
        gross_centavos=quote.gross_centavos,
        discount_centavos=quote.discount_centavos,
        credit_centavos=quote.credit_centavos,
        espacio_line=True,
        term_code=offer.term.code,
        change=offer.change,
        naming=naming,
    )


def delivered(store: Store, item_id: int) -> None:
    """Deliver a paid line, as the confirmation of its payment does."""
    with store.writing() as session:
        item = session.get_one(OrderItem, item_id)
        order = session.get_one(SaleOrder, item.order_id)
        desk = session.get_one(Desk, order.desk_id)
        deliver(session, CONSOLE, item, desk, store)
        order.state, order.delivered_at = OrderState.DELIVERED, store.clock.now()
        session.add(order)


def bought(
    store: Store,
    person: Person,
    plan: str = "4G",
    term: str = "mensual",
    naming: Naming = Naming.RFC,
    *,
    renewing: bool = False,
) -> EspacioContract:
    """Be offered a plan, pay it, have it."""
    item_id = paid_for(store, person, offered(store, person, plan, term, renewing=renewing), naming)
    delivered(store, item_id)
    with store.reading() as session:
        return session.exec(
            select(EspacioContract).where(EspacioContract.order_item_id == item_id)
        ).one()


def contracts(store: Store, person: Person) -> list[EspacioContract]:
    """Give the contracts of the person's desk, oldest first."""
    with store.reading() as session:
        return list(
            session.exec(
                select(EspacioContract)
                .join(Espacio, col(Espacio.id) == col(EspacioContract.espacio_id))
                .where(Espacio.desk_id == person.desk_id)
                .order_by(col(EspacioContract.id))
            ).all()
        )


def espacio_of(store: Store, person: Person) -> Espacio:
    """Give the Espacio of the person's desk."""
    with store.reading() as session:
        return session.exec(select(Espacio).where(Espacio.desk_id == person.desk_id)).one()


def summary(store: Store, person: Person) -> EspacioSummary:
    """Say what the person's desk has."""
    with store.reading() as session:
        found = summary_of(session, person, store.clock, store.words)
    assert found is not None
    return found


def uses(store: Store, person: Person, **values: int) -> None:
    """Fill an Espacio: `uses(store, kemper, users_in_use=14)`."""
    with store.writing() as session:
        espacio = session.exec(select(Espacio).where(Espacio.desk_id == person.desk_id)).one()
        for name, value in values.items():
            setattr(espacio, name, value)
        session.add(espacio)


def folio_of(store: Store, item_id: int) -> str:
    """Give the folio of the order that a line stands in."""
    with store.reading() as session:
        return session.get_one(SaleOrder, session.get_one(OrderItem, item_id).order_id).folio


def mails(store: Store, person: Person) -> list[Mail]:
    """Give the mails to the person's desk about its Espacio, oldest first."""
    return [
        mail
        for mail in rows(store, Mail)
        if mail.desk_id == person.desk_id and mail.fact.startswith("espacio-")
    ]


def facts(store: Store, person: Person) -> list[str]:
    """Give what those mails are of, «espacio-contracted»."""
    return [mail.fact.split(":")[0] for mail in mails(store, person)]


def codes(store: Store, person: Person) -> list[EspacioCode]:
    """Give the one-time codes of the person's desk, oldest first."""
    espacio = espacio_of(store, person)
    return [code for code in rows(store, EspacioCode) if code.espacio_id == espacio.id]


def balance(store: Store, person: Person) -> list[BalanceEntry]:
    """Give what moved the saldo a favor of the person's desk."""
    return [entry for entry in rows(store, BalanceEntry) if entry.desk_id == person.desk_id]
