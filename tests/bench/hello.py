"""The least that Textual can be: the yardstick of the desk's start."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """Say it."""
        yield Static("Usuario")


Hello().run()
