"""`desks` and `accounts`."""

from __future__ import annotations

from argparse import Namespace

from store.accounts.bound_keys import list_keys
from store.accounts.desks import (
    NewDesk,
    add_desk,
    add_member,
    add_staff,
    list_accounts,
    reset_password,
)
from store.accounts.names import (
    read_company_name,
    read_email,
    read_rfc,
    read_username,
    suggest_username,
)
from store.accounts.passwords import one_time_password
from store.accounts.person import console
from store.accounts.tables import DeskKind, Role, StaffRole
from store.errors import Mistyped
from store.text import _
from tui.cli.account_keys import said_of_key
from tui.cli.outcome import DONE, complain, show
from tui.cli.stores import ORIGIN, open_settings_store


def add_a_desk(arguments: Namespace) -> int:
    """Make a desk with its titular, and say the first password once."""
    name, rfc = read_company_name(arguments.name), read_rfc(arguments.rfc)
    username = read_username(arguments.username or suggest_username(name))
    desk = NewDesk(
        name, rfc, read_email(arguments.email), DeskKind(arguments.kind), username, arguments.border
    )
    password = one_time_password()
    store = open_settings_store()
    with store.writing() as session:
        add_desk(session, console(ORIGIN), desk, password, now=store.clock.now())
    if not rfc.check_digit_fits:
        complain(_("Aviso: el dígito verificador del RFC no coincide; revísalo."))
    _hand_over(username, password, as_json=arguments.json)
    return DONE


def add_an_account(arguments: Namespace) -> int:
    """Make an account, and say its first password once."""
    if arguments.staff and arguments.role:
        raise Mistyped(
            _("Un papel en el escritorio (--role) no va junto con uno en el personal (--staff)."),
            "role",
        )
    username, password = read_username(arguments.username), one_time_password()
    store = open_settings_store()
    now, person = store.clock.now(), console(ORIGIN)
    with store.writing() as session:
        if arguments.staff:
            add_staff(session, person, username, password, StaffRole(arguments.staff), now=now)
        else:
            role = Role(arguments.role or Role.OPERADOR)
            add_member(session, person, username, password, role, arguments.desk, now=now)
    _hand_over(username, password, as_json=arguments.json)
    return DONE


def new_password(arguments: Namespace) -> int:
    """Give an account a new first password, and say it once."""
    password = one_time_password()
    store = open_settings_store()
    with store.writing() as session:
        reset_password(
            session, console(ORIGIN), arguments.username, password, now=store.clock.now()
        )
    _hand_over(arguments.username, password, as_json=arguments.json)
    return DONE


def _hand_over(username: str, password: str, *, as_json: bool) -> None:
    """Show a first password: nobody can read it again, and it has to be changed at the first sign-in."""
    row = {"usuario": username, "contraseña inicial": password}
    show([row], as_json=as_json, empty="")


def show_accounts(arguments: Namespace) -> int:
    """List the accounts, each with the public keys that it is bound to."""
    store = open_settings_store()
    with store.reading() as session:
        accounts = list_accounts(session, console(ORIGIN))
        keys = list_keys(session, console(ORIGIN))
    rows = [
        {
            "usuario": account.username,
            "papel": account.role,
            "escritorio": account.desk,
            "estado": account.state,
            "último acceso": account.last_access_at,
            "llaves": ", ".join(said_of_key(key) for key in keys if key.account_id == account.id),
        }
        for account in accounts
    ]
    show(rows, as_json=arguments.json, empty=_("No hay usuarios."), clock=store.clock)
    return DONE
