"""The demo's orders in every state, and the Espacios that came of them: told day by day, through the store's doors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from sqlmodel import Session, col, delete, select, update

from store.accounts.person import Person
from store.calendar import Clock
from store.demo.names import DISTRIBUTOR, ENDING, FREE, IN_GRACE, LARGE, SUSPENDED
from store.demo.people import person_of
from store.espacio.free import activate_free
from store.espacio.passing import catch_up, record_steps
from store.espacio.tables import Espacio, Naming
from store.installation.store import Store
from store.mail.tables import Mail
from store.orders.cancel import cancel_order
from store.orders.cart import put_espacio, put_stamps
from store.orders.checkout import PlacedOrder, place, prepare
from store.orders.deciding import confirm_payment
from store.orders.expiry import expire_orders
from store.orders.movement import Money
from store.orders.payments import declare_payment, record_payment
from store.orders.refunds import approve_refund, ask_refund
from store.orders.tables import OrderState, Payment, PaymentMethod, PaymentState, SaleOrder
from store.text import _

_MORNING = time(11, 0)
_SPEI, _CASH, _CARD = PaymentMethod.SPEI, PaymentMethod.CASH, PaymentMethod.CARD


def furnish_orders(session: Session, store: Store) -> None:
    """Tell the story of the demo's orders up to now; it leaves no mail, since nobody is to be written to about it."""
    _Story(session, store).tell()
    for espacio in session.exec(select(Espacio)).all():
        record_steps(session, catch_up(session, espacio, store.clock.today()), store.clock)
    distributor = person_of(session, DISTRIBUTOR)
    put_stamps(session, distributor, "TIMBRES-50", 2, store.clock)
    put_stamps(session, distributor, "TIMBRES-200", 1, store.clock)
    session.exec(delete(Mail))


class _Story:
    """What the desks ordered, and how they paid."""

    def __init__(self, session: Session, store: Store) -> None:
        self.session, self._now = session, store
        self.store = store
        self.people = {
            name: person_of(session, name)
            for name in (FREE, ENDING, IN_GRACE, SUSPENDED, LARGE, "caja1", "caja2", "admin")
        }

    def tell(self) -> None:
        """Go through the days; money in centavos."""
        self._until_june()
        self._in_july()

    def _until_june(self) -> None:
        """An Espacio each; one order refunded, one paid in two parts, one paid 0.60 too much, one let go."""
        self._on(1, 3)
        activate_free(self.session, self.people[FREE], self.store)
        self._on(3, 2)
        self._pay(self._contract(LARGE, "ESPACIO-80G", "anual"), _SPEI)
        self._on(4, 20)
        self._refund(self._pay(self._buy(LARGE, "TIMBRES-50"), _CARD))
        self._on(5, 20)
        order = self._contract(SUSPENDED, "ESPACIO-4G", "mensual")
        self._pay(order, _CASH, 5000)
        self._pay(order, _CARD, order.total_centavos - 5000)
        self._on(6, 10)
        order = self._contract(IN_GRACE, "ESPACIO-10G", "mensual")
        self._pay(order, _SPEI, order.total_centavos + 60)
        self._on(6, 12)
        self._contract(SUSPENDED, "ESPACIO-4G", "mensual", renewing=True)
        self._on(6, 22)
        expire_orders(self.session, self.store.clock)

    def _in_july(self) -> None:
        """What waits now: for money, for ten pesos, for caja, for a second person, for delivery."""
        self._on(7, 4)
        self._pay(self._contract(ENDING, "ESPACIO-4G", "mensual"), _SPEI)
        self._on(7, 6)
        order, reason = self._buy(ENDING, "TIMBRES-50"), _("Pedimos el paquete equivocado.")
        now = self.store.clock.now()
        cancel_order(self.session, self.people[ENDING], order.order_id, reason, now=now)
        self._on(7, 8)
        self._keep_undelivered(self._buy(SUSPENDED, "TIMBRES-50"))
        self._on(7, 10)
        order = self._buy(LARGE, "TIMBRES-500")
        money = self._money(_SPEI, order.total_centavos)
        declare_payment(self.session, self.people[LARGE], order.order_id, money, self.store)
        self._on(7, 13)
        self._record(self._buy(FREE, "TIMBRES-50"), _CASH)
        self._buy(ENDING, "TIMBRES-200")
        order = self._buy(IN_GRACE, "TIMBRES-50")
        self._pay(order, _SPEI, order.total_centavos - 1000)

    def _on(self, month: int, day: int) -> None:
        """Let it be the morning of a day of 2020."""
        zone = self._now.clock.zone
        moment = datetime.combine(date(2020, month, day), _MORNING, zone)
        self.store = replace(self._now, clock=Clock(zone, source=lambda: moment))

    def _contract(self, desk: str, plan: str, term: str, *, renewing: bool = False) -> PlacedOrder:
        person, naming, clock = self.people[desk], Naming.USERNAME, self.store.clock
        put_espacio(self.session, person, plan, term, naming, clock, renewing=renewing)
        return self._place(person)

    def _buy(self, desk: str, package: str) -> PlacedOrder:
        put_stamps(self.session, self.people[desk], package, 1, self.store.clock)
        return self._place(self.people[desk])

    def _place(self, person: Person) -> PlacedOrder:
        checkout = prepare(self.session, person, self.store.clock)
        return place(self.session, person, checkout, self.store, accepted=True)

    def _money(self, method: PaymentMethod, amount: int) -> Money:
        day = self.store.clock.today()
        match method:
            case PaymentMethod.SPEI:
                return Money(method, amount, day, "BBVA", f"MBAN01{day:%Y%m%d}{amount:08}")
            case PaymentMethod.CARD:
                return Money(method, amount, day, tracking=f"{amount:06}")
        return Money(method, amount, day)

    def _record(self, order: PlacedOrder, method: PaymentMethod, amount: int | None = None) -> int:
        money = self._money(method, amount or order.total_centavos)
        caja = self.people["caja1"]
        return record_payment(self.session, caja, order.order_id, money, self.store).payment_id

    def _pay(
        self, order: PlacedOrder, method: PaymentMethod, amount: int | None = None
    ) -> PlacedOrder:
        payment_id = self._record(order, method, amount)
        confirm_payment(self.session, self.people["caja2"], payment_id, self.store)
        return order

    def _refund(self, order: PlacedOrder) -> None:
        now, reason = self.store.clock.now(), _("Se compró dos veces.")
        caja, admin = self.people["caja1"], self.people["admin"]
        refund_id = ask_refund(self.session, caja, order.order_id, reason, now=now)
        approve_refund(self.session, admin, refund_id, now=now)

    def _keep_undelivered(self, order: PlacedOrder) -> None:
        """Make the one state that no door leads to on purpose: paid, and its delivery failed."""
        payment_id, now = self._record(order, _CASH), self.store.clock.now()
        decided = {"decided_by": self.people["caja2"].account_id, "decided_at": now}
        self.session.exec(
            update(Payment)
            .where(col(Payment.id) == payment_id)
            .values(state=PaymentState.CONFIRMED, **decided)
        )
        self.session.exec(
            update(SaleOrder)
            .where(col(SaleOrder.id) == order.order_id)
            .values(
                state=OrderState.PAID,
                paid_centavos=order.total_centavos,
                paid_at=now,
                problem=_("No se pudo surtir; surte de nuevo."),
            )
        )
