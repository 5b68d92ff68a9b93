"""Many keys at once: one verdict a line, each good one confirmed by itself (SPEC 3)."""

from collections.abc import Sequence

import pytest

from store.accounts.person import Person
from store.attempts.tables import AttemptKind, Verdict
from store.audit.tables import AuditEvent
from store.demo import ANOTHER_DESKS, EXPIRED, GOOD_50, GOOD_200, VOID
from store.errors import EmptyKey, LicenceNotAccepted, Mistyped
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.many import (
    MOST_KEYS,
    LineState,
    LineVerdict,
    check_many,
    confirm_many,
    read_lines,
)
from store.keys.tables import KeyState
from store.legal.tables import Acceptance
from store.mail.tables import Mail
from store.settings import Settings
from tests.store.contents import TRACES, contents, kept, rows, verdicts
from tests.store.crashes import dies_at
from tests.store.lots import activated, issued, unknown
from tests.store.processes import start, was_killed
from tests.store.refusals import UNAVAILABLE, refused

LIMIT = "Demasiados intentos. Vuelve a intentar a las 13:15."
HERE = "Esta clave ya está en tu escritorio: Disponible desde 14/07/2020."


def checked(store: Store, person: Person, *typed: str) -> list[LineVerdict]:
    """Check keys, one a line."""
    return list(check_many(store, person, read_lines("\n".join(typed))))


def good(verdicts: Sequence[LineVerdict]) -> list[LineVerdict]:
    """Give those that can be confirmed."""
    return [verdict for verdict in verdicts if verdict.state is LineState.GOOD]


class TestReading:
    """What was pasted, or read from a file."""

    def test_empty_lines_keep_their_number_and_a_heading_is_none(self) -> None:
        lines = read_lines(f'\ufeffClave,timbres\r\n\r\n  {GOOD_50} ,50\r\n"{GOOD_200}",200\n')
        assert [(line.number, line.typed) for line in lines] == [(3, GOOD_50), (4, GOOD_200)]

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_the_column_that_is_headed_holds_the_keys(self, mark: str) -> None:
        rows = (
            ("folio", "CLAVES", "timbres"),
            ("A-1", GOOD_50, "50"),
            ("A-2",),
            ("", GOOD_200, ""),
        )
        lines = read_lines("\n".join(mark.join(row) for row in rows))
        assert [(line.number, line.typed) for line in lines] == [(2, GOOD_50), (4, GOOD_200)]

    @pytest.mark.parametrize("text", ["", " \n\t\n", "clave\n", ",,,"])
    def test_no_keys(self, text: str) -> None:
        with refused("Captura la clave de prepago.", EmptyKey):
            read_lines(text)

    def test_too_many(self) -> None:
        with refused("Son 501 líneas con claves; se revisan hasta 500 a la vez.", Mistyped):
            read_lines("x\n" * (MOST_KEYS + 1))

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            (GOOD_50.lower(), "38SQ-••••-••••-UHBE"),
            ("38SQ-Y7AU-NS7R-UHB", "38SQ…"),
            ("38s", "38S"),
            ("38SQ-Y7AU-NS7R-UHBEX", "38SQ-••••-••••-HBEX"),
            ("\u202e]0;x", "]0"),
        ],
    )
    def test_no_line_is_shown_in_clear(self, typed: str, shown: str) -> None:
        assert read_lines(typed)[0].shown == shown


class TestChecking:
    """One verdict a line, in the words of SPEC 3's table."""

    def test_each_line_gets_its_sentence(self, store: Store, empresasis: Person) -> None:
        (here,) = issued(store)
        activated(store, empresasis, here)
        before = contents(store, without=TRACES)
        found = checked(store, empresasis, GOOD_50, "38SQ", VOID, here, GOOD_50.lower(), GOOD_200)
        assert [verdict.sentence for verdict in found] == [
            "Válida (50 Timbres)",
            "La clave tiene 16 caracteres; escribiste 4.",
            UNAVAILABLE,
            HERE,
            "Repetida: es la de la línea 1.",
            "Válida (200 Timbres)",
        ]
        assert contents(store, without=TRACES) == before

    def test_each_unknown_one_counts_and_past_the_limit_the_rest_stays_unchecked(
        self, store: Store, empresasis: Person
    ) -> None:
        bad = [VOID, ANOTHER_DESKS, EXPIRED, unknown(), unknown()]
        found = checked(store, empresasis, GOOD_50, *bad, GOOD_200, "38SQ")
        assert [verdict.sentence for verdict in found[1:6]] == [UNAVAILABLE] * 5
        assert len(found) == 7
        assert found[6].state is LineState.UNCHECKED
        assert found[6].stop is not None
        assert found[6].stop.sentence == LIMIT
        assert verdicts(store, AttemptKind.KEY) == [Verdict.FREE] + [Verdict.COUNTED] * 5


class TestConfirming:
    """Each is its own exactly-once confirmation."""

    def test_each_has_its_own_acceptance_mail_and_event(
        self, store: Store, empresasis: Person
    ) -> None:
        keys = issued(store, 3)
        before = len(rows(store, Acceptance))
        verdicts = good(checked(store, empresasis, *keys))
        done = list(confirm_many(store, empresasis, verdicts, licence_accepted=True))
        assert [verdict.sentence for verdict in done] == ["Confirmada (50 Timbres)"] * 3
        assert {kept(store, key).desk_id for key in keys} == {empresasis.desk_id}
        assert len(rows(store, Acceptance)) - before == len(rows(store, Mail)) == 3
        events = [event for event in rows(store, AuditEvent) if event.action == "key.confirmed"]
        assert {event.subject for event in events} >= {
            f"key:{verdict.confirmed.key_id}" for verdict in done if verdict.confirmed
        }

    def test_without_the_licence_none(self, store: Store, empresasis: Person) -> None:
        verdicts = good(checked(store, empresasis, GOOD_50))
        with refused("Debes aceptar la Licencia de Uso.", LicenceNotAccepted):
            list(confirm_many(store, empresasis, verdicts, licence_accepted=False))
        assert kept(store, GOOD_50).state is KeyState.ISSUED

    def test_one_that_was_taken_meanwhile_does_not_keep_the_others(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        verdicts = good(checked(store, empresasis, GOOD_50, GOOD_200))
        activated(store, kemper, GOOD_50)
        done = list(confirm_many(store, empresasis, verdicts, licence_accepted=True))
        assert [verdict.sentence for verdict in done] == [UNAVAILABLE, "Confirmada (200 Timbres)"]
        assert kept(store, GOOD_50).desk_id == kemper.desk_id

    def test_who_stops_asking_stops_between_two_keys(
        self, store: Store, empresasis: Person
    ) -> None:
        verdicts = good(checked(store, empresasis, GOOD_50, GOOD_200))
        next(confirm_many(store, empresasis, verdicts, licence_accepted=True))
        assert kept(store, GOOD_50).state is KeyState.AVAILABLE
        assert kept(store, GOOD_200).state is KeyState.ISSUED

    @pytest.mark.parametrize("point", [30, 75])
    def test_a_kill_in_the_middle_leaves_each_confirmed_or_not(
        self, address: str, store: Store, empresasis: Person, point: int
    ) -> None:
        keys = issued(store, 6)
        verdicts = good(checked(store, empresasis, *keys))
        assert was_killed(start(_confirms_and_dies, address, empresasis, verdicts, point))
        taken = [key for key in keys if kept(store, key).state is KeyState.AVAILABLE]
        assert taken == keys[: len(taken)]
        assert len(rows(store, Mail)) == len(taken) < len(keys)
        again = checked(store, empresasis, *keys)
        assert [verdict.sentence == HERE for verdict in again] == [key in taken for key in keys]
        done = list(confirm_many(store, empresasis, good(again), licence_accepted=True))
        assert len(taken) + len(done) == len(rows(store, Mail)) == len(keys)


def _confirms_and_dies(
    address: str, person: Person, verdicts: Sequence[LineVerdict], point: int
) -> None:
    store = open_store(Settings(store=address))
    dies_at(store.engine, point)
    list(confirm_many(store, person, verdicts, licence_accepted=True))
