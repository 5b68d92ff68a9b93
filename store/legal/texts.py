"""Publishing the texts that the package ships, and finding the one in force."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.resources import files

from sqlmodel import Session, col, select

from store.legal.tables import LegalKind, LegalText

_SHIPPED = {
    LegalKind.PREPAID_LICENCE: "licencia_prepago.txt",
    LegalKind.ESPACIO_CONDITIONS: "condiciones_espacio.txt",
}


def current(session: Session, kind: LegalKind) -> LegalText:
    """Give the version in force.

    Raises:
        LookupError: None was ever published; opening a store publishes what the package ships.
    """
    text = _latest(session, kind)
    if text is None:
        raise LookupError(f"no version of {kind} was published in this store")
    return text


def is_up_to_date(session: Session) -> bool:
    """Tell whether everything that the package ships is in force."""
    return not any(_news(session, kind, datetime.now(UTC)) for kind in _SHIPPED)


def publish(session: Session, *, now: datetime) -> None:
    """Publish what the package ships and the store does not have yet, as the next version."""
    session.add_all(text for kind in _SHIPPED if (text := _news(session, kind, now)))


def _latest(session: Session, kind: LegalKind) -> LegalText | None:
    return session.exec(
        select(LegalText).where(LegalText.kind == kind).order_by(col(LegalText.version).desc())
    ).first()


def _news(session: Session, kind: LegalKind, now: datetime) -> LegalText | None:
    """Give the next version where the shipped text is not the one in force."""
    body = files("store.legal").joinpath(_SHIPPED[kind]).read_text("utf-8")
    digest = hashlib.sha256(body.encode()).hexdigest()
    latest = _latest(session, kind)
    if latest is not None and latest.sha256 == digest:
        return None
    version = 1 if latest is None else latest.version + 1
    return LegalText(kind=kind, version=version, body=body, sha256=digest, published_at=now)
