"""The widths that are known without a look at each sign are those that Rich finds."""

import sys

import pytest
from rich.cells import cell_len, set_cell_size

from tui.widths import fitted, is_narrow, width_of

NARROW = [chr(code) for code in range(sys.maxunicode + 1) if is_narrow(chr(code))]
TEXTS = [
    "",
    "Clave",
    "ÁÉÍ «ñ»…",
    "5DGX-••••-••••-7WHR",
    "│─┌ ▼►",
    "株式会社",
    "e\u0301",
    "a\u00ad",
    "👩\u200d👩",
    "\x07",
]


def test_what_is_narrow_takes_a_cell_and_can_be_printed() -> None:
    assert len(NARROW) > 400
    for sign in NARROW:
        assert sign.isprintable(), hex(ord(sign))
        assert cell_len(sign) == 1, hex(ord(sign))
        assert cell_len(f"e{sign}x") == 3, hex(ord(sign))


@pytest.mark.parametrize("text", TEXTS)
def test_texts_have_the_width_that_rich_gives_them(text: str) -> None:
    assert width_of(text) == cell_len(text)
    for width in range(12):
        assert fitted(text, width) == set_cell_size(text, width)
