"""`init`, `demo`, `doctor`, and opening the desk."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import Mistyped, Refusal, StoreMissing, StoreNotInitialised, StoreRefused
from store.text import _
from tui.cli.outcome import DONE, FAILED, complain, say, show
from tui.environment import is_terminal, load_asyncio, refusal_of_wishes
from tui.environment import refusal as refusal_of_terminal

if TYPE_CHECKING:
    from argparse import Namespace

    from store.installation.store import Store
    from store.settings import Settings
    from tui.app import DeskApp

ORIGIN = "cli"
"""Where the administrator at the command line is, for the audit."""
_MOST_KEYS = 20_000_000
_TURN = 0.0005
"""Seconds that a busy thread keeps those waiting that read keys and write the screen; Python's own is ten times it."""


def open_settings_store() -> Store:
    """Open the store that the settings name, and begin the log."""
    from store.installation.opening import open_store
    from store.settings import load_settings
    from tui.log import start_log

    settings = load_settings()
    start_log(settings.state)
    return open_store(settings)


def open_desk(open_store: Callable[[], Store] = open_settings_store, *, kiosk: bool = False) -> int:
    """Open the desk on this terminal, and give its exit status."""
    refusal = refusal_of_terminal() or refusal_of_wishes()
    if refusal is not None:
        raise Refusal(refusal)
    # What is loaded stays: to look for garbage in it again and again is a tenth of the start.
    gc.disable()
    load_asyncio()
    sys.setswitchinterval(_TURN)
    app = _app(kiosk)(lambda: _loaded(_up_to_date(open_store())))
    app.run()
    if app.is_inside:  # nobody left: the line went down
        from store.accounts.tables import SessionEnd

        app.close_session(SessionEnd.CUT)
    return app.return_code or DONE


def _app(kiosk: bool) -> type[DeskApp]:
    if kiosk:
        from tui.kiosk import KioskApp

        return KioskApp
    from tui.app import DeskApp

    return DeskApp


def desk(_arguments: Namespace) -> int:
    """Open the desk of the store that the settings name."""
    return open_desk()


def _up_to_date(store: Store) -> Store:
    """Let the clock do what the days have made due, before anybody looks (SPEC 5)."""
    from store.espacio.clock_work import tick
    from tui.log import log_refusal

    try:
        tick(store)
    except StoreRefused as refusal:
        # A busy store is no reason to keep people out: the next start, or the timer, does it.
        log_refusal(refusal)
    return store


def _loaded(store: Store) -> Store:
    """Look for garbage from now on, but never in what the start has loaded."""
    from tui.garbage import look_from_now_on

    look_from_now_on()
    return store


def init(_arguments: Namespace) -> int:
    """Make the store and its first administrator."""
    from store.accounts.desks import add_staff
    from store.accounts.names import read_username
    from store.accounts.passwords import check_new_password
    from store.accounts.person import console
    from store.accounts.tables import StaffRole
    from store.installation.opening import create_store, refuse_existing
    from store.settings import load_settings

    settings = load_settings()
    refuse_existing(settings)
    say(_("El almacén será {place}.").format(place=settings.store))
    username = _ask(_("Usuario del primer administrador: "), read_username)
    password = ask_password(lambda typed: check_new_password(typed, username))
    store = create_store(settings)
    with store.writing() as session:
        add_staff(
            session,
            console(ORIGIN),
            username,
            password,
            StaffRole.ADMIN,
            now=store.clock.now(),
            must_change=False,
        )
    say(_("Listo. Abre el escritorio con «escritorio»."))
    return DONE


def _ask(prompt: str, read: Callable[[str], str]) -> str:
    """Ask until the answer can be read; without a person to ask again, refuse."""
    while True:
        try:
            return read(_typed(prompt, hidden=False))
        except Mistyped as refusal:
            if not sys.stdin.isatty():
                raise
            complain(refusal.sentence)


def ask_password(check: Callable[[str], None]) -> str:
    """Ask for a secret twice, until it can be one; without a person to ask again, refuse."""
    while True:
        try:
            password = _typed(_("Contraseña: "), hidden=True)
            check(password)
            if _typed(_("Otra vez: "), hidden=True) != password:
                raise Mistyped(_("Las dos contraseñas no son iguales."))
            return password
        except Mistyped as refusal:
            if not sys.stdin.isatty():
                raise
            complain(refusal.sentence)


def _typed(prompt: str, *, hidden: bool) -> str:
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        if not line:
            raise Refusal(_("Falta una respuesta; no se creó nada."))
        return line.rstrip("\r\n")
    from getpass import getpass

    try:
        return getpass(prompt) if hidden else input(prompt)
    except EOFError:
        raise Refusal(_("Falta una respuesta; no se creó nada.")) from None


def demo(arguments: Namespace) -> int:
    """Open the demo: a fresh one, or the one that the path names."""
    if arguments.keys:
        arguments.store = _crowded_demo(arguments.store, arguments.keys)
    if arguments.headless or not is_terminal():
        from tui.cli.headless import report

        store = _demo_store(arguments.store)
        try:
            return report(store)
        finally:
            store.close()
    code = open_desk(lambda: _demo_store(arguments.store))
    if code == DONE:
        # Only now: this loads the store's libraries, which the login page does not wait for.
        place = _demo_settings(arguments.store).store
        say(
            _(
                "La demostración quedó en {place}; ábrela otra vez con «escritorio demo --store {place}»."
            ).format(place=place)
        )
    return code


def _crowded_demo(place: str | None, keys: int) -> str:
    """Make a new demo with many keys before anything is shown, since it takes a while; give its place."""
    if not 1 <= keys <= _MOST_KEYS:
        raise Refusal(_("Con «--keys» van de 1 a {most} claves.").format(most=f"{_MOST_KEYS:,}"))
    if place is not None:
        from store.installation.opening import refuse_existing

        refuse_existing(_demo_settings(place))
    complain(_("Preparando {n} claves…").format(n=f"{keys:,}"))
    store = _demo_store(place, keys)
    store.close()
    return store.settings.store


def _demo_settings(place: str | None) -> Settings:
    from store.database import is_server
    from store.installation.opening import for_store
    from store.settings import data_folder, load_settings

    if place is None:
        place = str(data_folder() / "demo.db")
    elif not is_server(place):
        place = str(Path(place).absolute())
    return for_store(load_settings(), place)


def _demo_store(place: str | None, keys: int = 0) -> Store:
    """Open the demo at a place, or make it there; without a place, make a fresh one where the last one was."""
    from store.demo import create_demo
    from store.demo.removing import remove_demo
    from store.installation.opening import open_store
    from tui.log import start_log

    settings = _demo_settings(place)
    start_log(settings.state)
    try:
        store = open_store(settings)
    except (StoreMissing, StoreNotInitialised):
        return create_demo(settings, keys=keys)
    if store.is_demo and place is not None:
        return store
    if not store.is_demo:
        store.close()
        raise Refusal(_("{place} no es una demostración; no se toca.").format(place=settings.store))
    remove_demo(store)
    return create_demo(settings, keys=keys)


def doctor(arguments: Namespace) -> int:
    """Check the store and say what was found."""
    from store.installation.doctor import examine

    store = open_settings_store()
    findings = list(examine(store))
    rows = [
        {
            "revisión": finding.check,
            "estado": "sound" if finding.sound else "broken",
            "detalle": finding.words,
        }
        for finding in findings
    ]
    show(rows, as_json=arguments.json, empty="")
    return DONE if all(finding.sound for finding in findings) else FAILED
