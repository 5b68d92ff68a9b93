"""Putting very many keys in at once."""

from sqlalchemy import text

from store.installation.store import Store
from store.keys.bulk import loading_alone
from store.keys.tables import KeyTally
from store.keys.tally import recount
from tests.store.contents import rows


def test_tallies_are_counted_anew_as_the_triggers_count(store: Store) -> None:
    kept = [tally for tally in rows(store, KeyTally) if tally.keys]
    with store.writing() as session:
        recount(session)
    assert rows(store, KeyTally) == kept


def test_what_is_taken_down_for_a_load_stands_again_behind_it(sqlite_store: Store) -> None:
    before = made_of(sqlite_store)
    with sqlite_store.writing() as session, loading_alone(session):
        pass
    assert made_of(sqlite_store) == before


def made_of(store: Store) -> set[str]:
    """Give the statements that make the keys' indexes and triggers."""
    with store.reading() as session:
        said = text(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'prepaid_key' AND type <> 'table'"
        )
        return {" ".join(made.split()) for made in session.connection().scalars(said) if made}
