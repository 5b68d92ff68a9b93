"""Two terminals side by side: one is drawn by stock Textual, the other by the desk's painter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyte
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen

from tui.painting.painter import Painter


class PlainEraser(pyte.Screen):
    """A terminal that erases with its own colours, as screen, tmux and a VT100 do."""

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._in_own_colours(lambda: super(PlainEraser, self).erase_in_line(how, private))

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        self._in_own_colours(
            lambda: super(PlainEraser, self).erase_in_display(how, *args, **kwargs)
        )

    def erase_characters(self, count: int | None = None) -> None:
        raise AssertionError("a VT100 knows no ECH")

    def _in_own_colours(self, erase: Callable[[], None]) -> None:
        look, self.cursor.attrs = self.cursor.attrs, self.default_char
        erase()
        self.cursor.attrs = look


class TwoScreens:
    """What both terminals show."""

    def __init__(self, *, erases_in_colour: bool = True) -> None:
        self.painter = Painter(erases_in_colour=erases_in_colour)
        self.differences: list[str] = []
        """Where they did not show the same; empty, if all is well."""
        self.frames = self.stock_bytes = self.painted_bytes = 0
        self._kind = pyte.Screen if erases_in_colour else PlainEraser
        self._size = (0, 0)

    def show(self, app: App[Any], screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> None:
        """Give both terminals the same frame, each in its own way."""
        self._fit(app.size.width, app.size.height)
        console, cursor = app.console, screen.outer_size.clamp_offset(app.cursor_position)
        stock = update.render_segments(console) + f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
        if not self.painter.knows(update):
            update = screen._compositor.render_full_update()
        colours = console._color_system or ColorSystem.STANDARD
        painted = self.painter.paint(update, colours, Offset(*cursor))
        pyte.Stream(self.stock).feed(stock)
        pyte.Stream(self.painted).feed(painted)
        self.frames += 1
        self.stock_bytes += len(stock.encode())
        self.painted_bytes += len(painted.encode())
        self._compare()

    def _fit(self, width: int, height: int) -> None:
        """Take new terminals where the size is another one: one with rubbish on it, as windows resized have."""
        if self._size == (width, height):
            return
        self._size = (width, height)
        self.stock, self.painted = pyte.Screen(width, height), self._kind(width, height)
        pyte.Stream(self.painted).feed(f"\x1b[31;45m{'x' * width * height}")
        for terminal in self:
            pyte.Stream(terminal).feed("\x1b[?7l")

    def _compare(self) -> None:
        """Find the same sign in the same look in every cell, and the cursor in the same place."""
        for y in range(self.stock.lines):
            theirs, ours = ([screen.buffer[y][x] for x in range(screen.columns)] for screen in self)
            if ours != theirs:
                pairs = enumerate(zip(ours, theirs, strict=True))
                x, (our, their) = next(pair for pair in pairs if pair[1][0] != pair[1][1])
                self.differences.append(f"frame {self.frames}, {x};{y}: {(*our,)} for {(*their,)}")
        if len({(screen.cursor.x, screen.cursor.y) for screen in self}) > 1:
            self.differences.append(f"frame {self.frames}: the cursor")

    def __iter__(self) -> Iterator[pyte.Screen]:
        return iter((self.stock, self.painted))


def watch(app: App[Any], screens: TwoScreens, colours: ColorSystem = ColorSystem.STANDARD) -> None:
    """Show each frame of an app that will run without a terminal on the two screens."""
    app.console._color_system = colours
    display = app._display

    def show_too(screen: Screen[Any], update: Any) -> None:
        if isinstance(update, (LayoutUpdate, ChopsUpdate)) and not app._batch_count:
            screens.show(app, screen, update)
        display(screen, update)

    vars(app)["_display"] = show_too
