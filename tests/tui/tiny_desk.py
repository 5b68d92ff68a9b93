"""The smallest app on the desk's driver, for tests that need a process on a real terminal."""

from io import StringIO
from pathlib import Path

from tui.environment import prepare_environment

prepare_environment()

from textual.app import ComposeResult  # noqa: E402
from textual.events import Key  # noqa: E402
from textual.widgets import Label  # noqa: E402

from tui.clean import content  # noqa: E402
from tui.painting.app import PaintedApp  # noqa: E402
from tui.widgets.text_field import TextField  # noqa: E402


class TinyDesk(PaintedApp, inherit_bindings=False):
    """A field and the name of the last key; F6 opens an address and saves a file, F10 leaves."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield TextField()
        yield Label("listo")

    def on_key(self, event: Key) -> None:
        self.query_one(Label).update(content(f"tecla {event.key}"))
        if event.key == "f6":
            self.open_url("address")
            self.deliver_text(StringIO("text"), save_directory=Path.home(), save_filename="file")
        if event.key == "ctrl+l":
            self.action_redraw()
        if event.key == "f10":
            self.exit()


if __name__ == "__main__":
    desk = TinyDesk()
    desk.run()
    raise SystemExit(desk.return_code)
