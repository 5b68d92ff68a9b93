"""While a desk is open it carries the mail."""

import time
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR, GOOD_50
from store.errors import StoreBusy
from store.installation.store import Store
from tests.store.people import member
from tests.tui.people import confirm_elsewhere
from tui import mail_carrier
from tui.mail_carrier import EVERY, MailCarrier


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the carrier slept before each round; it goes home after the second."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) > 2:
            raise SystemExit

    monkeypatch.setattr(time, "sleep", sleep)
    return slept


def test_what_waits_is_sent_every_minute(store: Store, rounds: list[float]) -> None:
    confirm_elsewhere(store, member(store, DISTRIBUTOR), GOOD_50)
    with pytest.raises(SystemExit):
        MailCarrier(store).run()
    folder = Path(store.settings.store).with_suffix(".mail") / "new"
    assert len(list(folder.iterdir())) == 1
    assert rounds == [EVERY] * 3


def test_a_busy_store_is_tried_again_in_the_next_round(
    store: Store,
    rounds: list[float],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusy

    monkeypatch.setattr(mail_carrier, "deliver_due", busy)
    with pytest.raises(SystemExit):
        MailCarrier(store).run()
    assert len(rounds) == 3
    assert caplog.messages == [f"refused: StoreBusy: {StoreBusy().sentence}"] * 2
    assert not any(record.exc_info for record in caplog.records)
