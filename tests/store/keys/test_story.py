"""A key's whole story, as its page tells it."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, update

from store.accounts.person import Person
from store.accounts.tables import StaffRole
from store.clients.clients import add_client
from store.demo import GOOD_50
from store.errors import NotAllowed, NotFound
from store.installation.store import Store
from store.keys.code import MaskedKey
from store.keys.life import Move
from store.keys.story import Chapter, KeyStory, story_of
from store.keys.tables import KeyState, PrepaidKey
from tests.store.contents import kept
from tests.store.lots import CONSOLE, activated, issued, moved
from tests.store.people import employee
from tests.store.refusals import refused
from tests.store.watch import Watch

GONE = "La clave ya no está en este escritorio."


def story(store: Store, person: Person, typed: str) -> KeyStory:
    """Open the page of a key."""
    with store.reading() as session:
        return story_of(session, person, kept(store, typed).id, store.clock)


def is_used(store: Store, person: Person, typed: str, client: str) -> None:
    """Let a client begin to use a key today."""
    assert person.desk_id is not None
    with store.writing() as session:
        row = add_client(session, person.desk_id, client, now=store.clock.now())
        session.exec(
            update(PrepaidKey)
            .where(col(PrepaidKey.id) == kept(store, typed).id)
            .values(
                state=KeyState.USED,
                client_id=row.id,
                client_sort_key=row.sort_key,
                activated_on=store.clock.today(),
            )
        )


def test_a_key_that_was_just_confirmed(store: Store, empresasis: Person, watch: Watch) -> None:
    (typed,) = issued(store)
    watch.passes(minutes=5)
    activated(store, empresasis, typed)
    told = story(store, empresasis, typed)
    assert told.key == MaskedKey(typed[:4] + typed[-4:])
    assert told.facts == [
        ("Clave", f"{typed[:4]}-••••-••••-{typed[-4:]}"),
        ("Cantidad", "50 Timbres"),
        ("Fecha", "14/07/2020"),
        ("F. Activación", "Inactiva"),
        ("Estatus", "Disponible"),
        ("Cliente", "Sin asignar"),
    ]
    assert told.chapters == [
        Chapter("14/07/2020 13:00", "Se emitió en el lote L-000001."),
        Chapter(
            "14/07/2020 13:05",
            "La confirmó empresasis, que aceptó la Licencia de Uso versión 1.",
        ),
    ]


def test_everything_that_can_happen_to_a_key_is_told_in_order(
    store: Store, empresasis: Person, watch: Watch
) -> None:
    (typed,) = issued(store, product="TIMBRES-200", redeem_by=date(2020, 12, 31))
    watch.passes(hours=1)
    activated(store, empresasis, typed)
    watch.passes(days=1)
    moved(store, typed, Move.WITHHOLD, "El cliente reportó la tarjeta extraviada.")
    watch.passes(days=1)
    moved(store, typed, Move.RELEASE, "Ya apareció.")
    watch.passes(days=1)
    is_used(store, empresasis, typed, "Ñandúes del Sur")
    told = story(store, empresasis, typed)
    assert told.facts[3:] == [
        ("F. Activación", "17/07/20"),
        ("Estatus", "Utilizada"),
        ("Cliente", "Ñandúes del Sur"),
    ]
    assert told.chapters == [
        Chapter(
            "14/07/2020 13:00",
            "Se emitió en el lote L-000001. Podía confirmarse hasta el 31/12/2020.",
        ),
        Chapter(
            "14/07/2020 14:00",
            "La confirmó empresasis, que aceptó la Licencia de Uso versión 1.",
        ),
        Chapter(
            "15/07/2020 14:00",
            "Pasó de disponible a retenida: El cliente reportó la tarjeta extraviada.",
        ),
        Chapter("16/07/2020 14:00", "Pasó de retenida a disponible: Ya apareció."),
        Chapter("17/07/2020", "Ñandúes del Sur comenzó a usarla; desde entonces está asignada."),
    ]


def test_what_happened_before_it_came_here_is_told_too(store: Store, empresasis: Person) -> None:
    (typed,) = issued(store)
    moved(store, typed, Move.HOLD, "Se perdió el sobre.")
    moved(store, typed, Move.RELEASE, "Apareció el sobre.")
    activated(store, empresasis, typed)
    said = [chapter.what for chapter in story(store, empresasis, typed).chapters]
    assert "Pasó de emitida a bloqueada: Se perdió el sobre." in said
    assert "Pasó de bloqueada a emitida: Apareció el sobre." in said


def test_a_key_that_the_staff_took_away_says_why(store: Store, empresasis: Person) -> None:
    activated(store, empresasis, GOOD_50)
    moved(store, GOOD_50, Move.VOID, "Se canceló la venta.")
    facts = dict(story(store, empresasis, GOOD_50).facts)
    assert (facts["Estatus"], facts["Motivo"]) == ("Anulada", "Se canceló la venta.")


def test_stories_do_not_mix(store: Store, empresasis: Person) -> None:
    """Key 1's events are not key 12's."""
    keys = issued(store, 12)
    for typed in keys:
        activated(store, empresasis, typed)
        moved(store, typed, Move.WITHHOLD, f"Motivo de {typed[:4]}.")
    for typed in keys:
        (_issued, _confirmed, withheld) = story(store, empresasis, typed).chapters
        assert withheld.what == f"Pasó de disponible a retenida: Motivo de {typed[:4]}."


def test_the_key_in_clear_is_nowhere_in_its_story(store: Store, empresasis: Person) -> None:
    activated(store, empresasis, GOOD_50)
    told = repr(story(store, empresasis, GOOD_50))
    assert "Y7AU" not in told
    assert "NS7R" not in told


def test_another_desks_key_is_as_good_as_none(
    store: Store, empresasis: Person, kemper: Person
) -> None:
    activated(store, empresasis, GOOD_50)
    with refused(GONE, NotFound):
        story(store, kemper, GOOD_50)


def test_a_key_that_nobody_confirmed_has_no_page(store: Store, empresasis: Person) -> None:
    with refused(GONE, NotFound):
        story(store, empresasis, GOOD_50)
    with store.reading() as session, refused(GONE, NotFound):
        story_of(session, empresasis, 10**9, store.clock)


@pytest.mark.parametrize("role", StaffRole)
def test_the_staff_read_it_at_the_desk_that_they_look_at(
    store: Store, empresasis: Person, role: StaffRole
) -> None:
    activated(store, empresasis, GOOD_50)
    somebody = employee(store, "personal", role)
    with refused(GONE, NotFound):
        story(store, somebody, GOOD_50)
    looking = replace(somebody, desk_id=empresasis.desk_id)
    assert story(store, looking, GOOD_50) == story(store, empresasis, GOOD_50)


def test_without_a_role_nobody_reads_it(store: Store, empresasis: Person) -> None:
    activated(store, empresasis, GOOD_50)
    with pytest.raises(NotAllowed):
        story(store, replace(CONSOLE, staff_role=None), GOOD_50)
