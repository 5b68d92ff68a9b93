"""Taking a scheduled change back: it never begins, and what was paid for it is saldo a favor, once."""

from typing import Any

import pytest

from store.accounts.person import Person
from store.accounts.tables import Role
from store.audit.tables import AuditEvent
from store.errors import NoChangeWaits, NotAllowed, OrderRefused, OrderWaits
from store.espacio.clock_work import tick
from store.espacio.removing import Removal, removal_of, remove_change
from store.espacio.tables import ContractState as S
from store.installation.store import Store
from store.orders.refunds import approve_refund, ask_refund, refund_effects
from store.orders.tables import LedgerReason
from tests.store.contents import contents, rows
from tests.store.espacio.buying import balance, contracts, facts, mails, summary
from tests.store.orders.shopping import bought, ordered
from tests.store.people import colleague, member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch


def removed(store: Store, person: Person) -> Removal:
    with store.writing() as session:
        return remove_change(session, person, store)


def told(store: Store, act: Any, person: Person, *given: Any) -> Any:
    with store.reading() as session:
        return act(session, person, *given)


def test_its_money_is_saldo_and_the_plan_in_force_stays(store: Store, kemper: Person) -> None:
    bought(store, kemper, "10G")
    order = bought(store, kemper, "4G", stamps=1)
    assert told(store, removal_of, kemper, store.clock).centavos == 7_540
    assert removed(store, kemper).centavos == 7_540
    assert [contract.state for contract in contracts(store, kemper)] == [S.ACTIVE, S.CANCELLED]
    (entry,) = balance(store, kemper)
    assert (entry.delta_centavos, entry.reason) == (7_540, LedgerReason.CREDIT)
    assert entry.order_id == order.order_id
    assert summary(store, kemper).scheduled is None
    assert facts(store, kemper)[-1] == "espacio-removed"
    assert "Quedaron $ 75.40 como saldo a favor." in mails(store, kemper)[-1].body
    assert rows(store, AuditEvent)[-1].action == "espacio.change_removed"


def test_it_is_taken_back_once(store: Store, kemper: Person) -> None:
    bought(store, kemper, "10G")
    bought(store, kemper, "4G")
    removed(store, kemper)
    before = contents(store)
    with refused("No hay un cambio programado.", NoChangeWaits):
        removed(store, kemper)
    assert contents(store) == before


def test_nor_given_back_again_by_a_refund(store: Store, kemper: Person) -> None:
    bought(store, kemper, "10G")
    order = bought(store, kemper, "4G")
    with store.writing() as session:
        caja, now = member(store, "caja1"), store.clock.now()
        refund = ask_refund(session, caja, order.order_id, "Lo pidió.", now=now)
    removed(store, kemper)
    with (
        refused(
            "El cambio de ese pedido se quitó, y su importe ya es saldo a favor.", OrderRefused
        ),
        store.writing() as session,
    ):
        approve_refund(session, member(store, "admin"), refund, now=store.clock.now())


def test_not_while_an_order_counts_on_its_money(store: Store, kemper: Person) -> None:
    """An upgrade takes the waiting change over as a credit."""
    bought(store, kemper, "10G")
    bought(store, kemper, "4G")
    upgrade = ordered(store, kemper, "40G", "anual")
    with refused(f"Ya hay un pedido por pagar ({upgrade.folio}).", OrderWaits):
        removed(store, kemper)


def test_nor_is_a_contract_refunded_whose_credit_is_in_another_order(
    store: Store, kemper: Person
) -> None:
    first = bought(store, kemper, "4G")
    upgrade = ordered(store, kemper, "10G", "anual")
    with refused(f"El pedido {upgrade.folio} cambia ese contrato; cancélalo antes.", OrderRefused):
        told(store, refund_effects, member(store, "caja1"), first.order_id)


def test_its_day_has_come(store: Store, kemper: Person, watch: Watch) -> None:
    bought(store, kemper, "10G")
    bought(store, kemper, "4G")
    watch.passes(days=31)
    with refused("No hay un cambio programado.", NoChangeWaits):
        removed(store, kemper)


@pytest.mark.parametrize("role", [Role.OPERADOR, Role.CONSULTA])
def test_only_the_titular_may_have_money_given_back(
    store: Store, kemper: Person, role: Role
) -> None:
    bought(store, kemper, "10G")
    bought(store, kemper, "4G")
    somebody = colleague(store, kemper, "alguien", role)
    with refused(NOT_ALLOWED, NotAllowed):
        removed(store, somebody)
    with refused(NOT_ALLOWED, NotAllowed):
        told(store, removal_of, somebody, store.clock)


def test_afterwards_the_end_is_that_of_the_plan_that_was_in_force(
    store: Store, kemper: Person, watch: Watch
) -> None:
    bought(store, kemper, "10G")
    bought(store, kemper, "4G")
    removed(store, kemper)
    watch.passes(days=31)
    tick(store)
    assert (summary(store, kemper).plan.modality, summary(store, kemper).state) == ("10G", S.GRACE)
    watch.passes(days=60)
    tick(store)
    assert (summary(store, kemper).plan.modality, summary(store, kemper).state) == (
        "10G",
        S.EXPIRED,
    )
