"""The made-up desks that the demo, the tests and the pictures share: July 2020, as in the seeds."""

from __future__ import annotations

from store.calendar import system_time
from store.demo.crowd import CrowdFurnisher
from store.demo.keys import KeyFurnisher
from store.demo.names import (
    ANOTHER_DESKS,
    CUSTOMER,
    DISTRIBUTOR,
    ENDING,
    EXPIRED,
    FREE,
    GOOD_50,
    GOOD_200,
    IN_GRACE,
    LARGE,
    OTHERS,
    PASSWORD,
    STAFF,
    START,
    SUSPENDED,
    TO_TYPE,
    VOID,
)
from store.demo.orders import furnish_orders
from store.demo.people import add_people
from store.installation.opening import create_store
from store.installation.pepper import DEMO_PEPPER
from store.installation.store import Store
from store.settings import Settings

__all__ = [
    "ANOTHER_DESKS",
    "CUSTOMER",
    "DISTRIBUTOR",
    "ENDING",
    "EXPIRED",
    "FREE",
    "GOOD_50",
    "GOOD_200",
    "IN_GRACE",
    "LARGE",
    "OTHERS",
    "PASSWORD",
    "STAFF",
    "START",
    "SUSPENDED",
    "TO_TYPE",
    "VOID",
    "create_demo",
]


def create_demo(settings: Settings, *, keys: int = 0) -> Store:
    """Make the demo store where the settings say, living in July 2020 from this moment on.

    Args:
        keys: How many keys the distributor's desk holds beside those that every demo has.

    Raises:
        Refusal: Something is there already.
    """

    def furnish(store: Store) -> None:
        with store.writing() as session:
            desks = add_people(session)
            KeyFurnisher(session, store.pepper, store.clock).furnish(
                desks[DISTRIBUTOR], desks[FREE]
            )
            furnish_orders(session, store)
            if keys:
                CrowdFurnisher(session, desks[DISTRIBUTOR]).furnish(keys)

    offset = START - system_time()
    return create_store(settings, pepper=DEMO_PEPPER, offset=offset, demo=True, furnish=furnish)
