"""Mails in the outbox, and what became of them."""

from datetime import timedelta

from sqlmodel import col, select

from store.accounts.tables import Desk
from store.installation.store import Store
from store.mail.letters import Letter
from store.mail.outbox import enqueue
from store.mail.tables import Mail, MailState
from tests.store.contents import rows
from tests.store.watch import Watch

BODY = "Se confirmó una clave.\n\n.\nFrom: nadie\nÑandú «[/]»\n"


def posted(store: Store, *facts: str, subject: str = "Aviso", body: str = BODY) -> None:
    """Queue a mail to the first desk for each fact."""
    with store.writing() as session:
        desk = session.exec(select(Desk).order_by(col(Desk.id))).first()
        assert desk is not None
        for fact in facts:
            enqueue(session, Letter(subject, body), fact=fact, desk=desk, now=store.clock.now())


def mail_of(store: Store, fact: str) -> Mail:
    """Give the mail of a fact."""
    (mail,) = [mail for mail in rows(store, Mail) if mail.fact == fact]
    return mail


def states(store: Store) -> list[MailState]:
    """Give where each mail is, oldest first."""
    return [mail.state for mail in rows(store, Mail)]


def until_due(store: Store, watch: Watch, fact: str) -> timedelta:
    """Let the watch pass until a mail may be tried again; give how long that was."""
    wait = mail_of(store, fact).next_at - store.clock.now()
    watch.instant += wait
    return wait
