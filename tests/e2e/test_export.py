"""An export that is killed: no half file under a good name, and nothing at all once somebody exports again (SPEC 4)."""

import csv
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.demo import DISTRIBUTOR
from tests.e2e.conftest import Sit, enter
from tests.e2e.terminal import Terminal

PATIENCE = 30


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where exports go."""
    monkeypatch.setenv("ESCRITORIO_EXPORTS", str(tmp_path / "exports"))
    return tmp_path / "exports"


@contextmanager
def busy(store: Path) -> Iterator[None]:
    """Let an export wait before it is told to the audit, which comes before it has its name."""
    held = sqlite3.connect(store, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    yield
    held.close()


def open_window(desk: Terminal, kind: str) -> None:
    """Choose in which form to export."""
    enter(desk, DISTRIBUTOR)
    desk.sees("de 28")
    desk.press("e", *["tab", "right"] * (kind == "XLSX"))
    desk.sees(rf"\(•\) {kind}")


def wait_for_draft(folder: Path, kind: str) -> None:
    """Wait until an export has begun to write."""
    end = time.monotonic() + PATIENCE
    while not list(folder.glob(f".*.{kind.lower()}.*")):
        assert time.monotonic() < end, "no export"
        time.sleep(0.01)


def test_a_killed_export_leaves_nothing_for_long(sit: Sit, demo: Path, folder: Path) -> None:
    for kind in ("CSV", "XLSX"):
        desk = sit()
        open_window(desk, kind)
        with busy(demo):
            desk.press("enter")
            wait_for_draft(folder, kind)
            desk.kill()
        (left,) = os.listdir(folder)  # what the one before left is gone
        assert left.startswith(".claves-")
        assert kind.lower() in left
    desk = sit()
    open_window(desk, "CSV")
    desk.press("enter")
    desk.sees("28 filas quedaron en:")
    (whole,) = os.listdir(folder)
    with (folder / whole).open(encoding="utf-8-sig", newline="") as file:
        assert sum(1 for _row in csv.reader(file)) == 1 + 28
