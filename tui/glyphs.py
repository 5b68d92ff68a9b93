"""Signs that a terminal lacks, drawn with those that it has, one cell for one cell."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

CONSOLE_GLYPHS = frozenset(
    "".join(map(chr, range(0x20, 0x7F))) + "─│┌┐└┘├┤┬┴┼═║╔╗╚╝█░▒▲▼▶•■←↑↓→·«»" + "áéíóúüñÁÉÍÓÚÜÑ¿¡"
)
"""What the fonts of a Linux console draw (facts/house-style 4.3); all else is a diamond there."""

SUBSTITUTES = {
    **str.maketrans(
        "╭╮╰╯┏┓┗┛━┃▔▀…●○✓✔✕✖✗×★⚠€–—“”‘’�►◄",
        "┌┐└┘┌┐└┘─│──~•ovvxxxx*!E--\"\"''?▶←",
    ),
    # The ends of a scrollbar's thumb, which the thumb's colours draw as well.
    **dict.fromkeys(map(ord, "▁▂▃▄▅▆▇▉▊▋▌▍▎▏▐▕"), ord(" ")),
}
"""For a glyph that those fonts lack, one of the same width that they have."""

_MARKS_IN_ASCII = str.maketrans(
    "─│┌┐└┘├┤┬┴┼═║╔╗╚╝█░▒▲▼▶•■←↑↓→·«»¿¡",
    '-|+++++++++=|++++#:%^v>*#<^v>.""?!',
)
_PUNCTUATION = "¿¡"
"""Signs of Spanish that are no mark of the desk."""


class Glyphs(dict[int, str]):
    """For `str.translate`: what is drawn for each sign."""

    def __init__(self, *, ascii_marks: bool, charset: str) -> None:
        """Make the table.

        Args:
            ascii_marks: Whether frames and marks are drawn in ASCII; letters keep their accents.
            charset: The encoding that the terminal reads; what it lacks loses its accent, or is a question mark.
        """
        super().__init__()
        self._ascii_marks, self._charset = ascii_marks, charset

    def __missing__(self, code: int) -> str:
        """Find out once for each sign."""
        self[code] = drawn = self._drawn(chr(code))
        return drawn

    def _drawn(self, sign: str) -> str:
        drawn = sign.translate(SUBSTITUTES)
        is_mark = self._ascii_marks and not _is_text(drawn)
        return _in_ascii(drawn) if is_mark or not _can_be_written(drawn, self._charset) else drawn


def _is_text(sign: str) -> bool:
    return sign.isalpha() or sign in _PUNCTUATION or unicodedata.combining(sign) > 0


def _can_be_written(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _in_ascii(sign: str) -> str:
    """Draw a sign in ASCII as wide as it was: by its shape, without its accent, or as question marks."""
    width = cell_len(sign)
    drawn = unicodedata.normalize("NFKD", sign.translate(_MARKS_IN_ASCII))
    bare = drawn.encode("ascii", "ignore").decode()
    return bare if len(bare) == width else "?" * width


class GlyphFilter(LineFilter):
    """Exchanges the glyphs of each line; the styles stay."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Exchange the glyphs of one line."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(self._glyphs), segment.style, segment.control)
            for segment in segments
        ]
