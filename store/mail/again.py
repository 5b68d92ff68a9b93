"""A mail that died is put back into the queue, by a person who has mended what kept it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, update

from store.accounts.person import Person, Power, require
from store.audit.chain import record
from store.errors import MailRefused, NotFound
from store.mail.letters import MASK
from store.mail.tables import Mail, MailState
from store.text import _


def send_again(session: Session, person: Person, mail_id: int, *, now: datetime) -> None:
    """Queue a dead mail anew, with all its attempts before it.

    Raises:
        NotAllowed: The person does not look after the mail.
        NotFound: There is none of that number.
        MailRefused: It is not dead, or it told a code, which was erased when it died.
    """
    require(session, person, Power.SEND_MAIL)
    mail = session.get(Mail, mail_id)
    if mail is None:
        raise NotFound(_("No hay ese correo."))
    if MASK in mail.body:
        raise MailRefused(_("Su código ya se borró; pide que se envíe uno nuevo."))
    queued = session.exec(
        update(Mail)
        .where(col(Mail.id) == mail_id, col(Mail.state) == MailState.DEAD)
        .values(state=MailState.QUEUED, attempts=0, next_at=now)
        .returning(col(Mail.id))
    ).first()
    if queued is None:
        raise MailRefused(_("Solo se reintenta un correo que no salió."))
    record(session, person, "mail.sent_again", f"mail:{mail_id}", now=now)
