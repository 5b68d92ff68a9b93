"""Making a desk's Espacio, and giving it the name of its first paid contract."""

from __future__ import annotations

from sqlmodel import Session

from store.accounts.tables import Desk
from store.calendar import Clock
from store.espacio.naming import choose_name, is_settled
from store.espacio.tables import Espacio, Naming


def new_espacio(session: Session, desk: Desk, naming: Naming, clock: Clock) -> Espacio:
    """Make the Espacio of a desk that has none, part of a larger step; the desk is locked."""
    name, named = choose_name(session, desk, naming)
    espacio = Espacio(desk_id=desk.id, name=name, naming=named, created_at=clock.now())
    session.add(espacio)
    session.flush()
    return espacio


def named_espacio(
    session: Session, desk: Desk, espacio: Espacio | None, naming: Naming | None, clock: Clock
) -> Espacio:
    """Give the Espacio that a paid contract is for, under its name; the desk is locked.

    The first paid contract may name it once, later ones cannot (SPEC 5).
    """
    naming = naming or Naming.USERNAME
    if espacio is None:
        return new_espacio(session, desk, naming, clock)
    if naming is not espacio.naming and not is_settled(session, espacio):
        espacio.name, espacio.naming = choose_name(session, desk, naming)
        espacio.renamed_at = clock.now()
        session.add(espacio)
        session.flush()
    return espacio
