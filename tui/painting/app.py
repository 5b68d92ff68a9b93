"""An app whose terminal is given only the cells that changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.events import Resize
from textual.filter import LineFilter
from textual.screen import Screen

from tui.driver import DeskDriver
from tui.own_cursor import cursor_place
from tui.painting.painter import Painter
from tui.terminal import this_terminal


class PaintedApp(App[None], inherit_bindings=False):
    """Draws by way of a painter; for a terminal that does not keep up it waits, and then draws the newest."""

    def __init__(self, **options: Any) -> None:
        self.terminal = this_terminal()
        super().__init__(driver_class=DeskDriver, **options)
        self.set_class(self.terminal.shows_cursor, "-own-cursor")
        self.set_class(self.terminal.draws_in_ascii, "-ascii")
        self._painter = Painter(erases_in_colour=self.terminal.erases_in_colour)
        self._is_owed = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw with what this terminal has; Textual's own filters know less of it."""
        return self.terminal.line_filters

    # Of Textual 8.2.8, and private: tests/tui/painting compares every frame with what it would have written.
    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if not isinstance(driver, DeskDriver) or not self._running or self._batch_count:
            super()._display(screen, renderable)
            return
        if isinstance(renderable, (LayoutUpdate, ChopsUpdate)):
            if driver.is_behind:
                self._is_owed = True
                driver.await_terminal(self._pay)
            else:
                self._paint(driver, screen, renderable)
        self.post_display_hook()

    def _paint(
        self, driver: DeskDriver, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate
    ) -> None:
        if isinstance(update, ChopsUpdate) and not self._painter.knows(update):
            update = screen._compositor.render_full_update()
        colours = self.console._color_system or ColorSystem.STANDARD
        cursor = screen.outer_size.clamp_offset(cursor_place(screen))
        written = self._painter.paint(update, colours, cursor)
        if written:
            self._begin_update()
            driver.write(written)
            self._end_update()
            driver.flush()

    def hold_drawing(self, seconds: float) -> Callable[[], None]:
        """Draw nothing for so long, so that what comes meanwhile is drawn together; give what ends it sooner."""
        self._begin_batch()
        is_held = True

        def draw() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._end_batch()
                if self._running and self._screen_stack:
                    self.screen.refresh()

        asyncio.get_running_loop().call_later(seconds, draw)
        return draw

    def on_resize(self, event: Resize) -> None:
        """Draw all anew where the size is the same again: a terminal that shrank meanwhile has lost what it showed."""
        if self._painter.has_size(*event.size):
            self.call_later(self.action_redraw)

    def _pay(self) -> None:
        """Draw what was put off, now that the terminal has taken all that was written before."""
        if self._is_owed and self._running:
            self._is_owed = False
            self.screen.refresh()

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the stylesheet anew; not before there is a screen, which parses it anyway."""
        if self._screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def action_redraw(self) -> None:
        """Draw the whole screen anew, whatever others wrote on it."""
        self._painter.forget()
        self.screen.refresh()
