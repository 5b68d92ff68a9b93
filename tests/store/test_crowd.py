"""The demo with as many keys as are asked for: what size does, beside the figure that stays on top."""

from collections import Counter
from datetime import date

from store.demo import DISTRIBUTOR, OTHERS, create_demo
from store.demo.companies import company
from store.installation.doctor import examine
from store.keys.tables import LISTED, KeyLot, KeyTally, PrepaidKey, TallyKind
from store.settings import Settings
from tests.store.contents import rows
from tests.store.people import member


def test_the_distributors_desk_holds_them_below_the_figure(new_address: str) -> None:
    store = create_demo(Settings(store=new_address), keys=1_000)
    desk = member(store, DISTRIBUTOR).desk_id
    keys = [key for key in rows(store, PrepaidKey) if key.desk_id == desk]
    assert len(keys) == 1_000 + OTHERS + 5
    days = sorted(key.confirmed_on for key in keys if key.confirmed_on)
    assert days[-4:] == [date(2020, 7, 13), *[date(2020, 7, 14)] * 3]
    assert len(set(days)) > 500
    assert {key.state for key in keys} == set(LISTED)
    held = Counter(key.lot_id for key in keys)
    assert all(
        lot.quantity == held[lot.id] for lot in rows(store, KeyLot) if lot.folio.startswith("D-1")
    )
    assert all(found.sound for found in examine(store))
    tallied = [tally for tally in rows(store, KeyTally) if tally.kind is TallyKind.ALL]
    assert sum(tally.keys for tally in tallied if tally.desk_id == desk) == len(keys)
    store.close()


def test_companies_do_not_repeat() -> None:
    assert len({company(number) for number in range(10_000)}) == 10_000
