"""A picture of a console's screen, as its font and its sixteen colours draw it; PNG, two signs a byte.

`make console` draws docs/console/ anew.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from tests.e2e.look import Cell, Rows

FONT = Path("/usr/share/consolefonts/Lat15-Fixed16.psf.gz")
"""Debian's package console-setup-linux."""
PALETTE = bytes.fromhex(
    "000000 0000aa 00aa00 00aaaa aa0000 aa00aa aa5500 aaaaaa"
    "555555 5555ff 55ff55 55ffff ff5555 ff55ff ffff55 ffffff"
)
WIDTH = 8


class Font:
    """A font of the first PSF form: 256 glyphs of eight columns, and what each may stand for."""

    def __init__(self, path: Path = FONT) -> None:
        self._data = gzip.decompress(path.read_bytes())
        self.height = self._data[3]

    @cached_property
    def _glyphs(self) -> dict[str, bytes]:
        codes = iter(struct.iter_unpack("<H", self._data[4 + 256 * self.height :]))
        glyphs: dict[str, bytes] = {}
        for number in range(256):
            start = 4 + number * self.height
            for (code,) in codes:
                if code == 0xFFFF:
                    break
                glyphs.setdefault(chr(code), self._data[start : start + self.height])
        return glyphs

    def line(self, sign: str, line: int) -> int:
        """Give one line of a sign's dots, as eight bits."""
        return self._glyphs[sign][line]


def picture(rows: Rows, font: Font) -> bytes:
    """Draw a screen."""
    lines = b"".join(b"\0" + _dots(row, font, line) for row in rows for line in range(font.height))
    width, height = len(rows[0]) * WIDTH, len(rows) * font.height
    header = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", PALETTE),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _dots(row: Sequence[Cell], font: Font, line: int) -> bytes:
    colours = [
        cell.colour if font.line(cell.sign, line) >> bit & 1 else cell.ground
        for cell in row
        for bit in range(7, -1, -1)
    ]
    return bytes(left << 4 | right for left, right in zip(colours[::2], colours[1::2], strict=True))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
