"""What stands in a cell of the list, on the screen and in an export alike."""

from __future__ import annotations

from store.calendar import long_date
from store.keys.query import KeyColumn
from store.keys.rows import KeyRow
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps


def said_of_cell(row: KeyRow, column: KeyColumn) -> str:
    """Write one column of a key."""
    match column:
        case KeyColumn.KEY:
            return str(row.key)
        case KeyColumn.QUANTITY:
            return stamps(row.units)
        case KeyColumn.DATE:
            return long_date(row.confirmed_on)
        case KeyColumn.ACTIVATION:
            return said_of_activation(row.activated_on)
        case KeyColumn.STATUS:
            return said_of_state(row.state)
        case KeyColumn.CLIENT:
            return said_of_client(row.client)
