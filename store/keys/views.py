"""«Mis vistas»: filter, columns, order and groups of the list, kept by an account under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from store.accounts.person import Person, Power, account_of, require
from store.accounts.tables import Account
from store.errors import Mistyped, NotFound, Refusal, ViewUnreadable
from store.keys.query import KeyColumn, KeyQuery
from store.keys.tables import SavedView
from store.text import _, clean, is_plain, normal, sort_key

MOST_VIEWS = 20
"""Views of an account: as many as fit on a screen to choose from."""
LONGEST_NAME = 40
_VERSION = 1
"""Of the form in which views are kept; raise it where an older program would show another list."""


@dataclass(frozen=True)
class ViewName:
    """A view to choose."""

    id: int
    name: str
    is_default: bool


@dataclass(frozen=True)
class KeyView:
    """What the list shows: a default range of dates stays one, whatever day it is opened on."""

    query: KeyQuery
    columns: Sequence[KeyColumn]


class _Numbered(BaseModel):
    """The one thing that every version of the form has."""

    version: int


class _Kept(BaseModel):
    """The form in which a view is kept."""

    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    query: KeyQuery
    columns: tuple[KeyColumn, ...] = Field(min_length=1)


def list_views(session: Session, person: Person) -> list[ViewName]:
    """Give the account's views, in Spanish order."""
    require(session, person, Power.LOOK)
    rows = session.exec(select(SavedView).where(_own(person))).all()
    names = [ViewName(row.id, row.name, row.is_default) for row in rows]
    return sorted(names, key=lambda view: sort_key(view.name))


def save_view(session: Session, person: Person, name: str, view: KeyView) -> int:
    """Keep a view under a new name; give its number.

    Raises:
        Mistyped: The name is empty, too long, taken (blind to case), or holds signs that may not be kept.
        Refusal: The account has as many views as it may.
    """
    _lock(session, person)
    name = _free_name(session, person, name)
    if len(session.exec(select(SavedView.id).where(_own(person))).all()) >= MOST_VIEWS:
        raise Refusal(
            _("Ya tienes {most} vistas, que son las que caben; borra una.").format(most=MOST_VIEWS)
        )
    row = SavedView(
        account_id=account_of(person), name=name, folded=name.casefold(), value=_written(view)
    )
    session.add(row)
    session.flush()
    return row.id


def replace_view(session: Session, person: Person, view_id: int, view: KeyView) -> None:
    """Keep another view under a name that is there.

    Raises:
        NotFound: It is gone.
    """
    _lock(session, person)
    _find(session, person, view_id).value = _written(view)


def rename_view(session: Session, person: Person, view_id: int, name: str) -> None:
    """Give a view another name.

    Raises:
        Mistyped: As in `save_view`.
        NotFound: It is gone.
    """
    _lock(session, person)
    row = _find(session, person, view_id)
    row.name = _free_name(session, person, name, but=view_id)
    row.folded = row.name.casefold()


def delete_view(session: Session, person: Person, view_id: int) -> None:
    """Forget a view.

    Raises:
        NotFound: It is gone.
    """
    _lock(session, person)
    session.delete(_find(session, person, view_id))


def set_default(session: Session, person: Person, view_id: int | None) -> None:
    """Say with which view the list begins; `None` is the one that everybody begins with.

    Raises:
        NotFound: It is gone.
    """
    _lock(session, person)
    session.exec(update(SavedView).where(_own(person)).values(is_default=False))
    if view_id is not None:
        _find(session, person, view_id).is_default = True


def open_view(session: Session, person: Person, view_id: int) -> KeyView:
    """Give a view.

    Raises:
        NotFound: It is gone.
        ViewUnreadable: It is damaged, or a newer program saved it.
    """
    require(session, person, Power.LOOK)
    return _read(_find(session, person, view_id))


def default_view(session: Session, person: Person) -> KeyView | None:
    """Give the view that the list begins with, if the account has one.

    Raises:
        ViewUnreadable: It is damaged, or a newer program saved it.
    """
    require(session, person, Power.LOOK)
    if person.account_id is None:
        return None
    row = session.exec(
        select(SavedView).where(_own(person), col(SavedView.is_default))
    ).one_or_none()
    return None if row is None else _read(row)


def _own(person: Person) -> ColumnElement[bool]:
    return col(SavedView.account_id) == account_of(person)


def _lock(session: Session, person: Person) -> None:
    """Let one session of an account at a time change its views."""
    require(session, person, Power.LOOK)
    session.exec(
        select(Account.id).where(col(Account.id) == account_of(person)).with_for_update()
    ).one()


def _find(session: Session, person: Person, view_id: int) -> SavedView:
    row = session.exec(
        select(SavedView).where(_own(person), col(SavedView.id) == view_id)
    ).one_or_none()
    if row is None:
        raise NotFound(_("Esa vista ya no existe."))
    return row


def _free_name(session: Session, person: Person, typed: str, *, but: int = 0) -> str:
    name = normal(typed)
    if not name:
        raise Mistyped(_("Escribe un nombre para la vista."), "name")
    if len(name) > LONGEST_NAME:
        raise Mistyped(
            _("El nombre tiene hasta {most} caracteres.").format(most=LONGEST_NAME), "name"
        )
    if not is_plain(name):
        raise Mistyped(_("El nombre tiene signos que no se pueden guardar."), "name")
    taken = session.exec(
        select(SavedView.id).where(
            _own(person), col(SavedView.folded) == name.casefold(), col(SavedView.id) != but
        )
    ).first()
    if taken is not None:
        raise Mistyped(_("Ya tienes una vista con ese nombre."), "name")
    return name


def _written(view: KeyView) -> str:
    return _Kept(query=view.query, columns=tuple(view.columns)).model_dump_json()


def _read(row: SavedView) -> KeyView:
    try:
        is_newer = _Numbered.model_validate_json(row.value).version > _VERSION
        kept = None if is_newer else _Kept.model_validate_json(row.value)
    except ValidationError:
        raise ViewUnreadable(
            _("La vista «{name}» está dañada; bórrala y guárdala de nuevo.").format(
                name=clean(row.name)
            )
        ) from None
    if kept is None:
        raise ViewUnreadable(
            _("La vista «{name}» es de una versión más nueva del programa.").format(
                name=clean(row.name)
            )
        )
    return KeyView(kept.query, kept.columns)
