"""The way through both windows of «Activar varias claves»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.app import App

from store.keys.key_file import read_key_file
from store.keys.many import LineVerdict, check_many, confirm_many
from tui.screens.keys.many import CaptureMany
from tui.screens.keys.many_verdicts import ConfirmMany, ManyConfirmed
from tui.visit import Visit


async def activate_many(app: App[None], visit: Visit) -> ManyConfirmed | None:
    """Ask for keys and confirm the good ones; who confirms none comes back to what was typed."""
    store, person = visit.store, visit.person
    read_file = partial(read_key_file, store.settings)

    def confirm(good: Sequence[LineVerdict], accepted: bool) -> Iterator[LineVerdict]:
        return confirm_many(store, person, good, licence_accepted=accepted)

    capture = CaptureMany("", str(store.settings.imports), read_file)
    while (lines := await app.push_screen_wait(capture)) is not None:
        check = partial(check_many, store, person, lines)
        done = await app.push_screen_wait(ConfirmMany(lines, check, confirm))
        if done is not None:
            return done
        capture = CaptureMany(capture.text, str(store.settings.imports), read_file)
    return None
