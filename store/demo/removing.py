"""Taking a demo away, with all that it wrote and nothing else."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from store.installation.store import Store
from store.mail.delivery import MaildirTransport, maildir_of
from store.mail.tables import Mail

_SUFFIXES = ("", "-wal", "-shm")


def remove_demo(store: Store) -> None:
    """Close a demo in a file and take it away; of the Maildir, which may be shared, the mails that it wrote itself."""
    maildir = MaildirTransport(maildir_of(store.settings))
    with store.reading() as session:
        numbers = session.exec(select(Mail.message_id)).all()
    for message_id in numbers:
        maildir.remove(message_id)
    store.close()
    for suffix in _SUFFIXES:
        Path(store.settings.store + suffix).unlink(missing_ok=True)
