"""No key, no password and no pepper is kept, sent or logged in clear, in a whole day at the desk."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.accounts.desks import reset_password
from store.accounts.signing_in import Door, change_password, sign_in
from store.database import is_server
from store.demo import (
    ANOTHER_DESKS,
    DISTRIBUTOR,
    EXPIRED,
    GOOD_50,
    GOOD_200,
    PASSWORD,
    VOID,
)
from store.errors import Refusal
from store.installation.doctor import examine
from store.installation.opening import open_store
from store.installation.store import Store
from store.keys.activation import check_key
from store.keys.life import Move
from store.keys.listing import KeyListing
from store.keys.query import KeyQuery
from store.keys.story import story_of
from store.mail.delivery import deliver_due, maildir_of, transport_of
from store.settings import Settings
from tests.store.contents import contents, kept
from tests.store.lots import CONSOLE, activated, imported, issued, moved, unknown
from tests.store.people import COUNTER
from tests.store.watch import Watch

NEW_PASSWORD = "una-frase-nueva"
HANDED_OVER = "entregada-en-mano"
VENDORS = "0123456789ABCDEFGHIJ"


def a_day_at_the_desk(store: Store, keys: list[str], watch: Watch) -> Iterator[object]:
    """Do everything that can be done with keys and passwords; give whatever is given back."""
    for username, password in ((DISTRIBUTOR, "otra-cosa"), (NEW_PASSWORD, PASSWORD)):
        yield from tried(sign_in, store, username, password, door=Door.CUSTOMERS, origin=COUNTER)
    entered = sign_in(store, DISTRIBUTOR, PASSWORD, door=Door.DISTRIBUTORS, origin=COUNTER)
    change_password(store, entered.person, NEW_PASSWORD, NEW_PASSWORD)
    yield imported(store, [VENDORS, GOOD_50], vendor_length=20)
    for typed in keys:
        yield from tried(check_key, store, entered.person, typed[:-1] + "2")
        yield from tried(activated, store, entered.person, typed)
        yield from tried(activated, store, entered.person, typed)
        watch.passes(hours=1)
    moved(store, GOOD_50, Move.WITHHOLD)
    listing = KeyListing(store, entered.person, KeyQuery())
    listing.open()
    yield listing.lines(0, 100)
    with store.reading() as session:
        yield story_of(session, entered.person, kept(store, GOOD_50).id, store.clock)
    with store.writing() as session:
        reset_password(session, CONSOLE, DISTRIBUTOR, HANDED_OVER, now=store.clock.now())
    yield deliver_due(store, transport_of(store.settings))
    yield from examine(store)
    yield store


def tried(act: Callable[..., object], *arguments: Any, **more: Any) -> Iterator[object]:
    """Do something; give what came of it, or the refusal with all that it carries."""
    try:
        yield act(*arguments, **more)
    except Refusal as refusal:
        yield str(refusal)
        yield vars(refusal)


def secrets_of(store: Store, keys: list[str]) -> list[str]:
    """Write every secret as it could be found: whole, in groups, its hidden half, in any case."""
    # Not the demo's own password: in the file «demo» stands before a date of 2020 by itself.
    written = [NEW_PASSWORD, HANDED_OVER, "otra-cosa", store.pepper.secret.hex()]
    for typed in keys:
        signs = typed.replace("-", "")
        inner = signs[4:-4]
        written += [typed, signs, inner, f"{inner[:4]}-{inner[4:]}"]
    return [*written, *(secret.lower() for secret in written)]


def everything_written(store: Store) -> Iterator[tuple[str, bytes]]:
    """Give every row, every mail, and every byte of the store's file and those beside it."""
    yield "rows", repr(contents(store)).encode()
    for mail in maildir_of(store.settings).rglob("*.eml"):
        yield mail.name, mail.read_bytes()
    if not is_server(store.settings.store):
        file = Path(store.settings.store)
        for path in file.parent.glob(f"{file.name}*"):
            yield path.name, path.read_bytes()


def test_a_whole_day_leaves_no_secret_behind(
    address: str, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    # The loudest that the program and its libraries can be: every statement is logged.
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "sqlalchemy")
    store = replace(open_store(Settings(store=address)), clock=watch.clock)
    keys = [GOOD_50, GOOD_200, VOID, ANOTHER_DESKS, EXPIRED, unknown(), *issued(store, 3), VENDORS]

    given = repr(list(a_day_at_the_desk(store, keys, watch)))

    places = dict(everything_written(store))
    places |= {"log": caplog.text.encode(), "given": given.encode()}
    found = [
        (place, secret)
        for place, content in places.items()
        for secret in secrets_of(store, keys)
        if secret.encode() in content or secret.encode("utf-16-le") in content
    ]
    assert found == []
    assert store.pepper.secret not in b"".join(places.values())
    store.close()


def test_the_day_was_a_full_one(
    address: str, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    """The masks are there, the statements were logged, mails were written: there was something to be found."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "sqlalchemy")
    store = replace(open_store(Settings(store=address)), clock=watch.clock)
    keys = [GOOD_50, GOOD_200, VOID, VENDORS]
    given = repr(list(a_day_at_the_desk(store, keys, watch)))
    assert "38SQ-••••-••••-UHBE" in given
    assert "UPDATE prepaid_key" in caplog.text
    assert "SQL parameters hidden" in caplog.text
    assert "key E39G-••••-••••-H3UP refused to empresasis: void" in caplog.text
    assert sum(name.endswith(".eml") for name, _bytes in everything_written(store)) == 3
    assert kept(store, GOOD_50).signs == "38SQUHBE"
    store.close()
