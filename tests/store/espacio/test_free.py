"""The free gigabyte: a banner only where it is due, once, never after anything else, and its mail."""

import re
from datetime import timedelta

import pytest

from store.accounts.person import Person
from store.accounts.tables import Role, StaffRole
from store.audit.tables import AuditEvent
from store.errors import FreeNotDue, NotAllowed
from store.espacio.free import activate_free, is_due
from store.espacio.tables import ContractState
from store.installation.opening import open_store
from store.installation.store import Store
from store.settings import Settings
from tests.store.contents import contents, rows
from tests.store.espacio.buying import (
    activated,
    bought,
    codes,
    contracts,
    facts,
    mails,
    new_desk,
    summary,
)
from tests.store.people import colleague, employee, member
from tests.store.processes import finish, start
from tests.store.refusals import NOT_ALLOWED, refused
from tests.store.watch import Watch

NOT_DUE = "El Espacio gratuito es para escritorios que no han contratado un Espacio."


def due(store: Store, person: Person) -> bool:
    with store.reading() as session:
        return is_due(session, person)


def is_refused(store: Store, person: Person) -> None:
    before = contents(store)
    with refused(NOT_DUE, FreeNotDue), store.writing() as session:
        activate_free(session, person, store)
    assert contents(store) == before


def test_it_is_active_at_once_and_has_no_end(store: Store, kemper: Person) -> None:
    assert due(store, kemper)
    confirmed = activated(store, kemper)
    assert confirmed.address == "https://espacio.aspel.com.mx/kemper"
    assert (confirmed.plan.modality, confirmed.plan.storage) == ("1G gratuito", "1G")
    has = summary(store, kemper)
    assert (has.state, has.ends_on, has.days_left) == (ContractState.ACTIVE, None, None)
    assert has.plan.users == "1 Usuario"
    assert not due(store, kemper)


def test_the_mail_says_how_to_get_in_and_no_password(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    (mail,) = mails(store, kemper)
    assert mail.fact.startswith("espacio-free:")
    assert mail.recipient == "kemper@demo.example"
    assert mail.subject == "Tu @spacio 1G gratuito está activo"
    assert mail.secret is not None
    assert re.fullmatch(r"\w{4}-\w{4}", mail.secret)
    assert mail.body == (
        "El servicio se activó de forma correcta.\n"
        "\n"
        "  Modalidad:       @spacio 1G gratuito\n"
        "  Almacenamiento:  1G\n"
        "\n"
        "  Espacio:         kemper\n"
        "  Usuario:         kemper\n"
        "  Sitio:           https://espacio.aspel.com.mx/kemper\n"
        "  Código:          ••••-••••\n"
        "\n"
        "Pon tu contraseña en tu escritorio, en Mis Servicios > Espacio, con el código:"
        " sirve una vez, hasta el 17/07/2020 13:00.\n"
    )
    (kept,) = codes(store, kemper)
    assert mail.secret.replace("-", "").encode() not in kept.mac
    assert kept.expires_at == store.clock.now() + timedelta(hours=72)


def test_the_audit_tells_who_and_no_code(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    event = rows(store, AuditEvent)[-1]
    assert (event.action, event.account_id) == ("espacio.activated", kemper.account_id)
    assert event.detail == '{"name":"kemper"}'


def test_there_is_one_and_it_comes_once(store: Store, kemper: Person) -> None:
    activated(store, kemper)
    is_refused(store, kemper)


@pytest.mark.parametrize("days", [0, 40, 400])
def test_it_never_comes_after_a_paid_one(
    store: Store, kemper: Person, watch: Watch, days: int
) -> None:
    bought(store, kemper)
    watch.passes(days=days)
    assert not due(store, kemper)
    is_refused(store, kemper)


def test_it_does_not_come_back_after_a_paid_one_took_its_place(
    store: Store, kemper: Person, watch: Watch
) -> None:
    activated(store, kemper)
    bought(store, kemper)
    watch.passes(days=400)
    is_refused(store, kemper)


def test_who_only_looks_sees_the_banner_and_may_not(store: Store, kemper: Person) -> None:
    carla = colleague(store, kemper, "carla", Role.CONSULTA)
    assert due(store, carla)
    with refused(NOT_ALLOWED, NotAllowed):
        activated(store, carla)


def test_an_operador_may(store: Store, kemper: Person) -> None:
    activated(store, colleague(store, kemper, "beto", Role.OPERADOR))


def test_the_staff_are_shown_no_banner(store: Store) -> None:
    somebody = employee(store, "soporte1", StaffRole.SOPORTE)
    assert not due(store, somebody)
    with refused(NOT_ALLOWED, NotAllowed):
        activated(store, somebody)


def test_a_usuario_that_names_another_espacio_gives_way(store: Store) -> None:
    bought(store, new_desk(store, "primera", "EKU9003173C9".replace("EKU", "EKV")))
    second = new_desk(store, "ekv9003173c9", "XAXX010101000")
    assert activated(store, second).name == "ekv9003173c9-2"


def activate_in_another_process(address: str) -> None:
    store = open_store(Settings(store=address))
    try:
        with store.writing() as session:
            activate_free(session, member(store, "kemper"), store)
    except FreeNotDue:
        pass
    store.close()


def test_eight_sessions_in_the_same_instant_make_one(
    store: Store, kemper: Person, address: str
) -> None:
    finish([start(activate_in_another_process, address) for _session in range(8)])
    assert len(contracts(store, kemper)) == len(codes(store, kemper)) == 1
    assert facts(store, kemper) == ["espacio-free"]
