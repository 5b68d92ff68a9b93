"""Carrying the mail: to a real server with STARTTLS, or into a Maildir; each fact once."""

import mailbox
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import Desk
from store.demo import GOOD_50
from store.installation.opening import open_store
from store.installation.store import Store
from store.mail import delivery
from store.mail.delivery import (
    Delivery,
    MaildirTransport,
    SmtpTransport,
    build,
    deliver_due,
    maildir_of,
    transport_of,
)
from store.mail.tables import Mail, MailState
from store.settings import Settings
from tests.store.contents import rows
from tests.store.lots import activated
from tests.store.mail.posted import BODY, mail_of, posted, states, until_due
from tests.store.mail.server import PASSWORD, USER, PostOffice, make_certificate, post_office
from tests.store.people import member
from tests.store.processes import die, finish, start, was_killed
from tests.store.watch import Watch


def delivers(store: Store) -> Delivery:
    """Carry what is due, the way the settings say."""
    return deliver_due(store, transport_of(store.settings))


def files(store: Store) -> list[Path]:
    """Give the mails in the Maildir."""
    return sorted((maildir_of(store.settings) / "new").glob("*"))


class TestMaildir:
    """The embedded default: .eml files that any mail program reads."""

    def test_a_confirmed_key_is_told_in_a_file(self, store: Store, empresasis: Person) -> None:
        activated(store, empresasis, GOOD_50)
        assert delivers(store) == Delivery(sent=1)
        (file,) = files(store)
        assert file.suffix == ".eml"
        message = message_from_bytes(file.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        assert message["Subject"] == "Clave de prepago confirmada: 38SQ-••••-••••-UHBE"
        assert "  Incluye:     50 Timbres\n" in message.get_content()
        assert b"\r" not in file.read_bytes()  # a Maildir's lines end as the system's do
        assert states(store) == [MailState.SENT]

    def test_it_stands_beside_the_store_for_its_owner_alone(self, sqlite_store: Store) -> None:
        posted(sqlite_store, "test:1")
        delivers(sqlite_store)
        root = maildir_of(sqlite_store.settings)
        assert root == Path(sqlite_store.settings.store).with_suffix(".mail")
        assert {path.name for path in root.iterdir()} == {"tmp", "new", "cur"}
        assert not list((root / "tmp").iterdir())
        for folder in root.iterdir():
            assert folder.stat().st_mode & 0o777 == 0o700
        assert files(sqlite_store)[0].stat().st_mode & 0o777 == 0o600

    def test_mail_programs_can_read_it(self, store: Store) -> None:
        posted(store, "test:1", "test:2")
        delivers(store)
        with closing(mailbox.Maildir(maildir_of(store.settings), create=False)) as box:
            assert len(box) == 2
            assert {message["Message-ID"] for message in box} == {
                mail.message_id for mail in rows(store, Mail)
            }

    def test_the_settings_may_name_another_folder(self, store: Store, tmp_path: Path) -> None:
        settings = store.settings.model_copy(update={"maildir": tmp_path / "correo"})
        posted(store, "test:1")
        delivers(replace(store, settings=settings))
        assert len(list((tmp_path / "correo" / "new").iterdir())) == 1

    def test_a_mail_that_is_there_is_not_written_again(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1")
        delivers(store)
        (file,) = files(store)
        before = file.read_bytes(), file.stat().st_ino
        self.forgets(store)
        watch.passes(days=1)
        assert delivers(store) == Delivery(sent=1)
        assert files(store) == [file]
        assert (file.read_bytes(), file.stat().st_ino) == before

    def test_nor_one_that_somebody_has_read(self, store: Store) -> None:
        """A mail program moves it to `cur` and adds its flags."""
        posted(store, "test:1")
        delivers(store)
        (file,) = files(store)
        file.rename(file.parent.parent / "cur" / f"{file.name}:2,S")
        self.forgets(store)
        assert delivers(store) == Delivery(sent=1)
        assert files(store) == []

    def forgets(self, store: Store) -> None:
        """Let the store not know that it sent."""
        with store.writing() as session:
            session.exec(update(Mail).values(state=MailState.QUEUED, sent_at=None))

    def test_a_folder_that_cannot_be_made_is_told_and_tried_again(
        self, store: Store, tmp_path: Path, watch: Watch
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        settings = store.settings.model_copy(update={"maildir": tmp_path / "file" / "mail"})
        posted(store, "test:1")
        assert delivers(replace(store, settings=settings)) == Delivery(failed=1)
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        assert mail.last_error == f"{tmp_path / 'file' / 'mail'}: su carpeta no existe"
        until_due(store, watch, "test:1")
        assert delivers(store) == Delivery(sent=1)

    @pytest.mark.parametrize("moment", ["before", "half", "after"])
    def test_a_kill_at_any_moment_leaves_one_file_in_the_end(
        self, address: str, store: Store, watch: Watch, moment: str
    ) -> None:
        posted(store, "test:1")
        assert was_killed(start(writes_and_dies, address, watch, moment))
        assert states(store) == [MailState.SENDING]
        assert delivers(store) == Delivery()
        watch.passes(minutes=1)
        assert delivers(store) == Delivery(sent=1)
        assert len(files(store)) == 1
        assert message_from_bytes(files(store)[0].read_bytes(), policy=default)["To"]
        assert mail_of(store, "test:1").attempts == 2

    def test_four_senders_at_once_write_each_mail_once(self, address: str, store: Store) -> None:
        posted(store, *(f"test:{number}" for number in range(40)))
        finish(start(carries, address) for _sender in range(4))
        assert delivers(store) == Delivery()
        assert set(states(store)) == {MailState.SENT}
        assert len(files(store)) == 40

    def test_a_server_has_its_maildir_in_the_data_folder(self, tmp_path: Path) -> None:
        settings = Settings(store="postgresql://user:secret@db.example/escritorio")
        assert maildir_of(settings).name == "mail"
        assert tmp_path in maildir_of(settings).parents


def carries(address: str) -> None:
    """Carry what is due from another process."""
    delivers(open_store(Settings(store=address)))


def writes_and_dies(address: str, watch: Watch, moment: str) -> None:
    """Carry one mail and kill -9 oneself before, within or after its writing."""
    store = replace(open_store(Settings(store=address)), clock=watch.clock)
    write = delivery._write

    def write_and_die(path: Path, content: bytes) -> None:
        if moment == "half":
            path.write_bytes(content[: len(content) // 2])
            die()
        if moment == "after":
            write(path, content)
            os.replace(path, path.parent.parent / "new" / path.name.removesuffix(f".{os.getpid()}"))
        die()

    pytest.MonkeyPatch().setattr(delivery, "_write", write_and_die)
    delivers(store)


class TestLetter:
    """What travels (RFC 5322)."""

    def built(self, store: Store, **changes: object) -> EmailMessage:
        posted(store, "test:1")
        mail = mail_of(store, "test:1").model_copy(update=changes)
        return build(mail, "escritorio@desk.example", store.clock.now())

    def test_it_says_from_whom_to_whom_and_when(self, store: Store) -> None:
        message = self.built(store)
        assert str(message["From"]) == "Escritorio de servicios <escritorio@desk.example>"
        assert str(message["To"]) == "sistemas@demo.example"
        assert message["Date"].datetime == store.clock.now()
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"] == mail_of(store, "test:1").message_id
        assert message.get_content() == BODY

    @pytest.mark.parametrize(
        "subject", ["a\r\nBcc: eva@example.com", "a\nb", "a\rb", "\x1b]0;x\x07", "Ñ" * 300]
    )
    def test_a_hostile_subject_stays_one_line(self, store: Store, subject: str) -> None:
        message = self.built(store, subject=subject)
        again = message_from_bytes(message.as_bytes(), policy=default)
        assert again["Bcc"] is None
        assert str(again["Subject"]).isprintable()
        assert set(again.keys()) == set(message.keys())

    def test_a_hostile_desk_and_usuario_are_named_harmless(
        self, store: Store, empresasis: Person
    ) -> None:
        with store.writing() as session:
            session.exec(
                update(Desk)
                .where(col(Desk.id) == empresasis.desk_id)
                .values(name="ACME\x1b]52;c;AAAA\x07\r\nBcc: eva@example.com\u202e")
            )
        activated(store, empresasis, GOOD_50)
        (mail,) = rows(store, Mail)
        line = next(line for line in mail.body.splitlines() if "Escritorio:" in line)
        assert line == "  Escritorio:  ACME\ufffd]52;c;AAAA\ufffd  Bcc: eva@example.com\ufffd"

    @pytest.mark.parametrize(
        "recipient", ["", "nobody", "a@b, c@d", "a@b\r\nBcc: c@d", "añá@example.com", "a b@c"]
    )
    def test_a_mail_to_nowhere_dies_and_stops_no_other(self, store: Store, recipient: str) -> None:
        posted(store, "test:1")
        with store.writing() as session:
            session.exec(update(Mail).values(recipient=recipient))
        posted(store, "test:2")
        assert delivers(store) == Delivery(sent=1, failed=1)
        assert states(store) == [MailState.DEAD, MailState.SENT]
        error = mail_of(store, "test:1").last_error or ""
        assert error.endswith("no es una dirección de correo")
        assert mail_of(store, "test:1").attempts == 1


# --- SMTP ---


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-made certificate for this machine."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, trusted as if an authority had made it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.fixture
def office(trusted: Path) -> Iterator[PostOffice]:
    """A server that wants STARTTLS and a password, as they all do."""
    with post_office(trusted, sign_in=True) as office:
        yield office


def with_smtp(store: Store, port: int, **changes: object) -> Store:
    """Set a mail server up, with its user and password."""
    smtp = {
        "smtp_host": "localhost",
        "smtp_port": port,
        "smtp_user": USER,
        "smtp_password": SecretStr(PASSWORD),
        "mail_from": "escritorio@desk.example",
    }
    return replace(store, settings=store.settings.model_copy(update=smtp | changes))


class TestSmtp:
    """Where a server is set: encrypted, signed in, and each mail once."""

    def test_it_goes_encrypted_and_signed_in(self, store: Store, office: PostOffice) -> None:
        posted(store, "test:1", "test:2", subject="Clave «38SQ-••••»")
        assert delivers(with_smtp(store, office.port)) == Delivery(sent=2)
        assert (office.encrypted, office.signed_in) == ([True, True], [True, True])
        assert states(store) == [MailState.SENT, MailState.SENT]
        message = office.got[0]
        assert message["Subject"] == "Clave «38SQ-••••»"
        assert message["From"].addresses[0].addr_spec == "escritorio@desk.example"
        assert message["Message-ID"] == mail_of(store, "test:1").message_id
        assert message.get_content().replace("\r\n", "\n") == BODY
        assert delivers(with_smtp(store, office.port)) == Delivery()

    def test_a_confirmed_key_reaches_its_desk(
        self, store: Store, empresasis: Person, office: PostOffice
    ) -> None:
        activated(store, empresasis, GOOD_50)
        delivers(with_smtp(store, office.port))
        (message,) = office.got
        assert message["To"].addresses[0].addr_spec == "sistemas@demo.example"
        assert "38SQ-••••-••••-UHBE" in message.get_content()

    def test_a_server_without_encryption_gets_nothing(self, store: Store) -> None:
        """Unless the settings say that it may."""
        posted(store, "test:1")
        with post_office() as office:
            assert delivers(with_smtp(store, office.port)) == Delivery(failed=1)
            assert office.got == []
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        words = "el servidor no ofrece lo que piden los ajustes (STARTTLS extension"
        assert words in (mail.last_error or "")

    def test_it_may_be_told_to_go_in_clear(self, store: Store) -> None:
        posted(store, "test:1")
        with post_office() as office:
            plain = with_smtp(store, office.port, smtp_starttls=False, smtp_user=None)
            assert delivers(plain) == Delivery(sent=1)
            assert office.encrypted == [False]

    def test_a_certificate_that_nobody_vouches_for_is_not_believed(
        self, store: Store, certificate: Path
    ) -> None:
        posted(store, "test:1")
        with post_office(certificate, sign_in=True) as office:
            assert delivers(with_smtp(store, office.port)) == Delivery(failed=1)
            assert office.got == []
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        assert "no se confía en el certificado del servidor (" in (mail.last_error or "")

    def test_nor_one_of_another_name(self, store: Store, office: PostOffice) -> None:
        posted(store, "test:1")
        elsewhere = with_smtp(store, office.port, smtp_host="127.0.0.2")
        assert delivers(elsewhere) == Delivery(failed=1)
        assert mail_of(store, "test:1").state is MailState.QUEUED


class TestServerSaysNo:
    """Again later, or never; and with the server's own words."""

    @pytest.mark.parametrize("answer", ["451 4.7.1 greylisted, come back", "421 closing"])
    @pytest.mark.parametrize("step", ["at_recipient", "at_data"])
    def test_for_now_it_is_tried_again(
        self, store: Store, watch: Watch, office: PostOffice, step: str, answer: str
    ) -> None:
        getattr(office, step).append(answer)
        posted(store, "test:1")
        assert delivers(with_smtp(store, office.port)) == Delivery(failed=1)
        mail = mail_of(store, "test:1")
        assert (mail.state, mail.last_error) == (MailState.QUEUED, answer)
        until_due(store, watch, "test:1")
        assert delivers(with_smtp(store, office.port)) == Delivery(sent=1)
        assert len(office.got) == 1

    @pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "554 5.7.1 spam", "552 full"])
    @pytest.mark.parametrize("step", ["at_recipient", "at_data"])
    def test_for_good_it_dies_with_the_servers_words(
        self, store: Store, office: PostOffice, step: str, answer: str
    ) -> None:
        getattr(office, step).extend([answer, "250"])
        posted(store, "test:1", "test:2")
        assert delivers(with_smtp(store, office.port)) == Delivery(sent=1, failed=1)
        mail = mail_of(store, "test:1")
        assert (mail.state, mail.attempts, mail.last_error) == (MailState.DEAD, 1, answer)
        assert mail_of(store, "test:2").state is MailState.SENT

    def test_530_is_our_own_setting_and_kills_no_mail(
        self, store: Store, watch: Watch, office: PostOffice
    ) -> None:
        """«Must issue a STARTTLS command first»."""
        posted(store, "test:1")
        mistaken = with_smtp(store, office.port, smtp_starttls=False, smtp_user=None)
        assert delivers(mistaken) == Delivery(failed=1)
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        assert (mail.last_error or "").startswith("530 ")
        until_due(store, watch, "test:1")
        assert delivers(with_smtp(store, office.port)) == Delivery(sent=1)

    def test_so_is_a_wrong_password(self, store: Store, watch: Watch, office: PostOffice) -> None:
        posted(store, "test:1")
        mistaken = with_smtp(store, office.port, smtp_password=SecretStr("otra"))
        assert delivers(mistaken) == Delivery(failed=1)
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        assert (mail.last_error or "").startswith("535 ")
        assert "otra" not in (mail.last_error or "")
        until_due(store, watch, "test:1")
        assert delivers(with_smtp(store, office.port)) == Delivery(sent=1)

    def test_the_eighth_no_for_now_is_the_last(
        self, store: Store, watch: Watch, office: PostOffice
    ) -> None:
        office.at_data.extend(["451 later"] * 8)
        posted(store, "test:1")
        for _time in range(8):
            assert delivers(with_smtp(store, office.port)) == Delivery(failed=1)
            until_due(store, watch, "test:1")
        assert mail_of(store, "test:1").state is MailState.DEAD
        watch.passes(days=365)
        assert delivers(with_smtp(store, office.port)) == Delivery()

    def test_a_servers_words_are_kept_harmless(self, store: Store, office: PostOffice) -> None:
        office.at_data.append("550 no \x1b]52;c;AAAA\x07 such user")
        posted(store, "test:1")
        delivers(with_smtp(store, office.port))
        assert mail_of(store, "test:1").last_error == "550 no \ufffd]52;c;AAAA\ufffd such user"


class TestNoServer:
    """Nobody answers, or not in time."""

    def test_nobody_is_there(self, store: Store) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        posted(store, "test:1")
        assert delivers(with_smtp(store, port)) == Delivery(failed=1)
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        assert mail.last_error == f"localhost:{port}: nadie contesta ahí"

    def test_the_name_is_unknown(self, store: Store) -> None:
        posted(store, "test:1")
        nowhere = with_smtp(store, 25, smtp_host="mail.invalid")
        assert delivers(nowhere) == Delivery(failed=1)
        error = mail_of(store, "test:1").last_error
        assert error == "mail.invalid:25: no se encuentra ese servidor"

    def test_it_says_nothing(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delivery, "TIMEOUT", 0.2)
        posted(store, "test:1")
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            assert delivers(with_smtp(store, silent.getsockname()[1])) == Delivery(failed=1)
        assert (mail_of(store, "test:1").last_error or "").endswith("el servidor no contesta")

    def test_a_server_may_be_silent_for_less_than_the_lease(self) -> None:
        assert timedelta(seconds=delivery.TIMEOUT) == timedelta(seconds=10)

    def test_it_hangs_up(self, store: Store) -> None:
        posted(store, "test:1")
        with closing(socket.create_server(("127.0.0.1", 0))) as rude:
            thread = threading.Thread(target=lambda: rude.accept()[0].close())
            thread.start()
            assert delivers(with_smtp(store, rude.getsockname()[1])) == Delivery(failed=1)
            thread.join()
        mail = mail_of(store, "test:1")
        assert mail.state is MailState.QUEUED
        assert (mail.last_error or "").endswith("el servidor cortó la conexión")


def sends_and_dies(address: str, watch: Watch, port: int, certificate: Path) -> None:
    """Send one mail, and kill -9 oneself as soon as the server has it."""
    os.environ["SSL_CERT_FILE"] = str(certificate)
    store = replace(open_store(Settings(store=address)), clock=watch.clock)
    store = with_smtp(store, port)
    send = SmtpTransport.send

    def send_and_die(self: SmtpTransport, message: EmailMessage, recipient: str) -> None:
        send(self, message, recipient)
        die()

    pytest.MonkeyPatch().setattr(SmtpTransport, "send", send_and_die)
    delivers(store)


def test_a_sender_killed_after_the_servers_yes_sends_the_same_mail_again(
    address: str, store: Store, watch: Watch, office: PostOffice, trusted: Path
) -> None:
    """At least once is what SMTP can give; one Message-ID makes it one mail to who reads it."""
    posted(store, "test:1")
    assert was_killed(start(sends_and_dies, address, watch, office.port, trusted))
    assert states(store) == [MailState.SENDING]
    assert delivers(with_smtp(store, office.port)) == Delivery()
    watch.passes(minutes=1)
    assert delivers(with_smtp(store, office.port)) == Delivery(sent=1)
    assert [message["Message-ID"] for message in office.got] == [
        mail_of(store, "test:1").message_id
    ] * 2
    assert mail_of(store, "test:1").attempts == 2


def test_no_transaction_is_open_while_a_server_thinks(
    store: Store, empresasis: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key is confirmed in the very moment in which a mail is on its way."""

    def send_slowly(self: MaildirTransport, message: EmailMessage, recipient: str) -> None:
        activated(store, member(store, "empresasis"), GOOD_50)
        monkeypatch.undo()

    posted(store, "test:1")
    monkeypatch.setattr(MaildirTransport, "send", send_slowly)
    assert delivers(store) == Delivery(sent=2)


def test_the_settings_choose_the_way(store: Store, tmp_path: Path) -> None:
    assert transport_of(store.settings) == MaildirTransport(maildir_of(store.settings))
    chosen = transport_of(with_smtp(store, 587).settings)
    assert chosen == SmtpTransport("localhost", 587, USER, PASSWORD, starttls=True)
    assert PASSWORD not in repr(chosen)
