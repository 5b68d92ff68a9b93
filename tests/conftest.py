"""What every test starts from: nobody's settings, a still screen, and pictures in snapshots/.

A picture is kept twice. The text is what a review reads; the SVG has the colours too. The SVG is
pytest-textual-snapshot's, which also reports what differs; it is told where to keep the files.
"""

import gc
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from textual import constants
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from tests.screen import screen_text

# Read before the desk's own variables are hidden from every test.
POSTGRES_URL = os.environ.get("ESCRITORIO_TEST_PG")

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"

# The fonts that Rich names in each SVG are on the network.
FONT_FACE = re.compile(r"\s*@font-face \{.*?\n    \}", re.DOTALL)

Picture = Callable[[Pilot[Any]], Awaitable[None]]


def pytest_collection_finish() -> None:
    """Never look again for garbage in what was imported: it took a third of each story's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class InTopFolder(SingleFileSnapshotExtension):
    """A snapshot in a file of its own: snapshots/<test module>/<test>."""

    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(SNAPSHOTS / test_location.basename)


class ScreenText(InTopFolder):
    """The screen as plain text."""

    _file_extension = "txt"


class ScreenSVG(InTopFolder, SVGImageExtension):
    """The screen as a picture that names no address."""

    def serialize(self, *args: Any, **kwargs: Any) -> str:
        return FONT_FACE.sub("", str(super().serialize(*args, **kwargs)))


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the settings or the store of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("ESCRITORIO_")]:
        monkeypatch.delenv(name)
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of a server where a test may make databases; no server, no test."""
    return POSTGRES_URL or pytest.skip("ESCRITORIO_TEST_PG is not set: see CONTRIBUTING.md")


@pytest.fixture(autouse=True)
def _still_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every screen is drawn alike, whatever the terminal and the moment of the run."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    # Textual has read TEXTUAL_… already: its pytest plugin comes before this file.
    monkeypatch.setattr(constants, "FILTERS", "")
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    # A blinking cursor would be in every other picture.
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _: None)


async def _settled(pilot: Pilot[Any]) -> str:
    """Give the screen as SVG once it stands still, or after two seconds.

    A pause waits for the screen on top alone; one that lies under a dialog draws at its own pace.
    """
    svg = ""
    for _ in range(40):
        before, svg = svg, pilot.app.export_screenshot()
        if svg == before:
            break
        await pilot.pause(3 / constants.MAX_FPS)
    return svg


@pytest.fixture
def picture(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, snapshot: SnapshotAssertion
) -> Picture:
    """Compare the screen of a running app with its pictures: `await picture(pilot)`."""
    # snap_compare looks this name up when it is made.
    monkeypatch.setattr("pytest_textual_snapshot.SVGImageExtension", ScreenSVG)
    same_svg = request.getfixturevalue("snap_compare")
    kept_text = snapshot.use_extension(ScreenText)

    async def compare(pilot: Pilot[Any]) -> None:
        svg = await _settled(pilot)
        # snap_compare would start the app anew; this one is where the test has brought it.
        monkeypatch.setattr("textual._doc.take_svg_screenshot", lambda **_: svg)
        svg_is_same = same_svg(pilot.app)
        assert screen_text(pilot.app) == kept_text
        assert svg_is_same, "only colours or styles differ: snapshot_report.html shows both"

    return compare
