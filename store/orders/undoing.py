"""What giving an order's money back undoes, told before it is done: contracts end, unused keys are void.

What was used stays used: then the order is not given back. An upgrade that is undone does not bring the smaller plan
back, since its unused days were a credit in this very order; the sentence says so.
"""

from __future__ import annotations

from sqlmodel import Session, col, func, select, update

from store.errors import OrderRefused
from store.espacio.ordered import waiting_order
from store.espacio.passing import move
from store.espacio.tables import CURRENT, ContractState, EspacioContract
from store.keys.tables import KeyLot, KeyState, PrepaidKey
from store.orders.cart import items_of
from store.orders.fulfilment import lot_folio
from store.orders.tables import Change, OrderItem, SaleOrder
from store.text import _, clean, ngettext

_UNUSED = (KeyState.AVAILABLE, KeyState.WITHHELD)


def effects_of(session: Session, order: SaleOrder) -> tuple[str, ...]:
    """Say what would be undone, a sentence for each line.

    Raises:
        OrderRefused: Something cannot be undone; the sentence says what.
    """
    return tuple(_effect(session, order, item) for item in items_of(session, order.id))


def told_effects(session: Session, order: SaleOrder) -> tuple[str, ...]:
    """Say the same, or why it cannot be undone any more."""
    try:
        return effects_of(session, order)
    except OrderRefused as refusal:
        return (refusal.sentence,)


def undo_lines(session: Session, order: SaleOrder, reason: str) -> None:
    """Undo what an order brought; the desk is locked.

    Raises:
        OrderRefused: Something was used since.
    """
    effects_of(session, order)
    for item in items_of(session, order.id):
        contract = _contract_of(session, item)
        if contract is not None:
            if contract.state in (*CURRENT, ContractState.SCHEDULED):
                move(session, contract, contract.state, ContractState.CANCELLED)
        elif item.term_code is None:
            _void_keys(session, order, item, reason)


def _effect(session: Session, order: SaleOrder, item: OrderItem) -> str:
    if item.delivered_at is None:
        said = _("no se había entregado.")
    elif item.term_code is None:
        said = _keys_effect(session, order, item)
    else:
        said = _contract_effect(session, order, _contract_of(session, item), item.change)
    return f"{clean(item.description)}: {said}"


def _contract_effect(
    session: Session, order: SaleOrder, contract: EspacioContract | None, change: Change | None
) -> str:
    if contract is None or contract.state is ContractState.EXPIRED:
        return _("el contrato ya había terminado.")
    if contract.state is ContractState.CANCELLED:
        raise OrderRefused(_("El cambio de ese pedido se quitó, y su importe ya es saldo a favor."))
    if contract.state is ContractState.REPLACED:
        raise OrderRefused(_("El contrato de ese pedido ya dio paso a otro; no se reembolsa."))
    _refuse_while_credited(session, order)
    if contract.state is ContractState.SCHEDULED:
        return _("el contrato programado no comienza.")
    if _has_successor(session, contract):
        raise OrderRefused(_("Otro contrato ya pagado le sigue; reembolsa antes ese pedido."))
    if change is Change.UPGRADE:
        return _("el contrato termina hoy, y el anterior no vuelve.")
    return _("el contrato termina hoy.")


def _refuse_while_credited(session: Session, order: SaleOrder) -> None:
    """Refuse while another order waits whose price may hold the unused days of this one's contract as a credit."""
    other = waiting_order(session, order.desk_id, besides=order.id)
    if other is not None:
        raise OrderRefused(
            _("El pedido {folio} cambia ese contrato; cancélalo antes.").format(folio=other.folio)
        )


def _has_successor(session: Session, contract: EspacioContract) -> bool:
    """Tell whether a contract waits for the end of this one: without it, it would wait for nothing."""
    waiting = select(EspacioContract.id).where(
        EspacioContract.espacio_id == contract.espacio_id,
        EspacioContract.state == ContractState.SCHEDULED,
    )
    return session.exec(waiting).first() is not None


def _keys_effect(session: Session, order: SaleOrder, item: OrderItem) -> str:
    states = _key_states(session, order, item)
    used = states.get(KeyState.USED, 0)
    if used:
        raise OrderRefused(
            ngettext(
                "Ya se utilizó {n} clave de ese pedido; no se reembolsa.",
                "Ya se utilizaron {n} claves de ese pedido; no se reembolsa.",
                used,
            ).format(n=used)
        )
    unused = sum(states.get(state, 0) for state in _UNUSED)
    return ngettext("se anula {n} clave.", "se anulan {n} claves.", unused).format(n=unused)


def _key_states(session: Session, order: SaleOrder, item: OrderItem) -> dict[KeyState, int]:
    found = session.exec(
        select(PrepaidKey.state, func.count())
        .join(KeyLot, col(KeyLot.id) == col(PrepaidKey.lot_id))
        .where(KeyLot.folio == lot_folio(session, order, item))
        .group_by(col(PrepaidKey.state))
    ).all()
    return {KeyState(state): count for state, count in found}


def _contract_of(session: Session, item: OrderItem) -> EspacioContract | None:
    return session.exec(
        select(EspacioContract)
        .where(EspacioContract.order_item_id == item.id)
        .execution_options(populate_existing=True)
    ).first()


def _void_keys(session: Session, order: SaleOrder, item: OrderItem, reason: str) -> None:
    """Void first and look then: a key that is being used in this instant is waited for, and found used."""
    lot = select(KeyLot.id).where(KeyLot.folio == lot_folio(session, order, item))
    session.exec(
        update(PrepaidKey)
        .where(col(PrepaidKey.lot_id) == lot.scalar_subquery(), col(PrepaidKey.state).in_(_UNUSED))
        .values(state=KeyState.VOID, reason=reason)
    )
    _keys_effect(session, order, item)
