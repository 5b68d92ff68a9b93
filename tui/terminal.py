"""What this terminal can show: the profile that its name, its locale and the person's own wishes give."""

from __future__ import annotations

import os
import re
from codecs import IncrementalDecoder
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.charset import ASCII, UTF_8, decoder_of, locale_charset
from tui.environment import wish
from tui.glyphs import GlyphFilter, Glyphs

CONSOLE = re.compile("linux.*")
"""Names of the Linux console, which has a font of few glyphs."""
VIDEO_TERMINAL = re.compile(r"vt\d+.*")
"""Names of DEC's terminals and their likes: two colours, one encoding, and no UTF-8 unless the locale says so."""
COLOURLESS = re.compile(r"vt[1-4]\d\d.*|.*-m(ono)?")
"""Names of those of two colours."""
ERASES_IN_COLOUR = re.compile("(xterm|linux|rxvt|alacritty|foot).*")
"""Names of terminals that do; screen, tmux and a VT100 do not."""

BLACK = RichColor.from_ansi(0)


@dataclass(frozen=True)
class Terminal:
    """What is to be known of a terminal before anything is drawn on it."""

    charset: str
    """The encoding that it is written in."""
    locales: str | None
    """The encoding of the locale, if that names one."""
    draws_in_ascii: bool
    """Whether frames and marks are `+ - | > [x] (*)`."""
    has_console_font: bool
    has_colours: bool
    erases_in_colour: bool
    """Whether erasing gives the ground of the moment (terminfo's `bce`); if in doubt, no."""
    shows_cursor: bool
    """Whether its own cursor shows where the focus is, for screen readers and Braille lines."""

    @property
    def is_asked_for_utf_8(self) -> bool:
        """Whether it may begin in another encoding than the desk's."""
        return self.charset == UTF_8 and self.locales not in (None, UTF_8)

    def decoder(self) -> IncrementalDecoder:
        """Make what reads its keys."""
        return decoder_of(self.charset, self.locales)

    @cached_property
    def line_filters(self) -> Sequence[LineFilter]:
        """What each line goes through before it is written, in that order."""
        filters: list[LineFilter] = [ReverseVideo()]
        if self.draws_in_ascii or self.has_console_font or self.charset != UTF_8:
            filters.append(
                GlyphFilter(Glyphs(ascii_marks=self.draws_in_ascii, charset=self.charset))
            )
        if not self.has_colours:
            filters.append(WithoutColours())
        return filters


def this_terminal() -> Terminal:
    """Tell what the terminal of this process can show; what the person wishes goes before what its name says."""
    name, locales = os.environ.get("TERM", ""), locale_charset()
    is_video = VIDEO_TERMINAL.fullmatch(name) is not None
    asked_ascii, asked_no_colour = wish("ascii"), wish("no_color")
    draws_in_ascii = (is_video and locales != UTF_8) if asked_ascii is None else asked_ascii
    return Terminal(
        charset=_charset(locales, is_video=is_video, draws_in_ascii=draws_in_ascii),
        locales=locales,
        draws_in_ascii=draws_in_ascii,
        has_console_font=CONSOLE.fullmatch(name) is not None,
        has_colours=_has_colours(name) if asked_no_colour is None else not asked_no_colour,
        erases_in_colour=ERASES_IN_COLOUR.fullmatch(name) is not None,
        shows_cursor=bool(wish("cursor")),
    )


def _charset(locales: str | None, *, is_video: bool, draws_in_ascii: bool) -> str:
    """Choose the encoding: a terminal of today can be asked for UTF-8, a video terminal has but its own."""
    if locales is None and draws_in_ascii:
        return ASCII
    return locales if is_video and locales else UTF_8


def _has_colours(name: str) -> bool:
    """Tell whether colours are wanted (no-color.org) and there: by the name, unless COLORTERM knows better."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("COLORTERM")) or not COLOURLESS.fullmatch(name)


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


class WithoutColours(LineFilter):
    """Leaves bold, underlined and reversed, which a VT100 knows; Textual's own would ask for default colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Take the colours of one line away."""
        return [
            Segment(text, style and without_colours(style), control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def without_colours(style: Style) -> Style:
    """Give a look of two colours."""
    return Style(bold=style.bold, underline=style.underline, reverse=style.reverse)
