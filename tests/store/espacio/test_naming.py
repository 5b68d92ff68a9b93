"""The Espacio's name: from the RFC or from the usuario, previewed, and one Espacio's alone."""

import pytest
from sqlmodel import select

from store.accounts.person import Person, desk_of
from store.accounts.tables import Desk
from store.errors import NameGeneric, NameSettled, NameTaken
from store.espacio.naming import NameOption, choose_name, name_for, name_from, preview_names
from store.espacio.tables import Espacio, Naming
from store.installation.store import Store
from tests.store.contents import rows
from tests.store.espacio.buying import activated, bought, espacio_of, new_desk
from tests.store.people import member
from tests.store.refusals import refused

TAKEN = "Ese nombre ya está en uso; elige la otra opción."
GENERIC = "Un RFC genérico no puede dar nombre a un Espacio; elige el usuario."


def named(store: Store, person: Person, naming: Naming) -> str:
    with store.reading() as session:
        return name_for(session, session.get_one(Desk, person.desk_id), naming)


def previewed(store: Store, person: Person) -> list[NameOption]:
    with store.reading() as session:
        return list(preview_names(session, person))


@pytest.mark.parametrize(
    ("rfc", "name"),
    [
        ("EKU9003173C9", "eku9003173c9"),
        ("H&E951128469", "hye951128469"),
        ("OÑO120726RX3", "ono120726rx3"),
        ("CACX7605101P8", "cacx7605101p8"),
    ],
)
def test_an_rfc_becomes_an_address(rfc: str, name: str) -> None:
    assert name_from(Naming.RFC, rfc=rfc, handle="kemper") == name
    assert name.isascii()


@pytest.mark.parametrize("rfc", ["XAXX010101000", "XEXX010101000"])
def test_a_generic_rfc_cannot_name_an_espacio(rfc: str) -> None:
    with refused(GENERIC, NameGeneric, field="naming"):
        name_from(Naming.RFC, rfc=rfc, handle="kemper")
    assert name_from(Naming.USERNAME, rfc=rfc, handle="kemper") == "kemper"


def test_both_are_previewed(store: Store, kemper: Person) -> None:
    assert previewed(store, kemper) == [
        NameOption(Naming.RFC, "EKU9003173C9"),
        NameOption(Naming.USERNAME, "kemper"),
    ]


def test_the_preview_says_why_not(store: Store) -> None:
    first = new_desk(store, "hye951128469", "XAXX010101000")
    activated(store, first)
    assert previewed(store, first)[0] == NameOption(Naming.RFC, "", GENERIC)
    herreria = member(store, "herreria")  # H&E951128469
    assert previewed(store, herreria)[0] == NameOption(Naming.RFC, "HYE951128469", TAKEN)


def test_and_is_taken_where_the_mapped_name_is(store: Store) -> None:
    bought(store, new_desk(store, "otra", "HYE951128469"), naming=Naming.RFC)
    with refused(TAKEN, NameTaken):
        named(store, member(store, "herreria"), Naming.RFC)
    assert named(store, member(store, "herreria"), Naming.USERNAME) == "herreria"


def test_ones_own_name_is_not_taken(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    assert named(store, kemper, Naming.USERNAME) == "kemper"


def test_the_first_paid_contract_may_rename(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    assert espacio_of(store, kemper).name == "kemper"
    bought(store, kemper, naming=Naming.RFC)
    espacio = espacio_of(store, kemper)
    assert (espacio.name, espacio.naming) == ("eku9003173c9", Naming.RFC)
    assert espacio.renamed_at == store.clock.now()


def test_later_ones_cannot(store: Store, kemper: Person) -> None:
    bought(store, kemper, naming=Naming.RFC)
    sentence = "Tu Espacio ya se llama EKU9003173C9; no cambia."
    with refused(sentence, NameSettled):
        named(store, kemper, Naming.USERNAME)
    assert previewed(store, kemper)[1] == NameOption(Naming.USERNAME, "kemper", sentence)
    bought(store, kemper, "10G", naming=Naming.USERNAME)
    assert espacio_of(store, kemper).name == "eku9003173c9"


def test_a_name_kept_is_settled_too(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    bought(store, kemper, naming=Naming.USERNAME)
    assert espacio_of(store, kemper).renamed_at is None
    with refused("Tu Espacio ya se llama kemper; no cambia.", NameSettled):
        named(store, kemper, Naming.RFC)


def test_what_was_paid_for_is_delivered_under_the_other_name(store: Store, kemper: Person) -> None:
    bought(store, new_desk(store, "eku9003173c9", "XAXX010101000"), naming=Naming.USERNAME)
    bought(store, kemper, naming=Naming.RFC)
    espacio = espacio_of(store, kemper)
    assert (espacio.name, espacio.naming) == ("kemper", Naming.USERNAME)


def test_or_with_a_number_where_both_are_taken(store: Store, kemper: Person) -> None:
    bought(store, new_desk(store, "eku9003173c9", "XAXX010101000"), naming=Naming.USERNAME)
    with store.writing() as session:
        desk = session.exec(select(Desk).where(Desk.handle == "empresasis")).one()
        espacio = Espacio(
            desk_id=desk.id,
            name="kemper",
            naming=Naming.USERNAME,
            created_at=store.clock.now(),
        )
        session.add(espacio)
    bought(store, kemper, naming=Naming.RFC)
    assert espacio_of(store, kemper).name == "eku9003173c9-2"


def test_a_number_fits_behind_the_longest_usuario(store: Store) -> None:
    longest = "a" * 30
    person = new_desk(store, longest, "XAXX010101000")
    other = new_desk(store, "otro", "XEXX010101000")
    with store.writing() as session:
        session.add(
            Espacio(
                desk_id=desk_of(other),
                name=longest,
                naming=Naming.USERNAME,
                created_at=store.clock.now(),
            )
        )
        session.flush()
        desk = session.get_one(Desk, person.desk_id)
        assert choose_name(session, desk, Naming.RFC) == ("a" * 28 + "-2", Naming.USERNAME)


def test_every_name_is_an_espacios_alone(store: Store, kemper: Person, empresasis: Person) -> None:
    activated(store, kemper)
    activated(store, empresasis)
    names = [espacio.name for espacio in rows(store, Espacio)]
    assert len(set(names)) == len(names)
