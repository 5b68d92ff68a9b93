"""The main job without a screen, through the same store functions that the screens call."""

from __future__ import annotations

from store import demo
from store.accounts.person import Person
from store.accounts.signing_in import Door, sign_in
from store.calendar import long_date
from store.errors import Refusal
from store.installation.doctor import examine
from store.installation.store import Store
from store.keys.activation import check_key, confirm_key
from store.keys.listing import KeyListing
from store.keys.query import KeyQuery
from store.keys.rows import KeyRow
from store.keys.words import said_of_activation, said_of_client, said_of_state, stamps
from store.mail.delivery import deliver_due, maildir_of, transport_of
from store.text import _
from tui.cli.outcome import DONE, FAILED, say
from tui.cli.stores import ORIGIN


def report(store: Store) -> int:
    """Sign in, activate a key, be refused the second time, see the row, send the mail; tell each step.

    Returns:
        The exit status: whether the store is sound afterwards.
    """
    say(_("Almacén: {place}").format(place=store.settings.store))
    person = _enter(store, demo.DISTRIBUTOR, Door.DISTRIBUTORS)
    _activate(store, person, demo.GOOD_50)
    _activate(store, person, demo.GOOD_50)
    _activate(store, _enter(store, demo.CUSTOMER, Door.CUSTOMERS), demo.GOOD_50)
    _show_first_rows(store, person)
    delivery = deliver_due(store, transport_of(store.settings))
    say(
        _("Correos enviados: {sent}, en {folder}").format(
            sent=delivery.sent, folder=maildir_of(store.settings)
        )
    )
    findings = list(examine(store))
    for finding in findings:
        say(f"{_('Revisión')}: {finding.words}")
    return DONE if all(finding.sound for finding in findings) else FAILED


def _enter(store: Store, username: str, door: Door) -> Person:
    signed_in = sign_in(store, username, demo.PASSWORD, door=door, origin=ORIGIN)
    say(_("Entró {username} por «{door}».").format(username=username, door=door.value))
    return signed_in.person


def _activate(store: Store, person: Person, typed: str) -> None:
    try:
        checked = check_key(store, person, typed)
        say(
            _("Clave {key} válida (incluye {units}).").format(
                key=checked.code, units=stamps(checked.units)
            )
        )
        confirmed = confirm_key(store, person, checked, licence_accepted=True)
    except Refusal as refusal:
        say(_("{username}: {sentence}").format(username=person.username, sentence=refusal.sentence))
    else:
        say(_("Clave {key} confirmada.").format(key=confirmed.masked))


def _show_first_rows(store: Store, person: Person) -> None:
    listing = KeyListing(store, person, KeyQuery())
    listing.open()
    say(listing.query.sentence(store.clock.today()))
    for line in listing.lines(0, 5):
        if isinstance(line, KeyRow):
            _show_row(line)


def _show_row(row: KeyRow) -> None:
    words = (
        str(row.key),
        stamps(row.units).rjust(12),
        long_date(row.confirmed_on),
        said_of_activation(row.activated_on).ljust(8),
        said_of_state(row.state).ljust(10),
        said_of_client(row.client),
    )
    say("  ".join(["", *words]))
