"""Putting very many keys in at once."""

from sqlalchemy import text

from store.installation.store import Store
from store.keys.bulk import loading_alone
from store.keys.tables import KeyTally
from store.keys.tally import recount
from tests.store.contents import rows

_MADE_OF = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE tbl_name = 'prepaid_key' AND type <> 'table'",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE tablename = 'prepaid_key' UNION ALL"
    " SELECT pg_get_triggerdef(oid) || CAST(tgenabled AS text) FROM pg_trigger"
    " WHERE tgrelid = CAST('prepaid_key' AS regclass)",
}


def test_tallies_are_counted_anew_as_the_triggers_count(store: Store) -> None:
    kept = [tally for tally in rows(store, KeyTally) if tally.keys]
    with store.writing() as session:
        recount(session)
    assert rows(store, KeyTally) == kept


def test_what_is_taken_down_for_a_load_stands_again_behind_it(store: Store) -> None:
    before = made_of(store)
    with store.writing() as session, loading_alone(session):
        pass
    assert before
    assert made_of(store) == before


def made_of(store: Store) -> set[str]:
    """Give the statements that make the keys' indexes and triggers."""
    with store.reading() as session:
        connection = session.connection()
        said = text(_MADE_OF[connection.dialect.name])
        return {" ".join(made.split()) for made in connection.scalars(said) if made}
