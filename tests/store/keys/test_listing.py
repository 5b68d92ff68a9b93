"""The list «Claves prepago»: the seed's figure to the letter, and any query against a plain Python model."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from store.accounts.person import Person
from store.accounts.tables import Role, StaffRole
from store.demo import GOOD_50, GOOD_200, create_demo
from store.errors import NotAllowed
from store.installation.store import Store
from store.keys import asked as asked_module
from store.keys.listing import KeyGroup, KeyListing, Line
from store.keys.query import DateRange, KeyColumn, KeyQuery
from store.keys.rows import KeyRow
from store.keys.tables import KeyState
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps
from store.settings import Settings
from tests.store.keys.crowded import KEYS, LONG, Held, crowd
from tests.store.keys.model import GroupLine, is_asked_for, modelled
from tests.store.lots import activated
from tests.store.people import colleague, employee, member
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

EVER = DateRange()


def opened(store: Store, person: Person, query: KeyQuery | None = None) -> KeyListing:
    """Open a list."""
    listing = KeyListing(store, person, query or KeyQuery())
    listing.open()
    if not listing.is_exact:
        listing.settle(*listing.count_all())
    return listing


def whole(listing: KeyListing) -> list[Line]:
    """Read every line of a list at once."""
    lines = listing.lines(0, listing.length + 10)
    assert len(lines) == listing.length
    return lines


def shown(line: Line) -> list[str]:
    """Write a line as the seed's table does, without the key."""
    assert isinstance(line, KeyRow)
    return [
        stamps(line.units),
        f"{line.confirmed_on:%d/%m/%Y}",
        said_of_activation(line.activated_on),
        said_of_state(line.state),
        said_of_client(line.client),
    ]


class TestFigure:
    """Seed 000, figure 5, on the demo's first screen."""

    def test_the_first_rows_are_the_seeds_to_the_letter(
        self, store: Store, empresasis: Person
    ) -> None:
        assert [shown(line) for line in opened(store, empresasis).lines(0, 4)] == [
            ["200 Timbres", "14/07/2020", "Inactiva", "Disponible", "Sin asignar"],
            ["200 Timbres", "14/07/2020", "14/07/20", "Utilizada", "Empresa 1"],
            ["50 Timbres", "14/07/2020", "14/07/20", "Utilizada", "Empresa 3"],
            ["50 Timbres", "13/07/2020", "14/07/20", "Utilizada", "Empresa 2"],
        ]

    def test_a_key_confirmed_now_is_on_top(self, store: Store, empresasis: Person) -> None:
        before = opened(store, empresasis)
        confirmed = activated(store, empresasis, GOOD_50)
        after = opened(store, empresasis)
        (top,) = after.lines(0, 1)
        assert shown(top) == ["50 Timbres", "14/07/2020", "Inactiva", "Disponible", "Sin asignar"]
        assert isinstance(top, KeyRow)
        assert str(top.key) == "38SQ-••••-••••-UHBE"
        assert after.index_of(confirmed.key_id) == 0
        assert (after.keys, after.units) == (before.keys + 1, before.units + 50)

    def test_of_two_in_the_same_instant_the_later_one_is_on_top(
        self, store: Store, empresasis: Person
    ) -> None:
        activated(store, empresasis, GOOD_50)
        later = activated(store, empresasis, GOOD_200)
        first, second = (line for line in opened(store, empresasis).lines(0, 2))
        assert isinstance(first, KeyRow)
        assert isinstance(second, KeyRow)
        assert first.id == max(first.id, second.id)
        assert later.key_id in (first.id, second.id)

    def test_what_is_a_day_too_old_is_found_by_asking(
        self, store: Store, empresasis: Person
    ) -> None:
        ever = opened(store, empresasis, KeyQuery(dates=EVER))
        default = opened(store, empresasis)
        assert ever.keys > default.keys
        days = [line.confirmed_on for line in whole(default) if isinstance(line, KeyRow)]
        assert min(days) >= date(2020, 5, 14)
        assert max(days) == date(2020, 7, 14)
        a_day_before = opened(
            store, empresasis, KeyQuery(dates=DateRange(date(2020, 5, 13), date(2020, 5, 13)))
        )
        assert ["50 Timbres", "13/05/2020", "20/05/20", "Utilizada", "Empresa 1"] in [
            shown(line) for line in whole(a_day_before)
        ]

    def test_the_default_range_moves_on_with_the_day(
        self, store: Store, empresasis: Person, watch: Watch
    ) -> None:
        listing = KeyListing(store, empresasis, KeyQuery())
        listing.open()
        before = listing.keys
        watch.passes(days=365)
        listing.open()
        assert before > 0
        assert listing.keys == listing.length == 0
        assert listing.lines(0, 20) == []


class TestWhoMayLook:
    """A desk sees its own keys; the staff see the desk that they chose."""

    def test_another_desks_keys_are_not_there(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        confirmed = activated(store, empresasis, GOOD_50)
        theirs = opened(store, kemper, KeyQuery(dates=EVER))
        assert theirs.keys == 0
        assert theirs.index_of(confirmed.key_id) is None

    def test_who_only_looks_may_look(self, store: Store, empresasis: Person) -> None:
        looker = colleague(store, empresasis, "consultora", Role.CONSULTA)
        assert opened(store, looker).keys == opened(store, empresasis).keys > 0

    @pytest.mark.parametrize("role", StaffRole)
    def test_all_the_staff_may_look_at_a_desk(
        self, store: Store, empresasis: Person, role: StaffRole
    ) -> None:
        somebody = employee(store, "personal", role)
        with refused("Elige primero un escritorio.", NotAllowed):
            opened(store, somebody)
        looking = replace(somebody, desk_id=empresasis.desk_id)
        assert opened(store, looking).keys == opened(store, empresasis).keys

    def test_nobody_looks_into_a_desk_that_is_not_theirs(
        self, store: Store, empresasis: Person, kemper: Person
    ) -> None:
        with pytest.raises(NotAllowed):
            opened(store, replace(kemper, desk_id=empresasis.desk_id))
        with refused(NOT_ALLOWED, NotAllowed):
            opened(store, replace(kemper, account_id=None, role=None))


# --- Any query, against a model that reads everything and sorts it in Python ---

FILTERS: Sequence[dict[str, Any]] = (
    {"dates": EVER},
    {},
    {"dates": DateRange(date(2020, 6, 1), date(2020, 6, 1))},
    {"dates": DateRange(since=date(2020, 7, 13))},
    {"dates": DateRange(until=date(2020, 5, 14))},
    {"dates": DateRange(date(2020, 7, 1), date(2020, 6, 1))},
    {"dates": DateRange(date.min, date.max)},
    {"dates": EVER, "states": frozenset({KeyState.USED})},
    {"dates": EVER, "states": frozenset({KeyState.VOID, KeyState.WITHHELD})},
    {"dates": EVER, "states": frozenset({KeyState.ISSUED})},
    {"dates": EVER, "units": 50},
    {"dates": EVER, "units": 51},
    {"dates": EVER, "signs": "2Z"},
    {"dates": EVER, "signs": "ABCD"},
    {"dates": EVER, "signs": "2Z2ZZ2"},
    {"dates": EVER, "signs": "2%"},
    {"dates": EVER, "signs": "2\x00\udcff"},
    {"dates": EVER, "client": "nandu"},
    {"dates": EVER, "client": "ÁNG"},
    {"dates": EVER, "client": "%"},
    {"dates": EVER, "client": "_"},
    {"dates": EVER, "client": "\\"},
    {"dates": EVER, "client": "sin asig"},
    {"dates": EVER, "client": "si"},
    {"dates": EVER, "client": "nadie"},
    {"dates": EVER, "client": "a\x00b\udcff"},
    {"states": frozenset({KeyState.USED, KeyState.AVAILABLE}), "units": 200, "client": "e"},
)
GROUPS: Sequence[tuple[KeyColumn, ...]] = (
    *((column,) for column in KeyColumn),
    (KeyColumn.CLIENT, KeyColumn.QUANTITY),
    (KeyColumn.STATUS, KeyColumn.ACTIVATION),
    (KeyColumn.ACTIVATION, KeyColumn.CLIENT),
    (KeyColumn.QUANTITY, KeyColumn.STATUS, KeyColumn.DATE),
    tuple(KeyColumn),
)
SORTS = [(column, descending) for column in KeyColumn for descending in (False, True)]


def as_modelled(lines: Sequence[Line]) -> list[GroupLine | int]:
    """Write lines as the model does."""
    return [
        (line.path, line.label, line.keys, line.units, line.folded)
        if isinstance(line, KeyGroup)
        else line.id
        for line in lines
    ]


def reads_alike(listing: KeyListing, expected: Sequence[GroupLine | int], seed: int) -> None:
    """Move through a list as a person does, and compare every window."""
    assert listing.length == len(expected)
    rng = random.Random(seed)
    places = [max(0, listing.length - 9), *(rng.randrange(listing.length + 3) for _ in "123")]
    for first in places:
        length = rng.choice((1, 9, 20))
        assert as_modelled(listing.lines(first, length)) == expected[first : first + length]
    assert as_modelled(listing.lines(0, listing.length)) == expected
    for number in [line for line in expected if isinstance(line, int)][seed % 40 :: 40]:
        assert listing.index_of(number) == expected.index(number)


@pytest.fixture(scope="module")
def drawer() -> Iterator[dict[str, Any]]:
    """Keeps what is made once for this module."""
    with ExitStack() as stack:
        yield {"stack": stack}


@pytest.fixture(params=("sqlite", "postgresql"))
def crowded(
    request: pytest.FixtureRequest,
    drawer: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Store, Person, list[Held]]:
    """A desk with many keys; nobody may change it."""
    if request.param not in drawer:
        if request.param == "sqlite":
            address = str(tmp_path_factory.mktemp("crowded") / "escritorio.db")
        else:
            server = request.getfixturevalue("server")
            address = drawer["stack"].enter_context(server.empty())
        store = replace(create_demo(Settings(store=address)), clock=Watch().clock)
        drawer["stack"].callback(store.close)
        person = member(store, "kemper")
        drawer[request.param] = (store, person, crowd(store, person))
    found: tuple[Store, Person, list[Held]] = drawer[request.param]
    return found


@pytest.mark.parametrize(("sort", "descending"), SORTS)
def test_any_filter_in_any_order_reads_as_the_model(
    crowded: tuple[Store, Person, list[Held]],
    monkeypatch: pytest.MonkeyPatch,
    sort: KeyColumn,
    descending: bool,
) -> None:
    monkeypatch.setattr(asked_module, "MANY_LATER", 100)  # as if the keys were many
    store, person, keys = crowded
    for seed in range(SORTS.index((sort, descending)) % 2, len(FILTERS), 2):
        query = KeyQuery(**FILTERS[seed], sort=sort, descending=descending)
        expected = [key for key in keys if is_asked_for(key, query)]
        listing = opened(store, person, query)
        assert (listing.keys, listing.units) == (
            len(expected),
            sum(key.units for key in expected),
        )
        reads_alike(listing, list(modelled(expected, query, frozenset())), seed)


@pytest.mark.parametrize(("sort", "descending"), SORTS)
def test_any_groups_in_any_order_read_as_the_model_folded_or_not(
    crowded: tuple[Store, Person, list[Held]], sort: KeyColumn, descending: bool
) -> None:
    store, person, keys = crowded
    for seed in range(SORTS.index((sort, descending)) % 4, len(GROUPS), 4):
        asked, groups = FILTERS[seed % 2], GROUPS[seed]
        query = KeyQuery(**asked, sort=sort, descending=descending, groups=groups)
        expected = [key for key in keys if is_asked_for(key, query)]
        listing = opened(store, person, query)
        unfolded = list(modelled(expected, query, frozenset()))
        reads_alike(listing, unfolded, seed)
        paths = [line[0] for line in unfolded if isinstance(line, tuple)]
        folded = frozenset(random.Random(seed).sample(paths, len(paths) // 3))
        for path in folded:
            listing.fold(path)
        reads_alike(listing, list(modelled(expected, query, folded)), seed)


def test_the_crowd_is_what_the_model_is_good_for(
    crowded: tuple[Store, Person, list[Held]],
) -> None:
    """Without ties and missing values the comparisons above would show little."""
    _store, _person, keys = crowded
    assert len(keys) == KEYS
    assert len({key.confirmed_at for key in keys}) < KEYS * 0.9
    assert len({key.signs for key in keys}) < KEYS / 2
    assert sum(key.activated_on is None for key in keys) > KEYS / 4
    assert sum(key.confirmed_at.date() != key.confirmed_on for key in keys) > KEYS / 4
    alike = {key.client_id for key in keys if key.client and key.client.startswith(LONG[:240])}
    assert len(alike) == 2


class TestFolding:
    """Groups fold and unfold, and stay folded when the list is read anew."""

    GROUPED = KeyQuery(dates=EVER, groups=(KeyColumn.STATUS, KeyColumn.QUANTITY))

    def test_a_folded_group_is_one_line_and_unfolds_again(
        self, crowded: tuple[Store, Person, list[Held]]
    ) -> None:
        store, person, _keys = crowded
        listing = opened(store, person, self.GROUPED)
        before = whole(listing)
        (first,) = listing.lines(0, 1)
        assert isinstance(first, KeyGroup)
        assert (first.label, first.depth, first.folded) == ("Anulada", 0, False)
        listing.fold(first.path)
        assert listing.length == len(before) - first.keys - self.inner(before, first)
        (line,) = listing.lines(0, 1)
        assert line == replace(first, folded=True)
        listing.fold(first.path)
        assert whole(listing) == before

    def inner(self, lines: Sequence[Line], group: KeyGroup) -> int:
        return sum(
            isinstance(line, KeyGroup) and line.path[:1] == group.path and line.depth == 1
            for line in lines
        )

    def test_a_row_in_a_folded_group_has_no_line(
        self, crowded: tuple[Store, Person, list[Held]]
    ) -> None:
        store, person, keys = crowded
        listing = opened(store, person, self.GROUPED)
        void = next(key for key in keys if key.state is KeyState.VOID)
        assert listing.index_of(void.id) is not None
        listing.fold((KeyState.VOID,))
        assert listing.index_of(void.id) is None

    def test_folds_outlive_a_fresh_reading_but_not_other_groups(
        self, crowded: tuple[Store, Person, list[Held]]
    ) -> None:
        store, person, _keys = crowded
        listing = opened(store, person, self.GROUPED)
        listing.fold((KeyState.VOID,))
        anew = opened(store, person, replace(self.GROUPED, descending=False))
        anew.keep_folds_of(listing)
        assert anew.length == listing.length
        others = opened(store, person, replace(self.GROUPED, groups=(KeyColumn.STATUS,)))
        before = others.length
        others.keep_folds_of(listing)
        assert others.length == before


class TestGrowing:
    """Somebody confirms keys while the list is open."""

    def test_a_list_that_is_read_on_shows_no_row_twice(
        self, store: Store, empresasis: Person
    ) -> None:
        listing = opened(store, empresasis)
        seen = listing.lines(0, 10)
        activated(store, empresasis, GOOD_50)
        seen += listing.lines(10, 10)
        numbers = [line.id for line in seen if isinstance(line, KeyRow)]
        assert len(numbers) == len(set(numbers)) == 20

    def test_past_the_end_there_is_nothing(self, store: Store, empresasis: Person) -> None:
        listing = opened(store, empresasis)
        assert listing.lines(listing.length, 5) == []
        assert listing.lines(10**6, 5) == []
        assert len(listing.lines(listing.length - 2, 5)) == 2


def test_a_listed_row_shows_masked_keys_only(store: Store, empresasis: Person) -> None:
    activated(store, empresasis, GOOD_50)
    told = repr(opened(store, empresasis).lines(0, 50))
    assert "38SQY7AUNS7RUHBE" not in told.replace("-", "")
    assert "••••-••••" in str(opened(store, empresasis).lines(0, 1)[0].key)  # type: ignore[union-attr]
