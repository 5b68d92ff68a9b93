"""The made-up desk that the demo, the tests and the pictures share: July 2020, as in the seeds."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from store import demo
from store.accounts.names import read_rfc
from store.accounts.person import Person
from store.accounts.signing_in import Door, sign_in
from store.accounts.tables import Account, Desk, DeskKind, Role
from store.calendar import system_time
from store.clients.tables import Client
from store.demo import (
    ANOTHER_DESKS,
    CUSTOMER,
    DISTRIBUTOR,
    EXPIRED,
    GOOD_50,
    GOOD_200,
    OTHERS,
    PASSWORD,
    START,
    TO_TYPE,
    VOID,
    create_demo,
)
from store.demo.removing import remove_demo
from store.errors import KeyUnavailable, Refusal
from store.installation.doctor import examine
from store.installation.opening import open_store
from store.installation.pepper import DEMO_PEPPER
from store.installation.store import Store
from store.keys.activation import check_key
from store.keys.tables import LISTED, KeyState, PrepaidKey
from store.mail.delivery import deliver_due, transport_of
from store.settings import Settings, config_folder
from tests.store.contents import contents, rows
from tests.store.mail.posted import posted
from tests.store.people import COUNTER
from tests.store.processes import die, start, was_killed
from tests.store.refusals import UNAVAILABLE, refused


@pytest.mark.parametrize(
    ("username", "door", "company", "kind"),
    [
        (DISTRIBUTOR, Door.DISTRIBUTORS, "EMPRESA SISTEMAS", DeskKind.DISTRIBUTOR),
        (CUSTOMER, Door.CUSTOMERS, "ESCUELA KEMPER URGATE", DeskKind.CUSTOMER),
    ],
)
def test_its_accounts_sign_in_without_changing_the_password_first(
    store: Store, username: str, door: Door, company: str, kind: DeskKind
) -> None:
    entered = sign_in(store, username, "demo2020", door=door, origin=COUNTER)
    assert not entered.must_change_password
    assert entered.person.role is Role.TITULAR
    desks = {desk.id: desk for desk in rows(store, Desk)}
    assert entered.person.desk_id is not None
    assert desks[entered.person.desk_id].name == company
    assert desks[entered.person.desk_id].kind is kind


def test_its_password_is_in_no_row(store: Store) -> None:
    assert PASSWORD not in repr(contents(store))
    assert all(not account.must_change_password for account in rows(store, Account))


def test_every_process_on_it_lives_in_july_2020(address: str) -> None:
    for _process in range(2):
        store = open_store(Settings(store=address))
        assert store.is_demo
        assert timedelta() <= store.clock.now() - START < timedelta(hours=1)
        assert store.clock.today() == date(2020, 7, 14)
        assert store.clock.moment_of(START) == "14/07/2020 13:00"
        store.close()


def test_the_keys_to_type_are_those_of_the_specification(
    store: Store, empresasis: Person, kemper: Person
) -> None:
    assert TO_TYPE == (GOOD_50, GOOD_200, VOID, ANOTHER_DESKS, EXPIRED)
    for person in (empresasis, kemper):
        assert [check_key(store, person, typed).units for typed in TO_TYPE[:2]] == [50, 200]
        for typed, reason in zip(TO_TYPE[2:], ("void", "another desk's", "expired"), strict=True):
            with refused(UNAVAILABLE, KeyUnavailable, reason=reason):
                check_key(store, person, typed)


def test_there_is_enough_to_scroll_through(store: Store, empresasis: Person) -> None:
    keys = [key for key in rows(store, PrepaidKey) if key.desk_id == empresasis.desk_id]
    assert len(keys) == 5 + OTHERS == 65
    states = Counter(key.state for key in keys)
    assert set(states) == set(LISTED)
    assert (states[KeyState.WITHHELD], states[KeyState.VOID]) == (1, 2)
    days = [key.confirmed_on for key in keys if key.confirmed_on]
    assert (min(days), max(days)) == (date(2020, 2, 15), date(2020, 7, 14))
    assert sum(day < date(2020, 5, 14) for day in days) > 10
    # The seed's figure is on top: nothing else was confirmed on its days.
    assert sorted(days)[-4:] == [date(2020, 7, 13), *[date(2020, 7, 14)] * 3]


def test_its_companies_are_as_real_ones_are(store: Store) -> None:
    names = [desk.name for desk in rows(store, Desk)]
    names += [client.name for client in rows(store, Client)]
    assert any("&" in name for name in names)
    assert any("Ñ" in name for name in names)
    assert max(map(len, names)) > 60
    for desk in rows(store, Desk):
        assert read_rfc(desk.rfc).value == desk.rfc
        assert desk.email.endswith(".example")  # goes nowhere


def test_it_is_the_same_each_time(store: Store, empresasis: Person, tmp_path: Path) -> None:
    again = create_demo(Settings(store=str(tmp_path / "again.db")))
    assert rows(again, Client) == rows(store, Client)
    one, other = (
        [key for key in rows(each, PrepaidKey) if key.desk_id in (None, empresasis.desk_id)]
        for each in (store, again)
    )
    assert one == other
    again.close()


def test_it_is_sound(store: Store) -> None:
    assert all(found.sound for found in examine(store))


def test_it_leaves_no_pepper_and_overwrites_nothing(
    new_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = create_demo(Settings(store=new_address))
    assert store.pepper == DEMO_PEPPER
    assert not config_folder().exists()
    before = contents(store)
    with pytest.raises(Refusal, match="no se sobrescribe"):
        create_demo(Settings(store=new_address))
    assert contents(store) == before
    assert store.clock.now() - START < timedelta(minutes=5)
    assert abs(system_time() - START) > timedelta(days=365)
    store.close()


def test_it_goes_with_its_own_mails_and_no_others(demo_copy: Path, tmp_path: Path) -> None:
    maildir = tmp_path / "mail"
    store = open_store(Settings(store=str(demo_copy), maildir=maildir))
    posted(store, "test:1", "test:2")
    assert deliver_due(store, transport_of(store.settings)).sent == 2
    (maildir / "new" / "another.eml").write_text("somebody else's")
    read, _unread = sorted((maildir / "new").glob("*@escritorio.invalid.eml"))
    read.rename(maildir / "cur" / f"{read.name}:2,S")
    remove_demo(store)
    assert [path.name for path in maildir.rglob("*.eml*")] == ["another.eml"]
    assert not demo_copy.exists()


def test_a_kill_while_it_is_furnished_leaves_no_half_demo(tmp_path: Path) -> None:
    file = tmp_path / "demo.db"
    assert was_killed(start(dies_while_furnishing, str(file)))
    assert not file.exists()
    create_demo(Settings(store=str(file))).close()


def dies_while_furnishing(address: str) -> None:
    """Make a demo, and kill -9 oneself behind its people and keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "furnish_orders", lambda *_: die())
        create_demo(Settings(store=address))
