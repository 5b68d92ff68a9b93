"""A one-time code travels in its mail alone: the body is kept masked, and what it masks is gone with the mail."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError

from store.accounts.person import Person
from store.database import make_engine
from store.installation import migrating
from store.installation.store import Store
from store.mail.delivery import deliver_due, maildir_of, transport_of
from store.mail.outbox import MOST_ATTEMPTS, claim, mark_failed
from store.mail.tables import Mail, MailState
from tests.store.contents import contents, rows
from tests.store.espacio.buying import activated
from tests.store.watch import Watch

CODE = re.compile(r"Código: +([2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4})\r?\n")


def code_mail(store: Store) -> Mail:
    """Give the newest mail."""
    return rows(store, Mail)[-1]


def test_it_is_told_by_the_mail_and_by_no_row_afterwards(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    code = code_mail(store).secret
    assert code is not None
    assert code not in code_mail(store).body

    deliver_due(store, transport_of(store.settings))

    (file,) = (maildir_of(store.settings) / "new").glob("*")
    told = CODE.search(message_from_bytes(file.read_bytes(), policy=default).get_content())
    assert told is not None
    assert told[1] == code
    assert (code_mail(store).state, code_mail(store).secret) == (MailState.SENT, None)
    assert "Código:          ••••-••••\n" in code_mail(store).body
    assert code not in repr(contents(store))


def test_it_waits_with_a_mail_that_waits_and_dies_with_one_that_dies(
    store: Store, kemper: Person, watch: Watch
) -> None:
    activated(store, kemper)
    code = code_mail(store).secret
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert code_mail(store).secret == code
        watch.passes(hours=2)
        with store.writing() as session:
            mail = claim(session, store.clock.now())
            assert mail is not None
            assert mail.attempts == attempt
            mark_failed(session, mail, "451 later", final=False, now=store.clock.now())
    assert (code_mail(store).state, code_mail(store).secret) == (MailState.DEAD, None)


@pytest.mark.parametrize("state", ["sent", "dead"])
def test_no_row_keeps_it_whoever_writes_it(store: Store, kemper: Person, state: str) -> None:
    activated(store, kemper)
    with pytest.raises(IntegrityError), store.engine.begin() as connection:
        connection.execute(
            sa.text(f"UPDATE mail SET state = '{state}', sent_at = created_at WHERE secret > ''")
        )


@pytest.mark.parametrize(
    ("state", "secret"), [("queued", "7K2M-QX9P"), ("sent", None), ("dead", None)]
)
def test_an_older_store_forgets_what_it_kept(
    new_address: str, state: str, secret: str | None
) -> None:
    """Until now the words of a mail held the code."""
    if "://" not in new_address:
        Path(new_address).touch()
    engine = make_engine(new_address)
    config = migrating._config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            sa.text(
                "INSERT INTO mail (fact, message_id, recipient, subject, body, state, attempts,"
                " next_at, created_at, sent_at) VALUES ('espacio-free:1', 'a', 'a@b.mx', 's',"
                " 'Código:          7K2M-QX9P\nfin', :state, 0, :now, :now, :sent)"
            ),
            {
                "state": state,
                "now": "2020-07-14 18:00:00",
                "sent": "2020-07-14 18:00:00" if state == "sent" else None,
            },
        )
        command.upgrade(config, "0002")
        found = connection.execute(sa.text("SELECT body, secret FROM mail")).one()
    engine.dispose()
    assert tuple(found) == ("Código:          ••••-••••\nfin", secret)
