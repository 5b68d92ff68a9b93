"""Activating a key: checked, then bound to one desk for ever; and each «no» of SPEC 3, to the letter."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import Account, AccountState, Desk, DeskState, Role, StaffRole
from store.attempts.limits import Limit
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.demo import ANOTHER_DESKS, EXPIRED, GOOD_50, GOOD_200, VOID
from store.errors import (
    KeyAlreadyHere,
    KeyMistyped,
    KeyUnavailable,
    LicenceChanged,
    LicenceNotAccepted,
    NotAllowed,
    PasswordChangeRequired,
    Refusal,
)
from store.installation.store import Store
from store.keys import activation
from store.keys.activation import CheckedKey, check_key, confirm_key
from store.keys.life import Move
from store.keys.tables import KeyState, PrepaidKey
from store.legal.tables import Acceptance, LegalKind, LegalText
from store.mail.tables import Mail, MailState
from tests.store.contents import GUESSES, TRACES, contents, kept, rows, verdicts
from tests.store.lots import CONSOLE, activated, imported, issued, moved, unknown
from tests.store.people import COUNTER, colleague, employee, member
from tests.store.refusals import NOT_ALLOWED, UNAVAILABLE, refused
from tests.store.watch import Watch

CHANGED_ACCOUNT = "Tu cuenta cambió; sal y vuelve a entrar."


def refuses(store: Store, person: Person, typed: str, sentence: str, kind: type[Refusal]) -> None:
    """Expect this answer to a typed key, and nothing changed but what the staff are told."""
    before = contents(store, without=TRACES)
    with refused(sentence, kind):
        check_key(store, person, typed)
    assert contents(store, without=TRACES) == before


def licence_of(store: Store) -> LegalText:
    """Give the licence of the prepaid keys."""
    (licence,) = [text for text in rows(store, LegalText) if text.kind is LegalKind.PREPAID_LICENCE]
    return licence


class TestChecking:
    """Window 1: «Captura la Clave Prepago»."""

    @pytest.mark.parametrize(("typed", "units"), [(GOOD_50, 50), (GOOD_200, 200)])
    def test_a_good_key_tells_what_it_holds(
        self, store: Store, empresasis: Person, typed: str, units: int
    ) -> None:
        checked = check_key(store, empresasis, typed)
        assert checked.units == units
        assert checked.code.grouped() == typed

    def test_it_may_be_typed_in_any_shape(self, store: Store, empresasis: Person) -> None:
        assert check_key(store, empresasis, " 38sq y7au\nns7r_uhbe ").code.grouped() == GOOD_50

    def test_checking_changes_nothing(self, store: Store, empresasis: Person) -> None:
        before = contents(store, without=GUESSES)
        check_key(store, empresasis, GOOD_50)
        assert contents(store, without=GUESSES) == before

    def test_checking_a_good_key_is_free_however_often(
        self, store: Store, empresasis: Person
    ) -> None:
        for _time in range(30):
            check_key(store, empresasis, GOOD_50)
        assert set(verdicts(store, AttemptKind.KEY)) == {Verdict.FREE}

    def test_the_licence_comes_with_it(self, store: Store, empresasis: Person) -> None:
        published = licence_of(store)
        licence = check_key(store, empresasis, GOOD_50).licence
        assert licence.body == published.body
        assert licence.body.startswith("LICENCIA DE USO DE CLAVES DE PREPAGO\n")
        assert licence.version == published.version == 1

    def test_two_desks_may_look_at_the_same_key(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        assert check_key(store, empresasis, GOOD_50) == check_key(store, kemper, GOOD_50)


class TestBadInput:
    """SPEC 3's table, row by row."""

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Captura la clave de prepago."),
            (" - - ", "Captura la clave de prepago."),
            ("38SQ-Y7AU-NS7R-UHB", "La clave tiene 16 caracteres; escribiste 15."),
            ("38SQ-Y7AU-NS7R-UHBEE", "La clave tiene 16 caracteres; escribiste 17."),
            (
                "38SQ-Y7OU-NS7R-UHBE",
                "Las claves no usan 0, 1, I, L ni O: revisa el carácter 7.",
            ),
            ("38SQ-?7AU-NS7R-UHBE", "El carácter 5 («?») no puede ir en una clave."),
        ],
    )
    def test_what_is_not_written_as_a_key_is_not_counted(
        self, store: Store, empresasis: Person, typed: str, sentence: str
    ) -> None:
        before = contents(store)
        for _time in range(25):
            with refused(sentence, KeyMistyped, field="key"):
                check_key(store, empresasis, typed)
        assert contents(store) == before

    def test_a_wrong_check_symbol_is_a_typo_and_no_guess(
        self, store: Store, empresasis: Person
    ) -> None:
        refuses(
            store,
            empresasis,
            "38SQ-Y7AU-NS7R-UHBF",
            "La clave no está bien escrita; revísala.",
            KeyMistyped,
        )
        assert verdicts(store, AttemptKind.KEY) == []
        assert verdicts(store, AttemptKind.TYPO) == [Verdict.COUNTED]

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            (unknown(), "unknown"),
            (VOID, "void"),
            (ANOTHER_DESKS, "another desk's"),
            (EXPIRED, "expired"),
        ],
        ids=["unknown", "void", "another desk's", "expired"],
    )
    def test_a_key_that_is_no_good_gets_one_text_and_counts(
        self, store: Store, empresasis: Person, typed: str, reason: str
    ) -> None:
        before = contents(store, without=TRACES)
        with refused(UNAVAILABLE, KeyUnavailable, reason=reason):
            check_key(store, empresasis, typed)
        assert contents(store, without=TRACES) == before
        assert verdicts(store, AttemptKind.KEY) == [Verdict.COUNTED]

    def test_a_held_key_gets_the_same_text(self, store: Store, empresasis: Person) -> None:
        moved(store, GOOD_50, Move.HOLD)
        with refused(UNAVAILABLE, KeyUnavailable, reason="held"):
            check_key(store, empresasis, GOOD_50)
        assert verdicts(store, AttemptKind.KEY) == [Verdict.COUNTED]

    def test_another_desks_key_looks_alike_whatever_became_of_it(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        (typed,) = issued(store)
        activated(store, kemper, typed)
        for move in (None, Move.WITHHOLD, Move.VOID):
            if move is not None:
                moved(store, typed, move)
            with refused(UNAVAILABLE, KeyUnavailable, reason="another desk's"):
                check_key(store, empresasis, typed)

    def test_the_reason_is_for_the_staff_alone(
        self, store: Store, empresasis: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING), refused(UNAVAILABLE) as refusal:
            check_key(store, empresasis, VOID)
        assert "void" not in refusal.value.sentence
        assert caplog.messages == ["key E39G-••••-••••-H3UP refused to empresasis: void"]
        event = rows(store, AuditEvent)[-1]
        assert (event.action, event.account_id, event.desk_id, event.origin) == (
            "key.refused",
            empresasis.account_id,
            empresasis.desk_id,
            COUNTER,
        )
        assert event.detail == '{"key":"E39G-••••-••••-H3UP","reason":"void"}'

    def test_a_key_of_this_desk_says_since_when_and_leads_to_its_row(
        self, store: Store, empresasis: Person
    ) -> None:
        confirmed = activated(store, empresasis, GOOD_50)
        with refused(
            "Esta clave ya está en tu escritorio: Disponible desde 14/07/2020.",
            KeyAlreadyHere,
            key_id=confirmed.key_id,
        ):
            check_key(store, empresasis, GOOD_50)
        assert Verdict.COUNTED not in verdicts(store, AttemptKind.KEY)
        assert Verdict.PENDING not in verdicts(store, AttemptKind.KEY)

    @pytest.mark.parametrize(
        ("move", "status"), [(Move.WITHHOLD, "Retenida"), (Move.VOID, "Anulada")]
    )
    def test_it_says_so_after_the_staff_moved_it_too(
        self, store: Store, empresasis: Person, watch: Watch, move: Move, status: str
    ) -> None:
        activated(store, empresasis, GOOD_50)
        watch.passes(days=3)
        moved(store, GOOD_50, move)
        with refused(
            f"Esta clave ya está en tu escritorio: {status} desde 14/07/2020.", KeyAlreadyHere
        ):
            check_key(store, empresasis, GOOD_50)

    def test_an_expired_key_that_was_confirmed_in_time_stays_the_desks(
        self, store: Store, empresasis: Person, watch: Watch
    ) -> None:
        (typed,) = issued(store, redeem_by=date(2020, 7, 14))
        activated(store, empresasis, typed)
        watch.passes(days=90)
        with refused(
            "Esta clave ya está en tu escritorio: Disponible desde 14/07/2020.", KeyAlreadyHere
        ):
            check_key(store, empresasis, typed)


class TestLastDay:
    """A lot's last day is a day of the desk's calendar."""

    def test_a_key_is_good_to_the_end_of_its_last_day(
        self, store: Store, empresasis: Person, watch: Watch
    ) -> None:
        one, other = issued(store, 2, redeem_by=date(2020, 7, 14))
        watch.passes(hours=10, minutes=59)  # 23:59 at the desk, already tomorrow in London
        checked = check_key(store, empresasis, other)
        activated(store, empresasis, one)
        watch.passes(minutes=1)
        with refused(UNAVAILABLE, KeyUnavailable, reason="expired"):
            confirm_key(store, empresasis, checked, licence_accepted=True)
        with refused(UNAVAILABLE, KeyUnavailable, reason="expired"):
            check_key(store, empresasis, other)
        assert kept(store, other).state is KeyState.ISSUED

    def test_a_lot_without_a_last_day_never_expires(
        self, store: Store, empresasis: Person, watch: Watch
    ) -> None:
        (typed,) = issued(store)
        watch.passes(days=3650)
        assert activated(store, empresasis, typed).units == 50


class TestConfirming:
    """Window 2: «Clave … válida (incluye 50 Timbres)», [Confirmar]."""

    def test_the_key_is_this_desks_from_now_on(self, store: Store, empresasis: Person) -> None:
        confirmed = activated(store, empresasis, GOOD_50)
        key = kept(store, GOOD_50)
        assert (confirmed.key_id, str(confirmed.masked)) == (key.id, "38SQ-••••-••••-UHBE")
        assert (confirmed.units, confirmed.confirmed_on) == (50, date(2020, 7, 14))
        assert key.state is KeyState.AVAILABLE
        assert key.desk_id == empresasis.desk_id
        assert key.confirmed_by == empresasis.account_id
        assert key.confirmed_at == store.clock.now()
        assert key.confirmed_on == date(2020, 7, 14)
        assert (key.activated_on, key.client_id, key.reason) == (None, None, None)

    def test_the_day_is_the_desks_own(self, store: Store, empresasis: Person, watch: Watch) -> None:
        watch.passes(hours=10, minutes=30)
        assert activated(store, empresasis, GOOD_50).confirmed_on == date(2020, 7, 14)
        assert kept(store, GOOD_50).confirmed_on == date(2020, 7, 14)

    def test_who_accepted_which_licence_when_is_kept(
        self, store: Store, empresasis: Person
    ) -> None:
        before = rows(store, Acceptance)
        activated(store, empresasis, GOOD_50)
        (acceptance,) = rows(store, Acceptance)[len(before) :]
        licence = licence_of(store)
        assert kept(store, GOOD_50).acceptance_id == acceptance.id
        assert acceptance.legal_text_id == licence.id
        assert acceptance.account_id == empresasis.account_id
        assert acceptance.desk_id == empresasis.desk_id
        assert acceptance.accepted_at == store.clock.now()
        assert licence.sha256 == hashlib.sha256(licence.body.encode()).hexdigest()

    def test_the_audit_tells_it_with_the_key_masked(self, store: Store, empresasis: Person) -> None:
        before = rows(store, AuditEvent)
        confirmed = activated(store, empresasis, GOOD_50)
        (event,) = rows(store, AuditEvent)[len(before) :]
        assert (event.action, event.subject) == ("key.confirmed", f"key:{confirmed.key_id}")
        assert (event.account_id, event.desk_id) == (empresasis.account_id, empresasis.desk_id)
        assert event.detail == '{"key":"38SQ-••••-••••-UHBE","licence":1,"units":50}'

    def test_a_mail_tells_the_desk(self, store: Store, empresasis: Person) -> None:
        confirmed = activated(store, empresasis, GOOD_50)
        (mail,) = rows(store, Mail)
        assert mail.state is MailState.QUEUED
        assert mail.fact == f"key-confirmed:{confirmed.key_id}"
        assert (mail.recipient, mail.desk_id) == ("sistemas@demo.example", empresasis.desk_id)
        assert mail.subject == "Clave de prepago confirmada: 38SQ-••••-••••-UHBE"
        assert mail.body == (
            "Se confirmó una clave de prepago en tu escritorio.\n"
            "\n"
            "  Escritorio:  EMPRESA SISTEMAS\n"
            "  Clave:       38SQ-••••-••••-UHBE\n"
            "  Incluye:     50 Timbres\n"
            "  Fecha:       14/07/2020 13:00\n"
            "  Confirmó:    empresasis\n"
            "\n"
            "Los servicios liberados por este medio serán válidos solo para este Escritorio.\n"
            "Si no reconoces esta confirmación, avisa a soporte.\n"
        )

    def test_nothing_else_changes(self, store: Store, empresasis: Person) -> None:
        touched = (*TRACES, "prepaid_key", "key_tally", "acceptance", "mail")
        before, keys = contents(store, without=touched), rows(store, PrepaidKey)
        activated(store, empresasis, GOOD_50)
        assert contents(store, without=touched) == before
        changed = [key.id for key in rows(store, PrepaidKey) if key not in keys]
        assert changed == [kept(store, GOOD_50).id]

    def test_it_is_free(self, store: Store, empresasis: Person) -> None:
        for typed in issued(store, 12):
            activated(store, empresasis, typed)
        assert set(verdicts(store, AttemptKind.KEY)) == {Verdict.FREE}

    def test_a_vendors_key_is_confirmed_like_our_own(
        self, store: Store, empresasis: Person
    ) -> None:
        imported(store, ["ABC-0123456789-ILO"], "TIMBRES-200", vendor_length=16)
        confirmed = activated(store, empresasis, "abc 0123456789 ilo")
        assert (str(confirmed.masked), confirmed.units) == ("ABC0-••••-••••-9ILO", 200)

    def test_without_the_box_it_is_refused_before_anything_is_asked(
        self, store: Store, empresasis: Person
    ) -> None:
        checked = check_key(store, empresasis, GOOD_50)
        before = contents(store)
        for _time in range(10):
            with refused("Debes aceptar la Licencia de Uso.", LicenceNotAccepted):
                confirm_key(store, empresasis, checked, licence_accepted=False)
        assert contents(store) == before

    def test_a_licence_that_changed_meanwhile_has_to_be_read(
        self, store: Store, empresasis: Person
    ) -> None:
        checked = check_key(store, empresasis, GOOD_50)
        with store.writing() as session:
            session.add(
                LegalText(
                    kind=LegalKind.PREPAID_LICENCE,
                    version=2,
                    body="Otra.",
                    sha256=hashlib.sha256(b"Otra.").hexdigest(),
                    published_at=store.clock.now(),
                )
            )
        with refused("La Licencia de Uso cambió; léela y acéptala de nuevo.", LicenceChanged):
            confirm_key(store, empresasis, checked, licence_accepted=True)
        assert kept(store, GOOD_50).state is KeyState.ISSUED
        assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE, Verdict.FREE]
        assert check_key(store, empresasis, GOOD_50).licence.body == "Otra."
        assert activated(store, empresasis, GOOD_50).units == 50


class TestTakenMeanwhile:
    """Between «válida» and [Confirmar] the key went: the one text, and nothing half done."""

    def taken(self, store: Store, person: Person, checked: CheckedKey, reason: str) -> None:
        before = contents(store, without=TRACES)
        guesses = len(verdicts(store, AttemptKind.KEY))
        with refused(UNAVAILABLE, KeyUnavailable, reason=reason):
            confirm_key(store, person, checked, licence_accepted=True)
        assert contents(store, without=TRACES) == before
        assert verdicts(store, AttemptKind.KEY)[guesses:] == [Verdict.COUNTED]

    def test_to_another_desk(self, store: Store, empresasis: Person, kemper: Person) -> None:
        checked = check_key(store, kemper, GOOD_50)
        activated(store, empresasis, GOOD_50)
        self.taken(store, kemper, checked, "another desk's")
        assert kept(store, GOOD_50).desk_id == empresasis.desk_id
        assert len(rows(store, Mail)) == 1

    @pytest.mark.parametrize(("move", "reason"), [(Move.HOLD, "held"), (Move.VOID, "void")])
    def test_by_the_staff(self, store: Store, empresasis: Person, move: Move, reason: str) -> None:
        checked = check_key(store, empresasis, GOOD_50)
        moved(store, GOOD_50, move)
        self.taken(store, empresasis, checked, reason)

    def test_by_this_desk_itself_it_is_no_loss(self, store: Store, empresasis: Person) -> None:
        """The line dropped at that moment; the person tries again."""
        checked = check_key(store, empresasis, GOOD_50)
        confirmed = confirm_key(store, empresasis, checked, licence_accepted=True)
        before = contents(store, without=GUESSES)
        with refused(
            "Esta clave ya está en tu escritorio: Disponible desde 14/07/2020.",
            KeyAlreadyHere,
            key_id=confirmed.key_id,
        ):
            confirm_key(store, empresasis, checked, licence_accepted=True)
        assert contents(store, without=GUESSES) == before
        assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE] * 3

    def test_by_a_colleague_it_is_here_all_the_same(self, store: Store, empresasis: Person) -> None:
        operator = colleague(store, empresasis, "operadora", Role.OPERADOR)
        checked = check_key(store, operator, GOOD_50)
        activated(store, empresasis, GOOD_50)
        with refused(
            "Esta clave ya está en tu escritorio: Disponible desde 14/07/2020.", KeyAlreadyHere
        ):
            confirm_key(store, operator, checked, licence_accepted=True)


class TestWhoMay:
    """Roles are refused by the store; the screen only greys."""

    def barred(self, store: Store, person: Person, sentence: str, kind: type[Refusal]) -> None:
        checked = CheckedKey(
            check_key(store, member(store, "kemper"), GOOD_50).code,
            50,
            check_key(store, member(store, "kemper"), GOOD_50).licence,
        )
        before = contents(store)
        with refused(sentence, kind):
            check_key(store, person, GOOD_50)
        with refused(sentence, kind):
            check_key(store, person, "")
        with refused(sentence, kind):
            confirm_key(store, person, checked, licence_accepted=True)
        assert contents(store) == before

    def test_an_operator_may(self, store: Store, empresasis: Person) -> None:
        operator = colleague(store, empresasis, "operadora", Role.OPERADOR)
        activated(store, operator, GOOD_50)
        assert kept(store, GOOD_50).confirmed_by == operator.account_id

    def test_who_only_looks_may_not(self, store: Store, empresasis: Person) -> None:
        looker = colleague(store, empresasis, "consultora", Role.CONSULTA)
        self.barred(store, looker, NOT_ALLOWED, NotAllowed)

    @pytest.mark.parametrize("role", StaffRole)
    def test_the_staff_may_not_even_at_a_desk_they_look_at(
        self, store: Store, empresasis: Person, role: StaffRole
    ) -> None:
        somebody = employee(store, "personal", role)
        self.barred(store, somebody, NOT_ALLOWED, NotAllowed)
        self.barred(store, replace(somebody, desk_id=empresasis.desk_id), NOT_ALLOWED, NotAllowed)

    def test_the_console_may_not(self, store: Store) -> None:
        self.barred(store, CONSOLE, NOT_ALLOWED, NotAllowed)

    def test_whose_account_was_blocked_meanwhile_may_not(
        self, store: Store, empresasis: Person
    ) -> None:
        with store.writing() as session:
            session.exec(
                update(Account)
                .where(col(Account.id) == empresasis.account_id)
                .values(state=AccountState.BLOCKED)
            )
        self.barred(store, empresasis, CHANGED_ACCOUNT, NotAllowed)

    def test_whose_role_changed_meanwhile_may_not(self, store: Store, empresasis: Person) -> None:
        operator = colleague(store, empresasis, "operadora", Role.OPERADOR)
        self.barred(store, replace(operator, role=Role.TITULAR), CHANGED_ACCOUNT, NotAllowed)

    def test_nobody_acts_for_a_desk_that_is_not_theirs(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        stranger = replace(kemper, desk_id=empresasis.desk_id)
        self.barred(store, stranger, CHANGED_ACCOUNT, NotAllowed)

    def test_a_first_password_has_to_be_changed_before(
        self, store: Store, empresasis: Person
    ) -> None:
        with store.writing() as session:
            session.exec(
                update(Account)
                .where(col(Account.id) == empresasis.account_id)
                .values(must_change_password=True)
            )
        self.barred(
            store,
            empresasis,
            "Antes de continuar, cambia tu contraseña.",
            PasswordChangeRequired,
        )

    @pytest.mark.parametrize("state", [DeskState.SUSPENDED, DeskState.CLOSED])
    def test_a_desk_that_may_not_work_may_not(
        self, store: Store, empresasis: Person, state: DeskState
    ) -> None:
        with store.writing() as session:
            session.exec(update(Desk).where(col(Desk.id) == empresasis.desk_id).values(state=state))
        self.barred(
            store,
            empresasis,
            "Tu escritorio no puede activar claves. Llama a soporte.",
            NotAllowed,
        )

    def test_who_is_blocked_at_the_last_moment_changes_nothing(
        self, store: Store, empresasis: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """After the attempt was written down and before the key is claimed."""
        checked = check_key(store, empresasis, GOOD_50)
        reserve = activation._reserve_guess

        def block_after_reserving(store: Store, person: Person, limits: Sequence[Limit]) -> int:
            number = reserve(store, person, limits)
            with store.writing() as session:
                session.exec(
                    update(Account)
                    .where(col(Account.id) == person.account_id)
                    .values(state=AccountState.BLOCKED)
                )
            return number

        monkeypatch.setattr(activation, "_reserve_guess", block_after_reserving)
        before = contents(store, without=(*GUESSES, "account"))
        with refused(CHANGED_ACCOUNT, NotAllowed):
            confirm_key(store, empresasis, checked, licence_accepted=True)
        assert contents(store, without=(*GUESSES, "account")) == before
        assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE, Verdict.FREE]
