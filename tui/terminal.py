"""What this terminal can show."""

from __future__ import annotations

import os
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

CONSOLE_GLYPHS = frozenset(
    "".join(map(chr, range(0x20, 0x7F))) + "─│┌┐└┘├┤┬┴┼═║╔╗╚╝█░▒▲▼▶•■←↑→↓·«»" + "áéíóúüñÁÉÍÓÚÜÑ¿¡"
)
"""What the fonts of a Linux console draw (facts/house-style 4.3); all else is a diamond there."""

SUBSTITUTES = {
    **str.maketrans(
        "╭╮╰╯┏┓┗┛━┃▔▀…●○✓✔✕✖✗×★⚠€–—“”‘’�",
        "┌┐└┘┌┐└┘─│──~•ovvxxxx*!E--\"\"''?",
    ),
    # The ends of a scrollbar's thumb, which the thumb's colours draw as well.
    **dict.fromkeys(map(ord, "▁▂▃▄▅▆▇▉▊▋▌▍▎▏▐▕"), ord(" ")),
}
"""For a glyph that those fonts lack, one of the same width that they have."""

ERASE_IN_COLOUR = ("xterm", "linux", "rxvt", "alacritty", "foot")
"""Beginnings of the names of terminals that do; screen, tmux and a VT100 do not."""

BLACK = RichColor.from_ansi(0)


class ReverseVideo(LineFilter):
    """Draws a background of its own as reverse video, which shows cursor and focus without colours.

    Textual's component styles lose `text-style: reverse`, so that a stylesheet cannot say it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Change how the styles of one line are written, not how they look."""
        return [
            segment
            if segment.style is None
            else Segment(segment.text, in_reverse_video(segment.style), segment.control)
            for segment in segments
        ]


@lru_cache(1024)
def in_reverse_video(style: Style) -> Style:
    """Give the same look in reverse video where the background is not the desk's black."""
    if style.bgcolor is None or style.bgcolor.number in (None, BLACK.number) or style.reverse:
        return style
    return style + Style(color=style.bgcolor, bgcolor=style.color or BLACK, reverse=True)


class GlyphFilter(LineFilter):
    """Draws what a Linux console's font lacks with what it has, one cell for one cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Exchange the glyphs of one line; the styles stay."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(SUBSTITUTES), segment.style, segment.control)
            for segment in segments
        ]


def is_console() -> bool:
    """Tell whether the terminal is a Linux console, which has a font of few glyphs."""
    return os.environ.get("TERM", "").startswith("linux")


def erases_in_colour() -> bool:
    """Tell whether erasing on this terminal gives the ground of the moment (terminfo's `bce`); if in doubt, no."""
    return os.environ.get("TERM", "").startswith(ERASE_IN_COLOUR)


def line_filters() -> list[LineFilter]:
    """List what each line goes through before it is written, in that order."""
    return [ReverseVideo(), *([GlyphFilter()] if is_console() else [])]
