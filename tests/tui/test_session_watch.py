"""While a desk is open it looks whether its session goes on; a store that cannot be asked is a line in the log."""

import time
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR
from store.errors import StoreReplaced
from store.installation.store import Store
from tests.store.people import member
from tui import session_watch
from tui.session_watch import SessionWatch


def test_a_store_that_was_taken_away_is_one_line_in_the_log(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = iter((None,))

    def sleep(_seconds: float) -> None:
        if next(looks, SystemExit):
            raise SystemExit

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(session_watch, "LOOKS_PER_BEAT", 1)
    person = member(store, DISTRIBUTOR)
    Path(store.settings.store).unlink()
    with pytest.raises(SystemExit):
        SessionWatch(store, person, lambda: None).run()
    assert caplog.messages == [f"refused: StoreReplaced: {StoreReplaced().sentence}"]
    assert not caplog.records[0].exc_info
