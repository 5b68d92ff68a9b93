"""Carrying the mail: by SMTP where a server is set, else as .eml files into a Maildir.

SMTP can promise «at least once»: a sender killed between the server's yes and the mark sends again, under the same
Message-ID. The Maildir names its file after the Message-ID, so there it is exactly once.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from store.database import is_server
from store.installation.store import Store
from store.mail.faults import said_of_connection
from store.mail.letters import MASK
from store.mail.outbox import claim, mark_failed, mark_sent
from store.mail.tables import Mail
from store.settings import Settings, data_folder
from store.text import _, clean, said_of_fault

TIMEOUT = 10
"""Seconds that a mail server may be silent."""
_OURS_TO_MEND = (530, 534, 535, 538)
"""Replies about signing in or encryption (RFC 4954, 3207): a wrong setting of ours, not the mail's fault."""


class Undelivered(Exception):
    """A mail did not go; `final` where trying again cannot help."""

    def __init__(self, words: str, *, final: bool) -> None:
        super().__init__(words)
        self.final = final


class Transport(Protocol):
    """A way to send."""

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Send one mail.

        Raises:
            Undelivered: It did not go.
        """


@dataclass(frozen=True)
class Delivery:
    """What a round of carrying came to."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True)
class SmtpTransport:
    """A mail server."""

    host: str
    port: int
    user: str | None
    password: str | None = field(repr=False)
    starttls: bool

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Send one mail over a connection of its own."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user is not None:
                    server.login(self.user, self.password or "")
                server.send_message(message, to_addrs=[recipient])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise Undelivered(f"{code} {_text(words)}", final=_is_final(code)) from error
        except smtplib.SMTPResponseException as error:
            said = f"{error.smtp_code} {_text(error.smtp_error)}"
            raise Undelivered(said, final=_is_final(error.smtp_code)) from error
        except (smtplib.SMTPException, OSError) as error:
            place = f"{self.host}:{self.port}"
            raise Undelivered(f"{place}: {said_of_connection(error)}", final=False) from error


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _is_final(code: int) -> bool:
    return 500 <= code < 600 and code not in _OURS_TO_MEND


@dataclass(frozen=True)
class MaildirTransport:
    """A folder that any mail program can read."""

    root: Path

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Write one mail under its Message-ID; one that is there already is not written again."""
        name = _file_name(message["Message-ID"])
        try:
            for folder in ("tmp", "new", "cur"):
                (self.root / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
            if (self.root / "new" / name).exists() or any((self.root / "cur").glob(f"{name}*")):
                return
            draft = self.root / "tmp" / f"{name}.{os.getpid()}"
            # Lines end as the system's do, which is what readers of a Maildir expect.
            _write(draft, message.as_bytes(policy=message.policy.clone(linesep=os.linesep)))
            os.replace(draft, self.root / "new" / name)
        except OSError as error:
            raise Undelivered(f"{self.root}: {said_of_fault(error)}", final=False) from error

    def remove(self, message_id: str) -> None:
        """Take the file of a mail away, also from where a mail program put it; one that is not there is none."""
        name = _file_name(message_id)
        for path in (self.root / "new" / name, *(self.root / "cur").glob(f"{name}*")):
            path.unlink(missing_ok=True)


def _file_name(message_id: str) -> str:
    return message_id.strip("<>") + ".eml"


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def maildir_of(settings: Settings) -> Path:
    """Say where the Maildir is."""
    if settings.maildir is not None:
        return settings.maildir
    if is_server(settings.store):
        return data_folder() / "mail"
    return Path(settings.store).absolute().with_suffix(".mail")


def transport_of(settings: Settings) -> Transport:
    """Choose the way to send that the settings name."""
    if settings.smtp_host is None:
        return MaildirTransport(maildir_of(settings))
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    return SmtpTransport(
        settings.smtp_host, settings.smtp_port, settings.smtp_user, password, settings.smtp_starttls
    )


def deliver_due(store: Store, transport: Transport) -> Delivery:
    """Carry every mail that is due, one at a time; no transaction is open while a server thinks."""
    sent = failed = 0
    while (mail := _claim(store)) is not None:
        try:
            transport.send(build(mail, store.settings.mail_from, store.clock.now()), mail.recipient)
        except Undelivered as problem:
            words = clean(problem)
            with store.writing() as session:
                mark_failed(session, mail, words, final=problem.final, now=store.clock.now())
            failed += 1
        else:
            with store.writing() as session:
                mark_sent(session, mail, store.clock.now())
            sent += 1
    return Delivery(sent, failed)


def _claim(store: Store) -> Mail | None:
    with store.writing() as session:
        return claim(session, store.clock.now())


def build(mail: Mail, sender: str, now: datetime) -> EmailMessage:
    """Put a mail into the form that travels (RFC 5322); headers are never built from strings.

    Raises:
        Undelivered: An address is none, so that no server could take the mail.
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address("Escritorio de servicios", addr_spec=sender)
        message["To"] = Address(addr_spec=mail.recipient)
    except (ValueError, IndexError, MessageError) as error:
        words = _("{address} no es una dirección de correo").format(address=mail.recipient)
        raise Undelivered(words, final=True) from error
    message["Subject"] = clean(mail.subject)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(now)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body.replace(MASK, mail.secret or MASK))
    return message
