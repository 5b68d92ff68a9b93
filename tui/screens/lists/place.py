"""Where one is in a list."""

from __future__ import annotations

from store.text import _, ngettext
from store.windows.listing import COUNTED_FIRST


def said_of_place(in_sight: range, counted: int, length: int, *, is_exact: bool) -> str:
    """Say which rows are in sight, of how many: «1-14 de 37».

    Args:
        in_sight: Their positions, from 0.
        counted: How many rows there are; where not all are counted, how many at least.
        length: How many there are at the most.
        is_exact: Whether all are counted.
    """
    if is_exact:
        number = f"{counted:,}"
    else:
        number = f"{COUNTED_FIRST:,}+" if counted >= COUNTED_FIRST else "…"
        if in_sight.start >= length // 2:
            # Nobody knows yet at which number the end is.
            last = ngettext("La última de {number}", "Las últimas {n} de {number}", len(in_sight))
            return last.format(n=len(in_sight), number=number)
    return _("{first:,}-{last:,} de {number}").format(
        first=in_sight.start + 1, last=in_sight.stop, number=number
    )
