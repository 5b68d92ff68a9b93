"""Widgets with the desk's look and nothing else around them."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.widget import Widget

from tests.screen import screen_text
from tui.terminal import this_terminal
from tui.theme import THEME


class Showcase(App[object], inherit_bindings=False):
    """Shows widgets one below the other; some can be made only once there is an app."""

    CSS_PATH = "../../tui/desk.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *makers: Callable[[], Widget]) -> None:
        self.terminal = this_terminal()
        super().__init__(ansi_color=True)
        self.makers = makers
        self.register_theme(THEME)
        self.theme = THEME.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        return self.terminal.line_filters

    def compose(self) -> ComposeResult:
        for make in self.makers:
            yield make()

    @property
    def text(self) -> str:
        """The screen as text."""
        return screen_text(self)

    def segments(self) -> list[Segment]:
        """All that is drawn, with its styles."""
        return [segment for strip in self.screen._compositor.render_strips() for segment in strip]

    def in_reverse_video(self) -> str:
        """The words that stand in reverse video, as cursor and focus do."""
        return "".join(
            segment.text
            for segment in self.segments()
            if segment.style is not None and segment.style.reverse
        )
