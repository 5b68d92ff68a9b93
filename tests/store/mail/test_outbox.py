"""The outbox: a mail is queued with its fact, claimed by one, and marked when it is gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.errors import NotAllowed
from store.installation.opening import open_store
from store.installation.store import Store
from store.mail.outbox import LEASE, claim, list_mail, mark_failed, mark_sent, stuck
from store.mail.tables import Mail, MailState
from store.settings import Settings
from tests.store.contents import contents, rows
from tests.store.lots import CONSOLE
from tests.store.mail.posted import mail_of, posted, states, until_due
from tests.store.people import employee
from tests.store.processes import finish, start
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch


def claimed(store: Store) -> Mail | None:
    """Take the next mail."""
    with store.writing() as session:
        return claim(session, store.clock.now())


def taken(store: Store) -> Mail:
    """Take the next mail; there is one."""
    mail = claimed(store)
    assert mail is not None
    return mail


def sent(store: Store, mail: Mail) -> None:
    """Say that it is gone."""
    with store.writing() as session:
        mark_sent(session, mail, store.clock.now())


def failed(store: Store, mail: Mail, words: str = "451 later", *, final: bool = False) -> None:
    """Say that it did not go."""
    with store.writing() as session:
        mark_failed(session, mail, words, final=final, now=store.clock.now())


class TestQueue:
    """A mail is written whole, with the fact that causes it."""

    def test_it_waits_as_it_will_be_sent(self, store: Store) -> None:
        posted(store, "test:1", subject="Aviso [/]", body="Ñandú\n")
        mail = mail_of(store, "test:1")
        assert (mail.state, mail.attempts, mail.next_at) == (
            MailState.QUEUED,
            0,
            store.clock.now(),
        )
        assert (mail.recipient, mail.subject, mail.body) == (
            "sistemas@demo.example",
            "Aviso [/]",
            "Ñandú\n",
        )
        assert mail.message_id.endswith("@escritorio.invalid>")

    def test_each_fact_mails_once(self, store: Store) -> None:
        posted(store, "test:1")
        before = contents(store)
        with pytest.raises(IntegrityError):
            posted(store, "test:2", "test:1")
        assert contents(store) == before

    def test_each_mail_has_its_own_name(self, store: Store) -> None:
        posted(store, *(f"test:{number}" for number in range(50)))
        assert len({mail.message_id for mail in rows(store, Mail)}) == 50


class TestClaim:
    """One sender has it until the lease ends."""

    def test_the_oldest_comes_first(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1", "test:2")
        watch.passes(seconds=1)
        posted(store, "test:3")
        assert [taken(store).fact for _time in "123"] == ["test:1", "test:2", "test:3"]
        assert claimed(store) is None

    def test_it_is_the_senders_alone(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1")
        mail = taken(store)
        assert (mail.state, mail.attempts) == (MailState.SENDING, 1)
        assert mail.lease_until == store.clock.now() + LEASE
        assert claimed(store) is None
        watch.passes(seconds=59)
        assert claimed(store) is None

    def test_a_lease_is_longer_than_a_server_may_be_silent(self) -> None:
        assert timedelta(seconds=60) == LEASE

    def test_a_sender_that_vanished_loses_it(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1")
        first = taken(store)
        watch.passes(seconds=60)
        second = taken(store)
        assert (second.id, second.attempts, second.message_id) == (first.id, 2, first.message_id)

    def test_one_that_comes_back_late_marks_nothing(self, store: Store, watch: Watch) -> None:
        """Somebody else has it now, and tells what becomes of it."""
        posted(store, "test:1")
        first = taken(store)
        watch.passes(seconds=60)
        second = taken(store)
        before = contents(store)
        sent(store, first)
        failed(store, first)
        failed(store, first, final=True)
        assert contents(store) == before
        sent(store, second)
        assert states(store) == [MailState.SENT]

    def test_what_is_not_due_waits(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1")
        failed(store, taken(store))
        assert claimed(store) is None
        until_due(store, watch, "test:1")
        assert taken(store).attempts == 2


class TestMark:
    """Gone, again later, or never."""

    def test_what_is_gone_is_gone(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1")
        failed(store, taken(store))
        until_due(store, watch, "test:1")
        sent(store, taken(store))
        mail = mail_of(store, "test:1")
        assert (mail.state, mail.sent_at) == (MailState.SENT, store.clock.now())
        assert (mail.lease_until, mail.last_error) == (None, None)
        watch.passes(days=365)
        assert claimed(store) is None

    def test_the_waits_grow_and_the_eighth_failure_is_the_last(
        self, store: Store, watch: Watch
    ) -> None:
        posted(store, "test:1")
        for seconds in (5, 10, 20, 40, 80, 160, 320):
            failed(store, taken(store))
            wait = until_due(store, watch, "test:1").total_seconds()
            assert 0.8 * seconds <= wait <= 1.2 * seconds
        failed(store, taken(store), "451 for the eighth time")
        mail = mail_of(store, "test:1")
        assert (mail.state, mail.attempts) == (MailState.DEAD, 8)
        assert mail.last_error == "451 for the eighth time"
        watch.passes(days=365)
        assert claimed(store) is None

    def test_waits_differ_so_that_senders_do_not_march_in_step(self, store: Store) -> None:
        facts = [f"test:{number}" for number in range(20)]
        posted(store, *facts)
        for _fact in facts:
            failed(store, taken(store))
        assert len({mail.next_at for mail in rows(store, Mail)}) > 10

    def test_a_final_refusal_is_final_at_once(self, store: Store) -> None:
        posted(store, "test:1")
        failed(store, taken(store), "550 no such user", final=True)
        mail = mail_of(store, "test:1")
        assert (mail.state, mail.attempts, mail.last_error) == (
            MailState.DEAD,
            1,
            "550 no such user",
        )

    def test_a_servers_long_speech_is_cut(self, store: Store) -> None:
        posted(store, "test:1")
        failed(store, taken(store), "x" * 5000)
        assert mail_of(store, "test:1").last_error == "x" * 300


class TestLooking:
    """`escritorio mail list`, and what `doctor` asks."""

    def test_the_newest_comes_first(self, store: Store, watch: Watch) -> None:
        posted(store, "test:1", "test:2")
        watch.passes(seconds=1)
        posted(store, "test:3")
        with store.reading() as session:
            listed = [mail.fact for mail in list_mail(session, CONSOLE)]
        assert listed == ["test:3", "test:2", "test:1"]

    def test_a_desk_may_not_read_it(self, store: Store, empresasis: Person) -> None:
        with store.reading() as session, refused(NOT_ALLOWED, NotAllowed):
            list_mail(session, empresasis)

    def test_caja_may_not_read_it(self, store: Store) -> None:
        somebody = employee(store, "personal", StaffRole.CAJA)
        with store.reading() as session, refused(NOT_ALLOWED, NotAllowed):
            list_mail(session, somebody)

    def stuck(self, store: Store) -> list[str]:
        with store.reading() as session:
            return [mail.fact for mail in stuck(session, store.clock.now())]

    def test_what_died_and_what_waits_for_an_hour_is_stuck(
        self, store: Store, watch: Watch
    ) -> None:
        posted(store, "dead", "sent")
        failed(store, taken(store), final=True)
        sent(store, taken(store))
        posted(store, "waiting")
        assert self.stuck(store) == ["dead"]
        watch.passes(hours=1)
        assert self.stuck(store) == ["dead"]
        watch.passes(seconds=1)
        posted(store, "fresh")
        assert sorted(self.stuck(store)) == ["dead", "waiting"]


def keeps_claiming(address: str, diary: Path) -> None:
    """Claim whatever is there from another process, and note each."""
    store = open_store(Settings(store=address))
    with diary.open("w") as notes:
        while (mail := claimed(store)) is not None:
            print(mail.fact, file=notes)


def test_eight_senders_at_once_claim_each_mail_once(
    address: str, store: Store, tmp_path: Path
) -> None:
    """The plain form claimed 177 of 300 twice on PostgreSQL (facts/reliability 2.4)."""
    facts = {f"test:{number}" for number in range(300)}
    posted(store, *facts)
    diaries = [tmp_path / f"diary-{number}" for number in range(8)]
    finish(start(keeps_claiming, address, diary) for diary in diaries)
    claims = [fact for diary in diaries for fact in diary.read_text().split()]
    assert len(claims) == 300
    assert set(claims) == facts
    assert {mail.attempts for mail in rows(store, Mail)} == {1}
