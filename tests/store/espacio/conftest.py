"""The Espacios of the demo's other desks stand aside: a test's clock moves nobody but those whom it names."""

import pytest
from sqlmodel import col, update

from store.espacio.clock_work import tick
from store.espacio.tables import CURRENT, ContractState, EspacioContract
from store.installation.store import Store
from store.orders.tables import OPEN, OrderState, SaleOrder


@pytest.fixture
def store(address: str, store: Store) -> Store:
    """The demo store, with nothing due but what a test brings about.

    Args:
        address: Named so that pytest sees on how many databases the test runs.
    """
    with store.writing() as session:
        session.exec(
            update(EspacioContract)
            .where(col(EspacioContract.state).in_((*CURRENT, ContractState.SCHEDULED)))
            .values(state=ContractState.CANCELLED)
        )
        session.exec(
            update(SaleOrder)
            .where(col(SaleOrder.state).in_(OPEN))
            .values(state=OrderState.CANCELLED, reason="Para la prueba.")
        )
    tick(store)
    return store
