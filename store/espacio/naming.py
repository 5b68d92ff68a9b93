"""An Espacio's name: made from the desk's RFC or from its usuario (seed 003, step 3 d)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from sqlmodel import Session, col, exists, select

from store.accounts.person import Person, Power, desk_of, require
from store.accounts.tables import GENERIC_RFCS, Desk
from store.errors import NameGeneric, NameRefused, NameSettled, NameTaken
from store.espacio.tables import Espacio, EspacioContract, Naming, written
from store.installation.counters import take_turn

TURN = "espacio-name"
"""The counter behind which those queue up who choose a name."""
_LONGEST = 30
_IN_A_NAME = str.maketrans({"&": "y", "ñ": "n"})
"""`&` and `Ñ` are real in an RFC, and no part of an address (SPEC 5)."""


@dataclass(frozen=True)
class NameOption:
    """One of the two ways to name an Espacio, as the picker previews it."""

    naming: Naming
    name: str
    """As a person reads it; empty where the choice cannot give one."""
    refusal: str | None = None
    """Why it cannot be chosen; `None` where it can."""


def name_from(naming: Naming, *, rfc: str, handle: str) -> str:
    """Make a name: in lower case, `&` as y, `Ñ` as n.

    Raises:
        NameGeneric: The RFC is one of the two that many share.
    """
    if naming is Naming.USERNAME:
        return handle.lower()
    if rfc in GENERIC_RFCS:
        raise NameGeneric
    return rfc.lower().translate(_IN_A_NAME)


def name_for(session: Session, desk: Desk, naming: Naming) -> str:
    """Give the name that the desk's Espacio would have by this choice.

    Raises:
        NameGeneric: A generic RFC cannot name an Espacio.
        NameSettled: A paid contract named it already, otherwise.
        NameTaken: Another desk's Espacio has the name.
    """
    espacio = session.exec(select(Espacio).where(Espacio.desk_id == desk.id)).first()
    if espacio is not None and naming is espacio.naming:
        return espacio.name
    if espacio is not None and is_settled(session, espacio):
        raise NameSettled(espacio.written_name)
    name = name_from(naming, rfc=desk.rfc, handle=desk.handle)
    if _is_taken(session, name, desk.id):
        raise NameTaken
    return name


def preview_names(session: Session, person: Person) -> tuple[NameOption, ...]:
    """Give both choices for the person's desk, RFC first, each with its name or the reason against it."""
    require(session, person, Power.LOOK)
    desk = session.get_one(Desk, desk_of(person))
    return tuple(_option(session, desk, naming) for naming in Naming)


def _option(session: Session, desk: Desk, naming: Naming) -> NameOption:
    try:
        return NameOption(naming, written(name_for(session, desk, naming), naming))
    except NameRefused as refusal:
        name = ""
        if not isinstance(refusal, NameGeneric):
            name = name_from(naming, rfc=desk.rfc, handle=desk.handle)
        return NameOption(naming, written(name, naming), refusal.sentence)


def is_settled(session: Session, espacio: Espacio) -> bool:
    """Tell whether a paid contract was there before: only the first may rename the Espacio."""
    paid = select(EspacioContract.id).where(
        EspacioContract.espacio_id == espacio.id, col(EspacioContract.term_code).is_not(None)
    )
    return session.exec(paid.limit(1)).first() is not None


def _is_taken(session: Session, name: str, desk_id: int) -> bool:
    others = select(exists().where(col(Espacio.name) == name, col(Espacio.desk_id) != desk_id))
    return bool(session.exec(others).one())


def choose_name(session: Session, desk: Desk, first: Naming) -> tuple[str, Naming]:
    """Give the best name that nobody has: what was paid for is delivered, whoever was quicker meanwhile.

    Whoever chooses one queues up until the transaction ends, so that no two choose the same.
    """
    take_turn(session, TURN)
    return next(
        (name, naming)
        for name, naming in _names(desk, first)
        if not _is_taken(session, name, desk.id)
    )


def _names(desk: Desk, first: Naming) -> Iterator[tuple[str, Naming]]:
    """Give the choice itself, the other one, and then the choice with a number behind it, «kemper-2»."""
    order = sorted(Naming, key=lambda naming: naming is not first)
    if desk.rfc in GENERIC_RFCS:
        order.remove(Naming.RFC)
    names = [(name_from(naming, rfc=desk.rfc, handle=desk.handle), naming) for naming in order]
    yield from names
    name, naming = names[0]
    for number in count(2):
        ending = f"-{number}"
        yield name[: _LONGEST - len(ending)] + ending, naming
