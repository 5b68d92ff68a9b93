"""The keymap's filter, shipped script and all, on a keyboard of paper: dumpkeys and loadkeys are stood in for."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.terminal import CHECKOUT

BEFORE = """\
keymaps 0-2,4-6,8,12
keycode   1 = Escape Escape Escape Escape Meta_Escape Meta_Escape
keycode  16 = q Q q Q Control_q Meta_q
keycode  59 = F1 F13 Console_13 F25
\talt\tkeycode  59 = Console_1
\tcontrol alt\tkeycode  88 = Console_12
keycode  70 = Scroll_Lock Show_Memory Show_Registers Break
\tcontrol\tkeycode  70 = Show_State
\talt\tkeycode  70 = Scroll_Lock Hold
keycode  84 = Last_Console SAK
keycode 103 = Up Up KeyboardSignal
\talt\tkeycode 103 = KeyboardSignal Spawn_Console
keycode 104 = Prior Scroll_Backward
keycode 105 = Left
\talt\tkeycode 105 = Decr_Console
\talt\tkeycode 106 = Incr_Console
keycode 109 = Next Scroll_Forward
keycode 111 = Remove Boot
\tcontrol alt\tkeycode 111 = Boot
keycode  69 = Num_Lock Bare_Num_Lock
string F1 = "\\033[[A"
compose '`' 'A' to 'À'
"""
LEAVES = re.compile(r"Console|Boot|KeyboardSignal|SAK|Scroll_|Hold|Show_|Bare_Num_Lock")
"""What any word has in it that switches consoles, restarts the machine, stops or scrolls the screen, or shows more."""


class Keyboard:
    """The table of keys that the kernel would hold, and the script that changes it."""

    def __init__(self, folder: Path) -> None:
        self._table, self.kept = folder / "table", folder / "kept"
        self._table.write_text(BEFORE)
        programs = folder / "bin"
        programs.mkdir()
        self._stand_in(programs / "dumpkeys", f'[ "$1" = --full-table ] && cat {self._table}')
        # As the real one: from a file, or from what it is fed; and not before all of it was read.
        self._stand_in(
            programs / "loadkeys", f'shift; new=$(cat "$@"); printf "%s\\n" "$new" >{self._table}'
        )
        script = (CHECKOUT / "deploy/kiosk/keymap").read_text()
        self._script = folder / "keymap"
        self._script.write_text(script.replace("/run/escritorio.keymap", str(self.kept)))
        self._env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}

    def _stand_in(self, place: Path, does: str) -> None:
        place.write_text(f"#!/bin/sh\n{does}\n")
        place.chmod(0o755)

    def does(self, *words: str) -> int:
        """Call the script."""
        return subprocess.run(["sh", self._script, *words], env=self._env, check=False).returncode

    @property
    def table(self) -> str:
        """What the keys do now."""
        return self._table.read_text()


@pytest.fixture
def keyboard(tmp_path: Path) -> Keyboard:
    return Keyboard(tmp_path)


def test_no_key_leads_out_and_all_others_stay(keyboard: Keyboard) -> None:
    assert keyboard.does("lock") == 0
    assert not LEAVES.search(keyboard.table)
    words = zip(BEFORE.split(), keyboard.table.split(), strict=True)
    changed = {before: after for before, after in words if before != after}
    assert all(LEAVES.search(word) for word in changed)
    assert set(changed.values()) == {"VoidSymbol"}


def test_locked_twice_it_still_gives_back_the_keys_of_before(keyboard: Keyboard) -> None:
    assert [keyboard.does(word) for word in ("lock", "lock", "restore")] == [0, 0, 0]
    assert keyboard.table == BEFORE
    assert not keyboard.kept.exists()


def test_nothing_is_given_back_that_was_not_taken(keyboard: Keyboard) -> None:
    assert (keyboard.does("restore"), keyboard.does("lokc"), keyboard.does()) == (0, 64, 64)
    assert keyboard.table == BEFORE
