"""What the staff see of the mails, and a dead one sent again."""

from datetime import timedelta

import pytest

from store.audit.tables import AuditEvent
from store.errors import MailRefused, NotAllowed, NotFound
from store.installation.store import Store
from store.mail.again import send_again
from store.mail.letters import MASK
from store.mail.listing import MailView, list_mails, mail_view
from store.mail.outbox import claim, mark_failed
from store.mail.tables import MailState
from store.mail.words import said_of_mail
from tests.store.contents import contents, rows
from tests.store.listed import rows_of
from tests.store.mail.posted import BODY, mail_of, posted
from tests.store.people import member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch


def died(store: Store, body: str = BODY) -> int:
    """Post a mail that no server wants; give its number."""
    posted(store, "test:dead", body=body)
    with store.writing() as session:
        mail = claim(session, store.clock.now())
        assert mail is not None
        mark_failed(session, mail, "550 nobody here", final=True, now=store.clock.now())
    return mail_of(store, "test:dead").id


def sent_again(store: Store, username: str, mail_id: int) -> None:
    """Send it again."""
    with store.writing() as session:
        send_again(session, member(store, username), mail_id, now=store.clock.now())


def view(store: Store, username: str, mail_id: int) -> MailView:
    with store.reading() as session:
        return mail_view(session, member(store, username), mail_id)


def test_newest_first_with_what_the_server_said(store: Store, watch: Watch) -> None:
    dead = died(store)
    watch.passes(minutes=1)
    posted(store, "test:2", "test:3")
    soporte = member(store, "soporte")
    listed = rows_of(store, lambda session: list_mails(session, soporte))
    assert [row.mail_id for row in listed] == [dead + 2, dead + 1, dead]
    assert (listed[2].state, listed[2].attempts) == (MailState.DEAD, 1)
    seen = view(store, "soporte", dead)
    assert (seen.row, seen.body, seen.answer) == (listed[2], BODY, "550 nobody here")


def test_a_dead_one_is_tried_again_from_the_beginning(store: Store, watch: Watch) -> None:
    dead = died(store)
    watch.passes(hours=1)
    sent_again(store, "soporte", dead)
    mail = mail_of(store, "test:dead")
    assert (mail.state, mail.attempts, mail.next_at) == (MailState.QUEUED, 0, store.clock.now())
    assert mail.created_at == store.clock.now() - timedelta(hours=1)
    event = rows(store, AuditEvent)[-1]
    assert (event.action, event.subject) == ("mail.sent_again", f"mail:{dead}")
    with refused("Solo se reintenta un correo que no salió.", MailRefused):
        sent_again(store, "soporte", dead)


def test_what_told_a_code_stays_dead(store: Store) -> None:
    dead = died(store, f"Tu código es {MASK}.\n")
    before = contents(store)
    with refused("Su código ya se borró; pide que se envíe uno nuevo.", MailRefused):
        sent_again(store, "admin", dead)
    assert contents(store) == before


@pytest.mark.parametrize("username", ["auditor", "caja1", "kernel"])
def test_who_may_not_send(sqlite_store: Store, username: str) -> None:
    with refused(NOT_ALLOWED, NotAllowed):
        sent_again(sqlite_store, username, died(sqlite_store))


def test_who_may_not_look(sqlite_store: Store) -> None:
    dead = died(sqlite_store)
    for username in ("caja1", "kernel"):
        with refused(NOT_ALLOWED, NotAllowed):
            view(sqlite_store, username, dead)
    with refused("No hay ese correo.", NotFound):
        view(sqlite_store, "auditor", dead + 1)


@pytest.mark.parametrize("state", MailState)
def test_every_state_has_its_words(state: MailState) -> None:
    assert said_of_mail(state)[0].isupper()
