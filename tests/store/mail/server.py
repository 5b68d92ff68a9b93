"""A real mail server that keeps what it gets, and says no when it is told to."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "escritorio", "muy-secreta"


@dataclass
class PostOffice:
    """What the server was told to say, and what it got."""

    port: int
    at_recipient: list[str] = field(default_factory=list)
    """Answers to RCPT, one for each mail to come; then it takes everything."""
    at_data: list[str] = field(default_factory=list)
    """Answers to a mail that was sent whole."""
    got: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    """For each mail, whether it came over TLS."""
    signed_in: list[bool] = field(default_factory=list)

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or say what is to be said."""
        if self.at_recipient and (answer := self.at_recipient.pop(0)) != "250":
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Take the mail, or say what is to be said."""
        answer = self.at_data.pop(0) if self.at_data else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=default)
            assert isinstance(message, EmailMessage)
            assert envelope.rcpt_tos == [message["To"].addresses[0].addr_spec]
            self.got.append(message)
            self.encrypted.append(session.ssl is not None)
            self.signed_in.append(bool(session.authenticated))
        return answer

    def authenticate(self, *arguments: Any) -> AuthResult:
        """Let one user in."""
        given = arguments[-1]
        assert isinstance(given, LoginPassword)
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


@contextmanager
def post_office(certificate: Path | None = None, *, sign_in: bool = False) -> Iterator[PostOffice]:
    """Run a mail server; with a certificate it wants STARTTLS before anything else."""
    with create_server(("127.0.0.1", 0)) as free:
        office = PostOffice(port=free.getsockname()[1])
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=office.port,
        tls_context=context,
        require_starttls=context is not None,
        authenticator=office.authenticate,
        auth_required=sign_in,
        auth_require_tls=context is not None,
    )
    controller.start()
    yield office
    controller.stop()


def make_certificate(folder: Path) -> Path:
    """Make a certificate for this machine, and its key, in one file."""
    openssl = shutil.which("openssl") or pytest.skip("openssl is not installed")
    key, certificate, both = (folder / name for name in ("key", "certificate", "both.pem"))
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    name = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *make.split(), *name, *files], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both
