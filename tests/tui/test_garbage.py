"""Garbage is looked for between keys, not between a key and its answer."""

import asyncio
import gc

import pytest

from tui import garbage


async def test_it_is_not_looked_for_while_the_start_is_loading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []
    monkeypatch.setattr(gc, "collect", looks.append)
    monkeypatch.setattr(garbage, "PAUSE", 0.01)
    gc.disable()
    try:
        garbage.Pauses().put_off()
        await asyncio.sleep(0.1)
    finally:
        gc.enable()
    assert looks == []


async def test_it_is_looked_for_once_no_key_comes_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    monkeypatch.setattr(gc, "collect", looks.append)
    monkeypatch.setattr(garbage, "PAUSE", 0.05)
    pauses = garbage.Pauses()
    for _key in range(10):
        pauses.put_off()
        await asyncio.sleep(0.005)
    assert looks == []
    await asyncio.sleep(0.2)
    assert len(looks) == 1


def test_what_the_start_has_loaded_is_not_looked_through() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        garbage.look_from_now_on()
        assert gc.isenabled()
        assert gc.get_threshold()[0] == garbage.MOST
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
