"""Lists over the store, read whole."""

from collections.abc import Callable

from sqlmodel import Session

from store.installation.store import Store
from store.windows.listing import Listed, Listing
from store.windows.windows import Row


def rows_of(store: Store, ask: Callable[[Session], Listed[Row]]) -> tuple[Row, ...]:
    """Read all rows of a list, as its page would."""
    listing = Listing(store.reading, ask)
    listing.open()
    return tuple(row for _number, row in listing.rows(0, listing.length))
