"""What the page says of its list: which rows are in sight, of how many; its groups; what a new reading changed."""

from __future__ import annotations

from store.keys.groups import MOST_GROUPS
from store.keys.listing import KeyListing
from store.keys.words import stamps
from store.text import _, ngettext
from tui.screens.keys.source import KeySource
from tui.screens.lists.place import said_of_place as said_of_rows


def said_of_place(listing: KeyListing, in_sight: range) -> str:
    """Say where one is in a list: «1-14 de 28», or what all groups hold."""
    if listing.is_exact and (listing.query.groups or not listing.keys):
        keys = ngettext("{n:,} clave", "{n:,} claves", listing.keys).format(n=listing.keys)
        return f"{keys} · {stamps(listing.units)}"
    return said_of_rows(in_sight, listing.keys, listing.length, is_exact=listing.is_exact)


def said_of_grouping(listing: KeyListing) -> str:
    """Say by which columns a list is grouped, or how to do it."""
    titles = " > ".join(column.title for column in listing.query.groups)
    if not titles:
        return _("Arrastra una columna aquí para agrupar por ella (g)")
    said = _("Agrupado por {columns} (g)").format(columns=titles)
    if listing.has_more_groups:
        said += _(" · solo los primeros {most:,} grupos; «f» acorta").format(most=MOST_GROUPS)
    return said


def said_of_changes(former: KeySource, now: KeySource, in_sight: range) -> str:
    """Say what is different since the list was read before: «3 claves nuevas; 1 de las que veías cambió.»"""
    parts = []
    more = now.listing.keys - former.listing.keys
    if former.listing.is_exact and now.listing.is_exact and more:
        words = (
            ngettext("{n:,} clave nueva", "{n:,} claves nuevas", more)
            if more > 0
            else ngettext("{n:,} clave menos", "{n:,} claves menos", -more)
        )
        parts.append(words.format(n=abs(more)))
    near = range(max(0, in_sight.start - abs(more)), in_sight.stop + abs(more))
    seen, found = former.rows(in_sight), now.rows(near)
    changed = sum(number in found and found[number] != row for number, row in seen.items())
    if changed:
        words = ngettext("{n} de las que veías cambió", "{n} de las que veías cambiaron", changed)
        parts.append(words.format(n=changed))
    return f"{'; '.join(parts)}." if parts else _("Nada cambió.")
